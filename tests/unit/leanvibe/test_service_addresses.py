"""Ports, addresses, environments and the servers that settings name."""

from __future__ import annotations

import http.server
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from blocks.settings import Settings
from db.errors import DatabaseUnavailable
from db.server import check_database, without_password
from leanvibe.errors import Unreachable
from leanvibe.services.environment import factory_variables, service_environment
from leanvibe.services.ports import HOST, free_port
from leanvibe.services.probe import answers
from leanvibe.services.servers import Servers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def http_server(status: int) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    server = http.server.ThreadingHTTPServer((HOST, 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{HOST}:{server.server_port}/api"
    finally:
        server.shutdown()
        server.server_close()


def test_a_free_port_is_taken_as_preferred() -> None:
    port = free_port()
    assert free_port(port) == port


def test_a_taken_port_gives_another() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) not in {0, port}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:secret@host:5432/db?sslmode=require", "postgresql://me@host:5432/db"),
        ("postgresql://me:se@cret@host/db", "postgresql://me@host/db"),
        ("postgresql://host/db", "postgresql://host/db"),
        ("http://127.0.0.1:4200/api", "http://127.0.0.1:4200/api"),
        ("secret", "(not a URL)"),
    ],
)
def test_an_address_for_people_holds_no_password(url: str, shown: str) -> None:
    assert without_password(url) == shown


def test_only_a_good_answer_is_an_answer() -> None:
    with http_server(200) as good, http_server(503) as bad:
        assert answers(good)
        assert not answers(bad)
    assert not answers(f"http://{HOST}:{free_port()}/api", 1)
    assert not answers("nonsense")


def test_a_prefect_server_that_does_not_answer_is_named() -> None:
    with http_server(200) as url:
        Servers(database_url="", prefect_api_url=url).check()
    with pytest.raises(Unreachable, match="PREFECT_API_URL"):
        Servers(database_url="", prefect_api_url=url).check()


def test_a_database_that_does_not_answer_is_named_without_its_password() -> None:
    url = f"postgresql://me:secret@{HOST}:{free_port()}/db"
    with pytest.raises(DatabaseUnavailable, match="LEANVIBE_DATABASE_URL") as caught:
        check_database(url)
    assert "secret" not in str(caught.value)


def test_a_database_url_that_is_none_is_no_use() -> None:
    with pytest.raises(DatabaseUnavailable):
        Servers(database_url="postgresql://[", prefect_api_url="").check()


def test_settings_name_the_servers_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect/api/")
    chosen = Settings(home=tmp_path, database_url=SecretStr("postgresql://db/x"))
    assert Servers.of(chosen).named() == {
        "LEANVIBE_DATABASE_URL": "postgresql://db/x",
        "PREFECT_API_URL": "http://prefect/api",
    }


def test_an_unknown_address_is_left_out(tmp_path: Path) -> None:
    variables = factory_variables(tmp_path, prefect_api_url="http://p/api")
    assert "LEANVIBE_DATABASE_URL" not in variables
    assert variables["PREFECT_API_URL"] == "http://p/api"


def test_an_operator_s_own_prefect_setting_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PREFECT_WORKER_QUERY_SECONDS", "3")
    assert service_environment(tmp_path)["PREFECT_WORKER_QUERY_SECONDS"] == "3"
    assert service_environment(tmp_path)["LEANVIBE_FACTORY"] == str(tmp_path)
