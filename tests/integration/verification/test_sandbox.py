"""One sandboxed command: what it gets, what it may use, what comes back."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from flows.stages.verification import sandbox
from flows.stages.verification.errors import SandboxError
from flows.stages.verification.sandbox import run
from tests.integration.verification.commands import BOUND_S, LIMITS, bare, python

if TYPE_CHECKING:
    from pathlib import Path


def test_output_and_exit_status_come_back(tmp_path: Path) -> None:
    outcome, lines = python("import sys; print('out'); sys.stderr.write('err\\n'); sys.exit(3)", cwd=tmp_path)
    assert (outcome.code, outcome.ok, sorted(lines)) == (3, False, ["err", "out"])
    assert 0 < outcome.duration_s < BOUND_S
    assert outcome.peak_bytes > 2**20


def test_a_program_that_does_not_exist_is_said(tmp_path: Path) -> None:
    lines: list[str] = []
    outcome = run(bare("/no/such/program", cwd=tmp_path), limits=LIMITS, say=lines.append)
    assert outcome.code == 127
    assert "cannot start /no/such/program" in lines[0]


def test_nothing_of_our_environment_reaches_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEANVIBE_DATABASE_URL", "postgresql://user:secret@host/name")
    _, lines = python("import json, os; print(json.dumps(dict(os.environ)))", cwd=tmp_path)
    assert set(json.loads(lines[0])) <= {"PATH", "LC_CTYPE"}


def test_standard_input_is_empty_and_no_descriptor_is_inherited(tmp_path: Path) -> None:
    code = "import os, sys; print(repr(sys.stdin.read()), sorted(os.listdir('/proc/self/fd')))"
    _, lines = python(code, cwd=tmp_path)
    assert lines == ["'' ['0', '1', '2', '3']"]  # the fourth is the listed folder itself


def test_the_time_limit_kills(tmp_path: Path) -> None:
    outcome, _ = python("import time; time.sleep(600)", cwd=tmp_path, limits=replace(LIMITS, wall_s=0.5))
    assert outcome.timed_out
    assert not outcome.ok
    assert outcome.duration_s < BOUND_S


def test_the_memory_limit_binds(tmp_path: Path) -> None:
    outcome, lines = python("x = bytearray(2 * 2**30)", cwd=tmp_path)
    assert outcome.code == 1
    assert "MemoryError" in lines[-1]


def test_the_processor_limit_binds(tmp_path: Path) -> None:
    outcome, _ = python("while True: pass", cwd=tmp_path, limits=replace(LIMITS, cpu_s=1))
    assert outcome.code in {-signal.SIGXCPU, -signal.SIGKILL}
    assert 0.5 < outcome.cpu_s < BOUND_S


def test_the_file_size_limit_binds(tmp_path: Path) -> None:
    code = f"open({str(tmp_path / 'big')!r}, 'wb').write(b'x' * 2**21)"
    outcome, _ = python(code, cwd=tmp_path, limits=replace(LIMITS, file_bytes=2**20))
    assert not outcome.ok
    assert (tmp_path / "big").stat().st_size <= 2**20


def test_the_process_limit_binds_even_for_root(tmp_path: Path) -> None:
    code = """
import subprocess, time
try:
    children = [subprocess.Popen(["sleep", "600"]) for _ in range(12)]
except OSError:
    raise SystemExit(9)
time.sleep(600)
"""
    outcome, _ = python(code, cwd=tmp_path, limits=replace(LIMITS, processes=6))
    assert outcome.limit == "processes" or outcome.code == 9
    assert not outcome.ok


def test_a_flood_of_output_is_cut_and_does_no_harm(tmp_path: Path) -> None:
    code = "import sys\nfor _ in range(3000): sys.stdout.write('x' * 10000 + '\\n')"
    outcome, lines = python(code, cwd=tmp_path, limits=replace(LIMITS, output_bytes=2**20))
    assert outcome.ok
    assert outcome.lines_cut
    assert sum(map(len, lines)) <= 2**20
    assert max(map(len, lines)) <= LIMITS.line_chars + len(" [line cut]")
    assert lines[-1] == "[output cut after 1048576 bytes]"


def test_many_threads_run_commands_at_once(tmp_path: Path) -> None:
    outcomes: list[tuple[str, list[str]]] = []

    def work(word: str) -> None:
        _, lines = python(f"print({word!r})", cwd=tmp_path)
        outcomes.append((word, lines))

    threads = [threading.Thread(target=work, args=(f"word {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(BOUND_S)
    assert sorted(outcomes) == [(f"word {number}", [f"word {number}"]) for number in range(8)]


def test_a_python_that_cannot_be_started_is_our_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(SandboxError, match="/no/such/python"):
        run(bare("true", cwd=tmp_path), limits=LIMITS, say=print)


def test_a_launcher_that_says_nothing_is_our_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "launcher.py"
    broken.write_text("raise SystemExit('no such thing')\n")
    monkeypatch.setattr(sandbox, "LAUNCHER", broken)
    with pytest.raises(SandboxError, match="no such thing"):
        run(bare("true", cwd=tmp_path), limits=LIMITS, say=print)


def test_the_launcher_by_itself(tmp_path: Path) -> None:
    """As any parent may start it: it obeys T, kills at the end of the stream, and answers."""
    limits = dict.fromkeys(("memory_bytes", "cpu_s", "file_bytes", "open_files"), None)
    spec = {
        "argv": ["/bin/sh", "-c", "(trap '' TERM; sleep 600 & wait) & echo up; wait"],
        "cwd": str(tmp_path),
        "limits": {**limits, "processes": 50},
        "network": "none",
        "keep": [],
    }
    ours, theirs = sandbox.socket.socketpair()
    with (
        ours,
        subprocess.Popen(
            [sys.executable, str(sandbox.LAUNCHER), json.dumps(spec)],
            stdin=theirs.fileno(),
            stdout=subprocess.PIPE,
            text=True,
        ) as launcher,
    ):
        theirs.close()
        assert launcher.stdout is not None
        assert launcher.stdout.readline() == "up\n"
        ours.send(b"T")
        ours.settimeout(BOUND_S)
        answer = json.loads(ours.recv(4096))
        assert launcher.wait(BOUND_S) == 0
    assert (answer["code"], answer["limit"]) == (-signal.SIGTERM, None)
