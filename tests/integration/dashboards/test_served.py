"""The real ASGI application, served by uvicorn as `leanvibe up` serves it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
START_SECONDS = 60


def _announced_port(server: subprocess.Popen[bytes], log: Path) -> int:
    """The port that uvicorn says it listens on; the system chose a free one."""
    deadline = time.monotonic() + START_SECONDS
    mark = "running on http://127.0.0.1:"
    while time.monotonic() < deadline:
        _, found, rest = log.read_text().partition(mark)
        if found and (port := rest.partition(" ")[0].strip()).isdigit():
            return int(port)
        assert server.poll() is None, log.read_text()
        _wait(server, 0.1)
    raise AssertionError(f"the dashboards did not start:\n{log.read_text()}")


def _wait(server: subprocess.Popen[bytes], seconds: float) -> None:
    """Until the server ends, at most that long."""
    try:
        server.wait(seconds)
    except subprocess.TimeoutExpired:
        return


@pytest.fixture
def client(database_url: str, tmp_path: Path) -> Iterator[httpx.Client]:
    """Asks a server that works with this test's database."""
    log = tmp_path / "server.log"
    environment = os.environ | {"LEANVIBE_DATABASE_URL": database_url, "LEANVIBE_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "uvicorn", "dashboards.app:app", "--host", "127.0.0.1", "--port", "0"]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        port = _announced_port(server, log)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=20) as client:
            yield client
    finally:
        server.terminate()
        _wait(server, 20)
        server.kill()
        server.wait()


def test_pages_and_api_come_from_one_server(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert '<div id="root">' in page.text
    deep = client.get("/execution", params={"execution": "x"})
    assert deep.status_code == 200
    health = client.get("/_stcore/health")
    assert (health.status_code, health.text) == (200, "ok")
    assert client.get("/api/v1/health").json() == {"status": "alive"}
    assert client.get("/api/v1/readiness").json() == {"status": "ready"}
    assert client.get("/api/v1/executions").json() == {"items": []}
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.")
    # A name that an attacker's page makes resolve to the loopback address reads nothing.
    for path in ("/", "/api/v1/executions"):
        assert client.get(path, headers={"Host": "rebound.example.org"}).status_code == 400
