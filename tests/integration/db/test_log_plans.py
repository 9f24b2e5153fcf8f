"""Every read of log lines takes an index, whatever page is asked for, in a table of two million lines."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from db.engine import dispose, transaction
from db.queries.logs import LogCursor, LogFilter, page_query
from db.records.log_partitions import WEEK, Week, make_partitions
from tests.conftest import TEMPLATE, named
from tests.integration.db.conftest import START

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from sqlalchemy import Connection

pytestmark = pytest.mark.slow

LINES = 2_000_000
EXECUTIONS = 200
TENANT, PROJECT = uuid.UUID(int=1), uuid.UUID(int=2)
WEEKS = 4
SPAN_SECONDS = int(WEEKS * WEEK.total_seconds())
LIMIT = 200
MOST_BUFFERS = {"execution, words": 3 * LINES // EXECUTIONS, "project": EXECUTIONS * LIMIT * 8}
"""8 KiB pages that a read may touch, where it is not some for each line of the page: a search goes through
the lines of the execution, a project through a page of each of its executions."""


def execution(number: int) -> uuid.UUID:
    return uuid.UUID(int=1000 + number)


FILL = f"""
insert into log_lines
  (execution_id, occurred_at, producer, sequence, attempt, tenant_id, stage, level, logger, message)
select ('00000000-0000-0000-0000-' || lpad(to_hex(1000 + mod(n, {EXECUTIONS})), 12, '0'))::uuid,
       %s + n * interval '{SPAN_SECONDS / LINES} seconds', '{uuid.UUID(int=7)}', n, 1, '{TENANT}',
       (array['intake', 'backend', 'verification'])[mod(n, 3) + 1],
       case when mod(n, 5000) = 0 then 40 else 20 end,
       'prefect.task_runs', 'a line as a stage writes it, number ' || n
from generate_series(1, {LINES}) n
"""  # noqa: S608 - constants


@pytest.fixture(scope="module")
def big(postgres_url: str) -> Iterator[str]:
    """A database with the lines of EXECUTIONS executions of one project, over four weeks."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"create database {name} template {TEMPLATE}")
    url = named(postgres_url, name)
    make_partitions(url, now=Week.of(START).start)
    with psycopg.connect(url) as connection:
        connection.execute("set synchronous_commit = off")
        connection.execute("insert into tenants (id, slug, name) values (%s, 'acme', 'Acme')", [TENANT])
        connection.execute("insert into users (id, email, name) values (%s, 'ada@example.org', '')", [TENANT])
        connection.execute(
            "insert into members (id, tenant_id, user_id, role) values (%s, %s, %s, 'founder')", [TENANT] * 3
        )
        connection.execute(
            "insert into projects (id, tenant_id, slug, name) values (%s, %s, 'pets', 'Pets')",
            [PROJECT, TENANT],
        )
        connection.cursor().executemany(
            "insert into executions (id, tenant_id, project_id, requested_by, status, status_at) "
            "values (%s, %s, %s, %s, 'completed', now())",
            [(execution(number), TENANT, PROJECT, TENANT) for number in range(EXECUTIONS)],
        )
        connection.execute(FILL, [Week.of(START).start])
        connection.commit()
        connection.autocommit = True
        connection.execute("vacuum analyze log_lines")
    yield url
    dispose(url)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


def _plan(connection: Connection, wanted: LogFilter, cursor: LogCursor | None, *, forwards: bool) -> Any:
    query = page_query(wanted, cursor, limit=LIMIT, forwards=forwards)
    compiled = query.compile(dialect=postgresql.psycopg.dialect())  # type: ignore[no-untyped-call]
    row = connection.exec_driver_sql(
        f"explain (analyze, buffers, format json) {compiled}", compiled.params
    ).scalar_one()
    return (row if isinstance(row, list) else json.loads(row))[0]["Plan"]


def _nodes(plan: Any) -> Iterator[Any]:
    yield plan
    for child in plan.get("Plans", []):
        yield from _nodes(child)


def _at(share: float) -> dt.datetime:
    """The time when that share of the lines was written."""
    return Week.of(START).start + share * WEEKS * WEEK


SCOPES = {
    "execution": LogFilter(execution_id=execution(3)),
    "execution, a stage": LogFilter(execution_id=execution(3), stage="backend"),
    "execution, a time": LogFilter(execution_id=execution(3), since=_at(0.4), until=_at(0.45)),
    "execution, words": LogFilter(execution_id=execution(3), words="number", since=_at(0.4)),
    "tenant": LogFilter(tenant_id=TENANT),
    "tenant, errors": LogFilter(tenant_id=TENANT, level=40),
    "tenant, a time": LogFilter(tenant_id=TENANT, since=_at(0.4), until=_at(0.45)),
    "project": LogFilter(project_id=PROJECT),
}


@pytest.mark.parametrize("forwards", [True, False])
@pytest.mark.parametrize("share", [None, 0.05, 0.95])
@pytest.mark.parametrize("name", SCOPES)
def test_a_page_is_found_by_an_index(big: str, name: str, share: float | None, *, forwards: bool) -> None:
    cursor = (
        None
        if share is None
        else LogCursor(occurred_at=_at(share), producer=uuid.UUID(int=7), sequence=int(share * LINES))
    )
    with transaction(big) as connection:
        plan = _plan(connection, SCOPES[name], cursor, forwards=forwards)
    gone_through = [node for node in _nodes(plan) if node["Node Type"] == "Seq Scan" and _rows(node) >= 2]
    assert {node["Relation Name"] for node in gone_through} <= {"executions"}
    touched = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    assert touched <= MOST_BUFFERS.get(name, LIMIT * 8), f"{touched} pages"


def _rows(node: Any) -> float:
    """How many rows a scan goes through each time."""
    return float(node["Actual Rows"] + node.get("Rows Removed by Filter", 0))


def test_a_page_of_an_execution_is_not_sorted(big: str) -> None:
    with transaction(big) as connection:
        plan = _plan(connection, SCOPES["execution"], None, forwards=True)
    assert not [node for node in _nodes(plan) if node["Node Type"] in {"Sort", "Incremental Sort"}]


def test_partitions_before_the_cursor_are_left_out(big: str) -> None:
    cursor = LogCursor(occurred_at=_at(0.9), producer=uuid.UUID(int=7), sequence=0)
    with transaction(big) as connection:
        plan = _plan(connection, SCOPES["execution"], cursor, forwards=True)
    assert Week.of(START).table not in {node.get("Relation Name") for node in _nodes(plan)}


def test_counts_of_an_execution_read_its_lines_alone(big: str) -> None:
    with transaction(big) as connection:
        row = connection.execute(
            text(
                "explain (format json) select stage, level, count(*) from log_lines "
                "where execution_id = :execution_id group by stage, level"
            ),
            {"execution_id": execution(3)},
        ).scalar_one()
    scans = [
        node
        for node in _nodes(row[0]["Plan"])
        if node.get("Relation Name", "").startswith("log_lines_2026") and node["Plan Rows"] > 1
    ]
    assert "Seq Scan" not in {node["Node Type"] for node in scans}
