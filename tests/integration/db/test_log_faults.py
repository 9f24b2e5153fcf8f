"""Faults while a process logs: Postgres stops, hangs, the process is killed; expected against found."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import uuid
from typing import IO, TYPE_CHECKING

import psycopg
import pytest

from db import embedded, schema
from db.engine import dispose
from db.postmaster import gone, process_of
from db.recorder import Recorder
from db.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import psutil

pytestmark = pytest.mark.slow

OUTAGE_SECONDS = float(os.environ.get("FAULT_SECONDS", "2"))
"""How long Postgres is away; `make faults` has it away for a minute."""

EXECUTION, TENANT = uuid.UUID(int=2), uuid.UUID(int=1)

PRODUCER = """
import logging, pathlib, sys, time, uuid
from db.recorder import Recorder
from db.spool import Spool
from flows.run_logs import RunLogHandler
url, folder, execution, until = sys.argv[1:]
name = str(uuid.uuid4())
recorder = Recorder(url=url, spool=Spool(pathlib.Path(folder), producer=name))
handler = RunLogHandler(uuid.UUID(execution), recorder)
logger = logging.getLogger("prefect.flow_runs.fault")
logger.addHandler(handler)
number = 0
while not pathlib.Path(until).exists():
    for _ in range(100):
        logger.warning("line %d", number)
        number += 1
    handler.flush()
    print(number, flush=True)
    time.sleep(0.02)
handler.close()
print(number, flush=True)
"""


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of a Postgres that this test alone may stop."""
    folder = tmp_path_factory.mktemp("faults")
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(0o755)
    yield folder
    embedded.stop(folder)


@pytest.fixture
def url(home: Path) -> str:
    address = embedded.start(home)
    schema.upgrade(address)
    with psycopg.connect(address) as connection:
        connection.execute("insert into tenants (id, slug, name) values (%s, 'acme', 'Acme')", [TENANT])
        connection.execute("insert into users (id, email, name) values (%s, 'a@example.org', '')", [TENANT])
        connection.execute(
            "insert into members (id, tenant_id, user_id, role) values (%s, %s, %s, 'founder')", [TENANT] * 3
        )
        connection.execute(
            "insert into executions (id, tenant_id, requested_by, status, status_at) "
            "values (%s, %s, %s, 'running', now())",
            [EXECUTION, TENANT, TENANT],
        )
    return address


@pytest.fixture
def producer(url: str, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that logs as fast as its flushes let it, and says how many lines it has flushed."""
    command = [sys.executable, "-c", PRODUCER, url, str(tmp_path / "spool"), str(EXECUTION)]
    env = {**os.environ, "LEANVIBE_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [*command, str(tmp_path / "enough")], stdout=subprocess.PIPE, text=True, env=env
    )
    yield process
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _until(output: IO[str] | None, flushed: int) -> int:
    """Read on until that many lines are flushed."""
    assert output is not None
    for line in output:
        if int(line) >= flushed:
            return int(line)
    raise AssertionError("the process ended early")


def _postmaster(home: Path) -> psutil.Process:
    found = process_of(home / "postgres")
    assert found is not None
    return found


def _stop_at_once(home: Path) -> None:
    """As `pg_ctl stop -m immediate` does."""
    process = _postmaster(home)
    process.send_signal(signal.SIGQUIT)
    assert gone(process, 20)


def _stored(url: str) -> list[tuple[uuid.UUID, int]]:
    dispose(url)
    with psycopg.connect(url) as connection:
        return connection.execute(
            "select producer, sequence from log_lines order by occurred_at, producer, sequence"
        ).fetchall()


def _drain(url: str, tmp_path: Path) -> None:
    Recorder(url=url, spool=Spool(tmp_path / "spool", producer="later")).drain()


def _told(case: str, expected: int, found: int) -> None:
    sys.stdout.write(f"{case}: expected {expected}, found {found}\n")


def test_postgres_is_stopped_at_once_and_comes_back(
    home: Path, url: str, producer: subprocess.Popen[str], tmp_path: Path
) -> None:
    before = _until(producer.stdout, 500)
    _stop_at_once(home)
    during = _until(producer.stdout, before + 1000)
    with contextlib.suppress(subprocess.TimeoutExpired):
        # Nobody reads its output meanwhile: it goes on to the end of the pipe's room.
        producer.wait(OUTAGE_SECONDS)
    assert embedded.start(home) == url
    (tmp_path / "enough").touch()
    assert producer.stdout is not None
    made = int(producer.stdout.read().split()[-1])
    assert made >= during
    _drain(url, tmp_path)
    found = _stored(url)
    _told("Postgres stopped at once", made, len(found))
    assert [number for _, number in found] == list(range(made))


def test_the_process_is_killed_while_postgres_is_away(
    home: Path, url: str, producer: subprocess.Popen[str], tmp_path: Path
) -> None:
    before = _until(producer.stdout, 300)
    _stop_at_once(home)
    _until(producer.stdout, before + 500)
    producer.kill()
    assert producer.stdout is not None
    told = [int(line) for line in producer.stdout.read().split("\n")[:-1]]
    flushed = max([before + 500, *told])
    assert embedded.start(home) == url
    _drain(url, tmp_path)
    found = [number for _, number in _stored(url)]
    _told("killed during an outage, at least what was flushed", flushed, len(found))
    assert found == list(range(len(found)))
    assert flushed <= len(found) <= flushed + 200


def test_postgres_hangs(home: Path, url: str, producer: subprocess.Popen[str], tmp_path: Path) -> None:
    before = _until(producer.stdout, 300)
    postmaster = _postmaster(home)
    stopped = [postmaster, *postmaster.children(recursive=True)]
    for process in stopped:
        process.suspend()
    try:
        _until(producer.stdout, before + 100)
    finally:
        for process in stopped:
            process.resume()
    (tmp_path / "enough").touch()
    assert producer.stdout is not None
    made = int(producer.stdout.read().split()[-1])
    producer.wait(60)
    _drain(url, tmp_path)
    found = [number for _, number in _stored(url)]
    _told("Postgres hangs", made, len(found))
    assert found == list(range(made))
