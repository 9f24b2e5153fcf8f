"""However a sandboxed command ends, nothing of it is left."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from flows.stages.verification import sandbox
from flows.stages.verification.sandbox import run
from tests.integration.verification.commands import BOUND_S, LIMITS, bare, gone, python, wait_for


def test_grandchildren_are_killed_with_the_command(tmp_path: Path) -> None:
    code = """
import os, subprocess, sys
sleeper = "import os, time; os.setsid(); print(os.getpid(), flush=True); time.sleep(600)"
child = subprocess.Popen([sys.executable, "-c", sleeper], stdout=subprocess.PIPE, text=True)
print(child.stdout.readline())
"""
    outcome, lines = python(code, cwd=tmp_path)
    assert outcome.ok
    assert outcome.duration_s < BOUND_S
    assert gone(int(lines[0]))


def test_grandchildren_are_killed_at_the_time_limit(tmp_path: Path) -> None:
    code = "import subprocess; print(subprocess.Popen(['sleep', '600']).pid, flush=True)\nwhile True: pass"
    outcome, lines = python(code, cwd=tmp_path, limits=replace(LIMITS, wall_s=1))
    assert outcome.timed_out
    assert gone(int(lines[0]))


def test_an_exception_while_listening_leaves_no_process(tmp_path: Path) -> None:
    pids: list[int] = []

    def say(line: str) -> None:
        pids.append(int(line))
        raise RuntimeError("the listener broke")

    code = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
    with pytest.raises(RuntimeError, match="the listener broke"):
        run(bare(sys.executable, "-c", code, cwd=tmp_path), limits=LIMITS, say=say)
    assert gone(pids[0])


def test_cancelling_kills(tmp_path: Path) -> None:
    cancel = threading.Event()
    code = "print('up', flush=True); import time; time.sleep(600)"
    outcome = run(
        bare(sys.executable, "-c", code, cwd=tmp_path),
        limits=LIMITS,
        say=lambda _: cancel.set(),
        cancel=cancel,
    )
    assert outcome.cancelled
    assert not outcome.ok


def test_stopping_asks_first(tmp_path: Path) -> None:
    stop = threading.Event()
    code = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (os.write(1, b"bye" + bytes([10])), sys.exit(0)))
print("up", flush=True)
time.sleep(600)
"""
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        stop.set()

    outcome = run(bare(sys.executable, "-c", code, cwd=tmp_path), limits=LIMITS, say=say, stop=stop)
    assert (lines, outcome.code, outcome.stopped, outcome.timed_out) == (["up", "bye"], 0, True, False)


def test_stopping_kills_what_will_not_listen(tmp_path: Path) -> None:
    stop = threading.Event()
    code = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
time.sleep(600)
"""
    outcome = run(
        bare(sys.executable, "-c", code, cwd=tmp_path),
        limits=replace(LIMITS, stop_s=0.5),
        say=lambda _: stop.set(),
        stop=stop,
    )
    assert outcome.timed_out
    assert outcome.code == -signal.SIGKILL


def test_nothing_outlives_us_when_we_are_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    inner = (
        f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid()) + chr(10)); time.sleep(600)"
    )
    outer = f"""
import sys
from pathlib import Path
from flows.stages.verification.sandbox import Command, Limits, run
run(
    Command(argv=(sys.executable, "-c", {inner!r}), cwd=Path("/"), env={{}}),
    limits=Limits(), say=print,
)
"""
    root = Path(sandbox.__file__).parents[3]
    with subprocess.Popen([sys.executable, "-c", outer], cwd=root) as process:
        pid = int(wait_for(pid_file))
        process.kill()
    assert gone(pid)
