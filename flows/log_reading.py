"""Read a page of log lines: from the database first, and while it is away from Prefect and the spool."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from blocks.database import database_url
from blocks.settings import settings
from db.engine import transaction
from db.errors import DatabaseUnavailable
from db.queries.logs import LogFilter, LogLineView, LogPage, lines_after, lines_before
from db.recorder import spooled_log_lines
from db.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.queries.logs import LogCursor
    from db.records.log_lines import NewLogLine


def read_logs(
    wanted: LogFilter, cursor: LogCursor | None = None, *, limit: int, forwards: bool = True
) -> LogPage:
    """A page after the cursor, or before it.

    While the database is away, an execution's lines are those that Prefect and the spool of this machine
    have, and the page is marked degraded. Raises DatabaseUnavailable for a whole project or tenant.
    """
    read = lines_after if forwards else lines_before
    try:
        with transaction(database_url()) as connection:
            return read(connection, wanted, cursor, limit=limit)
    except DatabaseUnavailable:
        if wanted.execution_id is None:
            raise
    return _degraded(wanted, cursor, limit=limit, forwards=forwards)


def _degraded(wanted: LogFilter, cursor: LogCursor | None, *, limit: int, forwards: bool) -> LogPage:
    # Importing Prefect takes two seconds, which only somebody without a database has to wait.
    from flows.prefect_logs import prefect_log_lines  # noqa: PLC0415

    found = {_likeness(line): line for line in prefect_log_lines(wanted, cursor, forwards=forwards)}
    found |= {_likeness(line): line for line in _spooled(wanted)}
    lines = sorted(_fitting(found.values(), wanted), key=lambda line: line.cursor)
    if forwards:
        lines = [line for line in lines if cursor is None or line.cursor > cursor]
        return LogPage(lines=tuple(lines[:limit]), more=len(lines) > limit, degraded=True)
    lines = [line for line in lines if cursor is None or line.cursor < cursor]
    return LogPage(lines=tuple(lines[-limit:]), more=len(lines) > limit, degraded=True)


def _likeness(line: LogLineView) -> tuple[object, ...]:
    """What is the same of one record in Prefect and in the spool; their identities are not."""
    return line.occurred_at, line.level, line.message


def _spooled(wanted: LogFilter) -> Iterator[LogLineView]:
    spool = Spool(settings().spool, producer="reader")
    return (_view(line) for line in spooled_log_lines(spool) if line.execution_id == wanted.execution_id)


def _view(line: NewLogLine) -> LogLineView:
    names = [field.name for field in dataclasses.fields(LogLineView)]
    return LogLineView(**{name: getattr(line, name) for name in names})


def _fitting(lines: Iterable[LogLineView], wanted: LogFilter) -> Iterator[LogLineView]:
    words = (wanted.words or "").lower().split()
    for line in lines:
        if (
            line.level >= wanted.level
            and wanted.stage in {None, line.stage}
            and (wanted.since is None or line.occurred_at >= wanted.since)
            and (wanted.until is None or line.occurred_at < wanted.until)
            and all(word in line.message.lower() for word in words)
        ):
            yield line
