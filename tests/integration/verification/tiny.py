"""The smallest application that every check accepts, and its verification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import Blueprint, BlueprintPage, Check, FileSet, Verification
from flows.stages.verification.verify import verify
from tests.integration.verification.commands import LIMITS

if TYPE_CHECKING:
    from pathlib import Path

    from flows.stages.verification.sandbox import Limits

MAIN = """
from app import settings

PAGES = {"/": 200, "/healthz": 200, "/readyz": 200, "/pets": 200, "/broken": 500}
DOCUMENT = b'{"openapi": "3.1.0", "paths": {}}'


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    described = scope["path"] == "/api/openapi.json"
    status = 200 if described else PAGES.get(scope["path"], 404)
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": DOCUMENT if described else settings.URL.encode()})
"""
SEED = """
import sqlite3
from app import settings

if __name__ == "__main__":
    with sqlite3.connect(settings.URL.removeprefix("sqlite:///")) as connection:
        connection.execute("insert or ignore into pets (name) values ('Rex')")
"""
ALEMBIC_ENV = """
from alembic import context
from sqlalchemy import create_engine

from app import settings

with create_engine(settings.URL).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
REVISION = """
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.execute("create table pets (name text primary key)")


def downgrade():
    op.execute("drop table pets")
"""
TINY = {
    "app/__init__.py": "",
    "app/main.py": MAIN,
    "app/settings.py": 'import os\n\nURL = os.environ["DATABASE_URL"]\n',
    "app/seed.py": SEED,
    "alembic.ini": "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n",
    "migrations/env.py": ALEMBIC_ENV,
    "migrations/versions/0001_pets.py": REVISION,
    "tests/test_pets.py": "def test_a_pet():\n    assert 1 + 1 == 2\n",
    "requirements.lock": "# nothing to install\n",
}


def blueprint(*pages: str) -> Blueprint:
    """Of a product that keeps nothing and has these pages."""
    said = {"source": "stated", "because": "a page"}
    return Blueprint(
        name="Tiny",
        slug="tiny",
        idea="The smallest application.",
        entities=(),
        pages=tuple(
            BlueprintPage.model_validate({"path": path, "title": path, "action": "home", **said})
            for path in pages
        ),
        endpoints=(),
    )


def verified(
    changes: dict[str, str | None],
    *,
    tmp_path: Path,
    cache: Path,
    limits: Limits = LIMITS,
    pages: tuple[str, ...] = ("/pets",),
) -> tuple[Verification, list[tuple[str, str]]]:
    formatted = {**TINY, "pyproject.toml": '[tool.ruff]\nexclude = ["*"]\n', **changes}
    files = FileSet.of({path: text for path, text in formatted.items() if text is not None})
    said: list[tuple[str, str]] = []
    verification = verify(
        files,
        blueprint(*pages),
        workdir=tmp_path / "work",
        cache=cache,
        limits=limits,
        say=lambda check, line: said.append((check, line)),
        progress=lambda _: None,
    )
    return verification, said


def check(verification: Verification, name: str) -> Check:
    return next(found for found in verification.checks if found.name == name)
