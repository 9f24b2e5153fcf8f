"""The weekly partitions of log_lines: made ahead, filled from the default one, dropped when all is old.

Rows of a week without a partition go to the default partition: a clock that jumped stops no writer.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from db.engine import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

WEEKS_AHEAD = 4
WEEK = dt.timedelta(weeks=1)
DEFAULT = "log_lines_default"
LOCK = 7_241_002
"""Advisory lock key: two that keep the partitions at once do it one after the other."""

LOCK_TIMEOUT = "3s"
"""How long writers may queue behind a change of partitions that waits for a lock; it is tried again."""

_WEEKLY = re.compile(r"log_lines_(\d{4})w(\d{2})")


def is_partition(table: str) -> bool:
    """Whether a table of that name is one of the partitions."""
    return table == DEFAULT or _WEEKLY.fullmatch(table) is not None


@dataclass(frozen=True, kw_only=True, order=True)
class Week:
    """A calendar week (ISO 8601, UTC), and the partition of its lines."""

    start: dt.datetime

    @classmethod
    def of(cls, when: dt.datetime) -> Week:
        """The week of that moment."""
        day = when.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return cls(start=day - dt.timedelta(days=day.weekday()))

    @classmethod
    def of_table(cls, table: str) -> Week | None:
        """The week whose partition has that name, None for any other table."""
        found = _WEEKLY.fullmatch(table)
        if found is None:
            return None
        monday = dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return cls(start=dt.datetime.combine(monday, dt.time(), dt.UTC))

    @property
    def end(self) -> dt.datetime:
        """Start of the next week."""
        return self.start + WEEK

    @property
    def table(self) -> str:
        """Name of its partition."""
        year, week, _ = self.start.isocalendar()
        return f"log_lines_{year}w{week:02d}"


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """What retention took away."""

    partitions: tuple[str, ...]
    default_lines: int
    batches: int


def make_partitions(url: str, *, now: dt.datetime) -> list[str]:
    """Make the partitions of this and the coming weeks, and of past weeks that lie in the default one.

    Returns the names of the new ones. Raises DatabaseUnavailable; what was made until then stays.
    """
    with transaction(url) as connection:
        missing = sorted(_wanted(connection, now) - set(_attached(connection)))
    return [week.table for week in missing if _make(url, week)]


def drop_partitions(url: str, *, before: dt.datetime) -> Dropped:
    """Drop the partitions whose lines are all older than `before`, and such lines of the default partition.

    Detached first, dropped after: only the detaching holds up writers, and for a moment. A partition that was
    detached and not dropped, because somebody pulled the plug, is dropped now.
    """
    with transaction(url) as connection:
        expired = [week for week in _attached(connection) if week.end <= before]
    for week in expired:
        with _keeping(url) as connection:
            # Postgres detaches nothing concurrently beside a default partition.
            connection.execute(text(f"alter table log_lines detach partition {week.table}"))
    with transaction(url) as connection:
        left = [week for week in _detached(connection) if week.end <= before]
    for week in left:
        with transaction(url) as connection:
            connection.execute(text(f"drop table if exists {week.table}"))
    with transaction(url) as connection:
        lines = connection.execute(
            text(f"delete from {DEFAULT} where occurred_at < :before"),  # noqa: S608 - a constant
            {"before": before},
        )
        batches = connection.execute(
            text("delete from log_batches where stored_at < :before"), {"before": before}
        )
    return Dropped(
        partitions=tuple(week.table for week in left),
        default_lines=lines.rowcount,
        batches=batches.rowcount,
    )


@contextmanager
def _keeping(url: str) -> Iterator[Connection]:
    """A transaction that changes partitions: alone, and giving up before writers have to wait for long."""
    with transaction(url) as connection:
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": LOCK})
        connection.execute(text(f"set local lock_timeout = '{LOCK_TIMEOUT}'"))
        yield connection


def _wanted(connection: Connection, now: dt.datetime) -> set[Week]:
    this = Week.of(now)
    ahead = {Week(start=this.start + number * WEEK) for number in range(WEEKS_AHEAD + 1)}
    found = connection.execute(
        text(
            f"select distinct date_trunc('week', occurred_at, 'UTC') from {DEFAULT} "  # noqa: S608 - a constant
            "where occurred_at < :end"
        ),
        {"end": max(ahead).end},
    )
    return ahead | {Week.of(start) for start in found.scalars()}


def _attached(connection: Connection) -> list[Week]:
    tables = connection.execute(
        text(
            "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid "
            "where i.inhparent = 'log_lines'::regclass order by c.relname"
        )
    )
    return [week for table in tables.scalars() if (week := Week.of_table(table))]


def _detached(connection: Connection) -> list[Week]:
    """The tables that were partitions once."""
    tables = connection.execute(
        text(
            "select c.relname from pg_class c where c.relkind = 'r' and pg_table_is_visible(c.oid) "
            "and c.relname like 'log_lines_%' "
            "and not exists (select from pg_inherits i where i.inhrelid = c.oid) order by c.relname"
        )
    )
    return [week for table in tables.scalars() if (week := Week.of_table(table))]


def _make(url: str, week: Week) -> bool:
    """Make one partition with the lines that wait for it; False when somebody else just did."""
    bounds = {"start": week.start, "end": week.end}
    with _keeping(url) as connection:
        if connection.execute(text("select to_regclass(:name)"), {"name": week.table}).scalar() is not None:
            return False
        connection.execute(text(f"lock table {DEFAULT} in access exclusive mode"))
        connection.execute(text(f"create table {week.table} (like log_lines)"))
        connection.execute(
            text(
                f"with moved as (delete from {DEFAULT} where occurred_at >= :start and occurred_at < :end "  # noqa: S608 - names of ours
                f"returning *) insert into {week.table} select * from moved"
            ),
            bounds,
        )
        connection.execute(
            text(
                f"alter table log_lines attach partition {week.table} "
                f"for values from ('{week.start.isoformat()}') to ('{week.end.isoformat()}')"
            )
        )
    return True
