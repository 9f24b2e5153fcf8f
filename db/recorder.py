"""The one way rows leave a running pipeline: to Postgres when it answers, to the spool when it does not."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from typing import TYPE_CHECKING, Annotated, Literal

import psycopg
from pydantic import BaseModel, Field, TypeAdapter
from sqlalchemy.exc import SQLAlchemyError

from db.engine import written_under
from db.errors import DatabaseError, DatabaseUnavailable, LeaseLost, SpoolFull
from db.records.executions import NewExecution, open_execution
from db.records.log_lines import NewLogLine, store_log_lines
from db.records.stage_runs import StageProgress, StageStart, advance, open_stage_run
from db.records.transitions import NewTransition, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from db.spool import Spool

logger = logging.getLogger(__name__)

AWAY_SECONDS = 5.0
"""How long the database counts as away after it did not answer: a stage must not wait for each row."""


class _Fenced(BaseModel):
    """A row of an attempt, which the database refuses once another attempt has taken its place."""

    lease: int | None = None


class _Transition(_Fenced):
    kind: Literal["transition"] = "transition"
    row: NewTransition


class _Execution(_Fenced):
    kind: Literal["execution"] = "execution"
    row: NewExecution


class _StageStart(_Fenced):
    kind: Literal["stage start"] = "stage start"
    row: StageStart


class _StageProgress(_Fenced):
    kind: Literal["stage progress"] = "stage progress"
    row: StageProgress


class _LogLines(BaseModel):
    kind: Literal["log lines"] = "log lines"
    row: list[NewLogLine]


Record = Annotated[
    _Execution | _Transition | _StageStart | _StageProgress | _LogLines, Field(discriminator="kind")
]
_RECORD: TypeAdapter[Record] = TypeAdapter(Record)


class Recorder:
    """Writes what a run reports; never raises for a database that is away, never loses a row."""

    def __init__(self, *, url: str, spool: Spool) -> None:
        """`url` of the database, `spool` for the rows it cannot take now."""
        self._url = url
        self._spool = spool
        self._away_until = 0.0
        self._drain_lock = threading.Lock()
        self._leases: dict[uuid.UUID, int] = {}

    def hold(self, execution_id: uuid.UUID, lease: int) -> None:
        """Write what this process reports of that execution, but for its log lines, under the lease."""
        self._leases[execution_id] = lease

    def execution(self, row: NewExecution) -> None:
        """Store that a flow run begins to work on an execution."""
        self._store(_Execution(row=row, lease=self._leases.get(row.id)))

    def transition(self, row: NewTransition) -> None:
        """Store a transition."""
        self._store(_Transition(row=row, lease=self._leases.get(row.execution_id)))

    def stage_start(self, row: StageStart) -> None:
        """Store that a task run begins to work on a stage."""
        self._store(_StageStart(row=row, lease=self._leases.get(row.execution_id)))

    def stage_progress(self, row: StageProgress) -> None:
        """Store how far a stage is."""
        self._store(_StageProgress(row=row, lease=self._leases.get(row.execution_id)))

    def log_lines(self, rows: Sequence[NewLogLine]) -> bool:
        """Store a batch of one execution's log lines; False when neither database nor spool takes them."""
        return self._store(_LogLines(row=list(rows)))

    def spool_log_lines(self, rows: Sequence[NewLogLine]) -> bool:
        """Keep a batch on disk without asking the database; False when the spool is full."""
        return self._keep(_LogLines(row=list(rows)))

    def drain(self) -> int:
        """Write what waits in the spool; returns how many records it took, 0 when the database is away."""
        with self._drain_lock:
            try:
                return self._spool.drain(self._replay, self._report_damage)
            except DatabaseUnavailable as error:
                self._note_away(error)
                return 0

    def _store(self, item: Record) -> bool:
        """To the database, or to the spool while it is away or older rows of ours wait; False: to neither."""
        if time.monotonic() < self._away_until:
            return self._keep(item)
        if self._spool.waiting(own=True):
            self.drain()
            if self._spool.waiting(own=True):
                return self._keep(item)
        try:
            self._write(item)
        except DatabaseUnavailable as error:
            self._note_away(error)
            return self._keep(item)
        except LeaseLost as lost:
            logger.warning("a %s is dropped: %s", item.kind, lost)
        except DatabaseError:
            logger.exception("the database refused a %s; it is kept in the spool", item.kind)
            self._spool.refuse(item.model_dump_json())
        return True

    def _keep(self, item: Record) -> bool:
        try:
            self._spool.append([item.model_dump_json()], bulk=isinstance(item, _LogLines))
        except SpoolFull as full:
            logger.error("a %s is lost: %s", item.kind, full)  # noqa: TRY400 - the message says it all
            return False
        return True

    def _report_damage(self, count: int, segment: str, rows: list[str]) -> None:
        """Leave a line in the log of the execution whose rows are around the damaged ones, if any is."""
        items = map(_RECORD.validate_json, rows)
        lines = (line for item in items if isinstance(item, _LogLines) for line in item.row)
        beside = next(lines, None)
        if beside is None:
            return
        report = NewLogLine(
            producer=uuid.uuid5(beside.producer, segment),
            sequence=0,
            execution_id=beside.execution_id,
            attempt=beside.attempt,
            stage=None,
            task_run_id=None,
            level=logging.ERROR,
            logger=__name__,
            message=f"{count} damaged rows of the spool were set aside in {segment}.damaged",
            extras={"damaged": count},
            occurred_at=beside.occurred_at,
        )
        self._write(_LogLines(row=[report]))

    def _replay(self, text: str) -> None:
        item = _RECORD.validate_json(text)
        try:
            self._write(item)
        except LeaseLost as lost:
            logger.warning("a spooled %s is dropped: %s", item.kind, lost)

    def _note_away(self, error: DatabaseUnavailable) -> None:
        self._away_until = time.monotonic() + AWAY_SECONDS
        logger.warning("%s; rows wait in the spool", error)

    def _write(self, item: Record) -> None:
        try:
            with written_under(self._url, getattr(item, "lease", None)) as connection:
                _apply(connection, item)
        except (SQLAlchemyError, psycopg.Error) as error:
            raise DatabaseError(f"the database refused a {item.kind}: {error}") from error


def _apply(connection: Connection, item: Record) -> None:
    match item:
        case _Execution(row=row):
            open_execution(connection, row)
        case _Transition(row=row):
            record(connection, row)
        case _StageStart(row=row):
            open_stage_run(connection, row)
        case _StageProgress(row=row):
            advance(connection, row)
        case _LogLines(row=rows):
            store_log_lines(connection, rows)


def spooled_log_lines(spool: Spool) -> Iterator[NewLogLine]:
    """The log lines that wait in the spool, for somebody who only looks."""
    for item in map(_RECORD.validate_json, spool.rows()):
        if isinstance(item, _LogLines):
            yield from item.row
