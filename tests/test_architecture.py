"""The import rules of the house: arrows point downwards, and each big dependency stays in its rooms."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ("dashboards", "leanvibe", "flows", "blocks", "storage", "db", "migrations")

BELOW: dict[str, set[str]] = {
    "dashboards": {"flows", "blocks", "storage", "db"},
    "leanvibe": {"flows", "blocks", "storage", "db"},
    "flows": {"blocks", "storage", "db"},
    "blocks": {"storage", "db"},
    "storage": set(),
    "db": set(),
    "migrations": {"db"},
}
"""What each package may import of ours besides itself."""

ROOMS: dict[str, set[str]] = {
    "prefect": {"flows", "blocks", "leanvibe"},
    "prefect_aws": {"blocks"},
    "sqlalchemy": {"db", "migrations"},
    "alembic": {"db", "migrations"},
    "psycopg": {"db"},
    "streamlit": {"dashboards"},
    "fastapi": {"dashboards"},
    "boto3": {"storage", "blocks"},
    "typer": {"leanvibe"},
}
"""Which packages may import a dependency."""

IMPURE = {"prefect", "sqlalchemy", "psycopg", "streamlit", "boto3", "httpx", "db", "storage", "blocks"}
"""What no module of a stage but its task may import: the generator is text in, files out."""

PURE = ("flows/contracts", "flows/language", "flows/rendering", "flows/stages")
"""Where the generator lives: the stages, and what they share."""


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def _imports(path: Path) -> frozenset[str]:
    """Dotted names of every module that a file imports, also late and for type checking."""
    names: set[str] = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(names)


def _modules(package: str) -> list[Path]:
    return [path for path in sorted((ROOT / package).rglob("*.py")) if "templates" not in path.parts]


FILES = [(package, path) for package in HOUSE for path in _modules(package)]


@pytest.mark.parametrize("package", HOUSE)
def test_arrows_point_downwards(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in _modules(package)
        for name in _imports(path)
        if (top := name.partition(".")[0]) in HOUSE and top != package and top not in BELOW[package]
    ]
    assert not wrong


@pytest.mark.parametrize("dependency", ROOMS)
def test_a_dependency_stays_in_its_rooms(dependency: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {dependency}"
        for package, path in FILES
        if package not in ROOMS[dependency]
        and any(name.partition(".")[0] == dependency for name in _imports(path))
    ]
    assert not wrong


@pytest.mark.parametrize("package", PURE)
def test_the_generator_is_pure(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in _modules(package)
        if path.name != "task.py"
        for name in _imports(path)
        if name.partition(".")[0] in IMPURE
    ]
    assert not wrong


def test_stages_do_not_import_each_other() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in _modules("flows/stages")
        for name in _imports(path)
        if name.startswith("flows.stages.")
        and name.split(".")[2] != path.relative_to(ROOT / "flows/stages").parts[0]
    ]
    assert not wrong


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(path.relative_to(ROOT)) for _, path in FILES if not ast.get_docstring(_tree(path))]
    assert not silent


def test_there_is_no_other_top_level_package() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages <= {*HOUSE, "tests"}
