"""Log lines as they come, for any number of readers at once: one of us asks the database, each gets a queue.

A queue is bounded. What a slow reader has no room for is left out and told to it as a gap: how many lines,
and the place before them, from where the pages lead to them. Nobody waits for it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from db.engine import transaction
from db.errors import DatabaseError
from db.queries.executions import execution
from db.queries.log_tail import POLL_SECONDS, QUIET_SECONDS, Tail
from db.queries.logs import LogCursor, LogLineView

if TYPE_CHECKING:
    from collections.abc import Callable

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
        self._over = False

    @property
    def over(self) -> bool:
        """Whether the execution has ended and nothing is left to take."""
        return self._over and not self._waiting

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

    def end(self) -> None:
        """Say that nothing more will come."""
        with self._changed:
            self._tell_gap()
            self._over = True
            self._changed.notify_all()

    def take(self, seconds: float) -> list[LogLineView | Gap]:
        """What has come, nothing when nothing came within that time; a gap stands where lines are missing."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._over, timeout=seconds)
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
    """The log of one execution as it grows, from when this is entered until the execution has ended."""

    def __init__(self, url: str, wanted: LogFilter) -> None:
        """`wanted` names an execution."""
        self._url = url
        self._wanted = wanted
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
        self.stop()
        self._thread.join()

    def stop(self) -> None:
        """Ask no more; waits for nothing."""
        self._over.set()

    def subscribe(self, *, most: int = MOST_WAITING) -> Subscription:
        """A queue of what comes from now on."""
        reader = Subscription(most)
        with self._lock:
            self._readers.append(reader)
            if self._over.is_set():
                reader.end()
        return reader

    def leave(self, reader: Subscription) -> int:
        """Put nothing more into that queue; returns how many readers are left."""
        with self._lock:
            self._readers.remove(reader)
            return len(self._readers)

    def _run(self) -> None:
        quiet_since = time.monotonic()
        while not self._over.wait(POLL_SECONDS):
            try:
                lines = self._tail.more()
                if lines:
                    quiet_since = time.monotonic()
                elif time.monotonic() - quiet_since > QUIET_SECONDS:
                    quiet_since = time.monotonic()
                    if self._ended():
                        break
            except DatabaseError as error:
                logger.warning("live log lines wait: %s", error)
                continue
            with self._lock:
                readers = list(self._readers)
            for reader in readers:
                reader.put(lines)
        with self._lock:
            self._over.set()
            for reader in self._readers:
                reader.end()

    def _ended(self) -> bool:
        if self._wanted.execution_id is None:
            return False
        with transaction(self._url) as connection:
            return execution(connection, self._wanted.execution_id).final


_shared: dict[tuple[str, LogFilter], LiveLog] = {}
_sharing = threading.Lock()


def join(url: str, wanted: LogFilter) -> tuple[Subscription, Callable[[], None]]:
    """A queue of what comes from now on, and how to leave it; readers of the same lines share who asks."""
    key = (url, wanted)
    with _sharing:
        live = _shared.get(key)
        if live is None:
            live = _shared[key] = LiveLog(url, wanted).__enter__()
        reader = live.subscribe()

    def leave() -> None:
        with _sharing:
            if not live.leave(reader) and _shared.get(key) is live:
                del _shared[key]
                live.stop()

    return reader, leave
