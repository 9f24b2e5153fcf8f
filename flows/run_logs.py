"""Every record a run logs becomes a row: batched in a thread of its own, identified where it is made."""

from __future__ import annotations

import atexit
import datetime as dt
import itertools
import logging
import queue
import threading
import uuid
from typing import TYPE_CHECKING

from db.records.log_lines import NewLogLine
from flows.recording import PRODUCER, recorder
from flows.redaction import clean

if TYPE_CHECKING:
    from collections.abc import Callable

RUN_LOGGERS = ("prefect.flow_runs", "prefect.task_runs")
"""Prefect's loggers of what runs say; get_run_logger() hands out children of these."""

BATCH_LINES = 500
BATCH_SECONDS = 0.25

_sequence = itertools.count()


class RunLogHandler(logging.Handler):
    """Ships records to the recorder; `emit` only puts them in a queue."""

    def __init__(self, execution_id: uuid.UUID, store: Callable[[list[NewLogLine]], None]) -> None:
        """`store` is called with batches, in order, from this handler's thread."""
        super().__init__()
        self._execution_id = execution_id
        self._store = store
        self._queue: queue.Queue[NewLogLine | threading.Event] = queue.Queue()
        self._thread = threading.Thread(target=self._ship, name="run-logs", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Put the record in the queue; a record that cannot be formatted is reported as logging does."""
        try:
            self._queue.put(self._line(record))
        except Exception:  # noqa: BLE001 - logging's own contract: a handler never raises into the caller
            self.handleError(record)

    def flush(self) -> None:
        """Wait until all that was logged so far has been given to the store, ten seconds at most."""
        done = threading.Event()
        self._queue.put(done)
        done.wait(timeout=10)

    def _line(self, record: logging.LogRecord) -> NewLogLine:
        message = record.getMessage()
        if record.exc_info:
            message = f"{message}\n{logging.Formatter().formatException(record.exc_info)}"
        task_run_id = getattr(record, "task_run_id", None)
        return NewLogLine(
            producer=PRODUCER,
            sequence=next(_sequence),
            execution_id=self._execution_id,
            stage=getattr(record, "task_name", None) if task_run_id else None,
            task_run_id=uuid.UUID(str(task_run_id)) if task_run_id else None,
            level=record.levelno,
            logger=record.name,
            message=clean(message),
            extras=None,
            occurred_at=dt.datetime.fromtimestamp(record.created, dt.UTC),
        )

    def _ship(self) -> None:
        while True:
            lines, waiters = self._take()
            if lines:
                self._store(lines)
            for waiter in waiters:
                waiter.set()

    def _take(self) -> tuple[list[NewLogLine], list[threading.Event]]:
        """The next batch: what has come within BATCH_SECONDS, or before somebody waits for a flush."""
        items: list[NewLogLine | threading.Event] = [self._queue.get()]
        while len(items) < BATCH_LINES and not isinstance(items[-1], threading.Event):
            try:
                items.append(self._queue.get(timeout=BATCH_SECONDS))
            except queue.Empty:
                break
        return (
            [item for item in items if isinstance(item, NewLogLine)],
            [item for item in items if isinstance(item, threading.Event)],
        )


_installed: dict[uuid.UUID, RunLogHandler] = {}


def install(execution_id: uuid.UUID) -> None:
    """Ship this process's run logs as rows of that execution; the second call changes nothing."""
    if execution_id in _installed:
        return
    remove()
    handler = RunLogHandler(execution_id, recorder().log_lines)
    for name in RUN_LOGGERS:
        logging.getLogger(name).addHandler(handler)
    _installed[execution_id] = handler
    atexit.register(handler.flush)


def flush() -> None:
    """Wait until what was logged so far is stored or spooled."""
    for handler in _installed.values():
        handler.flush()


def remove() -> None:
    """Stop shipping, after what was logged so far."""
    for handler in _installed.values():
        for name in RUN_LOGGERS:
            logging.getLogger(name).removeHandler(handler)
        handler.flush()
    _installed.clear()
