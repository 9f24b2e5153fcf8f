"""The embedded Postgres and the factory as real processes: started, shared, killed, stopped to the last."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psutil
import psycopg
import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from blocks.settings import Settings, settings
from db import embedded
from db.errors import DatabaseUnavailable, EmbeddedFailed
from db.postmaster import process_of
from leanvibe.down import leftovers, stop_factory
from leanvibe.errors import Conflict, ServiceFailed
from leanvibe.main import app
from leanvibe.services import checks
from leanvibe.services.child import alive
from leanvibe.services.factory import running_factory
from leanvibe.services.shared import Shared
from leanvibe.up import addresses, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent.parent

HOLD = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background shell has us ignore it
from blocks.settings import Settings
from leanvibe.services.factory import running_factory
chosen = Settings()
with running_factory(chosen, worker=False, dashboards=False, prefect=False, say=lambda _: None) as factory:
    print(factory.database_url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("LEANVIBE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("LEANVIBE_DATABASE_URL", raising=False)
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()
    stop_factory(tmp_path / "home")


@contextmanager
def holding() -> Iterator[subprocess.Popen[str]]:
    """Another command of the same home, which has the database; ends with its standard input."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def quiet(_message: str) -> None:
    """Progress is not what these tests look at."""


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def one(url: str) -> object:
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute("select 1").fetchone()
    return row and row[0]


def postmaster(home: Path) -> psutil.Process:
    process = process_of(home / "postgres")
    assert process is not None
    return process


def kept(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (7)")


def kept_value(url: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute("select n from kept").fetchone()
    return row and row[0]


def test_postgres_starts_keeps_its_rows_and_stops(home: Path) -> None:
    assert embedded.running_url(home) is None
    url = embedded.start(home)
    assert embedded.running_url(home) == url == embedded.start(home)
    kept(url)
    process = postmaster(home)
    embedded.stop(home)
    embedded.stop(home)
    assert not alive(process)
    assert embedded.running_url(home) is None
    begun = time.monotonic()
    assert kept_value(embedded.start(home)) == 7
    assert time.monotonic() - begun < 3


def test_postgres_lets_nobody_in_without_the_password(home: Path) -> None:
    url = embedded.start(home)
    password = (home / "postgres" / "password").read_text()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url.replace(password, "guess"), connect_timeout=5)
    assert (home / "postgres" / "password").stat().st_mode & 0o077 == 0
    assert (home / "postgres").stat().st_mode & 0o077 == 0


def test_postgres_settings_are_safe_and_sized(home: Path) -> None:
    with psycopg.connect(embedded.start(home)) as connection:
        shown = {
            name: connection.execute("select current_setting(%s)", [name]).fetchone()
            for name in ("fsync", "synchronous_commit", "max_connections", "listen_addresses")
        }
    assert shown == {
        "fsync": ("on",),
        "synchronous_commit": ("on",),
        "max_connections": ("200",),
        "listen_addresses": ("127.0.0.1",),
    }


def test_postgres_survives_kill_9_of_everything(home: Path) -> None:
    url = embedded.start(home)
    kept(url)
    process = postmaster(home)
    for victim in (process, *process.children(recursive=True)):
        victim.kill()
    assert kept_value(embedded.start(home)) == 7


def test_a_stale_number_of_another_process_is_not_taken_for_postgres(home: Path) -> None:
    embedded.start(home)
    pid_file = home / "postgres" / "data" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    embedded.stop(home)
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert embedded.running_url(home) is None
    assert one(embedded.start(home)) == 1


def test_a_half_made_cluster_is_made_anew(home: Path) -> None:
    (home / "postgres" / "data.new").mkdir(parents=True)
    (home / "postgres" / "data.new" / "PG_VERSION").write_text("18")
    assert one(embedded.start(home)) == 1


def test_two_starters_at_once_get_the_same_server(home: Path) -> None:
    code = "import pathlib, sys; from db import embedded; print(embedded.start(pathlib.Path(sys.argv[1])))"
    starters = [
        subprocess.Popen([sys.executable, "-c", code, str(home)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        for _ in range(2)
    ]
    urls = {starter.communicate(timeout=60)[0].strip() for starter in starters}
    assert urls == {embedded.running_url(home)}
    assert one(urls.pop()) == 1


def test_a_path_longer_than_a_socket_s_is_no_problem(home: Path) -> None:
    long = home / ("a" * 100) / ("b" * 100)
    try:
        assert one(embedded.start(long)) == 1
    finally:
        embedded.stop(long)


def test_a_taken_port_gives_another(home: Path) -> None:
    embedded.start(home)
    port = int((home / "postgres" / "port").read_text())
    embedded.stop(home)
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((embedded.HOST, port))
        taken.listen()
        assert one(embedded.start(home)) == 1
        assert int((home / "postgres" / "port").read_text()) != port


def test_a_broken_cluster_says_where_to_look(home: Path) -> None:
    embedded.start(home)
    embedded.stop(home)
    (home / "postgres" / "data" / "global" / "pg_control").write_bytes(b"")
    with pytest.raises(EmbeddedFailed, match=r"postgres\.log.*LEANVIBE_DATABASE_URL"):
        embedded.start(home)


def test_the_second_command_shares_and_the_last_one_stops(home: Path) -> None:
    with holding() as first, holding() as second:
        url = line(first)
        assert line(second) == url
        process = postmaster(home)
        first.communicate(timeout=60)
        assert one(url) == 1
        second.communicate(timeout=60)
        assert (first.returncode, second.returncode) == (0, 0)
    assert not alive(process)
    assert leftovers(home) == []


def test_a_killed_command_leaves_nothing_running(home: Path) -> None:
    with holding() as command:
        line(command)
        process = postmaster(home)
        command.kill()
        command.wait()
        wait_for(lambda: not alive(process))
    wait_for(lambda: not Shared(home).supervised())


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, -signal.SIGINT)])
def test_a_command_that_is_told_to_leave_stops_what_it_started(home: Path, number: int, status: int) -> None:
    with holding() as command:
        line(command)
        process = postmaster(home)
        command.send_signal(number)
        assert command.wait(60) in {status, 128 + number}
    assert not alive(process)
    assert not Shared(home).supervised()


def test_a_crashed_database_is_started_again_with_the_same_url(home: Path) -> None:
    with running_factory(Settings(), worker=False, dashboards=False, prefect=False, say=quiet) as factory:
        process = postmaster(home)
        process.kill()
        wait_for(lambda: not alive(process))
        wait_for(lambda: bool((state := factory.state()) and state.events))
        wait_for(lambda: embedded.running_url(home) == factory.database_url)


def test_another_database_in_a_running_home_is_refused(home: Path) -> None:
    with holding() as command:
        url = SecretStr(line(command).replace("?require_auth", "?connect_timeout=5&require_auth"))
        with (
            pytest.raises(Conflict, match="LEANVIBE_DATABASE_URL"),
            running_factory(
                Settings(home=home, database_url=url),
                worker=False,
                dashboards=False,
                prefect=False,
                say=quiet,
            ),
        ):
            pass
        assert one(url.get_secret_value()) == 1


def test_a_database_elsewhere_is_used_and_left_alone(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    url = embedded.start(elsewhere)
    try:
        chosen = Settings(home=home, database_url=SecretStr(url))
        os.environ["LEANVIBE_DATABASE_URL"] = url
        with running_factory(chosen, worker=False, dashboards=False, prefect=False, say=quiet) as factory:
            assert factory.database_url == url
            assert factory.started == ()
        assert one(url) == 1
        assert not (home / "postgres").exists()
    finally:
        del os.environ["LEANVIBE_DATABASE_URL"]
        embedded.stop(elsewhere)


def test_a_database_that_cannot_be_reached_starts_nothing(home: Path) -> None:
    chosen = Settings(home=home, database_url=SecretStr("postgresql://me:secret@127.0.0.1:1/x"))
    with (
        pytest.raises(DatabaseUnavailable),
        running_factory(chosen, worker=True, dashboards=False, say=quiet),
    ):
        pass
    assert not home.exists()


def test_the_schema_is_upgraded_and_named_on_the_command_line(home: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["db", "upgrade"]).exit_code == 0
    with holding() as command:
        url = line(command)
        settings.cache_clear()
        assert "newest" not in runner.invoke(app, ["db", "current"]).stdout
        shown = runner.invoke(app, ["db", "url"]).stdout.strip()
        assert shown in url.replace(f":{(home / 'postgres' / 'password').read_text()}", "")
        assert runner.invoke(app, ["db", "url", "--password"]).stdout.strip() == url
        assert checks.database(Settings()).status == "ok"
    assert home.exists()


def test_down_stops_what_a_killed_supervisor_left(home: Path) -> None:
    with holding() as command:
        line(command)
        state = Shared(home).read()
        assert state is not None
        os.kill(state.pid, signal.SIGKILL)
        command.kill()
    wait_for(lambda: not Shared(home).supervised())
    process = postmaster(home)
    assert CliRunner().invoke(app, ["down"]).exit_code == 0
    assert not alive(process)
    assert not stop_factory(home)


def asked(url: str) -> list[dict[str, object]]:
    answer: list[dict[str, object]] = httpx.post(url, json={}, timeout=10).raise_for_status().json()
    return answer


def share_with_up() -> None:
    """`leanvibe up` joins, adds the dashboards, and leaves; what others use stays."""
    command = [sys.executable, "-m", "leanvibe", "up"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT) as up:
        assert up.stderr is not None
        told: list[str] = []
        for text in up.stderr:
            told.append(text)
            if "Ctrl-C stops it" in text:
                break
        addresses = dict(row.split() for row in told if row.startswith("Dashboards  "))
        assert httpx.get(addresses["Dashboards"], timeout=30).is_success
        up.send_signal(signal.SIGINT)
        assert up.wait(60) == 0


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.slow
def test_the_whole_factory_runs_recovers_and_leaves_nothing(home: Path) -> None:
    said: list[str] = []
    with running_factory(Settings(), worker=True, dashboards=False, say=said.append) as factory:
        api = factory.prefect_api_url
        assert os.environ["PREFECT_API_URL"] == api
        assert factory.started == ("database", "prefect", "worker")
        assert dict(addresses(factory, home))["Prefect UI"] == factory.prefect_ui_url
        assert not any(":" + (home / "postgres" / "password").read_text() in text for text in said)
        wait_for(lambda: bool(asked(f"{api}/work_pools/leanvibe/workers/filter")), 60)
        # the schedules of prefect.yaml have become runs: Prefect's own scheduler works on this database layer
        wait_for(lambda: any(run["auto_scheduled"] for run in asked(f"{api}/flow_runs/filter")), 120)
        found = {finding.name: finding.status for finding in checks.all_findings(Settings())}
        assert set(found.values()) == {"ok"}, found
        page = httpx.get(factory.prefect_ui_url, timeout=10, follow_redirects=True)
        assert "<html" in page.text.lower()
        share_with_up()
        assert httpx.get(f"{api}/health", timeout=10).is_success
        state = factory.state()
        assert state is not None
        worker = psutil.Process(state.parts["worker"].pid)
        worker.kill()
        wait_for(lambda: bool((now := factory.state()) and now.events))
        wait_for(
            lambda: bool((now := factory.state()) and now.parts["worker"].pid not in {0, worker.pid}),
        )
        everything = [*psutil.Process(state.pid).children(recursive=True), psutil.Process(state.pid)]
        assert len(everything) >= 4
    assert not any(alive(process) for process in everything)
    assert leftovers(home) == []
    assert "PREFECT_API_URL" not in os.environ


def watched(kill_supervisor: Callable[[int], None]) -> None:
    chosen = Settings()
    with running_factory(chosen, worker=False, dashboards=False, prefect=False, say=quiet) as factory:
        state = factory.state()
        assert state is not None
        kill_supervisor(state.pid)
        watch(factory)


def test_a_supervisor_that_is_killed_is_noticed(home: Path) -> None:
    with pytest.raises(ServiceFailed, match="stopped from outside"):
        watched(lambda pid: os.kill(pid, signal.SIGKILL))
    assert home.exists()
