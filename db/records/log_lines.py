"""Write log lines in batches; a line that is there already is left as it is."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from db.models import LogLine
from db.records.executions import tenant_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True)
class NewLogLine:
    """One log record as it is to be stored."""

    producer: uuid.UUID
    sequence: int
    execution_id: uuid.UUID
    stage: str | None
    task_run_id: uuid.UUID | None
    level: int
    logger: str
    message: str
    extras: dict[str, Any] | None
    occurred_at: dt.datetime


def store_log_lines(connection: Connection, lines: Sequence[NewLogLine]) -> None:
    """Store the lines of one execution; does nothing for those that are stored."""
    if not lines:
        return
    tenant_id = connection.execute(select(tenant_of(lines[0].execution_id))).scalar_one()
    connection.execute(
        insert(LogLine).on_conflict_do_nothing(index_elements=["producer", "sequence"]),
        [asdict(line) | {"tenant_id": tenant_id} for line in lines],
    )
