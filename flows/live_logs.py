"""Log lines as they come, for any number of readers at once: one of us asks the database, each gets a queue.

A queue is bounded. What a slow reader has no room for is left out and told to it as a gap: how many lines,
and the place before them, from where the pages lead to them. Nobody waits for it.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from db.errors import DatabaseError
from db.queries.log_tail import POLL_SECONDS, Tail
from db.queries.logs import LogCursor, LogLineView

if TYPE_CHECKING:
    from db.queries.logs import LogFilter

logger = logging.getLogger(__name__)

MOST_WAITING = 5_000


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Lines that a reader was too slow for."""

    lines: int
    after: LogCursor | None
    """Place of the last line before the gap, None when there was none."""


class Subscription:
    """One reader's queue."""

    def __init__(self, most: int) -> None:
        """`most` lines wait in it."""
        self._most = most
        self._waiting: deque[LogLineView | Gap] = deque()
        self._changed = threading.Condition()
        self._last: LogCursor | None = None
        self._skipped = 0

    def put(self, lines: list[LogLineView]) -> None:
        """Take what there is room for, and count the rest."""
        with self._changed:
            for line in lines:
                if len(self._waiting) >= self._most:
                    self._skipped += 1
                    continue
                self._tell_gap()
                self._waiting.append(line)
                self._last = line.cursor
            self._changed.notify_all()

    def take(self, seconds: float) -> list[LogLineView | Gap]:
        """What has come, nothing when nothing came within that time; a gap stands where lines are missing."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting, timeout=seconds)
            taken = list(self._waiting)
            self._waiting.clear()
            if taken:
                self._tell_gap()
            return taken

    def _tell_gap(self) -> None:
        if self._skipped:
            self._waiting.append(Gap(lines=self._skipped, after=self._last))
            self._skipped = 0


class LiveLog:
    """The log of one execution as it grows, from when this is entered."""

    def __init__(self, url: str, wanted: LogFilter) -> None:
        """`wanted` names an execution."""
        self._tail = Tail(url, wanted)
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._readers: list[Subscription] = []
        self._thread = threading.Thread(target=self._run, name="live-logs", daemon=True)

    def __enter__(self) -> Self:
        for _ in self._tail.begin(newest=1):
            pass  # what is there already is on the pages
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def subscribe(self, *, most: int = MOST_WAITING) -> Subscription:
        """A queue of what comes from now on."""
        reader = Subscription(most)
        with self._lock:
            self._readers.append(reader)
        return reader

    def leave(self, reader: Subscription) -> None:
        """Put nothing more into that queue."""
        with self._lock:
            self._readers.remove(reader)

    def _run(self) -> None:
        while not self._over.wait(POLL_SECONDS):
            try:
                lines = self._tail.more()
            except DatabaseError as error:
                logger.warning("live log lines wait: %s", error)
                continue
            with self._lock:
                readers = list(self._readers)
            for reader in readers:
                reader.put(lines)
