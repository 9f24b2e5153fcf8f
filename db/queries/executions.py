"""Read executions: one, its stages, or the newest few."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, cast, select
from sqlalchemy.dialects.postgresql import distinct_on

from db.errors import NotFound, Refused
from db.models import (
    BlueprintVersion,
    Execution,
    Member,
    Project,
    StageRun,
    Tenant,
    User,
)
from db.models.executions import FINAL
from db.policy.progress import STAGES

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Select


@dataclass(frozen=True, kw_only=True)
class StageView:
    """The newest attempt of a stage; a stage that has not begun is pending, attempt 0."""

    stage: str
    status: str
    attempt: int
    progress: int
    message: str
    started_at: dt.datetime | None
    ended_at: dt.datetime | None

    def duration_s(self, now: dt.datetime) -> float | None:
        """Seconds from its start to its end, or to `now`; None before it starts."""
        if self.started_at is None:
            return None
        return ((self.ended_at or now) - self.started_at).total_seconds()


@dataclass(frozen=True, kw_only=True)
class ExecutionView:
    """One execution as lists show it."""

    id: uuid.UUID
    tenant_id: uuid.UUID
    tenant: str
    project_id: uuid.UUID | None
    project: str | None
    interview_id: uuid.UUID | None
    blueprint_version: int | None
    flow_run_id: uuid.UUID | None
    requested_by: str
    approve_beforehand: bool
    status: str
    message: str
    progress: int
    created_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None

    @property
    def final(self) -> bool:
        """Whether it has ended."""
        return self.status in FINAL

    def duration_s(self, now: dt.datetime) -> float:
        """Seconds from its creation to its end, or to `now`."""
        return ((self.ended_at or now) - self.created_at).total_seconds()


_EXECUTION = (
    select(
        Execution.id,
        Execution.tenant_id,
        Tenant.slug.label("tenant"),
        Execution.project_id,
        Project.name.label("project"),
        Execution.interview_id,
        BlueprintVersion.version.label("blueprint_version"),
        Execution.flow_run_id,
        User.email.label("requested_by"),
        Execution.approve_beforehand,
        Execution.status,
        Execution.message,
        Execution.progress,
        Execution.created_at,
        Execution.started_at,
        Execution.ended_at,
    )
    .join(Tenant, Tenant.id == Execution.tenant_id)
    .join(Member, Member.id == Execution.requested_by)
    .join(User, User.id == Member.user_id)
    .outerjoin(Project, Project.id == Execution.project_id)
    .outerjoin(BlueprintVersion, BlueprintVersion.id == Execution.blueprint_id)
)


def _view(row: Row[*tuple[Any, ...]]) -> ExecutionView:
    return ExecutionView(**row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping


def _one(connection: Connection, query: Select[*tuple[Any, ...]]) -> ExecutionView | None:
    row = connection.execute(query).one_or_none()
    return None if row is None else _view(row)


def execution(connection: Connection, execution_id: uuid.UUID) -> ExecutionView:
    """The execution of that id; raises NotFound."""
    found = _one(connection, _EXECUTION.where(Execution.id == execution_id))
    if found is None:
        raise NotFound(f"there is no execution {execution_id}; `leanvibe status` lists the newest")
    return found


def execution_of_flow_run(connection: Connection, flow_run_id: uuid.UUID) -> ExecutionView | None:
    """The execution that a Prefect flow run works on, None when it is none of ours."""
    return _one(connection, _EXECUTION.where(Execution.flow_run_id == flow_run_id))


def find(connection: Connection, prefix: str) -> ExecutionView:
    """The execution whose id starts with `prefix`; raises NotFound, or Refused when several do."""
    rows = connection.execute(
        _EXECUTION.where(cast(Execution.id, String).startswith(prefix.lower(), autoescape=True)).limit(2)
    ).all()
    if not rows:
        raise NotFound(f"there is no execution {prefix!r}; `leanvibe status` lists the newest")
    if len(rows) > 1:
        raise Refused(f"several executions begin with {prefix!r}; write more of the id")
    return _view(rows[0])


def newest(
    connection: Connection, *, limit: int = 20, tenant_id: uuid.UUID | None = None
) -> list[ExecutionView]:
    """The newest executions first."""
    query = _EXECUTION.order_by(Execution.created_at.desc(), Execution.id).limit(limit)
    if tenant_id is not None:
        query = query.where(Execution.tenant_id == tenant_id)
    return [_view(row) for row in connection.execute(query)]


def live(connection: Connection) -> list[ExecutionView]:
    """Every execution that has not ended, oldest first."""
    return [
        _view(row)
        for row in connection.execute(
            _EXECUTION.where(Execution.status.not_in(FINAL)).order_by(Execution.created_at)
        )
    ]


def stages(connection: Connection, execution_id: uuid.UUID) -> list[StageView]:
    """All nine stages in their order, each with its newest attempt."""
    rows = connection.execute(
        select(StageRun)
        .with_only_columns(
            StageRun.stage,
            StageRun.status,
            StageRun.attempt,
            StageRun.progress,
            StageRun.message,
            StageRun.started_at,
            StageRun.ended_at,
        )
        .where(StageRun.execution_id == execution_id)
        .order_by(StageRun.stage, StageRun.attempt.desc())
        .ext(distinct_on(StageRun.stage))
    )
    begun = {row.stage: StageView(**row._mapping) for row in rows}  # noqa: SLF001 - as in _view
    return [begun.get(stage) or _pending(stage) for stage in STAGES]


def _pending(stage: str) -> StageView:
    return StageView(
        stage=stage, status="pending", attempt=0, progress=0, message="", started_at=None, ended_at=None
    )
