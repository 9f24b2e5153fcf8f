"""What every test may use: one embedded Postgres per test run, and a fresh database cloned per test."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import coverage
import hypothesis
import psycopg
import pytest

from db import embedded, schema
from db.engine import dispose

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATE = "leanvibe_template"

# The same examples in every run, and no bound on the time one takes: a busy machine decides no test.
hypothesis.settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the test run names the folder that all of its workers share."""
    if not hasattr(config, "workerinput"):
        home = Path(tempfile.mkdtemp(prefix="leanvibe-tests-"))
        # Postgres runs as an account of its own when root runs the tests; it has to reach its folder.
        home.chmod(0o755)
        os.environ["LEANVIBE_TEST_HOME"] = str(home)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write a worker's coverage now: xdist kills one that is not gone ten seconds later, and that with it."""
    measured = coverage.Coverage.current()
    if measured is not None and hasattr(session.config, "workerinput"):
        measured.save()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what the run started, and leave nothing behind."""
    if not hasattr(config, "workerinput") and "LEANVIBE_TEST_HOME" in os.environ:
        home = Path(os.environ.pop("LEANVIBE_TEST_HOME"))
        embedded.stop(home)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def named(url: str, database: str) -> str:
    """The same server's URL of another database."""
    return url.replace("/leanvibe?", f"/{database}?")


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """A running embedded Postgres with a migrated template database."""
    home = Path(os.environ["LEANVIBE_TEST_HOME"])
    with _exclusive(home / "template.lock"):
        url = embedded.start(home)
        with psycopg.connect(url, autocommit=True) as connection:
            row = connection.execute("select 1 from pg_database where datname = %s", [TEMPLATE]).fetchone()
            if row is None:
                connection.execute(f"create database {TEMPLATE}")
                schema.upgrade(named(url, TEMPLATE))
                dispose(named(url, TEMPLATE))
    return url


@pytest.fixture
def empty_database_url(postgres_url: str) -> Iterator[str]:
    """A database without a table."""
    yield from _database(postgres_url, "template1")


@pytest.fixture
def database_url(postgres_url: str) -> Iterator[str]:
    """A migrated database of this test's own."""
    yield from _database(postgres_url, TEMPLATE)


def _database(postgres_url: str, template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"create database {name} template {template}")
    url = named(postgres_url, name)
    yield url
    dispose(url)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")
