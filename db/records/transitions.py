"""Write transitions, and what each of them means for its execution and stage run, in one transaction."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import case, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from db.models import Execution, Gate, StageRun, Transition
from db.models.executions import FINAL
from db.records.executions import refresh_progress, tenant_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

EXECUTION_STATUS = {
    "SCHEDULED": "scheduled",
    "PENDING": "scheduled",
    "RUNNING": "running",
    "PAUSED": "paused",
    "CANCELLING": "cancelling",
    "COMPLETED": "completed",
    "FAILED": "failed",
    "CANCELLED": "cancelled",
    "CRASHED": "crashed",
}
"""Prefect's state types in the words of an execution."""

STAGE_STATUS = {
    "COMPLETED": "completed",
    "FAILED": "failed",
    "CANCELLED": "cancelled",
    "CRASHED": "crashed",
}
"""Prefect's final state types in the words of a stage run."""

WAITING = "Waiting"
"""State name with which the approval task ends while nobody has decided."""
SUSPENDED = "Suspended"
"""State name of a flow run that holds no process: at the gate, or because somebody paused it."""


@dataclass(frozen=True, kw_only=True)
class NewTransition:
    """One Prefect state as it is to be stored."""

    state_id: uuid.UUID
    execution_id: uuid.UUID
    flow_run_id: uuid.UUID
    task_run_id: uuid.UUID | None
    stage: str | None
    state_type: str
    state_name: str
    message: str
    occurred_at: dt.datetime
    recorded_by: Literal["hook", "reconciler"]


def record(connection: Connection, new: NewTransition) -> bool:
    """Store the transition and apply it; False when it was stored before and nothing changed."""
    stored = connection.execute(
        insert(Transition)
        .values(
            state_id=new.state_id,
            tenant_id=tenant_of(new.execution_id),
            execution_id=new.execution_id,
            flow_run_id=new.flow_run_id,
            task_run_id=new.task_run_id,
            stage=new.stage,
            state_type=new.state_type,
            state_name=new.state_name,
            message=new.message,
            occurred_at=new.occurred_at,
            recorded_by=new.recorded_by,
        )
        .on_conflict_do_nothing(index_elements=["state_id"])
        .returning(Transition.state_id)
    ).one_or_none()
    if stored is None:
        return False
    if new.task_run_id is None:
        _apply_to_execution(connection, new)
    elif new.state_type in STAGE_STATUS:
        _apply_to_stage_run(connection, new)
    return True


def _apply_to_execution(connection: Connection, new: NewTransition) -> None:
    """Move the execution along unless a newer state has been seen already."""
    status = EXECUTION_STATUS[new.state_type]
    if new.state_name == SUSPENDED and _is_at_the_gate(connection, new):
        status = "waiting"
    final = status in FINAL
    connection.execute(
        update(Execution)
        .where(Execution.id == new.execution_id, Execution.status_at <= new.occurred_at)
        .values(
            status=status,
            status_at=new.occurred_at,
            message=new.message,
            ended_at=new.occurred_at if final else None,
            progress=100 if status == "completed" else Execution.progress,
        )
    )
    if status == "running":
        connection.execute(
            update(Execution)
            .where(
                Execution.id == new.execution_id,
                or_(Execution.started_at.is_(None), Execution.started_at > new.occurred_at),
            )
            .values(started_at=new.occurred_at)
        )
    if final:
        close_stage_runs(connection, new.execution_id, status=status, at=new.occurred_at)


def _is_at_the_gate(connection: Connection, suspended: NewTransition) -> bool:
    """Whether a question to the founder was open when the run was suspended; else somebody paused it."""
    asked = select(Gate.id).where(
        Gate.execution_id == suspended.execution_id,
        Gate.requested_at <= suspended.occurred_at,
        or_(Gate.decided_at.is_(None), Gate.decided_at >= suspended.occurred_at),
    )
    return connection.execute(asked.limit(1)).first() is not None


def _apply_to_stage_run(connection: Connection, new: NewTransition) -> None:
    """Close the stage run that this task run worked on; a task run answered from the cache has none."""
    waiting = new.state_name == WAITING
    if waiting:
        connection.execute(
            update(Execution)
            .where(Execution.id == new.execution_id, Execution.status == "running")
            .values(status="waiting", message=new.message)
        )
    status = "waiting" if waiting else STAGE_STATUS[new.state_type]
    connection.execute(
        update(StageRun)
        .where(
            StageRun.task_run_id == new.task_run_id,
            StageRun.started_at <= new.occurred_at,
            # What a process that came back says of a stage it was thought dead in counts no more.
            or_(StageRun.status != "crashed", StageRun.ended_at >= new.occurred_at),
        )
        .values(
            status=status,
            message=new.message,
            progress=100 if status == "completed" else StageRun.progress,
            ended_at=None if waiting else new.occurred_at,
        )
    )
    refresh_progress(connection, new.execution_id)


def close_stage_runs(
    connection: Connection, execution_id: uuid.UUID, *, status: str, at: dt.datetime
) -> None:
    """End what is still open under an execution that has ended: its process can say nothing any more."""
    connection.execute(
        update(StageRun)
        .where(StageRun.execution_id == execution_id, StageRun.status.in_(("running", "waiting")))
        .values(
            status=case((StageRun.status == "waiting", "cancelled"), else_=_ending(status)),
            message=f"the execution ended as {status}",
            ended_at=func.greatest(StageRun.started_at, at),
        )
    )


def _ending(status: str) -> str:
    """A stage run that never said how it ended did not complete, whatever its execution did."""
    return "crashed" if status == "completed" else status
