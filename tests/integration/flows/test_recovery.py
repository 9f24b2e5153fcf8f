"""Processes that are killed, stopped or told to leave: their executions go on once, and end once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from prefect import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL
from sqlalchemy import func, select

from blocks.artifacts import artifact_store
from blocks.settings import settings
from db.engine import transaction
from db.models import Artifact, Lease, StageRun, Transition
from db.queries import executions
from flows import attempts
from flows.identity import execution_id_of
from flows.ledger import history, reconcile
from flows.recovery import Recovered, recover
from tests.integration.flows.small import small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


ROOT = Path(__file__).parents[3]
SECONDS = 60.0
"""Bound of every wait: a process imports Prefect first."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run of the small pipeline, and the part of the worker played by the test."""

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
        _wait(lambda: (self.folder / f"begun-{process.pid}").exists() or process.poll() is not None)
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


def _wait(reached: Callable[[], Any]) -> Any:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if answer := reached():
            return answer
        time.sleep(0.05)
    return pytest.fail(f"waited {SECONDS} s in vain")


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


def _recovered() -> Recovered:
    """What recovering does once it finds something."""
    return _wait(lambda: None if (found := recover()) == Recovered() else found)


def test_a_killed_process_is_found_and_its_run_goes_on_from_the_last_finished_stage(
    make: Callable[..., Run],
) -> None:
    run = make()
    killed = run.begin()
    killed.kill()
    killed.wait(10)
    assert _recovered() == Recovered(resumed=1)
    assert recover() == Recovered(), "it is looked after once"
    assert (run.state(), run.status()) == ("AwaitingRetry", "scheduled")
    assert run.rows(StageRun.stage, StageRun.attempt, StageRun.status) == [
        ("backend", 1, "crashed"),
        ("intake", 1, "completed"),
    ]
    messages = run.rows(Transition.state_type, Transition.message)
    assert any(kind == "CRASHED" and "gave no sign of life" in said for kind, said in messages)

    again = run.begin()
    run.go()
    assert again.wait(SECONDS) == 0
    assert (run.state(), run.status()) == ("Completed", "completed")
    assert run.rows(StageRun.stage, StageRun.attempt, StageRun.status) == [
        ("backend", 1, "crashed"),
        ("backend", 2, "completed"),
        ("intake", 1, "completed"),
        ("release", 1, "completed"),
    ]
    assert run.rows(Lease.attempt, Lease.outcome) == [(1, "lost"), (2, "finished")]
    [(key,)] = run.rows(Artifact.key)
    assert artifact_store().get(key) == b"TEA"


def test_an_orphan_that_comes_back_while_its_run_goes_on_ends_itself_and_changes_nothing(
    make: Callable[..., Run],
) -> None:
    run = make()
    orphan = run.begin()
    orphan.send_signal(signal.SIGSTOP)
    assert _recovered() == Recovered(resumed=1)
    working = run.begin()
    orphan.send_signal(signal.SIGCONT)
    assert orphan.wait(SECONDS) == 0, "a worker that is alive must not report a crash of the run"
    assert (working.poll(), run.state()) == (None, "Running")
    run.go()
    assert working.wait(SECONDS) == 0
    assert (run.state(), run.status()) == ("Completed", "completed")
    assert len(run.rows(Artifact.key)) == 1
    with get_client(sync_client=True) as client:
        theirs = [row for row in history(client, run.flow_run) if row.task_run_id is None]
    assert [row.state_type for row in theirs if row.state_type in {"COMPLETED", "FAILED"}] == ["COMPLETED"]


def test_an_orphan_that_comes_back_after_the_end_changes_nothing(make: Callable[..., Run]) -> None:
    run = make()
    orphan = run.begin()
    orphan.send_signal(signal.SIGSTOP)
    assert _recovered() == Recovered(resumed=1)
    run.go()
    assert run.begin().wait(SECONDS) == 0
    before = (run.state(), run.status(), run.rows(Artifact.sha256), run.rows(Transition.state_id))
    orphan.send_signal(signal.SIGCONT)
    assert orphan.wait(SECONDS) == 0
    assert (run.state(), run.rows(Artifact.sha256)) == (before[0], before[2])
    assert run.status() == before[1]


def test_it_is_resumed_as_often_as_the_settings_allow(make: Callable[..., Run]) -> None:
    run = make()
    for expected in (Recovered(resumed=1), Recovered(given_up=1)):
        process = run.begin()
        process.kill()
        process.wait(10)
        assert _recovered() == expected
    assert (run.state(), run.status()) == ("Crashed", "crashed")
    assert recover() == Recovered()
    with transaction(run.url) as connection:
        assert "so it stays crashed" in executions.execution(connection, run.execution_id).message
        open_runs = select(func.count()).where(StageRun.status.in_(("running", "waiting")))
        assert connection.execute(open_runs).scalar_one() == 0


def test_a_process_that_is_told_to_stop_hands_its_run_back(make: Callable[..., Run]) -> None:
    run = make()
    process = run.begin()
    process.terminate()
    process.wait(SECONDS)
    assert run.state() == "Crashed"
    assert _recovered() == Recovered(resumed=1)
    run.go()
    assert run.begin().wait(SECONDS) == 0
    assert run.status() == "completed"
    assert run.rows(Lease.attempt, Lease.outcome) == [(1, "handed back"), (2, "finished")]


def test_nothing_that_is_slow_or_has_no_process_is_taken_for_dead(make: Callable[..., Run]) -> None:
    make()
    run = make("greedy")
    process = run.begin()
    for _ in range(5):
        assert recover() == Recovered()
    assert run.state() == "Running"
    run.go()
    assert process.wait(SECONDS) == 0
    assert recover() == Recovered()
    assert run.status() == "completed"


def test_an_attempt_goes_on_while_the_database_is_away_and_ends_when_it_was_replaced(
    make: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make()
    left: list[str] = []
    monkeypatch.setattr(attempts, "leave", left.append)
    monkeypatch.setenv("LEANVIBE_LEASE_RENEW_SECONDS", "600")
    settings.cache_clear()
    run.go()
    small(interview="tea", folder=str(run.folder))
    [(token,)] = run.rows(Lease.token)
    [(execution_id,)] = run.rows(Lease.execution_id)
    held = attempts.Attempt(execution_id, attempts.leases.Taken(token=token, attempt=1))
    with monkeypatch.context() as away:
        away.setattr(attempts, "database_url", lambda: "postgresql://nobody@127.0.0.1:1/nothing")
        held.confirm()
    held.confirm()
    assert left == []
    with transaction(run.url) as connection:
        attempts.leases.revoke(connection, token, crashed=True)
    held.confirm()
    assert len(left) == 1
