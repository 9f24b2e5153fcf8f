"""The embedded Postgres: a PostgreSQL 18 of this folder's own, made, started, found and stopped here.

It listens on the loopback address alone and lets nobody in without its generated password, which lies in
a file only its owner can read: safe on a shared machine, whole in one URL, and free of the 107 bytes that
the path of a Unix socket may have.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import socket
import tempfile
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psutil
import psycopg
from psycopg import sql

from db.errors import EmbeddedFailed
from db.postgres_programs import run
from db.postgres_user import account
from db.postmaster import gone, process_of, remove_stale_pid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.postgres_user import Account

NAME = "leanvibe"
"""Name of the database and of the role that owns it."""

HOST = "127.0.0.1"

START_SECONDS = 60
"""How long a start may take: recovery after a power cut replays the write-ahead log first."""

STOP_SECONDS = 20

CONFIGURATION = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    # /dev/shm is 64 MB in most containers, and parallel plans put their hash tables there
    "max_parallel_workers_per_gather": "0",
    "log_line_prefix": "%m_[%p]_%u@%d_",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


def start(home: Path) -> str:
    """URL of the embedded Postgres of `home`, started when it is not running; safe to call twice at once.

    Raises EmbeddedFailed with the end of its log.
    """
    folder = home / "postgres"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked(folder):
        url = running_url(home)
        if url is not None and _answers(url):
            return url
        process = process_of(folder)
        if process is not None and not gone(process, 1):  # started in this moment, or about to die
            url = _await_url(home)
        else:
            url = _start_cluster(home, folder)
        _ensure_database(url)
        return url


def _start_cluster(home: Path, folder: Path) -> str:
    owner, log = account(), home / "logs" / "postgres.log"
    _create(folder, owner, log)
    remove_stale_pid(folder)
    _launch(folder, owner, log)
    return _await_url(home)


def _await_url(home: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        url = running_url(home)
        if url is not None and _answers(url, database="postgres"):
            return url
        if process_of(home / "postgres") is None:
            break
        time.sleep(0.02)
    raise EmbeddedFailed(
        f"the embedded Postgres started and does not answer; see {home / 'logs'}/postgres.log"
    )


def _answers(url: str, database: str = NAME) -> bool:
    try:
        psycopg.connect(_named(url, database), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _named(url: str, database: str) -> str:
    return url.replace(f"/{NAME}?", f"/{database}?")


def running_url(home: Path) -> str | None:
    """URL of the embedded Postgres of `home` when it accepts connections; starts and locks nothing."""
    folder = home / "postgres"
    try:
        lines = (folder / "data" / "postmaster.pid").read_text().splitlines()
        password = (folder / "password").read_text()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as error:
        raise EmbeddedFailed(
            f"{folder} belongs to another user; run as that user, or set LEANVIBE_HOME"
        ) from error
    match lines:
        case [_, _, _, port, _, _, _, state, *_] if state.strip() == "ready" and process_of(folder):
            return f"postgresql://{NAME}:{password}@{HOST}:{port}/{NAME}?require_auth=scram-sha-256"
    return None


def stop(home: Path) -> None:
    """Stop the embedded Postgres of `home`, whoever started it; nothing happens when it is not running."""
    folder = home / "postgres"
    if not folder.exists():
        return
    with _locked(folder):
        process = process_of(folder)
        if process is None:
            return
        # A "fast" shutdown ends the sessions; an "immediate" one leaves the checkpoint to the next start.
        for number, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(number)
            if gone(process, seconds):
                return
        raise EmbeddedFailed(
            f"the embedded Postgres (process {process.pid}) does not stop; see {home / 'logs'}/postgres.log"
        )


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _create(folder: Path, owner: Account | None, log: Path) -> None:
    """Make the cluster, in a scratch folder first: a half-made one is never taken for a whole."""
    if (folder / "data" / "PG_VERSION").exists():
        return
    scratch = folder / "data.new"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    if owner is not None:
        os.chown(scratch, owner.uid, owner.gid)
    password = secrets.token_urlsafe(32)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(password.encode())
        file.flush()
        if owner is not None:
            os.fchown(file.fileno(), owner.uid, owner.gid)
        arguments = ["--auth=scram-sha-256", f"--username={NAME}", f"--pwfile=/dev/fd/{file.fileno()}"]
        arguments += [
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]
        # The password is 256 random bits: iterating its hash would only slow every connection down.
        arguments += ["--set", "scram_iterations=1"]
        file.seek(0)
        run("initdb", scratch, owner, log, arguments, pass_file=file)
    descriptor = os.open(folder / "password", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stored:
        stored.write(password)
    scratch.rename(folder / "data")


def _launch(folder: Path, owner: Account | None, log: Path) -> None:
    """Start the server on the port it had last, or on a free one."""
    remembered = folder / "port"
    last = int(remembered.read_text()) if remembered.exists() else 0
    for candidate in (last, 0, 0):
        port = _free_port(candidate)
        options = " ".join(f"-c {name}='{value}'" for name, value in CONFIGURATION.items())
        arguments = ["start", "-w", "-s", "-t", str(START_SECONDS), "-o", f"{options} -p {port}"]
        try:
            run("pg_ctl", folder / "data", owner, log, arguments)
        except EmbeddedFailed:
            if _free_port(port) == port:  # the port was not what kept it from starting
                raise
            continue
        except BaseException:
            _abandon(folder)
            raise
        remembered.write_text(str(port))
        return
    raise EmbeddedFailed("the embedded Postgres found no free port three times in a row; try again")


def _abandon(folder: Path) -> None:
    """Stop a server whose start was interrupted."""
    process = process_of(folder)
    if process is not None:
        process.send_signal(signal.SIGQUIT)
        gone(process, STOP_SECONDS)


def _free_port(preferred: int) -> int:
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise EmbeddedFailed(f"no free port on {HOST}")


def _ensure_database(url: str) -> None:
    maintenance = _named(url, "postgres")
    try:
        with psycopg.connect(maintenance, autocommit=True, connect_timeout=10) as connection:
            if connection.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone() is None:
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(NAME)))
    except psycopg.Error as error:
        raise EmbeddedFailed(f"the embedded Postgres on {HOST} does not let us in: {error}") from error
