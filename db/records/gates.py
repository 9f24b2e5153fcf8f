"""Write gates: asked once per execution and blueprint, answered once by an authorised member."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from db.errors import NotFound, Refused
from db.models import Gate
from db.policy.permissions import Action, Role, allows
from db.records.executions import tenant_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

Answer = Literal["approved", "changes requested", "rejected"]
PERMISSION: dict[Answer, Action] = {
    "approved": "blueprint:approve",
    "changes requested": "blueprint:request_changes",
    "rejected": "blueprint:reject",
}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """An answer at the gate and whose it is."""

    answer: Answer
    member_id: uuid.UUID
    role: Role
    comment: str = ""
    beforehand: bool = False
    at: dt.datetime


def ask(
    connection: Connection,
    *,
    execution_id: uuid.UUID,
    round_number: int,
    blueprint_id: uuid.UUID,
    at: dt.datetime,
) -> uuid.UUID:
    """The gate of that execution and round, written when it is not there."""
    connection.execute(
        insert(Gate)
        .values(
            id=uuid.uuid4(),
            tenant_id=tenant_of(execution_id),
            execution_id=execution_id,
            round=round_number,
            blueprint_id=blueprint_id,
            requested_at=at,
        )
        .on_conflict_do_nothing(index_elements=["execution_id", "round"])
    )
    return connection.execute(
        select(Gate.id).where(Gate.execution_id == execution_id, Gate.round == round_number)
    ).scalar_one()


def decide(connection: Connection, gate_id: uuid.UUID, decision: Decision) -> None:
    """Write the answer; raises Refused when the role may not, or when somebody was first."""
    if not allows(decision.role, PERMISSION[decision.answer]):
        raise Refused(
            f"a {decision.role} may not decide at the gate ({PERMISSION[decision.answer]}); ask a founder"
        )
    written = connection.execute(
        update(Gate)
        .where(Gate.id == gate_id, Gate.decision.is_(None), Gate.expired_at.is_(None))
        .values(
            decision=decision.answer,
            decided_by=decision.member_id,
            decided_at=decision.at,
            comment=decision.comment,
            beforehand=decision.beforehand,
        )
        .returning(Gate.id)
    ).first()
    if written is None:
        before = connection.execute(select(Gate.decision).where(Gate.id == gate_id)).one_or_none()
        if before is None:
            raise NotFound(f"there is no gate {gate_id}")
        if before.decision is None:
            raise Refused("the gate has expired: nobody decided in time; start the interview anew")
        raise Refused(f"the gate was decided already: {before.decision}")


def remind(connection: Connection, gate_id: uuid.UUID, *, at: dt.datetime) -> bool:
    """Note the one reminder of an undecided gate; False when it was given before."""
    return _note(connection, gate_id, Gate.reminded_at.is_(None), reminded_at=at)


def expire(connection: Connection, gate_id: uuid.UUID, *, at: dt.datetime) -> bool:
    """Let nobody decide any more; False when somebody has."""
    return _note(connection, gate_id, expired_at=func.coalesce(Gate.expired_at, at))


def _note(connection: Connection, gate_id: uuid.UUID, *only: Any, **values: Any) -> bool:
    """Change an undecided gate; returns whether it was one."""
    changed = update(Gate).where(Gate.id == gate_id, Gate.decision.is_(None), *only).values(**values)
    return connection.execute(changed.returning(Gate.id)).first() is not None
