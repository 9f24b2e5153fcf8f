"""Partitions are made ahead, take their lines out of the default one, and go when all in them is old."""

from __future__ import annotations

import datetime as dt
import uuid

import psycopg
import pytest
from sqlalchemy import text

from db import schema
from db.engine import transaction
from db.records.log_lines import NewLogLine, store_log_lines
from db.records.log_partitions import DEFAULT, WEEK, WEEKS_AHEAD, Week, drop_partitions, make_partitions
from tests.integration.db.conftest import START, World


def _line(world: World, number: int, when: dt.datetime) -> NewLogLine:
    return NewLogLine(
        producer=uuid.UUID(int=7),
        sequence=number,
        execution_id=world.execution_id,
        stage="intake",
        task_run_id=None,
        level=20,
        logger="flows",
        message=f"line {number}",
        extras={"n": number},
        occurred_at=when,
    )


def _store(world: World, *times: dt.datetime) -> None:
    with transaction(world.url) as connection:
        store_log_lines(connection, [_line(world, number, when) for number, when in enumerate(times)])


def _count(url: str, table: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608 - a name of ours
    assert row is not None
    return int(row[0])


def _tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select relname from pg_class where relname like 'log_lines_%w%' and relkind = 'r'"
        )
        return {row[0] for row in rows}


def test_a_migrated_database_has_this_week_and_the_coming_ones(database_url: str) -> None:
    this = Week.of(dt.datetime.now(dt.UTC))
    ahead = {Week(start=this.start + number * WEEK).table for number in range(WEEKS_AHEAD + 1)}
    assert ahead <= _tables(database_url)


def test_lines_of_a_week_without_partition_are_kept_and_moved_once_it_has_one(world: World) -> None:
    _store(world, START, START + WEEK, START + 100 * WEEK)
    assert _count(world.url, DEFAULT) == 3
    made = make_partitions(world.url, now=START)
    assert made[:2] == [Week.of(START).table, Week.of(START + WEEK).table]
    assert len(made) == WEEKS_AHEAD + 1
    assert (_count(world.url, DEFAULT), _count(world.url, "log_lines")) == (1, 3)
    assert make_partitions(world.url, now=START) == []


def test_a_past_week_gets_its_partition_when_it_has_lines(world: World) -> None:
    _store(world, START - 3 * WEEK)
    assert Week.of(START - 3 * WEEK).table in make_partitions(world.url, now=START)
    assert _count(world.url, DEFAULT) == 0


def test_what_is_old_is_dropped_and_nothing_else(world: World) -> None:
    make_partitions(world.url, now=START)
    _store(world, START, START + WEEK, START - 9 * WEEK)
    dropped = drop_partitions(world.url, before=Week.of(START).end)
    assert (dropped.partitions, dropped.default_lines) == ((Week.of(START).table,), 1)
    assert _count(world.url, "log_lines") == 1
    assert drop_partitions(world.url, before=Week.of(START).end).partitions == ()


def test_a_detached_partition_is_dropped_the_next_time(world: World) -> None:
    make_partitions(world.url, now=START)
    table = Week.of(START).table
    with transaction(world.url) as connection:
        connection.execute(text(f"alter table log_lines detach partition {table}"))
    assert drop_partitions(world.url, before=START + WEEK).partitions == (table,)
    assert table not in _tables(world.url)


def test_postgres_detaches_nothing_concurrently_beside_a_default_partition(world: World) -> None:
    make_partitions(world.url, now=START)
    with (
        psycopg.connect(world.url, autocommit=True) as connection,
        pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState, match="default partition exists"),
    ):
        connection.execute(f"alter table log_lines detach partition {Week.of(START).table} concurrently")


def test_lines_from_before_the_partitions_are_carried_over(empty_database_url: str) -> None:
    schema.upgrade(empty_database_url, "0002")
    when = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    with psycopg.connect(empty_database_url) as connection:
        connection.execute(
            "insert into log_lines (producer, sequence, tenant_id, execution_id, level, logger, message, "
            "occurred_at) "
            "select gen_random_uuid(), n, gen_random_uuid(), gen_random_uuid(), 20, 'flows', 'line', %s "
            "from generate_series(1, 5) n",
            [when],
        )
    schema.upgrade(empty_database_url)
    assert _count(empty_database_url, Week.of(when).table) == 5
    schema.downgrade(empty_database_url, "0002")
    assert _count(empty_database_url, "log_lines") == 5


@pytest.mark.parametrize(
    ("when", "table"),
    [
        (dt.datetime(2026, 12, 31, tzinfo=dt.UTC), "log_lines_2026w53"),
        (dt.datetime(2027, 1, 3, 23, 59, tzinfo=dt.UTC), "log_lines_2026w53"),
        (dt.datetime(2027, 1, 4, tzinfo=dt.UTC), "log_lines_2027w01"),
    ],
)
def test_a_week_belongs_to_the_year_of_its_thursday(when: dt.datetime, table: str) -> None:
    assert Week.of(when).table == table
    assert Week.of_table(table) == Week.of(when)
