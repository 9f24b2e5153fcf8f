"""Read log lines in their total order: by time, then producer, then sequence."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, tuple_

from db.models import LogLine

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select


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
    query = _lines(execution_id, level, stage).order_by(*_ORDER).limit(limit)
    if after is not None:
        query = query.where(tuple_(*_ORDER) > tuple_(after.occurred_at, after.producer, after.sequence))
    return _views(connection, query)


def newest_log_lines(
    connection: Connection,
    execution_id: uuid.UUID,
    *,
    level: int = 0,
    stage: str | None = None,
    limit: int = 200,
) -> list[LogLineView]:
    """The last lines, newest first, of at least that level and of that stage."""
    query = _lines(execution_id, level, stage).order_by(*(column.desc() for column in _ORDER)).limit(limit)
    return _views(connection, query)


_ORDER = (LogLine.occurred_at, LogLine.producer, LogLine.sequence)
"""The total order of an execution's lines."""


def _lines(execution_id: uuid.UUID, level: int, stage: str | None) -> Select[*tuple[Any, ...]]:
    query = select(*_ORDER, LogLine.stage, LogLine.level, LogLine.logger, LogLine.message).where(
        LogLine.execution_id == execution_id, LogLine.level >= level
    )
    return query if stage is None else query.where(LogLine.stage == stage)


def _views(connection: Connection, query: Select[*tuple[Any, ...]]) -> list[LogLineView]:
    return [LogLineView(**row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping
