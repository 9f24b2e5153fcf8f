"""Follow the log lines of an execution by the batches in which they arrive, late ones included.

Lines that waited in a spool, or come from a second process, arrive behind a reader's place in their order;
their batch is new all the same. Batches become visible in any order, so the last ones are looked at again.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select, text

from db.engine import transaction
from db.models import LogBatch, LogLine
from db.queries.logs import PAGE, LogCursor, lines_after, lines_before, lines_where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Row

    from db.queries.logs import LogFilter, LogLineView

POLL_SECONDS = 0.1
QUIET_SECONDS = 1.0
"""How long nothing has to come after an execution's end: its process flushes its log last."""

WINDOW = dt.timedelta(seconds=60)
"""Longer than it takes to commit lines after their batch was given its time."""


class Tail:
    """One reader's place in what arrives."""

    def __init__(self, url: str, wanted: LogFilter) -> None:
        """`wanted` names an execution."""
        self._url = url
        self._wanted = wanted
        self._seen: dict[int, dt.datetime] = {}
        self._looked_at: dt.datetime | None = None

    def begin(self, *, newest: int | None = None) -> Iterator[tuple[LogLineView, ...]]:
        """What is there, page by page, or its newest lines; later calls of `more` go on from here."""
        with transaction(self._url) as connection:
            # One snapshot: a batch that is passed over as seen has its lines on these pages.
            connection.execute(text("set transaction isolation level repeatable read"))
            self._new_batches(connection)
            if newest is not None:
                yield lines_before(connection, self._wanted, None, limit=newest).lines
                return
            after: LogCursor | None = None
            while True:
                page = lines_after(connection, self._wanted, after, limit=PAGE)
                yield page.lines
                if not page.more:
                    return
                after = page.lines[-1].cursor

    def more(self) -> list[LogLineView]:
        """The lines that have arrived since, in their order."""
        with transaction(self._url) as connection:
            batches = self._new_batches(connection)
            if not batches:
                return []
            ranges = [
                and_(
                    LogLine.producer == batch.producer,
                    LogLine.sequence.between(batch.first_sequence, batch.last_sequence),
                )
                for batch in batches
            ]
            first = min(batch.first_at for batch in batches)
            last = max(batch.last_at for batch in batches)
            return lines_where(
                connection, self._wanted, [LogLine.occurred_at.between(first, last), or_(*ranges)]
            )

    def _new_batches(self, connection: Connection) -> list[Row[*tuple[Any, ...]]]:
        now = connection.execute(select(func.clock_timestamp())).scalar_one()
        since = (self._looked_at or now) - WINDOW
        found = connection.execute(
            select(
                LogBatch.id,
                LogBatch.producer,
                LogBatch.first_sequence,
                LogBatch.last_sequence,
                LogBatch.first_at,
                LogBatch.last_at,
                LogBatch.stored_at,
            ).where(LogBatch.execution_id == self._wanted.execution_id, LogBatch.stored_at >= since)
        ).all()
        new = [batch for batch in found if batch.id not in self._seen]
        self._seen = {number: stored for number, stored in self._seen.items() if stored >= since}
        self._seen |= {batch.id: batch.stored_at for batch in new}
        self._looked_at = now
        return list(new)


def follow(url: str, wanted: LogFilter, *, ended: Callable[[], bool]) -> Iterator[list[LogLineView]]:
    """All lines, then those that arrive, until `ended` and nothing has come for QUIET_SECONDS."""
    tail = Tail(url, wanted)
    for page in tail.begin():
        yield list(page)
    quiet_since = time.monotonic()
    while True:
        over = ended()
        lines = tail.more()
        if lines:
            quiet_since = time.monotonic()
            yield lines
        elif over and time.monotonic() - quiet_since >= QUIET_SECONDS:
            return
        time.sleep(POLL_SECONDS)
