"""Rows reach Postgres, or wait on disk until it is back; none is lost and none is doubled."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from db import recorder as recorder_module
from db.engine import transaction
from db.queries.executions import execution
from db.queries.logs import LogFilter, lines_after
from db.recorder import Recorder
from db.records.executions import NewExecution
from db.records.log_lines import NewLogLine
from db.records.stage_runs import StageProgress, StageStart
from db.records.transitions import NewTransition
from db.spool import Spool
from tests.integration.db.conftest import World, at

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

AWAY = "postgresql://nobody:secret@127.0.0.1:1/nowhere"


def _line(world: World, number: int, message: str = "") -> NewLogLine:
    return NewLogLine(
        producer=uuid.UUID(int=7),
        sequence=number,
        execution_id=world.execution_id,
        stage="intake",
        task_run_id=None,
        level=20,
        logger="prefect.task_runs",
        message=message or f"line {number}",
        extras=None,
        occurred_at=at(number),
    )


def _fill(recorder: Recorder, world: World) -> None:
    """One record of each kind."""
    run = uuid.uuid4()
    recorder.execution(NewExecution(id=world.execution_id, tenant="acme", member="ada@example.org", at=at(0)))
    recorder.stage_start(
        StageStart(
            id=uuid.uuid4(), execution_id=world.execution_id, stage="intake", task_run_id=run, at=at(1)
        )
    )
    recorder.stage_progress(StageProgress(execution_id=world.execution_id, task_run_id=run, percent=50))
    recorder.log_lines([_line(world, 1), _line(world, 2)])
    recorder.transition(
        NewTransition(
            state_id=uuid.uuid4(),
            execution_id=world.execution_id,
            flow_run_id=world.flow_run_id,
            task_run_id=None,
            stage=None,
            state_type="RUNNING",
            state_name="Running",
            message="",
            occurred_at=at(3),
            recorded_by="hook",
        )
    )


def _messages(world: World) -> list[str]:
    with transaction(world.url) as connection:
        wanted = LogFilter(execution_id=world.execution_id)
        return [line.message for line in lines_after(connection, wanted, None, limit=100).lines]


def test_rows_are_written_at_once(world: World, tmp_path: Path) -> None:
    spool = Spool(tmp_path, producer="a")
    _fill(Recorder(url=world.url, spool=spool), world)
    assert spool.waiting() == 0
    assert _messages(world) == ["line 1", "line 2"]


def test_rows_wait_while_the_database_is_away_and_are_replayed_in_order(world: World, tmp_path: Path) -> None:
    _fill(Recorder(url=AWAY, spool=Spool(tmp_path, producer="a")), world)
    assert _messages(world) == []
    later = Recorder(url=world.url, spool=Spool(tmp_path, producer="b"))
    assert later.drain() == 5
    assert later.drain() == 0
    assert _messages(world) == ["line 1", "line 2"]
    with transaction(world.url) as connection:
        assert execution(connection, world.execution_id).status == "running"


def test_replaying_what_had_arrived_changes_nothing(world: World, tmp_path: Path) -> None:
    Recorder(url=world.url, spool=Spool(tmp_path / "x", producer="a")).log_lines([_line(world, 1, "first")])
    Recorder(url=AWAY, spool=Spool(tmp_path, producer="a")).log_lines([_line(world, 1, "second")])
    assert Recorder(url=world.url, spool=Spool(tmp_path, producer="b")).drain() == 1
    assert _messages(world) == ["first"]


def test_the_next_row_takes_the_waiting_ones_along(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "AWAY_SECONDS", 0.0)
    spool = Spool(tmp_path, producer="a")
    Recorder(url=AWAY, spool=spool).log_lines([_line(world, 1)])
    Recorder(url=world.url, spool=spool).log_lines([_line(world, 2)])
    assert (_messages(world), spool.waiting()) == (["line 1", "line 2"], 0)


def test_draining_while_the_database_is_away_keeps_everything(world: World, tmp_path: Path) -> None:
    spool = Spool(tmp_path, producer="a")
    away = Recorder(url=AWAY, spool=spool)
    away.log_lines([_line(world, 1)])
    assert away.drain() == 0
    away.log_lines([_line(world, 2)])
    assert Recorder(url=world.url, spool=spool).drain() == 2


def test_a_row_the_database_refuses_is_set_aside(world: World, tmp_path: Path) -> None:
    recorder = Recorder(url=world.url, spool=Spool(tmp_path, producer="a"))
    recorder.execution(NewExecution(id=uuid.uuid4(), tenant="acme", member="stranger@example.org", at=at(0)))
    recorder.log_lines([_line(world, 1)])
    assert _messages(world) == ["line 1"]
    assert "stranger@example.org" in (tmp_path / "a.refused").read_text()
