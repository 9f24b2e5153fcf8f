"""Read the newest log lines of an execution, for somebody who looks at the end first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db.models import LogLine
from db.queries.log_lines import LogLineView

if TYPE_CHECKING:
    import uuid

    from sqlalchemy import Connection


def newest_log_lines(
    connection: Connection,
    execution_id: uuid.UUID,
    *,
    level: int = 0,
    stage: str | None = None,
    limit: int = 200,
) -> list[LogLineView]:
    """The last lines, newest first, of at least that level and of that stage."""
    query = (
        select(
            LogLine.occurred_at,
            LogLine.producer,
            LogLine.sequence,
            LogLine.stage,
            LogLine.level,
            LogLine.logger,
            LogLine.message,
        )
        .where(LogLine.execution_id == execution_id, LogLine.level >= level)
        .order_by(LogLine.occurred_at.desc(), LogLine.producer.desc(), LogLine.sequence.desc())
        .limit(limit)
    )
    if stage is not None:
        query = query.where(LogLine.stage == stage)
    return [LogLineView(**row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping
