"""A run of the small pipeline, with the part of the worker played by the test."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from prefect import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL
from sqlalchemy import select

from db.engine import transaction
from db.queries import executions
from flows.identity import execution_id_of
from flows.ledger import reconcile

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
SECONDS = 60.0
"""Bound of every wait: a process imports Prefect first."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """The run, and every process that worked on it."""

    url: str
    folder: Path
    flow_run: FlowRun
    processes: list[subprocess.Popen[bytes]]

    @property
    def execution_id(self) -> uuid.UUID:
        """Of the run."""
        return execution_id_of(self.flow_run)

    def begin(self) -> subprocess.Popen[bytes]:
        """Start a process for the run, and come back when it is within its second stage."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.flows.small", str(self.flow_run.id)],
            cwd=ROOT,
            env=os.environ
            | {"PREFECT_API_URL": str(PREFECT_API_URL.value()), "PREFECT_HOME": str(self.folder / "prefect")},
        )
        self.processes.append(process)
        wait(lambda: (self.folder / f"begun-{process.pid}").exists() or process.poll() is not None)
        return process

    def go(self) -> None:
        """Let the second stage go on, in every process of the run."""
        (self.folder / "go").touch()

    def state(self) -> str:
        """What Prefect says of the run now."""
        with get_client(sync_client=True) as client:
            state = client.read_flow_run(self.flow_run.id).state
        assert state is not None
        return str(state.name)

    def status(self) -> str:
        """What our rows say, once they hold all of Prefect's history."""
        with get_client(sync_client=True) as client:
            reconcile(client, self.flow_run.id)
        with transaction(self.url) as connection:
            return executions.execution(connection, self.execution_id).status

    def rows(self, *columns: Any) -> list[Any]:
        """Of this execution."""
        with transaction(self.url) as connection:
            return list(connection.execute(select(*columns).order_by(*columns)).all())


def wait(reached: Callable[[], Any]) -> Any:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if answer := reached():
            return answer
        time.sleep(0.05)
    return pytest.fail(f"waited {SECONDS} s in vain")
