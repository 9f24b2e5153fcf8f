"""Lock files: held by a process, gone with it, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path


class LockFile:
    """An open lock file; closing it gives the lock back."""

    def __init__(self, path: Path) -> None:
        """Opens the file, closed to child processes, and takes no lock yet."""
        self._path = path
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def try_exclusive(self) -> bool:
        """Take it alone, now; a lock that was shared before is given up either way."""
        return self._try(fcntl.LOCK_EX)

    def exclusive(self, seconds: float) -> None:
        """Take it alone; raises TimeoutError."""
        self._wait(fcntl.LOCK_EX, seconds)

    def shared(self, seconds: float) -> None:
        """Take it together with others; raises TimeoutError."""
        self._wait(fcntl.LOCK_SH, seconds)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait(self, kind: int, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not self._try(kind):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self._path} is held by another process for more than {seconds:.0f} s")
            time.sleep(0.05)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)
