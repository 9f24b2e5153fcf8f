"""Scheduled maintenance runs are taken back before the server stops, and nothing else is."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from leanvibe.services.upcoming import TAG, take_back

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Server(HTTPServer):
    asked: list[object]
    deleted: list[str]


class _Prefect(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(json.loads(body))
        self._answer(200, json.dumps([{"id": "one"}, {"id": "two"}]).encode())

    def do_DELETE(self) -> None:
        self.server.deleted.append(self.path)
        self._answer(204, b"")

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server() -> Iterator[_Server]:
    """An HTTP server that answers as Prefect does."""
    server = _Server(("127.0.0.1", 0), _Prefect)
    server.asked, server.deleted = [], []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_only_scheduled_maintenance_runs_are_deleted(server: _Server) -> None:
    assert take_back(f"http://127.0.0.1:{server.server_port}/api") == 2
    assert server.asked == [
        {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}, "tags": {"all_": [TAG]}}, "limit": 200}
    ]
    assert server.deleted == ["/api/flow_runs/one", "/api/flow_runs/two"]


def test_a_server_that_is_gone_keeps_them() -> None:
    assert take_back("http://127.0.0.1:1/api") == 0
