"""A database of the benchmark's own in the embedded Postgres, with an execution that lines belong to."""

from __future__ import annotations

import datetime as dt
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from db import embedded, schema
from db.records.log_lines import NewLogLine

if TYPE_CHECKING:
    from collections.abc import Iterator

TENANT = uuid.UUID(int=1)
EXECUTION = uuid.UUID(int=2)
MESSAGE = "generated app/models/appointment.py with 14 columns, 3 relations and 2 rules in 12 ms"


@contextmanager
def database() -> Iterator[str]:
    """The URL of a migrated database that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="leanvibe-bench-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        url = embedded.start(home)
        try:
            schema.upgrade(url)
            _fill(url)
            yield url
        finally:
            embedded.stop(home)


def _fill(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("insert into tenants (id, slug, name) values (%s, 'acme', 'Acme')", [TENANT])
        connection.execute("insert into users (id, email, name) values (%s, 'ada@example.org', '')", [TENANT])
        connection.execute(
            "insert into members (id, tenant_id, user_id, role) values (%s, %s, %s, 'founder')", [TENANT] * 3
        )
        connection.execute(
            "insert into executions (id, tenant_id, requested_by, status, status_at) "
            "values (%s, %s, %s, 'running', now())",
            [EXECUTION, TENANT, TENANT],
        )


def lines(count: int) -> list[NewLogLine]:
    """That many lines of a new producer, a millisecond apart, until now."""
    producer, now = uuid.uuid4(), dt.datetime.now(dt.UTC)
    return [
        NewLogLine(
            producer=producer,
            sequence=number,
            execution_id=EXECUTION,
            stage="backend",
            task_run_id=EXECUTION,
            level=20,
            logger="prefect.task_runs",
            message=MESSAGE,
            extras=None,
            occurred_at=now - dt.timedelta(milliseconds=count - number),
        )
        for number in range(count)
    ]


def count(url: str) -> int:
    """How many lines are stored."""
    with psycopg.connect(url) as connection:
        row = connection.execute("select count(*) from log_lines").fetchone()
    assert row is not None
    return int(row[0])


def empty(url: str) -> None:
    """Take all lines away."""
    with psycopg.connect(url) as connection:
        connection.execute("truncate log_lines, log_batches")
