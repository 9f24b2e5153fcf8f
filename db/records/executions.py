"""Write executions: opened once, then moved along by transitions and stages."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert

from db.errors import Refused
from db.models import Execution, StageRun
from db.policy import progress
from db.policy.permissions import allows
from db.queries.members import member

if TYPE_CHECKING:
    from sqlalchemy import Connection, ScalarSelect


@dataclass(frozen=True, kw_only=True)
class NewExecution:
    """What is known of an execution when it is opened."""

    id: uuid.UUID
    tenant: str
    """Slug."""
    member: str
    """E-mail address of who asked for it."""
    project_id: uuid.UUID | None = None
    interview_id: uuid.UUID | None = None
    flow_run_id: uuid.UUID | None = None
    approve_beforehand: bool = False
    at: dt.datetime


def tenant_of(execution_id: uuid.UUID) -> ScalarSelect[uuid.UUID]:
    """The tenant of an execution, as a part of a statement."""
    return select(Execution.tenant_id).where(Execution.id == execution_id).scalar_subquery()


def open_execution(connection: Connection, new: NewExecution) -> None:
    """Write the row, or give the row that is there the flow run it was waiting for.

    Raises Refused when that person is not a member of that tenant, or may not start a pipeline.
    """
    who = member(connection, tenant=new.tenant, email=new.member)
    if who is None:
        raise Refused(f"{new.member} is no member of the tenant {new.tenant}")
    if not allows(who.role, "pipeline:start"):
        raise Refused(f"a {who.role} may not start a pipeline")
    connection.execute(
        insert(Execution)
        .values(
            id=new.id,
            tenant_id=who.tenant_id,
            requested_by=who.id,
            project_id=new.project_id,
            interview_id=new.interview_id,
            flow_run_id=new.flow_run_id,
            approve_beforehand=new.approve_beforehand,
            status="scheduled",
            status_at=new.at,
            created_at=new.at,
        )
        .on_conflict_do_nothing(index_elements=["id"])
    )
    if new.flow_run_id is not None:
        attach_flow_run(connection, new.id, new.flow_run_id)


def attach_flow_run(connection: Connection, execution_id: uuid.UUID, flow_run_id: uuid.UUID) -> None:
    """Say which Prefect flow run works on the execution; the first word counts."""
    connection.execute(
        update(Execution)
        .where(Execution.id == execution_id, Execution.flow_run_id.is_(None))
        .values(flow_run_id=flow_run_id)
    )


def know_project(
    connection: Connection, execution_id: uuid.UUID, *, project_id: uuid.UUID, interview_id: uuid.UUID
) -> None:
    """Say which project and interview version the execution is for."""
    connection.execute(
        update(Execution)
        .where(Execution.id == execution_id)
        .values(project_id=project_id, interview_id=interview_id)
    )


def know_blueprint(connection: Connection, execution_id: uuid.UUID, blueprint_id: uuid.UUID) -> None:
    """Say which blueprint the execution builds."""
    connection.execute(
        update(Execution).where(Execution.id == execution_id).values(blueprint_id=blueprint_id)
    )


def end_unstarted(connection: Connection, execution_id: uuid.UUID, *, at: dt.datetime, why: str) -> None:
    """Mark an execution failed that Prefect never accepted."""
    connection.execute(
        update(Execution)
        .where(Execution.id == execution_id, Execution.flow_run_id.is_(None))
        .values(status="failed", status_at=at, ended_at=at, message=why)
    )


def refresh_progress(connection: Connection, execution_id: uuid.UUID) -> None:
    """Work out overall progress from the newest attempt of each stage; never backwards while it runs."""
    newest = (
        select(StageRun.stage, StageRun.progress)
        .where(StageRun.execution_id == execution_id)
        .order_by(StageRun.stage, StageRun.attempt.desc())
        .ext(distinct_on(StageRun.stage))
    )
    percent = progress.overall({row.stage: row.progress for row in connection.execute(newest)})
    connection.execute(
        update(Execution)
        .where(Execution.id == execution_id, Execution.progress < percent)
        .values(progress=percent)
    )
