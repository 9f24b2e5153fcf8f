"""A real Prefect server through Prefect's own test harness, and a factory home of the test's own."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from prefect import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.testing.utilities import prefect_test_harness

from blocks.settings import settings
from db.engine import transaction
from db.records.tenants import ensure_member
from flows import run_logs
from flows.recording import recorder
from tests.integration.flows.runs import Run
from tests.integration.flows.small import small

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator


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


@pytest.fixture
def make(factory: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Run]]:
    """Makes runs of the deployed small pipeline; leases are short, and one resume is allowed."""
    for name, value in (("LEASE_SECONDS", "3"), ("LEASE_RENEW_SECONDS", "0.3"), ("AUTOMATIC_RESUMES", "1")):
        monkeypatch.setenv(f"LEANVIBE_{name}", value)
    settings.cache_clear()
    processes: list[subprocess.Popen[bytes]] = []
    with get_client(sync_client=True) as client:
        pool = f"pool-{uuid.uuid4().hex[:8]}"
        client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
        deployment = client.create_deployment(client.create_flow(small), name="small", work_pool_name=pool)

        def make_run(interview: str = "tea") -> Run:
            folder = tmp_path / uuid.uuid4().hex
            folder.mkdir()
            parameters = {"interview": interview, "folder": str(folder)}
            flow_run = client.create_flow_run_from_deployment(deployment, parameters=parameters)
            return Run(url=factory, folder=folder, flow_run=flow_run, processes=processes)

        yield make_run
        for process in processes:
            if process.poll() is None:
                process.kill()
                process.wait(10)
        client.delete_deployment(deployment)
