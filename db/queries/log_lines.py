"""Read log lines in their total order: by time, then producer, then sequence."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, tuple_

from db.models import LogLine

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True)
class LogCursor:
    """Where a reader stands: the last line it has seen."""

    occurred_at: dt.datetime
    producer: uuid.UUID
    sequence: int


@dataclass(frozen=True, kw_only=True)
class LogLineView:
    """One log line."""

    occurred_at: dt.datetime
    producer: uuid.UUID
    sequence: int
    stage: str | None
    level: int
    logger: str
    message: str

    @property
    def cursor(self) -> LogCursor:
        """The place just after this line."""
        return LogCursor(occurred_at=self.occurred_at, producer=self.producer, sequence=self.sequence)


def log_lines(
    connection: Connection,
    execution_id: uuid.UUID,
    *,
    after: LogCursor | None = None,
    level: int = 0,
    stage: str | None = None,
    limit: int = 1000,
) -> list[LogLineView]:
    """The next lines after a cursor, oldest first, of at least that level and of that stage."""
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
        .order_by(LogLine.occurred_at, LogLine.producer, LogLine.sequence)
        .limit(limit)
    )
    if stage is not None:
        query = query.where(LogLine.stage == stage)
    if after is not None:
        query = query.where(
            tuple_(LogLine.occurred_at, LogLine.producer, LogLine.sequence)
            > tuple_(after.occurred_at, after.producer, after.sequence)
        )
    return [LogLineView(**row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping
