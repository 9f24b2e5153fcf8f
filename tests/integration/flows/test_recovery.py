"""Processes that are killed, stopped or told to leave: their executions go on once, and end once."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from prefect import get_client
from sqlalchemy import func, select

from blocks.artifacts import artifact_store
from blocks.settings import settings
from db.engine import transaction
from db.models import Artifact, Lease, StageRun, Transition
from db.queries import executions
from flows import attempts
from flows.ledger import history
from flows.recovery import Recovered, recover
from tests.integration.flows.runs import SECONDS, wait
from tests.integration.flows.small import small

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.flows.runs import Run


pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


def _recovered() -> Recovered:
    """What recovering does once it finds something."""
    return wait(lambda: None if (found := recover()) == Recovered() else found)


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
