"""The sandbox: one command in its own session, under limits, without our environment, never outliving us."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from flows.stages.verification.errors import SandboxError
from flows.stages.verification.lines import LineReader

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

LAUNCHER = Path(__file__).with_name("launcher.py")
TAIL_LINES = 40
POLL_S = 0.1  # how soon a cancellation is seen
CHUNK = 65536
LAUNCHER_S = 15.0  # within this a launcher that was told to has killed everything and ended


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What one sandboxed command may use; None is no limit.

    Memory, processor time, files and their size are per process, the rest is of the whole command.
    """

    wall_s: float = 600.0
    memory_bytes: int | None = 2048 * 1024 * 1024
    cpu_s: int | None = 600
    file_bytes: int | None = 256 * 1024 * 1024
    open_files: int | None = 1024
    processes: int | None = 128
    output_bytes: int = 4 * 1024 * 1024
    line_chars: int = 2000
    stop_s: float = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """What to run: program and arguments, the folder to run it in, and the whole of its environment.

    `network` is what it may reach: itself alone (`none`), that too but without a namespace (`refused`, which
    `none` becomes where the system allows none), or all that we reach (`host`). `keep` are descriptors of
    ours that it inherits: a socket keeps the network that it was made in.
    """

    argv: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str]
    network: Literal["none", "refused", "host"] = "none"
    keep: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How a command ended. A negative code is the number of the signal that ended it."""

    code: int
    duration_s: float
    tail: tuple[str, ...]
    cpu_s: float = 0.0
    peak_bytes: int = 0
    timed_out: bool = False
    cancelled: bool = False
    stopped: bool = False
    limit: str | None = None
    lines_cut: bool = False
    network: str = ""

    @property
    def ok(self) -> bool:
        """Whether it ended by itself and well."""
        return self.code == 0 and not (self.timed_out or self.cancelled or self.limit)


def run(
    command: Command,
    *,
    limits: Limits,
    say: Callable[[str], None],
    cancel: threading.Event | None = None,
    stop: threading.Event | None = None,
) -> Outcome:
    """Run a command to its end, saying each line of its output in this thread.

    `cancel` kills it; `stop` asks it to end (SIGTERM) and kills it `limits.stop_s` later. Whatever happens,
    an exception in `say` included, no process of it is left when this returns. Raises SandboxError.
    """
    ours, theirs = socket.socketpair()
    started = time.monotonic()
    try:
        launcher = _launch(command, limits, theirs)
    except OSError as error:
        ours.close()
        raise SandboxError(f"cannot start Python at {sys.executable}: {error}") from error
    finally:
        theirs.close()
    follower = _Follower(launcher, ours, limits, say)
    try:
        follower.follow(deadline=started + limits.wall_s, cancel=cancel, stop=stop)
    finally:
        ours.close()
        _end(launcher)
    return follower.outcome(time.monotonic() - started)


def _launch(command: Command, limits: Limits, control: socket.socket) -> subprocess.Popen[bytes]:
    known = asdict(limits)
    names = ("memory_bytes", "cpu_s", "file_bytes", "open_files", "processes")
    spec = {
        "argv": command.argv,
        "cwd": str(command.cwd),
        "limits": {name: known[name] for name in names},
        "network": command.network,
        "keep": command.keep,
    }
    # A launcher in place of preexec_fn: Python code between fork and exec can deadlock in a threaded process.
    return subprocess.Popen(
        [sys.executable, "-I", "-S", str(LAUNCHER), json.dumps(spec)],
        stdin=control.fileno(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(command.env),
        start_new_session=True,
        pass_fds=command.keep,
        bufsize=0,
    )


def _end(launcher: subprocess.Popen[bytes]) -> None:
    """Wait for the launcher, which ends by itself once its socket is closed."""
    if launcher.stdout is not None:
        launcher.stdout.close()
    try:
        launcher.wait(LAUNCHER_S)
    except subprocess.TimeoutExpired:
        launcher.kill()
        launcher.wait()


class _Follower:
    """Reads a running command's output and its launcher's answer, and passes on when it has to end."""

    def __init__(
        self,
        launcher: subprocess.Popen[bytes],
        control: socket.socket,
        limits: Limits,
        say: Callable[[str], None],
    ) -> None:
        self._output = launcher.stdout.fileno() if launcher.stdout is not None else -1
        self._control = control
        self._limits = limits
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)
        self._say = say
        self._reader = LineReader(line_chars=limits.line_chars, output_bytes=limits.output_bytes)
        self._answer = b""
        self._timed_out = self._cancelled = self._stopped = False

    def follow(
        self, *, deadline: float, cancel: threading.Event | None, stop: threading.Event | None
    ) -> None:
        """Until both the output and the socket are at their end."""
        waiting: set[int] = {self._output, self._control.fileno()}
        while waiting:
            ready, _, _ = select.select(list(waiting), [], [], POLL_S)
            if self._output in ready and not self._read():
                waiting.discard(self._output)
            if self._control.fileno() in ready and not self._listen():
                waiting.discard(self._control.fileno())
            if cancel is not None and cancel.is_set() and not self._cancelled:
                self._cancelled = self._order(b"K")
            if stop is not None and stop.is_set() and not self._stopped:
                self._stopped = self._order(b"T")
                deadline = min(deadline, time.monotonic() + self._limits.stop_s)
            if time.monotonic() > deadline and not self._timed_out and waiting:
                self._timed_out = self._order(b"K")
        self._pass_on(self._reader.close())

    def _read(self) -> bool:
        data = os.read(self._output, CHUNK)
        self._pass_on(self._reader.feed(data))
        return bool(data)

    def _pass_on(self, lines: list[str]) -> None:
        for line in lines:
            self._tail.append(line)
            self._say(line)

    def _listen(self) -> bool:
        try:
            data = self._control.recv(4096)
        except ConnectionResetError:  # the launcher ended without reading our last order
            return False
        self._answer += data
        return bool(data)

    def _order(self, order: bytes) -> bool:
        with suppress(BrokenPipeError, ConnectionResetError):  # the launcher has ended already
            self._control.send(order)
        return True

    def outcome(self, duration_s: float) -> Outcome:
        """What became of the command; raises SandboxError when the launcher did not say."""
        if not self._answer:
            last = self._tail[-1] if self._tail else "it said nothing"
            raise SandboxError(f"the sandbox's launcher ended without an answer: {last}")
        answer = json.loads(self._answer)
        return Outcome(
            code=answer["code"],
            duration_s=duration_s,
            tail=tuple(self._tail),
            cpu_s=answer["cpu_s"],
            peak_bytes=answer["peak_bytes"],
            timed_out=self._timed_out,
            cancelled=self._cancelled,
            stopped=self._stopped,
            limit=answer["limit"],
            lines_cut=self._reader.cut,
            network=answer["network"],
        )
