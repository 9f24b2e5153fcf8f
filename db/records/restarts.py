"""Write and count restarts from a chosen stage."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from db.models import Restart
from db.policy.progress import STAGES
from db.records.executions import tenant_of

if TYPE_CHECKING:
    from sqlalchemy import Connection


def restart_from(connection: Connection, execution_id: uuid.UUID, stage: str, *, by: uuid.UUID) -> None:
    """Use no results from before this for that stage and those behind it."""
    connection.execute(
        insert(Restart).values(
            id=uuid.uuid4(),
            tenant_id=tenant_of(execution_id),
            execution_id=execution_id,
            stage=stage,
            requested_by=by,
        )
    )


def times_restarted(connection: Connection, execution_id: uuid.UUID) -> dict[str, int]:
    """For each stage, how often it was to be done anew: a restart counts for all stages behind it too."""
    rows = connection.execute(select(Restart.stage).where(Restart.execution_id == execution_id))
    counted = Counter(rows.scalars())
    times, total = {}, 0
    for stage in STAGES:
        total += counted[stage]
        times[stage] = total
    return times
