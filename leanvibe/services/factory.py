"""`running_factory`: a context in which the factory runs, shared by every command of the same home."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leanvibe.errors import Conflict, ServiceFailed
from leanvibe.services.child import ROOT, alive, clean, kill
from leanvibe.services.environment import PREFECT, factory_variables
from leanvibe.services.servers import Servers
from leanvibe.services.shared import Shared, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blocks.settings import Settings
    from leanvibe.services.locks import LockFile

START_SECONDS = 240
"""How long the parts may take together: a first start on a slow machine migrates two databases."""

STOP_SECONDS = 60

TITLES = {
    "database": "Database",
    "schema": "Tables",
    "prefect": "Prefect server",
    "deployments": "Deployments",
    "worker": "Worker",
    "recovery": "Recovery",
    "dashboards": "Dashboards",
}


@dataclass(frozen=True, kw_only=True)
class Factory:
    """Where the running parts are."""

    database_url: str
    """with its password: for programs, never for a terminal"""
    prefect_api_url: str
    """empty when Prefect was not asked for"""
    prefect_ui_url: str
    dashboards_url: str
    """empty when the dashboards were not asked for"""
    started: tuple[str, ...]
    """the parts that run here because of this home, in the order of their start"""
    state: Callable[[], State | None] = field(repr=False)
    """what the supervisor says now, None when it is gone"""


@contextmanager
def running_factory(
    settings: Settings,
    *,
    worker: bool,
    dashboards: bool,
    say: Callable[[str], None],
    prefect: bool = True,
    ports: Mapping[str, int] | None = None,
) -> Iterator[Factory]:
    """Run what is asked for, reuse what runs, and stop it with the last command that uses it.

    Inside, the environment names every part: import Prefect there. SIGTERM becomes SystemExit(143).
    Raises DatabaseUnavailable, Unreachable, Conflict or ServiceFailed.
    """
    servers = Servers.of(settings)
    servers.check()
    shared = Shared(settings.home)
    with _terminable(), shared.lock("users") as users:
        users.shared(STOP_SECONDS)
        try:
            _supervise(settings, shared)
            wanted = _parts(prefect=prefect, worker=worker, dashboards=dashboards)
            for part in wanted:
                shared.want(part, (ports or {}).get(part, 0))
            state = _await(shared, wanted, servers, say)
            factory = _describe(shared, state)
            with _environment(settings, factory):
                yield factory
        finally:
            _leave(shared, users, say)


def _parts(*, prefect: bool, worker: bool, dashboards: bool) -> list[str]:
    wanted = ["database", "schema"]
    if prefect or worker or dashboards:
        wanted += ["prefect", "deployments"]
    return wanted + ["worker", "recovery"] * worker + ["dashboards"] * dashboards


def _supervise(settings: Settings, shared: Shared) -> None:
    """Start the supervisor unless it is there."""
    with shared.lock("starting") as starting:
        starting.exclusive(STOP_SECONDS)
        if shared.supervised():
            return
        shared.forget()
        log = settings.home / "logs" / "factory.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "leanvibe.services.supervisor"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=ROOT,
                env=clean({**os.environ, "LEANVIBE_HOME": str(settings.home)}),
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while shared.read() is None:
            if process.poll() is not None or time.monotonic() > deadline:
                raise ServiceFailed(f"the local services did not start; see {log}")
            time.sleep(0.02)
        threading.Thread(target=process.wait, daemon=True).start()  # bury it when it leaves


def _await(shared: Shared, wanted: list[str], servers: Servers, say: Callable[[str], None]) -> State:
    """Wait until every part is ready, telling which one is."""
    told: set[str] = set()
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        state = shared.read()
        if state is None or state.process() is None:
            raise ServiceFailed("the local services were stopped from outside; start the command again")
        differing = conflicts(state, servers.named())
        if differing:
            raise Conflict(
                f"the factory that runs in this home was started with another {' and '.join(differing)}; "
                "stop it with `leanvibe down`, or set LEANVIBE_HOME to another folder"
            )
        if state.error:
            raise ServiceFailed(state.error)
        for name in wanted:
            part = state.parts.get(name)
            if part is not None and part.status == "ready" and name not in told:
                told.add(name)
                say(f"{TITLES[name]} ready{f' at {part.address}' if part.address else ''}")
        if told.issuperset(wanted):
            return state
        time.sleep(0.05)
    missing = ", ".join(TITLES[name] for name in wanted if name not in told)
    raise ServiceFailed(f"not ready after {START_SECONDS} s: {missing}; `leanvibe doctor` says more")


def conflicts(state: State, named: Mapping[str, str]) -> list[str]:
    """The settings that name another server than the running factory has.

    A command that another one starts finds the running parts named in its environment: that is no conflict.
    """
    differing = []
    for setting, part in (("LEANVIBE_DATABASE_URL", "database"), ("PREFECT_API_URL", "prefect")):
        wanted, running = named.get(setting, ""), state.parts.get(part)
        same = wanted == state.servers.get(setting, "")
        if not same and not (wanted and running and running.url == wanted):
            differing.append(setting)
    return differing


def _describe(shared: Shared, state: State) -> Factory:
    url = {name: part.url for name, part in state.parts.items()}
    api = url.get("prefect", "")
    return Factory(
        database_url=url["database"],
        prefect_api_url=api,
        prefect_ui_url=api.removesuffix("/api"),
        dashboards_url=url.get("dashboards", ""),
        started=tuple(name for name, part in state.parts.items() if part.started),
        state=shared.read,
    )


def _leave(shared: Shared, users: LockFile, say: Callable[[str], None]) -> None:
    """Give the lock back; the last one out waits until everything is stopped."""
    if not users.try_exclusive():
        return
    state = shared.read()
    process = state.process() if state else None
    if process is None or not shared.supervised():
        return
    say("Stopping the local services")

    def hurry(_number: int, _frame: object) -> None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGTERM)

    with _handling(hurry):
        process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while shared.supervised() or alive(process):
            if time.monotonic() > deadline:
                kill([*process.children(recursive=True), process])
                break
            time.sleep(0.02)


@contextmanager
def _terminable() -> Iterator[None]:
    """Make SIGTERM unwind the stack, so that what was started is stopped."""

    def leave(_number: int, _frame: object) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _handling(handler: Callable[[int, object], None]) -> Iterator[None]:
    """Have `handler` hear Ctrl-C and SIGTERM."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)


@contextmanager
def _environment(settings: Settings, factory: Factory) -> Iterator[None]:
    """Name the parts in the environment of this process, and put it back afterwards."""
    variables = factory_variables(
        settings.home, database_url=factory.database_url, prefect_api_url=factory.prefect_api_url
    )
    before = {name: os.environ.get(name) for name in (*variables, *PREFECT)}
    os.environ.update({**PREFECT, **os.environ, **variables})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
