"""Write leases: taken when an attempt begins, renewed while it lives, taken away when it does not."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from db.errors import LeaseLost, NotFound
from db.models import Execution, Lease
from db.records.executions import tenant_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

Outcome = Literal["finished", "suspended", "handed back", "lost", "replaced"]

NOW = func.clock_timestamp()
"""The database's clock, and not when the transaction began."""


@dataclass(frozen=True, kw_only=True)
class Holder:
    """The process that works on an execution."""

    execution_id: uuid.UUID
    flow_run_id: uuid.UUID
    host: str
    pid: int


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A lease that was just taken."""

    token: int
    attempt: int


def take(connection: Connection, holder: Holder, *, seconds: float) -> Taken:
    """Begin the execution's next attempt; every earlier one can write nothing more from here on.

    Waits for writes of an earlier attempt that are under way. Raises NotFound for no execution of that id.
    """
    execution_id = holder.execution_id
    connection.execute(
        text("select pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": f"lease {execution_id}"}
    )
    if connection.execute(select(Execution.id).where(Execution.id == execution_id)).first() is None:
        raise NotFound(f"there is no execution {execution_id}: its member may not start a pipeline there")
    earlier = Lease.execution_id == execution_id
    # FOR UPDATE, which the update alone would not take: writers hold their lease FOR KEY SHARE.
    connection.execute(select(Lease.token).where(earlier, Lease.revoked_at.is_(None)).with_for_update())
    connection.execute(
        update(Lease)
        .where(earlier)
        .values(
            outcome=func.coalesce(Lease.outcome, "replaced"),
            revoked_at=func.coalesce(Lease.revoked_at, NOW),
            settled_at=func.coalesce(Lease.settled_at, NOW),
        )
    )
    newest = select(func.coalesce(func.max(Lease.attempt), 0) + 1).where(Lease.execution_id == execution_id)
    row = connection.execute(
        insert(Lease)
        .values(
            tenant_id=tenant_of(execution_id),
            execution_id=execution_id,
            attempt=newest.scalar_subquery(),
            flow_run_id=holder.flow_run_id,
            host=holder.host,
            pid=holder.pid,
            acquired_at=NOW,
            renewed_at=NOW,
            expires_at=NOW + dt.timedelta(seconds=seconds),
        )
        .returning(Lease.token, Lease.attempt)
    ).one()
    return Taken(token=row.token, attempt=row.attempt)


def renew(connection: Connection, token: int, *, seconds: float) -> bool:
    """Say, late or not, that the attempt is alive; False when its lease was taken away."""
    return (
        connection.execute(
            update(Lease)
            .where(Lease.token == token, Lease.revoked_at.is_(None))
            .values(renewed_at=NOW, expires_at=NOW + dt.timedelta(seconds=seconds))
            .returning(Lease.token)
        ).first()
        is not None
    )


def keep(connection: Connection, token: int) -> None:
    """Let nobody take the lease until this transaction ends; raises LeaseLost when it is gone already."""
    found = connection.execute(
        text("select from leases where token = :token and revoked_at is null for key share"), {"token": token}
    )
    if found.first() is None:
        raise LeaseLost(f"lease {token} is not in force; another attempt works on its execution")


def end(connection: Connection, token: int, outcome: Outcome) -> None:
    """Say how the attempt ended, once; what it still has to write is taken until the next one begins."""
    connection.execute(
        update(Lease)
        .where(Lease.token == token, Lease.outcome.is_(None))
        .values(outcome=outcome, settled_at=None if outcome == "handed back" else NOW)
    )


def revoke(connection: Connection, token: int, *, crashed: bool = False) -> bool:
    """Take the lease away from a dead attempt; False when it lives: it was renewed since it was found.

    `crashed` says that Prefect counts it as dead already. A second call changes nothing.
    """
    found = connection.execute(
        select(Lease.outcome, (Lease.expires_at > NOW).label("alive"))
        .where(Lease.token == token)
        .with_for_update()
    ).one()
    if found.alive and found.outcome is None and not crashed:
        return False
    connection.execute(
        update(Lease)
        .where(Lease.token == token, Lease.revoked_at.is_(None))
        .values(outcome=func.coalesce(Lease.outcome, "lost"), revoked_at=NOW)
    )
    return True


def settle(connection: Connection, token: int) -> None:
    """The attempt needs no more looking after."""
    connection.execute(
        update(Lease).where(Lease.token == token, Lease.settled_at.is_(None)).values(settled_at=NOW)
    )
