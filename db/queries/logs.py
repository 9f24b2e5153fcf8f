"""Read log lines in their total order, by time, producer and sequence: filtered, in pages both ways."""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal_column, select, text, tuple_
from sqlalchemy.exc import OperationalError

from db.engine import transaction
from db.errors import Refused
from db.models import Execution, LogLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection, Select

PAGE = 1000
"""Lines that are read at once where all of them are asked for."""

SEARCH_SECONDS = 10
"""How long a read may take: a search without bounds goes through every line."""

_CANCELED = "57014"
_ORDER = (LogLine.occurred_at, LogLine.producer, LogLine.sequence)
_COLUMNS = (
    *_ORDER,
    LogLine.execution_id,
    LogLine.attempt,
    LogLine.stage,
    LogLine.level,
    LogLine.logger,
    LogLine.message,
    LogLine.extras,
)


@dataclass(frozen=True, kw_only=True, order=True)
class LogCursor:
    """A place in the order: that of a line a reader has seen."""

    occurred_at: dt.datetime
    producer: uuid.UUID
    sequence: int


@dataclass(frozen=True, kw_only=True)
class LogLineView:
    """One log line."""

    occurred_at: dt.datetime
    producer: uuid.UUID
    sequence: int
    execution_id: uuid.UUID
    attempt: int
    stage: str | None
    level: int
    logger: str
    message: str
    extras: dict[str, Any] | None

    @property
    def cursor(self) -> LogCursor:
        """The place of this line."""
        return LogCursor(occurred_at=self.occurred_at, producer=self.producer, sequence=self.sequence)


@dataclass(frozen=True, kw_only=True)
class LogFilter:
    """Which lines are asked for: those of one execution, project or tenant that fit all of the rest."""

    execution_id: uuid.UUID | None = None
    project_id: uuid.UUID | None = None
    tenant_id: uuid.UUID | None = None
    stage: str | None = None
    level: int = 0
    """At least."""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    """Not itself."""
    words: str | None = None
    """Words that the message holds, as people write them to a search engine."""

    def __post_init__(self) -> None:
        """Raises ValueError when it names no scope, or several."""
        scopes = (self.execution_id, self.project_id, self.tenant_id)
        if sum(scope is not None for scope in scopes) != 1:
            raise ValueError("a log filter names one execution, one project or one tenant")

    @property
    def scope(self) -> str:
        """Names whose lines these are; a cursor holds within it, whatever else is filtered."""
        return f"{self.execution_id} {self.project_id} {self.tenant_id}"


@dataclass(frozen=True, kw_only=True)
class LogPage:
    """Lines, the oldest first."""

    lines: tuple[LogLineView, ...]
    more: bool
    """Whether there are further ones in the direction that was read."""
    degraded: bool = False
    """Whether they are what is known without the database."""


@dataclass(frozen=True, kw_only=True)
class LogCount:
    """How many lines a stage has of a level."""

    stage: str | None
    level: int
    lines: int


def lines_after(connection: Connection, wanted: LogFilter, after: LogCursor | None, *, limit: int) -> LogPage:
    """The next lines after a place, from the first one without it; raises Refused when it takes too long."""
    rows = _read(connection, wanted, _bounded(wanted, after, forwards=True), limit=limit, forwards=True)
    return LogPage(lines=tuple(rows[:limit]), more=len(rows) > limit)


def lines_before(
    connection: Connection, wanted: LogFilter, before: LogCursor | None, *, limit: int
) -> LogPage:
    """The last lines before a place, the newest of all without it; raises Refused when it takes too long."""
    rows = _read(connection, wanted, _bounded(wanted, before, forwards=False), limit=limit, forwards=False)
    return LogPage(lines=tuple(reversed(rows[:limit])), more=len(rows) > limit)


def lines_where(
    connection: Connection, wanted: LogFilter, conditions: list[ColumnElement[bool]]
) -> list[LogLineView]:
    """All lines that fulfil further conditions as well, in their order."""
    query = select(*_COLUMNS).where(*conditions, *_conditions(wanted), _scope(wanted)).order_by(*_ORDER)
    return _views(connection, query)


def every_line(url: str, wanted: LogFilter) -> Iterator[LogLineView]:
    """All lines, page by page: no snapshot is held while a slow reader takes them."""
    after: LogCursor | None = None
    while True:
        with transaction(url) as connection:
            page = lines_after(connection, wanted, after, limit=PAGE)
        yield from page.lines
        if not page.more:
            return
        after = page.lines[-1].cursor


def counts(connection: Connection, wanted: LogFilter) -> list[LogCount]:
    """How many lines there are per stage and level; raises Refused when it takes too long."""
    where = [*_conditions(wanted), _scope(wanted)]
    query = select(LogLine.stage, LogLine.level, func.count().label("lines")).where(*where)
    query = query.group_by(LogLine.stage, LogLine.level).order_by(LogLine.stage, LogLine.level)
    with _in_time(connection):
        rows = connection.execute(query)
        return [LogCount(**row._mapping) for row in rows]  # noqa: SLF001 - as in _views


def missing(connection: Connection, execution_id: uuid.UUID) -> int:
    """How many lines were given a number before one that is stored, and are not stored themselves.

    Raises Refused when it takes too long.
    """
    each = (
        select((func.max(LogLine.sequence) + 1 - func.count()).label("lines"))
        .where(LogLine.execution_id == execution_id)
        .group_by(LogLine.producer)
        .subquery()
    )
    with _in_time(connection):
        return int(connection.execute(select(func.coalesce(func.sum(each.c.lines), 0))).scalar_one())


def page_query(
    wanted: LogFilter, cursor: LogCursor | None, *, limit: int, forwards: bool
) -> Select[*tuple[Any, ...]]:
    """The statement that reads a page."""
    return _query(wanted, _bounded(wanted, cursor, forwards=forwards), limit=limit, forwards=forwards)


def _bounded(wanted: LogFilter, cursor: LogCursor | None, *, forwards: bool) -> list[ColumnElement[bool]]:
    """Beyond the cursor; the time alone once more, because that leaves partitions out.

    Nothing where the filter begins beyond the cursor: Postgres would start to read at the cursor.
    """
    if cursor is None:
        return []
    place = tuple_(cursor.occurred_at, cursor.producer, cursor.sequence)
    if forwards:
        if wanted.since is not None and wanted.since > cursor.occurred_at:
            return []
        return [LogLine.occurred_at >= cursor.occurred_at, tuple_(*_ORDER) > place]
    if wanted.until is not None and wanted.until <= cursor.occurred_at:
        return []
    return [LogLine.occurred_at <= cursor.occurred_at, tuple_(*_ORDER) < place]


def _read(
    connection: Connection,
    wanted: LogFilter,
    bounds: list[ColumnElement[bool]],
    *,
    limit: int,
    forwards: bool,
) -> list[LogLineView]:
    """A page and one line more, in the direction that is read."""
    with _in_time(connection):
        return _views(connection, _query(wanted, bounds, limit=limit + 1, forwards=forwards))


def _views(connection: Connection, query: Select[*tuple[Any, ...]]) -> list[LogLineView]:
    rows = connection.execute(query)
    return [LogLineView(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping


def _query(
    wanted: LogFilter, bounds: list[ColumnElement[bool]], *, limit: int, forwards: bool
) -> Select[*tuple[Any, ...]]:
    order: list[Any] = [column if forwards else column.desc() for column in _ORDER]
    lines = select(*_COLUMNS).where(*bounds, *_conditions(wanted)).order_by(*order).limit(limit)
    if wanted.project_id is None:
        return lines.where(_scope(wanted))
    # A page of each of the project's executions, which are few, and the first lines of these.
    each = lines.where(LogLine.execution_id == Execution.id).correlate(Execution).lateral("each")
    order = [each.c[column.key] if forwards else each.c[column.key].desc() for column in _ORDER]
    return (
        select(each)
        .select_from(Execution)
        .join(each, text("true"))
        .where(Execution.project_id == wanted.project_id)
        .order_by(*order)
        .limit(limit)
    )


def _scope(wanted: LogFilter) -> ColumnElement[bool]:
    if wanted.execution_id is not None:
        return LogLine.execution_id == wanted.execution_id
    if wanted.tenant_id is not None:
        return LogLine.tenant_id == wanted.tenant_id
    return LogLine.execution_id.in_(select(Execution.id).where(Execution.project_id == wanted.project_id))


def _conditions(wanted: LogFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.stage is not None:
        found.append(LogLine.stage == wanted.stage)
    if wanted.level > 0:
        # Written out: an index on urgent lines alone is used only where Postgres sees the number.
        found.append(LogLine.level >= literal_column(str(int(wanted.level))))
    if wanted.since is not None:
        found.append(LogLine.occurred_at >= wanted.since)
    if wanted.until is not None:
        found.append(LogLine.occurred_at < wanted.until)
    if wanted.words is not None:
        simple: ColumnElement[str] = literal_column("'simple'::regconfig")
        message = func.to_tsvector(simple, LogLine.message)
        found.append(message.op("@@")(func.websearch_to_tsquery(simple, wanted.words)))
    return found


@contextmanager
def _in_time(connection: Connection) -> Iterator[None]:
    """Bound a read; raises Refused when it takes longer."""
    connection.execute(text(f"set local statement_timeout = '{SEARCH_SECONDS}s'"))
    try:
        yield
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == _CANCELED:
            raise Refused(
                f"these log lines were not found within {SEARCH_SECONDS} seconds; "
                "ask for one execution, or for less time"
            ) from error
        raise
    connection.execute(text("set local statement_timeout = default"))
