"""Starts the application's server as its own process, probes its pages and stops it in order."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.sandbox import Command

if TYPE_CHECKING:
    from flows.stages.verification.application import Application
    from flows.stages.verification.sandbox import Outcome
    from flows.stages.verification.schedule import Meter

HEALTH = ("/healthz", "/readyz")
READY_S = 60.0  # a server that is not up by then is not coming up
POLL_S = 0.05
ANSWER_S = 30.0
TRIES = 3  # another process may take the free port before the server does
SIGTERM_CODES = {0, -15, 143}  # uvicorn hands the signal on to itself once it has shut down
MOST_BYTES = 4 * 1024 * 1024
OK = 200


def boot(application: Application, meter: Meter, *, database: str, probes: tuple[str, ...]) -> str:
    """Start, wait for health, get every path, stop; answers the check's detail, raises CheckFailed."""
    for _ in range(TRIES - 1):
        port = free_port()
        try:
            return _boot(application, meter, port, database, probes)
        except PortTaken:
            meter.say(f"port {port} was taken meanwhile, trying another one")
    return _boot(application, meter, free_port(), database, probes)


class PortTaken(CheckFailed):
    """Another process took the port first."""


def free_port() -> int:
    """A port of this machine's own address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _boot(application: Application, meter: Meter, port: int, database: str, probes: tuple[str, ...]) -> str:
    argv = (
        *(application.python, "-m", "uvicorn", "app.main:app"),
        *("--host", "127.0.0.1", "--port", str(port)),
    )
    command = Command(argv=argv, cwd=application.source, env=application.env(database))
    stop = threading.Event()
    with ThreadPoolExecutor(1, thread_name_prefix="server") as pool:
        server = pool.submit(application.execute, meter, command, stop=stop)
        try:
            for path in HEALTH:
                _wait_ready(application, meter, server, port, path)
            paths = dict.fromkeys(("/", *probes))
            bad = [f"{path} answers {answer}" for path in paths if (answer := _get(port, path)) != str(OK)]
        finally:
            stop.set()
    outcome = server.result()
    if bad:
        more = f" and {len(bad) - 3} more" if len(bad) > 3 else ""  # noqa: PLR2004 - three are enough to see what is wrong
        raise CheckFailed(", ".join(bad[:3]) + more)
    if outcome.timed_out:
        raise CheckFailed(f"did not stop within {application.limits.stop_s:g} s of SIGTERM")
    if outcome.code not in SIGTERM_CODES:
        raise CheckFailed(f"did not stop in order: {application.reason(outcome)}")
    return f"healthy, {len(paths)} pages answer {OK}, stopped in order"


def _wait_ready(
    application: Application, meter: Meter, server: Future[Outcome], port: int, path: str
) -> None:
    deadline = time.monotonic() + min(READY_S, application.limits.wall_s)
    answer = "nothing"
    while time.monotonic() < deadline:
        if server.done():
            outcome = server.result()
            if any("address already in use" in line.lower() for line in outcome.tail):
                raise PortTaken(f"port {port} is taken")
            raise CheckFailed(f"the server ended: {application.reason(outcome)}")
        answer = _get(port, path)
        if answer == str(OK):
            return
        if meter.cancel.wait(POLL_S):
            raise CheckFailed("cancelled")
    raise CheckFailed(f"{path} answers {answer} after {READY_S:g} s")


def _get(port: int, path: str) -> str:
    """The status of the answer, or what went wrong instead."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_S)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        while response.read(MOST_BYTES):
            continue
    except (OSError, http.client.HTTPException, ValueError) as error:
        return f"with {type(error).__name__}"
    else:
        return str(response.status)
    finally:
        connection.close()
