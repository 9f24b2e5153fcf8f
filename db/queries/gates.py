"""Read gates, and the blueprints they ask about."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.errors import NotFound
from db.models import BlueprintVersion, Execution, Gate, Member, User
from db.models.executions import FINAL

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True)
class GateView:
    """The newest gate of an execution."""

    id: uuid.UUID
    round: int
    blueprint_id: uuid.UUID
    blueprint_version: int
    requested_at: dt.datetime
    decision: str | None
    decided_by: str | None
    decided_at: dt.datetime | None
    beforehand: bool
    comment: str


def gate(connection: Connection, execution_id: uuid.UUID, round_number: int | None = None) -> GateView | None:
    """The execution's gate of that round, or its newest; None before the approval stage."""
    query = (
        select(
            Gate.id,
            Gate.round,
            Gate.blueprint_id,
            BlueprintVersion.version.label("blueprint_version"),
            Gate.requested_at,
            Gate.decision,
            User.email.label("decided_by"),
            Gate.decided_at,
            Gate.beforehand,
            Gate.comment,
        )
        .join(BlueprintVersion, BlueprintVersion.id == Gate.blueprint_id)
        .outerjoin(Member, Member.id == Gate.decided_by)
        .outerjoin(User, User.id == Member.user_id)
        .where(Gate.execution_id == execution_id)
        .order_by(Gate.round.desc())
        .limit(1)
    )
    if round_number is not None:
        query = query.where(Gate.round == round_number)
    row = connection.execute(query).one_or_none()
    return None if row is None else GateView(**row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping


def gate_of(connection: Connection, execution_id: uuid.UUID, round_number: int) -> GateView:
    """The gate of that execution and round; raises NotFound."""
    view = gate(connection, execution_id, round_number)
    if view is None:
        raise NotFound(f"execution {execution_id} has no gate {round_number}")
    return view


@dataclass(frozen=True, kw_only=True)
class UndecidedGate:
    """A gate that waits, of an execution that has not ended."""

    id: uuid.UUID
    execution_id: uuid.UUID
    flow_run_id: uuid.UUID
    blueprint_version: int
    requested_at: dt.datetime


def undecided(connection: Connection) -> list[UndecidedGate]:
    """Every gate that waits, oldest first; one that has expired too, while its execution goes on."""
    rows = connection.execute(
        select(
            Gate.id,
            Gate.execution_id,
            Execution.flow_run_id,
            BlueprintVersion.version.label("blueprint_version"),
            Gate.requested_at,
        )
        .join(Execution, Execution.id == Gate.execution_id)
        .join(BlueprintVersion, BlueprintVersion.id == Gate.blueprint_id)
        .where(Gate.decision.is_(None), Execution.status.not_in(FINAL), Execution.flow_run_id.is_not(None))
        .order_by(Gate.requested_at)
    )
    return [UndecidedGate(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def blueprint_document(connection: Connection, blueprint_id: uuid.UUID) -> dict[str, Any]:
    """The blueprint as it was stored; raises NotFound."""
    document = connection.execute(
        select(BlueprintVersion.document).where(BlueprintVersion.id == blueprint_id)
    ).scalar_one_or_none()
    if document is None:
        raise NotFound(f"there is no blueprint {blueprint_id}")
    return dict(document)


def blueprint_before(connection: Connection, blueprint_id: uuid.UUID) -> dict[str, Any] | None:
    """The document of the version before that blueprint, of the same project; None when it is the first."""
    row = (
        select(BlueprintVersion.project_id, BlueprintVersion.version)
        .where(BlueprintVersion.id == blueprint_id)
        .subquery()
    )
    document = connection.execute(
        select(BlueprintVersion.document)
        .join(row, row.c.project_id == BlueprintVersion.project_id)
        .where(BlueprintVersion.version < row.c.version)
        .order_by(BlueprintVersion.version.desc())
        .limit(1)
    ).scalar_one_or_none()
    return None if document is None else dict(document)
