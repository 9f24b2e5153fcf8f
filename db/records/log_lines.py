"""Write log lines in batches; a line that is there already is left as it is."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import func, insert, select, text

from db.errors import NotFound
from db.models import Execution, LogBatch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLogLine:
    """One log record as it is to be stored."""

    producer: uuid.UUID
    sequence: int
    execution_id: uuid.UUID
    stage: str | None
    task_run_id: uuid.UUID | None
    level: int
    logger: str
    message: str
    extras: dict[str, Any] | None
    occurred_at: dt.datetime
    attempt: int = 1


_COLUMNS = (
    "execution_id, occurred_at, producer, sequence, attempt, tenant_id, "
    "stage, task_run_id, level, logger, message, extras"
)


def store_log_lines(connection: Connection, lines: Sequence[NewLogLine]) -> int:
    """Store lines of one execution, and say how many were new; raises NotFound without that execution.

    They are copied straight into the table. Only when one of them is there already, because this is a
    replay, they go through a temporary table and leave out what is stored.
    """
    if not lines:
        return 0
    execution_id = lines[0].execution_id
    tenant_id = connection.execute(
        select(Execution.tenant_id).where(Execution.id == execution_id)
    ).scalar_one_or_none()
    if tenant_id is None:
        raise NotFound(f"there is no execution {execution_id}; its log lines cannot be stored")
    try:
        with connection.begin_nested():
            _copy(connection, "log_lines", lines, tenant_id)
        new: Iterable[NewLogLine | _New] = lines
    except psycopg.errors.UniqueViolation:
        new = _merge(connection, lines, tenant_id)
    batches = _batches(execution_id, new)
    for batch in batches:
        connection.execute(insert(LogBatch).values(**batch, stored_at=func.clock_timestamp()))
    return sum(batch["lines"] for batch in batches)


@dataclass(frozen=True, kw_only=True, slots=True)
class _New:
    """A line of a replay that was not stored before."""

    producer: uuid.UUID
    sequence: int
    occurred_at: dt.datetime


def _copy(connection: Connection, table: str, lines: Sequence[NewLogLine], tenant_id: uuid.UUID) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - a pooled connection that was checked out has its driver's
    with driver.cursor() as cursor, cursor.copy(f"copy {table} ({_COLUMNS}) from stdin") as copy:
        for line in lines:
            copy.write_row(
                (
                    line.execution_id,
                    line.occurred_at,
                    line.producer,
                    line.sequence,
                    line.attempt,
                    tenant_id,
                    line.stage,
                    line.task_run_id,
                    line.level,
                    line.logger,
                    line.message,
                    None if line.extras is None else json.dumps(line.extras),
                )
            )


def _merge(connection: Connection, lines: Sequence[NewLogLine], tenant_id: uuid.UUID) -> list[_New]:
    connection.execute(
        text("create temporary table if not exists arriving (like log_lines) on commit delete rows")
    )
    connection.execute(text("truncate arriving"))
    _copy(connection, "arriving", lines, tenant_id)
    rows = connection.execute(
        text(
            f"insert into log_lines ({_COLUMNS}) select {_COLUMNS} from arriving "  # noqa: S608 - names of ours
            "on conflict do nothing returning producer, sequence, occurred_at"
        )
    )
    return [_New(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping


def _batches(execution_id: uuid.UUID, lines: Iterable[NewLogLine | _New]) -> list[dict[str, Any]]:
    """One batch per producer; the lines that a drained spool brings may have several."""
    by_producer: dict[uuid.UUID, list[NewLogLine | _New]] = {}
    for line in lines:
        by_producer.setdefault(line.producer, []).append(line)
    sequence, at = attrgetter("sequence"), attrgetter("occurred_at")
    return [
        {
            "execution_id": execution_id,
            "producer": producer,
            "first_sequence": min(map(sequence, members)),
            "last_sequence": max(map(sequence, members)),
            "first_at": min(map(at, members)),
            "last_at": max(map(at, members)),
            "lines": len(members),
        }
        for producer, members in by_producer.items()
    ]
