"""Read the ledger: which transitions of a flow run are stored, and how late they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db.models import Transition

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from sqlalchemy import Connection


def flow_runs(connection: Connection, *, since: dt.datetime | None = None) -> set[uuid.UUID]:
    """Every flow run with a transition, since then if it is said."""
    query = select(Transition.flow_run_id).distinct()
    if since is not None:
        query = query.where(Transition.occurred_at >= since)
    return set(connection.execute(query).scalars())


def recorded(connection: Connection, flow_run_id: uuid.UUID) -> dict[uuid.UUID, dt.timedelta]:
    """State id → how long after the state its row was written, for one flow run and its task runs."""
    rows = connection.execute(
        select(Transition.state_id, Transition.recorded_at, Transition.occurred_at).where(
            Transition.flow_run_id == flow_run_id
        )
    )
    return {row.state_id: row.recorded_at - row.occurred_at for row in rows}
