"""Rows that could not be written yet: on disk in their order, replayed exactly once.

A folder of append-only segments. A segment is a line per row: the CRC-32 of the row in hexadecimal, a space,
the row as JSON. Its writer closes it at SEGMENT_BYTES, or whoever drains it does, by giving it the suffix
`.sealed`; it is removed once all of its rows are committed. Every row carries an id that was made where the
row was made, so replaying a row that had reached the database after all changes nothing.
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
import time
import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from db.errors import DatabaseError, DatabaseUnavailable, SpoolFull

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

logger = logging.getLogger(__name__)

SEGMENT_BYTES = 4 * 2**20
MOST_BYTES = 512 * 2**20
RESERVED_SHARE = 0.1
"""Of the spool's bytes, for rows that are not log lines: lines come in floods, the others in handfuls."""

TURN_SECONDS = 5.0
"""How long to wait for another process that drains; then it is left alone with it."""

_RETRY_SECONDS = 0.02


class Spool:
    """Any process may append to its own segments, and drain those of all."""

    def __init__(self, folder: Path, *, producer: str, most_bytes: int = MOST_BYTES) -> None:
        """`producer` names this process's own segments; no other process may use the same name."""
        self._folder = folder
        self._producer = producer
        self._most = most_bytes
        self._current: Path | None = None
        self._lock = threading.Lock()

    def append(self, rows: list[str], *, bulk: bool = False) -> None:
        """Put the rows behind those that are there, on the disk when this returns, all of them or none.

        `bulk` rows leave the reserved share free. Raises SpoolFull.
        """
        data = b"".join(map(_encode, rows))
        most = self._most * (1 - RESERVED_SHARE) if bulk else self._most
        with self._lock:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                if self._used() + len(data) > most:
                    raise SpoolFull(self._folder, f"it holds its {self._most // 2**20} MiB")
                with self._open_for_append() as segment:
                    _append_whole(segment, data)
            except OSError as error:
                raise SpoolFull(self._folder, str(error)) from error

    def refuse(self, row: str) -> None:
        """Set aside a row that the database does not take, for a person to look at."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / f"{self._producer}.refused").open("a") as refused:
            refused.write(row + "\n")

    def waiting(self, *, own: bool = False) -> int:
        """Bytes that wait in all segments, or in this process's own."""
        return sum(_size(path) for path in self._segments() if not own or self._producer in path.name)

    def rows(self) -> Iterator[str]:
        """Every row that waits, oldest segment first, for somebody who only looks."""
        for path in self._segments():
            try:
                content = path.read_bytes()
            except FileNotFoundError:
                continue
            yield from _decode(content)[0]

    def drain(
        self,
        write: Callable[[str], None],
        damaged: Callable[[int, str, list[str]], None] = lambda count, name, rows: None,  # noqa: ARG005
    ) -> int:
        """Give every waiting row to `write`, oldest first, and remove what it took; returns their number.

        One drains at a time: 0 when another has not ended within TURN_SECONDS. Raises DatabaseUnavailable,
        without loss, when `write` does. A row that the database refuses is set aside in a `.refused` file.
        What is torn or damaged is set aside in a `.damaged` file and told to `damaged`: how many rows, of
        which segment, and the segment's good rows.
        """
        if not self._segments():
            return 0
        with self._turn() as ours:
            return sum(self._drain(path, write, damaged) for path in self._seal()) if ours else 0

    def _drain(
        self, path: Path, write: Callable[[str], None], damaged: Callable[[int, str, list[str]], None]
    ) -> int:
        rows, broken = _decode(path.read_bytes())
        for row in rows:
            try:
                write(row)
            except DatabaseUnavailable:
                raise
            except DatabaseError:
                logger.exception("a spooled row was refused; it is kept beside %s", path.name)
                self.refuse(row)
        if broken:
            logger.error("%d damaged lines of the spool segment %s were set aside", len(broken), path.name)
            with path.with_suffix(".damaged").open("ab") as aside:
                aside.write(b"\n".join(broken) + b"\n")
            damaged(len(broken), path.stem, rows)
        path.unlink()
        return len(rows)

    def _segments(self) -> list[Path]:
        return sorted([*self._folder.glob("*.jsonl"), *self._folder.glob("*.sealed")])

    def _used(self) -> int:
        return sum(map(_size, self._folder.iterdir()))

    @contextmanager
    def _turn(self) -> Iterator[bool]:
        """The right to drain, False when somebody else keeps it; the system takes it from a dead process."""
        with (self._folder / "draining.lock").open("ab") as turn:
            deadline = time.monotonic() + TURN_SECONDS
            while not (ours := _try_lock(turn)) and time.monotonic() < deadline:
                time.sleep(_RETRY_SECONDS)
            yield ours

    def _seal(self) -> Iterator[Path]:
        """Every segment, closed: from here on its writer begins another one."""
        for path in self._segments():
            if path.suffix == ".sealed":
                yield path
                continue
            with path.open("rb") as segment:
                fcntl.flock(segment, fcntl.LOCK_EX)
                yield path.rename(path.with_suffix(".sealed"))

    @contextmanager
    def _open_for_append(self) -> Iterator[int]:
        """Descriptor of our segment, locked; of a new one when it is full or was sealed meanwhile."""
        while True:
            segment = self._descriptor()
            try:
                fcntl.flock(segment, fcntl.LOCK_EX)
                if _still_there(self._current, segment) and os.fstat(segment).st_size < SEGMENT_BYTES:
                    yield segment
                    return
            finally:
                os.close(segment)
            self._current = None

    def _descriptor(self) -> int:
        if self._current is not None:
            with suppress(FileNotFoundError):
                return os.open(self._current, os.O_WRONLY | os.O_APPEND)
        # Never a name that was there: sealing such a segment would replace the one that was sealed before.
        self._current = self._folder / f"{time.time_ns():020d}-{self._producer}.jsonl"
        return os.open(self._current, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)


def _append_whole(segment: int, data: bytes) -> None:
    """Write and sync, or leave the segment as it was: a disk that fills up must not tear the last row."""
    before = os.fstat(segment).st_size
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(segment, left) :]
        os.fsync(segment)
    except OSError:
        os.ftruncate(segment, before)
        raise


def _try_lock(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _still_there(path: Path | None, segment: int) -> bool:
    try:
        return path is not None and path.stat().st_ino == os.fstat(segment).st_ino
    except FileNotFoundError:
        return False


def _encode(row: str) -> bytes:
    body = row.encode()
    return b"%08x %s\n" % (zlib.crc32(body), body)


def _decode(content: bytes) -> tuple[list[str], list[bytes]]:
    """The good rows of a segment, and the lines that are torn or damaged."""
    rows: list[str] = []
    damaged: list[bytes] = []
    for line in content.split(b"\n"):
        checksum, _, body = line.partition(b" ")
        if checksum == b"%08x" % zlib.crc32(body):
            rows.append(body.decode())
        elif line:
            damaged.append(line)
    return rows, damaged
