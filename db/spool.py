"""Rows that could not be written yet: on disk in their order, replayed exactly once.

Every row carries an id that was made where the row was made, so replaying a row that had reached the
database after all changes nothing.
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from db.errors import DatabaseError, DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

logger = logging.getLogger(__name__)


class Spool:
    """A folder of append-only segments, one per writing process; any process may drain all of them."""

    def __init__(self, folder: Path, *, producer: str) -> None:
        """`producer` names this process's own segment; no other process may use the same name."""
        self._folder = folder
        self._segment = folder / f"{producer}.jsonl"
        self._lock = threading.Lock()

    def append(self, rows: list[str]) -> None:
        """Put the rows behind those that are there, on the disk when this returns; raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._lock, self._open_for_append() as segment:
            segment.write(b"".join(map(_encode, rows)))
            segment.flush()
            os.fsync(segment.fileno())

    def refuse(self, row: str) -> None:
        """Set aside a row that the database does not take, for a person to look at."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._segment.with_suffix(".refused").open("a") as refused:
            refused.write(row + "\n")

    def waiting(self) -> int:
        """Bytes that wait in all segments."""
        return sum(path.stat().st_size for path in self._folder.glob("*.jsonl"))

    def drain(self, write: Callable[[str], None]) -> int:
        """Give every waiting row to `write`, oldest first, and remove what it took; returns their number.

        Raises DatabaseUnavailable, without loss, when `write` does. A row that the database refuses is
        set aside in a `.refused` file, with a log line, and the rest goes on.
        """
        drained = 0
        for path in sorted(self._folder.glob("*.jsonl")):
            with _locked(path) as segment:
                if segment is None:
                    continue
                for row in _read(path, segment):
                    try:
                        write(row)
                    except DatabaseUnavailable:
                        raise
                    except DatabaseError:
                        logger.exception("a spooled row was refused; it is kept beside %s", path.name)
                        self.refuse(row)
                    drained += 1
                path.unlink()
        return drained

    @contextmanager
    def _open_for_append(self) -> Iterator[BinaryIO]:
        """Our segment, locked; opened again when a drain removed it between opening and locking."""
        while True:
            with self._segment.open("ab") as segment:
                fcntl.flock(segment, fcntl.LOCK_EX)
                if _still_there(self._segment, segment):
                    yield segment
                    return


def _still_there(path: Path, segment: BinaryIO) -> bool:
    try:
        return path.stat().st_ino == os.fstat(segment.fileno()).st_ino
    except FileNotFoundError:
        return False


def _encode(row: str) -> bytes:
    body = row.encode()
    return b"%08x %s\n" % (zlib.crc32(body), body)


def _read(path: Path, content: bytes) -> list[str]:
    """The good rows of a segment; a torn or damaged line is set aside and reported."""
    rows: list[str] = []
    damaged: list[bytes] = []
    for line in content.split(b"\n"):
        checksum, _, body = line.partition(b" ")
        if checksum == b"%08x" % zlib.crc32(body):
            rows.append(body.decode())
        elif line:
            damaged.append(line)
    if damaged:
        logger.error("%d damaged lines of the spool segment %s were set aside", len(damaged), path.name)
        with path.with_suffix(".damaged").open("ab") as aside:
            aside.write(b"\n".join(damaged) + b"\n")
    return rows


@contextmanager
def _locked(path: Path) -> Iterator[bytes | None]:
    """The content of a segment while nobody else can touch it; None when somebody drained it first."""
    try:
        segment = path.open("rb")
    except FileNotFoundError:
        yield None
        return
    with segment:
        fcntl.flock(segment, fcntl.LOCK_EX)
        yield segment.read() if _still_there(path, segment) else None
