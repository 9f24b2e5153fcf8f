"""A service as a child process: its log, its end, and the end of everything below it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from leanvibe.services import child as module
from leanvibe.services import tether
from leanvibe.services.child import Child, alive, clean, descendants

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("child", subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""


def start(tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> Child:
    (tmp_path / "service_under_test.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{module.ROOT}")
    return Child("test", ["service_under_test"], env=os.environ, log=tmp_path / "logs" / "test.log")


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_child_that_ends_leaves_its_status_and_the_end_of_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = start(tmp_path, "import sys; print('one'); print('two'); sys.exit(3)", monkeypatch)
    wait_for(lambda: child.exit_status() is not None)
    assert child.exit_status() == 3
    assert child.tail(2) == "one | two"
    child.stop(1)


def test_a_stubborn_child_and_its_children_are_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = start(tmp_path, STUBBORN, monkeypatch)
    wait_for(lambda: "child" in child.tail())
    below = psutil.Process(int(child.tail().split()[1]))
    child.stop(0.2)
    assert child.exit_status() == -9
    assert not alive(below)


def test_a_long_log_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOG_BYTES", 3)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "test.log").write_text("long ago")
    start(tmp_path, "", monkeypatch).stop(5)
    assert (tmp_path / "logs" / "test.log.1").read_text() == "long ago"


def test_services_keep_their_bytecode() -> None:
    assert clean({"PYTHONDONTWRITEBYTECODE": "1", "A": "b"}) == {"A": "b"}


def test_a_process_that_is_gone_has_no_descendants() -> None:
    assert descendants(2**22 + 1) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the signal of a dying parent is Linux's")
def test_a_killed_parent_takes_its_child_along(tmp_path: Path) -> None:
    (tmp_path / "sleeper.py").write_text("import time; time.sleep(60)")
    code = (
        "import os, pathlib, sys, time; from leanvibe.services.child import Child\n"
        f"child = Child('t', ['sleeper'], env=os.environ, log=pathlib.Path({str(tmp_path / 'l.log')!r}))\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    env = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{module.ROOT}"}
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=env)
    with parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    wait_for(lambda: not alive(child))


def test_a_child_whose_parent_is_gone_does_not_start() -> None:
    command = [sys.executable, "-m", "leanvibe.services.tether", "1", "-", "this"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=module.ROOT, timeout=30)
    assert done.returncode == 1
    assert "is gone" in done.stderr


def test_waiting_for_the_server_has_a_bound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tether, "WAIT_SECONDS", 0.2)
    with pytest.raises(SystemExit, match="waited"):
        tether.wait_for(tmp_path / "ready")
    (tmp_path / "ready").touch()
    tether.wait_for(tmp_path / "ready")


def test_only_the_one_who_listens_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import socket\nserver = socket.create_server(('127.0.0.1', 0))\n"
    code += "print(server.getsockname()[1], flush=True)\nserver.accept()"
    child = start(tmp_path, code, monkeypatch)
    wait_for(lambda: child.tail().isdigit())
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        assert child.listens_on(int(child.tail()))
        assert not child.listens_on(stranger.getsockname()[1])
    child.stop(1)
    assert not child.listens_on(int(child.tail()))
