"""Carries log lines to the recorder from a thread of its own: batched, bounded in memory, never in the way.

Lines wait in memory until HURRY_LINES are there or the first is BATCH_SECONDS old. When more wait than memory
is set aside for, whoever logs takes them to the spool: a burst costs a stage as much as writing to disk.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.recorder import Recorder
    from db.records.log_lines import NewLogLine

logger = logging.getLogger(__name__)
S = TypeVar("S")

BATCH_LINES = 1000
HURRY_LINES = 5000
"""More than a batch: while somebody logs in a burst, this thread would only take processor time from them."""

BATCH_SECONDS = 0.25
MOST_LINES = 20_000
MOST_CHARACTERS = 16 * 2**20
FLUSH_SECONDS = 10.0
"""How long a flush waits for the database; what it has not taken by then goes to the spool."""

LOST = "log lines are lost: neither the database nor the spool took them"


class Shipper(Generic[S]):
    """Takes what was said, makes lines of it, and gives these to the recorder in order."""

    def __init__(self, line: Callable[[S], NewLogLine], told: Callable[[str], S], recorder: Recorder) -> None:
        """`line` makes what is stored, in this thread; `told` makes a line about the log itself."""
        self._line = line
        self._told = told
        self._recorder = recorder
        self._lock = threading.Lock()
        self._shipped = threading.Condition(self._lock)
        self._some = threading.Event()
        self._enough = threading.Event()
        self._waiting: list[S] = []
        self._characters = 0
        self._in_flight: list[S] = []
        self._taken = self._done = self._dropped = 0
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="run-logs", daemon=True)
        self._thread.start()

    def put(self, said: S, characters: int) -> None:
        """Take one line; `characters` is about what it needs in memory."""
        with self._lock:
            self._waiting.append(said)
            self._characters += characters
            self._taken += 1
            count = len(self._waiting)
            burst = count >= MOST_LINES or self._characters >= MOST_CHARACTERS
        if count == 1:
            self._some.set()
        if count == HURRY_LINES:
            self._enough.set()
        if burst:
            self._spool(self._take_all())

    def flush(self, seconds: float = FLUSH_SECONDS) -> None:
        """Wait until all that was taken so far is stored; what is not in time is spooled."""
        with self._lock:
            target = self._taken
        self._some.set()
        self._enough.set()
        with self._shipped:
            if self._shipped.wait_for(lambda: self._done >= target, timeout=seconds):
                return
            # The thread may be right in the middle of them; twice is once, by their identity.
            stuck = list(self._in_flight)
        self._keep(stuck)
        self._spool(self._take_all())

    def close(self) -> None:
        """Flush, and end the thread."""
        self.flush()
        if self._dropped:
            logger.error("%d %s", self._dropped, LOST)
        self._closed = True
        self._some.set()
        self._enough.set()

    def _take_all(self) -> list[S]:
        with self._lock:
            said, self._waiting, self._characters = self._waiting, [], 0
        return said

    def _run(self) -> None:
        while not self._closed:
            self._some.wait()
            self._enough.wait(BATCH_SECONDS)
            self._some.clear()
            self._enough.clear()
            while self._ship():
                pass

    def _ship(self) -> bool:
        """Give one batch to the recorder; False when nothing more is due."""
        with self._lock:
            count = len(self._waiting)
            self._in_flight = batch = self._waiting[:BATCH_LINES]
            del self._waiting[:BATCH_LINES]
            self._characters = self._characters * len(self._waiting) // max(count, 1)
        if batch:
            self._store(batch, self._recorder.log_lines)
        self._in_flight = []
        return len(batch) == BATCH_LINES

    def _spool(self, said: list[S]) -> None:
        if said:
            self._store(said, self._recorder.spool_log_lines)

    def _keep(self, said: list[S]) -> None:
        """Spool what somebody else is storing, without counting it as done."""
        if said:
            self._recorder.spool_log_lines(self._lines(said))

    def _store(self, said: list[S], store: Callable[[Sequence[NewLogLine]], bool]) -> None:
        dropped, self._dropped = self._dropped, 0
        about = [self._told(f"{dropped} {LOST}")] if dropped else []
        kept = False
        try:
            kept = store(self._lines([*said, *about]))
        except Exception:
            logger.exception("%d log lines could not be stored", len(said))
        finally:
            with self._shipped:
                self._dropped += 0 if kept else dropped + len(said)
                self._done += len(said)
                self._shipped.notify_all()

    def _lines(self, said: list[S]) -> list[NewLogLine]:
        return [self._made(one) for one in said]

    def _made(self, said: S) -> NewLogLine:
        """The line, or one that says why there is none: a record must not take its batch along."""
        try:
            return self._line(said)
        except Exception as error:  # noqa: BLE001 - whatever a foreign object in a record does
            return self._line(self._told(f"a log line could not be read: {type(error).__name__}"))
