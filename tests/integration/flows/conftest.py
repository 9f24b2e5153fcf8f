"""A real Prefect server through Prefect's own test harness, and a factory home of the test's own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from prefect.testing.utilities import prefect_test_harness

from blocks.settings import settings
from db.engine import transaction
from db.records.tenants import ensure_member
from flows import run_logs
from flows.recording import recorder

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """One Prefect server for all tests of this process."""
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def factory(
    prefect_server: None, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Settings that name this test's database and home; yields the database's URL."""
    del prefect_server
    monkeypatch.setenv("LEANVIBE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LEANVIBE_DATABASE_URL", database_url)
    settings.cache_clear()
    recorder.cache_clear()
    with transaction(database_url) as connection:
        for email, role in (("founder@localhost", "founder"), ("colleague@localhost", "collaborator")):
            ensure_member(connection, tenant="local", email=email, role=role)
    # Environments of the sandbox are made once per test run: they depend on the lock file alone.
    shared = Path(os.environ["LEANVIBE_TEST_HOME"]) / "cache"
    shared.mkdir(exist_ok=True)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "cache").symlink_to(shared)
    yield database_url
    run_logs.remove()
    settings.cache_clear()
    recorder.cache_clear()
