"""A sandboxed command has no network but its own loopback, whatever the system offers to take it away."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from flows.stages.verification import launcher
from flows.stages.verification.sandbox import Command, run
from tests.integration.verification.commands import BARE, BOUND_S, LIMITS
from tests.integration.verification.tiny import check, verified

if TYPE_CHECKING:
    from flows.stages.verification.sandbox import Outcome

Network = Literal["none", "refused", "host"]
NO_NETWORK: tuple[Network, ...] = ("none", "refused")

REACH_OUT = """
import socket, time
started = time.monotonic()
for host in ("192.0.2.1", "2001:db8::1", "leanvibe.example", b"198.51.100.7"):
    try:
        socket.create_connection((host, 80), timeout=30)
    except OSError:
        print("refused")
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
    try:
        datagrams.sendto(b"?", ("192.0.2.1", 53))
    except OSError:
        print("refused")
print(time.monotonic() - started < 5)
"""
STAY_IN = """
import socket
for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "localhost")):
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((address, server.getsockname()[1]), timeout=20).close()
        print("connected")
with socket.socket(socket.AF_UNIX) as server:
    server.bind("own.sock")
    server.listen()
    socket.socket(socket.AF_UNIX).connect("own.sock")
    print("connected")
"""


def python(code: str, network: Network, *, cwd: Path) -> tuple[Outcome, list[str]]:
    lines: list[str] = []
    command = Command(argv=(sys.executable, "-c", code), cwd=cwd, env=BARE, network=network)
    return run(command, limits=LIMITS, say=lines.append), lines


@pytest.mark.parametrize("network", NO_NETWORK)
def test_what_leaves_this_machine_fails_at_once(network: Network, tmp_path: Path) -> None:
    _, lines = python(REACH_OUT, network, cwd=tmp_path)
    assert lines == ["refused"] * 5 + ["True"]


@pytest.mark.parametrize("network", NO_NETWORK)
def test_the_loopback_and_sockets_in_files_work(network: Network, tmp_path: Path) -> None:
    _, lines = python(STAY_IN, network, cwd=tmp_path)
    assert lines == ["connected"] * 3


@pytest.mark.parametrize("network", NO_NETWORK)
def test_children_of_the_command_have_none_either(network: Network, tmp_path: Path) -> None:
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {REACH_OUT!r}], check=True)"
    _, lines = python(code, network, cwd=tmp_path)
    assert lines == ["refused"] * 5 + ["True"]


def test_a_namespace_hides_what_listens_on_this_machine(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as ours:
        code = f"import socket; socket.create_connection({ours.getsockname()!r}, timeout=20); print('in')"
        outcome, lines = python(code, "none", cwd=tmp_path)
        assert (lines[-1:] == ["in"]) == (outcome.network == "refused")
        _, lines = python(code, "host", cwd=tmp_path)
        assert lines == ["in"]


def test_a_socket_that_is_handed_in_is_the_way_in(tmp_path: Path) -> None:
    code = """
import socket, sys
with socket.socket(fileno=int(sys.argv[1])) as server:
    connection, _ = server.accept()
    connection.sendall(b"HTTP/1.0 204 No Content\\r\\n\\r\\n")
"""
    listener = socket.create_server(("127.0.0.1", 0))
    command = Command(
        argv=(sys.executable, "-c", code, str(listener.fileno())),
        cwd=tmp_path,
        env=BARE,
        keep=(listener.fileno(),),
    )
    outcomes: list[Outcome] = []
    server = threading.Thread(target=lambda: outcomes.append(run(command, limits=LIMITS, say=lambda _: None)))
    with listener:
        server.start()
        connection = http.client.HTTPConnection(*listener.getsockname(), timeout=BOUND_S)
        connection.request("GET", "/")
        assert connection.getresponse().status == 204
        server.join(BOUND_S)
    assert outcomes[0].ok


def test_without_namespaces_connections_are_refused(tmp_path: Path) -> None:
    """The launcher by itself, on a system that lets nobody into a namespace."""
    spec = {
        "argv": [sys.executable, "-c", REACH_OUT],
        "cwd": str(tmp_path),
        "limits": dict.fromkeys(("memory_bytes", "cpu_s", "file_bytes", "open_files", "processes")),
        "network": "none",
        "keep": [],
    }
    forbidding = """
import json, runpy, sys
from flows.stages.verification import launcher

def forbid():
    raise PermissionError(1, "unshare")

launcher.enter_namespace = forbid
launcher.supervise(json.loads(sys.argv[1]))
"""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        done = subprocess.run(
            [sys.executable, "-c", forbidding, json.dumps(spec)],
            cwd=Path(launcher.__file__).parents[3],
            stdin=theirs.fileno(),
            capture_output=True,
            text=True,
            timeout=BOUND_S,
            check=True,
        )
        answer = json.loads(ours.recv(4096))
    assert done.stdout.splitlines() == ["refused"] * 5 + ["True"]
    assert (answer["code"], answer["network"]) == (0, "refused")


def test_an_application_that_calls_home_is_red_at_once(tmp_path: Path, cache: Path) -> None:
    opened = "urllib.request.urlopen('http://192.0.2.1/', timeout=60)"
    calling = f"import urllib.request\n\n\ndef test_home():\n    {opened}\n"
    verification, said = verified({"tests/test_pets.py": calling}, tmp_path=tmp_path, cache=cache)
    assert check(verification, "tests").detail == "0 passed, 1 failed: tests.test_pets::test_home"
    assert check(verification, "tests").duration_s < BOUND_S
    assert any("unreachable" in line or "no network" in line for name, line in said if name == "tests")
