"""One service as a child process: its own group, its output in a file, stopped to the last descendant."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parent.parent.parent
"""Where the packages and prefect.yaml are; every service works there."""

LOG_BYTES = 10_000_000
"""A log longer than this is set aside when its service starts."""


class Child:
    """A running service; make it in the main thread: Linux ties a child's life to the thread that made it."""

    def __init__(
        self, name: str, command: list[str], *, env: Mapping[str, str], log: Path, after: Path | None = None
    ) -> None:
        """`command` is a Python module and its arguments; with `after` it starts once that file exists."""
        self.name = name
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        tether = [sys.executable, "-m", "leanvibe.services.tether", str(os.getpid()), str(after or "-")]
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [*tether, *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=ROOT,
                env=clean(env),
                start_new_session=True,
            )
        self.pid = self._process.pid

    def exit_status(self) -> int | None:
        """None while it runs."""
        return self._process.poll()

    def listens_on(self, port: int) -> bool:
        """Whether it is this service, and not a stranger that was faster, who listens on `port`."""
        try:
            processes = [psutil.Process(self.pid), *descendants(self.pid)]
            sockets = [found for process in processes for found in process.net_connections("tcp")]
        except psutil.Error:
            return False
        return any(found.status == psutil.CONN_LISTEN and found.laddr.port == port for found in sockets)

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the service itself; what it started is its own business first."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def stop(self, seconds: float) -> None:
        """SIGTERM, wait up to `seconds`, then SIGKILL the service and everything below it."""
        below = descendants(self.pid)
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        kill(below)
        self._process.wait()

    def tail(self, lines: int = 3) -> str:
        """The end of its log on one line."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return " | ".join(line.strip() for line in text.splitlines()[-lines:] if line.strip())


def clean(env: Mapping[str, str]) -> dict[str, str]:
    """The environment without the switch that makes every import of Prefect take seconds."""
    return {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}


def descendants(pid: int) -> list[psutil.Process]:
    """Every process below `pid`, none when it is gone."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def kill(processes: list[psutil.Process], seconds: float = 5) -> None:
    """SIGKILL each one that still is the process it was, and wait until they are gone."""
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and any(map(alive, processes)):
        time.sleep(0.02)


def alive(process: psutil.Process) -> bool:
    """Whether it still runs; a zombie does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
