"""Write stage runs: opened where the stage's work begins, so that a cached result opens none."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from db.models import StageRun
from db.records.executions import refresh_progress, tenant_of

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True)
class StageStart:
    """A task run that begins to work on a stage."""

    id: uuid.UUID
    """Of the stage run, made where the row is made so that a replay is the same row."""
    execution_id: uuid.UUID
    stage: str
    task_run_id: uuid.UUID
    at: dt.datetime


def open_stage_run(connection: Connection, start: StageStart) -> None:
    """Begin the stage's next attempt, or go on with the one that waits for a decision."""
    resumed = connection.execute(
        update(StageRun)
        .where(
            StageRun.execution_id == start.execution_id,
            StageRun.stage == start.stage,
            StageRun.status == "waiting",
        )
        .values(status="running", task_run_id=start.task_run_id, message="")
        .returning(StageRun.id)
    ).first()
    if resumed is None:
        next_attempt = select(func.coalesce(func.max(StageRun.attempt), 0) + 1).where(
            StageRun.execution_id == start.execution_id, StageRun.stage == start.stage
        )
        connection.execute(
            insert(StageRun)
            .values(
                id=start.id,
                tenant_id=tenant_of(start.execution_id),
                execution_id=start.execution_id,
                stage=start.stage,
                attempt=next_attempt.scalar_subquery(),
                task_run_id=start.task_run_id,
                status="running",
                started_at=start.at,
            )
            .on_conflict_do_nothing(index_elements=["id"])
        )
    refresh_progress(connection, start.execution_id)


@dataclass(frozen=True, kw_only=True)
class StageProgress:
    """How far a task run is with its stage."""

    execution_id: uuid.UUID
    task_run_id: uuid.UUID
    percent: int
    """0-100."""


def advance(connection: Connection, progress: StageProgress) -> None:
    """Say how far the stage is; a lower figure than before changes nothing."""
    connection.execute(
        update(StageRun)
        .where(
            StageRun.task_run_id == progress.task_run_id,
            StageRun.status == "running",
            StageRun.progress < progress.percent,
        )
        .values(progress=progress.percent)
    )
    refresh_progress(connection, progress.execution_id)
