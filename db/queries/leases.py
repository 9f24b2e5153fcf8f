"""Read leases: those that need looking after, and whether an execution will be resumed by itself."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from db.models import Execution, Lease

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True)
class LeaseView:
    """One attempt of an execution."""

    token: int
    execution_id: uuid.UUID
    flow_run_id: uuid.UUID
    attempt: int
    host: str
    pid: int
    acquired_at: dt.datetime
    renewed_at: dt.datetime
    expires_at: dt.datetime
    outcome: str | None


_LEASE = select(
    Lease.token,
    Lease.execution_id,
    Lease.flow_run_id,
    Lease.attempt,
    Lease.host,
    Lease.pid,
    Lease.acquired_at,
    Lease.renewed_at,
    Lease.expires_at,
    Lease.outcome,
)


def unsettled(connection: Connection) -> list[LeaseView]:
    """Attempts that seem dead: not renewed in time, handed back, or under an execution that crashed."""
    rows = connection.execute(
        _LEASE.join(Execution, Execution.id == Lease.execution_id)
        .where(
            Lease.settled_at.is_(None),
            or_(
                Lease.expires_at < func.clock_timestamp(),
                Lease.outcome.is_not(None),
                Execution.status == "crashed",
            ),
        )
        .order_by(Lease.token)
    )
    return [LeaseView(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping


def newest(connection: Connection, execution_id: uuid.UUID) -> LeaseView | None:
    """The lease of the execution's newest attempt."""
    row = connection.execute(
        _LEASE.where(Lease.execution_id == execution_id).order_by(Lease.token.desc()).limit(1)
    ).one_or_none()
    return None if row is None else LeaseView(**row._mapping)  # noqa: SLF001 - as above


def times_lost(connection: Connection, execution_id: uuid.UUID) -> int:
    """How many attempts of the execution died."""
    return connection.execute(
        select(func.count()).where(Lease.execution_id == execution_id, Lease.outcome == "lost")
    ).scalar_one()


def to_be_resumed(connection: Connection, execution_id: uuid.UUID) -> bool:
    """Whether a crashed execution is about to be resumed: its last attempt has not been looked after yet."""
    return (
        connection.execute(
            select(Lease.token)
            .join(Execution, Execution.id == Lease.execution_id)
            .where(
                Lease.execution_id == execution_id,
                Lease.settled_at.is_(None),
                Execution.status == "crashed",
            )
        ).first()
        is not None
    )


def at_work(connection: Connection, execution_id: uuid.UUID) -> bool:
    """Whether a process that gives signs of life works on the execution."""
    return (
        connection.execute(
            select(Lease.token).where(
                Lease.execution_id == execution_id,
                Lease.outcome.is_(None),
                Lease.expires_at > func.clock_timestamp(),
            )
        ).first()
        is not None
    )
