"""Pause, resume, retry, restart: each takes effect once, and goes on from what is finished."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from prefect import get_client
from prefect.states import Suspended

from blocks.artifacts import artifact_store
from db.errors import NotFound, Refused
from db.models import Artifact, StageRun
from flows import control, steering
from flows.contracts import Stage
from flows.errors import NotPossible
from tests.integration.flows.runs import SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.flows.runs import Run

FOUNDER = control.Actor(tenant="local", email="founder@localhost")
STAGES = (StageRun.stage, StageRun.attempt, StageRun.status)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


def test_paused_it_leaves_its_process_at_the_end_of_the_stage_and_goes_on_behind_it(
    make: Callable[..., Run],
) -> None:
    run = make()
    process = run.begin()
    steering.pause(run.execution_id, by=FOUNDER)
    with pytest.raises(NotPossible, match="paused already"):
        steering.pause(run.execution_id, by=FOUNDER)
    assert process.poll() is None, "the stage is not torn off"
    run.go()
    assert process.wait(SECONDS) == 0
    assert (run.state(), run.status()) == ("Suspended", "paused")
    before = run.rows(*STAGES)
    assert before == [("backend", 1, "completed"), ("intake", 1, "completed")]

    told: list[NotPossible] = []

    def resume() -> None:
        try:
            steering.resume(run.execution_id, by=FOUNDER)
        except NotPossible as not_possible:
            told.append(not_possible)

    people = [threading.Thread(target=resume) for _ in range(3)]
    for person in people:
        person.start()
    for person in people:
        person.join(SECONDS)
    assert len(told) == 2
    assert all("not paused" in str(answer) for answer in told)

    assert run.begin().wait(SECONDS) == 0
    assert run.status() == "completed"
    assert run.rows(*STAGES) == [*before, ("release", 1, "completed")]


def test_suspended_in_prefects_own_interface_it_is_paused_the_same_way(make: Callable[..., Run]) -> None:
    run = make()
    process = run.begin()
    with get_client(sync_client=True) as client:
        client.set_flow_run_state(run.flow_run.id, Suspended(timeout_seconds=3600))
    run.go()
    assert process.wait(SECONDS) == 0
    assert run.status() == "paused"
    steering.resume(run.execution_id, by=FOUNDER)
    assert run.begin().wait(SECONDS) == 0
    assert run.status() == "completed"


def test_a_paused_run_whose_process_is_told_to_stop_stays_paused(make: Callable[..., Run]) -> None:
    run = make()
    process = run.begin()
    steering.pause(run.execution_id, by=FOUNDER)
    process.terminate()
    assert process.wait(SECONDS) == 0
    assert (run.state(), run.status()) == ("Suspended", "paused")
    run.go()
    steering.resume(run.execution_id, by=FOUNDER)
    assert run.begin().wait(SECONDS) == 0
    assert run.status() == "completed"


def test_a_failed_run_is_retried_from_the_failed_stage(make: Callable[..., Run]) -> None:
    run = make()
    with pytest.raises(NotFound):
        steering.retry(run.execution_id, by=FOUNDER)
    (run.folder / "fail").touch()
    run.go()
    run.begin().wait(SECONDS)
    assert run.status() == "failed"
    (run.folder / "fail").unlink()
    steering.retry(run.execution_id, by=FOUNDER)
    with pytest.raises(NotPossible, match="nothing to retry"):
        steering.retry(run.execution_id, by=FOUNDER)
    assert run.begin().wait(SECONDS) == 0
    assert run.status() == "completed"
    assert run.rows(*STAGES) == [
        ("backend", 1, "failed"),
        ("backend", 2, "completed"),
        ("intake", 1, "completed"),
        ("release", 1, "completed"),
    ]


def test_a_completed_run_is_done_anew_from_the_chosen_stage(make: Callable[..., Run]) -> None:
    run = make()
    run.go()
    assert run.begin().wait(SECONDS) == 0
    run.status()
    with pytest.raises(NotPossible, match="decision stands"):
        steering.restart(run.execution_id, Stage.APPROVAL, by=FOUNDER)
    with pytest.raises(Refused):
        steering.restart(
            run.execution_id, Stage.BACKEND, by=control.Actor(tenant="local", email="stranger@example.org")
        )
    steering.restart(run.execution_id, Stage.BACKEND, by=FOUNDER)
    with pytest.raises(NotPossible, match="has not ended"):
        steering.restart(run.execution_id, Stage.BACKEND, by=FOUNDER)
    assert run.begin().wait(SECONDS) == 0
    assert run.status() == "completed"
    assert run.rows(*STAGES) == [
        ("backend", 1, "completed"),
        ("backend", 2, "completed"),
        ("intake", 1, "completed"),
        ("release", 1, "completed"),
        ("release", 2, "completed"),
    ]
    [(key,)] = run.rows(Artifact.key)
    assert artifact_store().get(key) == b"TEA"
