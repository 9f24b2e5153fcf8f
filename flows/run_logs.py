"""Every record a run logs becomes a row: identified where it is made, shipped by a thread of its own."""

from __future__ import annotations

import atexit
import datetime as dt
import itertools
import logging
import os
import uuid
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from db.records.log_lines import NewLogLine
from flows.log_shipper import FLUSH_SECONDS, Shipper
from flows.recording import producer, recorder
from flows.redaction import clean, clean_extras

if TYPE_CHECKING:
    from db.recorder import Recorder

RUN_LOGGERS = ("prefect.flow_runs", "prefect.task_runs")
"""Prefect's loggers of what runs say; get_run_logger() hands out children of these."""

_FORMATTER = logging.Formatter()
_NOT_EXTRA = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "taskName",
    "flow_name",
    "flow_run_id",
    "flow_run_name",
    "task_name",
    "task_run_id",
    "task_run_name",
    "send_to_api",
}
"""What the logging module and Prefect put into every record."""


# The same few names and ids are on every line.
_clean_name = lru_cache(maxsize=256)(clean)
_uuid = lru_cache(maxsize=256)(uuid.UUID)

_sequences: defaultdict[uuid.UUID, itertools.count[int]] = defaultdict(itertools.count)
"""Each execution's lines are counted from 0 in each process, so that one that is missing shows."""


class Said(NamedTuple):
    """A record with its identity, before it is made safe to keep."""

    record: logging.LogRecord
    message: str
    sequence: int
    at: float


class RunLogHandler(logging.Handler):
    """Gives each record its identity and hands it to the shipper; all that takes time is done there."""

    def __init__(self, execution_id: uuid.UUID, recorder: Recorder, *, attempt: int = 1) -> None:
        """`attempt` of the execution that this process is."""
        super().__init__()
        self.attempt = attempt
        self._execution_id = execution_id
        self._producer = producer()
        self._sequence = _sequences[execution_id]
        self._last = 0.0
        self._shipper = Shipper(self._line, self._told, recorder)

    def emit(self, record: logging.LogRecord) -> None:
        """Take the record; logging holds the handler's lock, so numbers and times go up together."""
        try:
            # The arguments may change after the call, so the message is made here.
            message = record.getMessage()
            if record.exc_info and record.exc_text is None:
                record.exc_text = _FORMATTER.formatException(record.exc_info)
            # A clock that is set back must not turn lines around: their time stands still meanwhile.
            self._last = at = max(self._last, record.created)
            self._shipper.put(Said(record, message, next(self._sequence), at), len(message))
        except Exception:  # noqa: BLE001 - logging's own contract: a handler never raises into the caller
            self.handleError(record)

    def flush(self) -> None:
        """Wait until all that was logged so far is stored or spooled."""
        self.ship(FLUSH_SECONDS)

    def ship(self, seconds: float) -> None:
        """Wait until all that was logged so far is stored; what is not in time is spooled."""
        self._shipper.flush(seconds)

    def close(self) -> None:
        """Ship what is left, and end the thread."""
        self._shipper.close()
        super().close()

    def _told(self, message: str) -> Said:
        """A line about the log itself."""
        record = logging.makeLogRecord(
            {"name": __name__, "levelno": logging.WARNING, "levelname": "WARNING", "msg": message}
        )
        self.acquire()
        try:
            self._last = at = max(self._last, record.created)
            return Said(record, message, next(self._sequence), at)
        finally:
            self.release()

    def _line(self, said: Said) -> NewLogLine:
        record, message, sequence, at = said
        if record.exc_text:
            message = f"{message}\n{record.exc_text}"
        values = record.__dict__
        task_run_id = values.get("task_run_id")
        return NewLogLine(
            producer=self._producer,
            sequence=sequence,
            execution_id=self._execution_id,
            attempt=self.attempt,
            stage=_clean_name(str(values.get("task_name"))) if task_run_id else None,
            task_run_id=_uuid(str(task_run_id)) if task_run_id else None,
            level=record.levelno,
            logger=_clean_name(str(record.name)),
            message=clean(message),
            extras=clean_extras({name: values[name] for name in values.keys() - _NOT_EXTRA}),
            occurred_at=dt.datetime.fromtimestamp(at, dt.UTC),
        )


_installed: dict[uuid.UUID, RunLogHandler] = {}


def install(execution_id: uuid.UUID) -> None:
    """Ship this process's run logs as rows of that execution; the second call changes nothing."""
    if execution_id in _installed:
        return
    remove()
    handler = RunLogHandler(execution_id, recorder())
    for name in RUN_LOGGERS:
        logging.getLogger(name).addHandler(handler)
    _installed[execution_id] = handler


def count_attempt(execution_id: uuid.UUID, attempt: int) -> None:
    """Say which attempt of the execution this process is; lines from here on carry it."""
    if execution_id in _installed:
        _installed[execution_id].attempt = attempt


def flush(seconds: float = FLUSH_SECONDS) -> None:
    """Wait until what was logged so far is stored; what is not in time is spooled."""
    for handler in _installed.values():
        handler.ship(seconds)


def remove() -> None:
    """Stop shipping, after what was logged so far."""
    for handler in _installed.values():
        _take_away(handler)
        handler.close()
    _installed.clear()


def _take_away(handler: RunLogHandler) -> None:
    for name in RUN_LOGGERS:
        logging.getLogger(name).removeHandler(handler)


def _forget() -> None:
    """In a forked child: its parent's handlers ship in the parent alone."""
    for handler in _installed.values():
        _take_away(handler)
    _installed.clear()
    _sequences.clear()


atexit.register(remove)
os.register_at_fork(after_in_child=_forget)
