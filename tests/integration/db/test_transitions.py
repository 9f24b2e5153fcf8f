"""Transitions are stored once each, and say what their execution and its stages are."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from db.engine import transaction
from db.models import Transition
from db.queries import executions
from db.records.stage_runs import StageProgress, StageStart, advance, open_stage_run
from db.records.transitions import NewTransition, record
from tests.integration.db.conftest import World, at

if TYPE_CHECKING:
    from db.queries.executions import ExecutionView, StageView


def _flow(world: World, kind: str, seconds: float, name: str | None = None) -> NewTransition:
    return NewTransition(
        state_id=uuid.uuid4(),
        execution_id=world.execution_id,
        flow_run_id=world.flow_run_id,
        task_run_id=None,
        stage=None,
        state_type=kind,
        state_name=name or kind.title(),
        message=f"{kind} at {seconds}",
        occurred_at=at(seconds),
        recorded_by="hook",
    )


def _task(
    world: World, stage: str, task_run_id: uuid.UUID, kind: str, seconds: float, name: str = ""
) -> NewTransition:
    return NewTransition(
        state_id=uuid.uuid4(),
        execution_id=world.execution_id,
        flow_run_id=world.flow_run_id,
        task_run_id=task_run_id,
        stage=stage,
        state_type=kind,
        state_name=name or kind.title(),
        message="",
        occurred_at=at(seconds),
        recorded_by="reconciler",
    )


def _store(world: World, *rows: NewTransition) -> list[bool]:
    with transaction(world.url) as connection:
        return [record(connection, row) for row in rows]


def _begin(world: World, stage: str, task_run_id: uuid.UUID, seconds: float) -> None:
    start = StageStart(
        id=uuid.uuid4(), execution_id=world.execution_id, stage=stage, task_run_id=task_run_id, at=at(seconds)
    )
    with transaction(world.url) as connection:
        open_stage_run(connection, start)


def _execution(world: World) -> ExecutionView:
    with transaction(world.url) as connection:
        return executions.execution(connection, world.execution_id)


def _stage(world: World, name: str) -> StageView:
    with transaction(world.url) as connection:
        return next(
            stage for stage in executions.stages(connection, world.execution_id) if stage.stage == name
        )


def test_a_state_is_stored_once(world: World) -> None:
    row = _flow(world, "RUNNING", 1)
    assert _store(world, row, row) == [True, False]
    with transaction(world.url) as connection:
        assert connection.execute(select(func.count()).select_from(Transition)).scalar_one() == 1


@pytest.mark.parametrize(
    ("kind", "name", "status"),
    [
        ("SCHEDULED", "Late", "scheduled"),
        ("PENDING", "Pending", "scheduled"),
        ("RUNNING", "Running", "running"),
        ("PAUSED", "Suspended", "paused"),
        ("PAUSED", "Paused", "paused"),
        ("CANCELLING", "Cancelling", "cancelling"),
        ("COMPLETED", "Completed", "completed"),
        ("FAILED", "Failed", "failed"),
        ("CANCELLED", "Cancelled", "cancelled"),
        ("CRASHED", "Crashed", "crashed"),
    ],
)
def test_an_execution_is_what_its_newest_state_says(world: World, kind: str, name: str, status: str) -> None:
    _store(world, _flow(world, kind, 5, name))
    seen = _execution(world)
    assert seen.status == status
    assert (seen.ended_at == at(5)) == seen.final
    assert (seen.started_at == at(5)) == (status == "running")


def test_a_state_that_arrives_late_does_not_turn_time_back(world: World) -> None:
    _store(world, _flow(world, "COMPLETED", 9), _flow(world, "RUNNING", 2), _flow(world, "PENDING", 1))
    seen = _execution(world)
    assert (seen.status, seen.started_at, seen.ended_at, seen.progress) == ("completed", at(2), at(9), 100)


def test_a_resumed_execution_keeps_its_first_start(world: World) -> None:
    _store(
        world, _flow(world, "RUNNING", 2), _flow(world, "PAUSED", 3, "Suspended"), _flow(world, "RUNNING", 60)
    )
    seen = _execution(world)
    assert (seen.status, seen.started_at, seen.ended_at) == ("running", at(2), None)


def test_a_stage_runs_advances_and_completes(world: World) -> None:
    run = uuid.uuid4()
    _begin(world, "verification", run, 1)
    with transaction(world.url) as connection:
        for percent in (40, 20):
            advance(
                connection, StageProgress(execution_id=world.execution_id, task_run_id=run, percent=percent)
            )
    assert (_stage(world, "verification").progress, _execution(world).progress) == (40, 24)
    _store(world, _task(world, "verification", run, "COMPLETED", 11))
    stage = _stage(world, "verification")
    assert (stage.status, stage.attempt, stage.progress, stage.duration_s(at(99))) == (
        "completed",
        1,
        100,
        10,
    )
    assert _execution(world).progress == 60


def test_a_stage_that_failed_is_tried_again_as_its_next_attempt(world: World) -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    _begin(world, "backend", first, 1)
    _store(world, _task(world, "backend", first, "FAILED", 2))
    _begin(world, "backend", second, 3)
    stage = _stage(world, "backend")
    assert (stage.attempt, stage.status, stage.started_at) == (2, "running", at(3))


def test_a_result_from_the_cache_opens_no_attempt(world: World) -> None:
    _store(
        world,
        _task(world, "intake", uuid.uuid4(), "RUNNING", 1),
        _task(world, "intake", uuid.uuid4(), "COMPLETED", 2, "Cached"),
    )
    assert (_stage(world, "intake").attempt, _stage(world, "intake").status) == (0, "pending")


def test_the_gate_waits_and_goes_on_as_one_attempt(world: World) -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    _store(world, _flow(world, "RUNNING", 1))
    _begin(world, "approval", first, 2)
    _store(world, _task(world, "approval", first, "COMPLETED", 3, "Waiting"))
    assert (_stage(world, "approval").status, _execution(world).status) == ("waiting", "waiting")
    _begin(world, "approval", second, 50)
    _store(world, _task(world, "approval", second, "COMPLETED", 51))
    stage = _stage(world, "approval")
    assert (stage.status, stage.attempt, stage.duration_s(at(99))) == ("completed", 1, 49)


def test_an_ended_execution_leaves_no_stage_open(world: World) -> None:
    _begin(world, "backend", uuid.uuid4(), 1)
    _store(world, _flow(world, "CRASHED", 7))
    stage = _stage(world, "backend")
    assert (stage.status, stage.ended_at) == ("crashed", at(7))


def test_a_stage_that_crashed_with_its_execution_is_not_completed_by_a_process_that_comes_back(
    world: World,
) -> None:
    run = uuid.uuid4()
    _begin(world, "backend", run, 1)
    _store(world, _flow(world, "CRASHED", 7), _task(world, "backend", run, "COMPLETED", 9))
    assert _stage(world, "backend").status == "crashed"
    _store(world, _task(world, "backend", run, "COMPLETED", 6))
    assert _stage(world, "backend").status == "completed", "it had completed, and we hear of it late"
