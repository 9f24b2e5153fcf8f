"""A page of 200 log lines at any depth of ten million, against one of ten thousand, and a read by offset.

Bounds: the 95th percentile at most 1.5 of that in ten thousand lines, and under 5 ms in the database. An
argument sets another number of lines.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import sys
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402
from log_database import TENANT, database  # noqa: E402
from machine import describe  # noqa: E402
from paired import compare  # noqa: E402
from sqlalchemy.dialects import postgresql  # noqa: E402

from db.engine import Connection, transaction  # noqa: E402
from db.queries.logs import LogCursor, LogFilter, lines_after, page_query  # noqa: E402
from db.records.log_partitions import WEEK, make_partitions  # noqa: E402

DEPTH_BOUND = 1.5
DATABASE_BOUND_MS = 5.0
MANY = 10_000_000
FEW = 10_000
LIMIT = 200
READS = 200
ROUNDS = 5
PRODUCER = uuid.UUID(int=7)
START = dt.datetime.now(dt.UTC) - WEEK
SPAN = 3 * WEEK
FILL = """
insert into log_lines
  (execution_id, occurred_at, producer, sequence, attempt, tenant_id, stage, level, logger, message)
select %(execution)s, %(start)s + %(span)s * (n::float8 / %(lines)s), %(producer)s, n, 1, %(tenant)s,
       'backend', 20, 'prefect.task_runs', 'a line as a stage writes it, number ' || n
from generate_series(0, %(lines)s - 1) n
"""
BIG, SMALL = uuid.UUID(int=11), uuid.UUID(int=12)


def place(share: float, lines: int) -> LogCursor:
    """The cursor at that share of the lines."""
    number = int(share * lines)
    return LogCursor(occurred_at=START + SPAN * (number / lines), producer=PRODUCER, sequence=number)


def page(connection: Connection, execution_id: uuid.UUID, cursor: LogCursor) -> float:
    """Milliseconds to read a page, as a caller sees it."""
    begun = time.perf_counter()
    found = lines_after(connection, LogFilter(execution_id=execution_id), cursor, limit=LIMIT)
    seconds = time.perf_counter() - begun
    assert len(found.lines) == LIMIT
    return 1000 * seconds


def in_database(connection: Connection, cursor: LogCursor) -> float:
    """Milliseconds that Postgres says it takes, planning included."""
    query = page_query(LogFilter(execution_id=BIG), cursor, limit=LIMIT, forwards=True)
    compiled = query.compile(dialect=postgresql.psycopg.dialect())  # type: ignore[no-untyped-call]
    statement = f"explain (analyze, summary, timing off, format json) {compiled}"
    told = connection.exec_driver_sql(statement, compiled.params).scalar_one()[0]
    return float(told["Planning Time"] + told["Execution Time"])


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[18]


def main() -> int:
    """Print the figures; 1 when a bound is missed or cannot be told."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    print(describe())
    chance = random.Random(1)  # noqa: S311 - depths, no secret
    with database() as url:
        make_partitions(url, now=START)
        with psycopg.connect(url) as connection:
            for execution_id, lines in ((BIG, many), (SMALL, FEW)):
                values = {"execution": execution_id, "start": START, "span": SPAN, "lines": lines}
                connection.execute(FILL, values | {"producer": PRODUCER, "tenant": TENANT})
            connection.commit()
            connection.autocommit = True
            connection.execute("vacuum analyze log_lines")
        with transaction(url) as connection:

            def deep() -> float:
                places = [place(chance.random() * 0.99, many) for _ in range(READS)]
                return p95([page(connection, BIG, cursor) for cursor in places])

            def shallow() -> float:
                return p95(
                    [page(connection, SMALL, place(chance.random() * 0.97, FEW)) for _ in range(READS)]
                )

            deep(), shallow()
            ratio = compare(deep, shallow, rounds=ROUNDS)
            verdict = ratio.verdict(at_most=DEPTH_BOUND)
            told = p95([in_database(connection, place(chance.random() * 0.99, many)) for _ in range(READS)])
            offset = _offset(connection, many // 2)
    print(f"p95 in {many:,} / p95 in {FEW:,}   {ratio}   bound <= {DEPTH_BOUND}: {verdict}")
    print(f"p95 in the database   {told:.2f} ms   bound < {DATABASE_BOUND_MS}")
    print(f"by offset, as Prefect reads, in the middle   {offset:,.0f} ms")
    return int(verdict != "ok" or told >= DATABASE_BOUND_MS)


def _offset(connection: Connection, depth: int) -> float:
    """Milliseconds of a page by offset in the same table, ordered by time alone as Prefect's read is."""
    begun = time.perf_counter()
    connection.exec_driver_sql(
        "select * from log_lines where execution_id = %(id)s order by occurred_at limit 200 offset %(depth)s",
        {"id": BIG, "depth": depth},
    ).all()
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    raise SystemExit(main())
