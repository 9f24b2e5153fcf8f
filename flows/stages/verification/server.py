"""The application's server: booted once on the seeded database, asked by several checks, stopped in order."""

from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from flows.stages.verification.client import Client, NoAnswer, Seen
from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.sandbox import Command

if TYPE_CHECKING:
    from flows.stages.verification.application import Application
    from flows.stages.verification.sandbox import Outcome
    from flows.stages.verification.schedule import Meter

HEALTH = ("/healthz", "/readyz")
READY_S = 60.0  # a server that is not up by then is not coming up
POLL_S = 0.05
SIGTERM_CODES = {0, -15, 143}  # uvicorn hands the signal on to itself once it has shut down
SIGN_IN = "/sign-in"
SHOWN = 3  # of the pages that do not answer: enough to see what is wrong
OK = 200
SEE_OTHER = 303


class Server:
    """One server process; leaving the block ends it, whatever happened."""

    def __init__(self, application: Application, *, database: str) -> None:
        self._application = application
        self._database = database
        self._stop = threading.Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="server")
        self._running: Future[Outcome] | None = None
        self._port = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._pool.shutdown()

    def client(self, meter: Meter, seen: Seen | None = None) -> Client:
        """Who asks the server for a check, and keeps in `seen` a few of all exchanges."""
        return Client(port=self._port, meter=meter, seen=seen or Seen())

    def boot(self, probes: tuple[str, ...], meter: Meter) -> str:
        """Start it, wait for health, get every path; the detail of a green check. Raises CheckFailed."""
        self._start(meter)
        try:
            return self._probe(probes, meter)
        except CheckFailed:  # nobody will ask this one any more
            self.__exit__()
            raise

    def _probe(self, probes: tuple[str, ...], meter: Meter) -> str:
        for path in HEALTH:
            self._wait_ready(meter, path)
        client = self.client(meter)
        bad = [f"{path} answers {status}" for path in probes if (status := _status(client, path)) != OK]
        if bad:
            more = f" and {len(bad) - SHOWN} more" if len(bad) > SHOWN else ""
            raise CheckFailed(", ".join(bad[:SHOWN]) + more)
        return f"healthy, {len(probes)} pages answer" if probes else "healthy"

    def stop(self, meter: Meter) -> str:
        """Ask it to end, and see that it does; the detail of a green check. Raises CheckFailed."""
        if self._running is None:
            raise CheckFailed("the server was never started")
        if self._running.done():
            raise CheckFailed(
                f"the server ended by itself: {self._application.reason(self._running.result())}"
            )
        started = time.monotonic()
        self._stop.set()
        outcome = self._running.result()
        meter.subprocess_s += time.monotonic() - started
        if outcome.timed_out:
            raise CheckFailed(f"did not stop within {self._application.limits.stop_s:g} s of SIGTERM")
        if outcome.code not in SIGTERM_CODES:
            raise CheckFailed(f"did not stop in order: {self._application.reason(outcome)}")
        return "stopped in order"

    def _start(self, meter: Meter) -> None:
        # Made here and handed in: a socket keeps its network, so this is the way into the server's namespace.
        listener = socket.create_server(("127.0.0.1", 0))
        self._port = int(listener.getsockname()[1])
        uvicorn = (self._application.python, "-m", "uvicorn", "app.main:app", "--no-access-log")
        command = Command(
            argv=(*uvicorn, "--fd", str(listener.fileno())),
            cwd=self._application.source,
            # A line for each of the thousands of requests that follow would bury those that matter.
            env={**self._application.env(self._database), "LOG_LEVEL": "WARNING"},
            keep=(listener.fileno(),),
        )
        own = replace(meter, subprocess_s=0.0)  # it runs on after the check that started it
        self._running = self._pool.submit(self._run, own, command, listener)

    def _run(self, meter: Meter, command: Command, listener: socket.socket) -> Outcome:
        with listener:
            return self._application.execute(meter, command, stop=self._stop)

    def _wait_ready(self, meter: Meter, path: str) -> None:
        client = self.client(meter)
        deadline = time.monotonic() + min(READY_S, self._application.limits.wall_s)
        answer = "nothing"
        while time.monotonic() < deadline:
            if self._running is not None and self._running.done():
                raise CheckFailed(f"the server ended: {self._application.reason(self._running.result())}")
            try:
                status = client.ask("GET", path).status
            except NoAnswer as error:
                answer = str(error).rpartition("answers ")[2]
            else:
                if status == OK:
                    return
                answer = str(status)
            if meter.cancel.wait(POLL_S):
                raise CheckFailed("cancelled")
        raise CheckFailed(f"{path} answers {answer} after {READY_S:g} s")


def _status(client: Client, path: str) -> int | str:
    """Status of the page; being sent to sign in first is as good as seeing it."""
    try:
        answer = client.ask("GET", path)
    except NoAnswer as error:
        return str(error).rpartition("answers ")[2]
    asked = answer.status == SEE_OTHER and answer.headers.get("location", "").startswith(SIGN_IN)
    return OK if asked else answer.status
