"""The running server of a Postgres folder: found by its own notes, and waited for."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

import psutil


def process_of(folder: Path) -> psutil.Process | None:
    """The running postmaster of `folder`: its process works in the data folder, a reused number does not."""
    data = folder / "data"
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
        if process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()).samefile(data):
            return process
    except (OSError, ValueError, psutil.Error):
        return None
    return None


def gone(process: psutil.Process, seconds: float) -> bool:
    """Whether it has ended, within so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):  # ours to bury only when the process was handed to us
            os.waitpid(process.pid, os.WNOHANG)
        try:
            if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def remove_stale_pid(folder: Path) -> None:
    """After kill -9 the number in postmaster.pid may be another program's: Postgres would not start.

    The shared memory check of Postgres itself still keeps a second one from starting on the same data.
    """
    if process_of(folder) is None:
        (folder / "data" / "postmaster.pid").unlink(missing_ok=True)
