"""The parts of the factory: what each needs, how it starts, when it is ready, how it stops."""

from __future__ import annotations

import importlib
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from blocks.settings import Settings
from db import embedded
from db.errors import DatabaseError
from leanvibe.services import deployments
from leanvibe.services.child import ROOT, Child
from leanvibe.services.environment import service_environment
from leanvibe.services.ports import HOST, free_port
from leanvibe.services.probe import answers
from leanvibe.services.servers import Servers, without_password

if TYPE_CHECKING:
    from collections.abc import Callable

    from leanvibe.services.shared import Part


class Failed(Exception):
    """A part stopped, or did not become ready; the text goes after the part's title."""


@dataclass(kw_only=True)
class Context:
    """What the parts know of each other."""

    settings: Settings
    servers: Servers
    database_url: str = ""
    prefect_api_url: str = ""
    ports: dict[str, int] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """The environment of a service, with every address that is known by now."""
        return service_environment(
            self.settings.home, database_url=self.database_url, prefect_api_url=self.prefect_api_url
        )

    def child(self, name: str, command: list[str], *, after: str = "-") -> Child:
        """Start a service; its output goes to `<home>/logs/<name>.log`."""
        log = self.settings.home / "logs" / f"{name}.log"
        return Child(name, command, env=self.environment(), log=log, after=after)


class Runner:
    """One part that was started."""

    title: ClassVar[str]
    patience: ClassVar[float] = 10
    """seconds it gets to stop by itself"""
    again: ClassVar[bool] = False
    """whether a failure before it was ever ready is worth another try"""

    def __init__(self, context: Context) -> None:
        """Starts it, without waiting."""
        self.context = context

    @classmethod
    def needs(cls, context: Context) -> tuple[str, ...]:
        """The parts that have to be ready before this one starts."""
        del context
        return ()

    def check(self) -> bool:
        """Whether it is ready; raises Failed when it is no more."""
        raise NotImplementedError

    def describe(self, part: Part) -> None:
        """Fill in what the commands may know."""

    def stop(self, seconds: float) -> None:
        """Stop it within `seconds`, by force after that."""


class Job:
    """A call that blocks, in a thread of its own."""

    def __init__(self, call: Callable[[], None]) -> None:
        """Starts the call."""
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=[call], daemon=True)
        self._thread.start()

    def _run(self, call: Callable[[], None]) -> None:
        try:
            call()
        except Exception as error:  # noqa: BLE001  handed to the thread that asks for the outcome
            self._error = error

    def done(self) -> bool:
        """Whether it came back; raises Failed when it came back with an error."""
        if self._thread.is_alive():
            return False
        if self._error is not None:
            raise Failed(f"failed: {self._error}") from self._error
        return True

    def wait(self, seconds: float) -> None:
        """Let it come back, for that long at most."""
        self._thread.join(seconds)


class Database(Runner):
    """The embedded Postgres, or the one that a setting names."""

    title = "the database"

    def __init__(self, context: Context) -> None:
        """Starts the embedded one unless another is named."""
        super().__init__(context)
        self._home = context.settings.home
        self._external = context.servers.database_url
        self._job = Job(self._start)

    def _start(self) -> None:
        self.context.database_url = self._external or embedded.start(self._home)

    def check(self) -> bool:
        """Ready once the start came back; watched by its process from then on."""
        if not self._job.done():
            return False
        if not self._external and embedded.running_url(self._home) is None:
            raise Failed(f"stopped; its log is {self._home / 'logs' / 'postgres.log'}")
        return True

    def describe(self, part: Part) -> None:
        """Its URL holds the password, its address does not."""
        part.url = self.context.database_url
        part.address = without_password(part.url) if part.url else ""
        part.started = not self._external

    def stop(self, seconds: float) -> None:
        """Stop the embedded one; one that a setting names is not ours."""
        self._job.wait(seconds)
        if self._external:
            return
        try:
            embedded.stop(self._home)
        except DatabaseError as error:
            raise Failed(str(error)) from error


class Schema(Runner):
    """Our tables, at the newest migration."""

    title = "the migration of the database"

    def __init__(self, context: Context) -> None:
        """Starts the migration."""
        super().__init__(context)
        self._job = Job(self._upgrade)

    def _upgrade(self) -> None:
        settings = self.context.settings
        importlib.import_module("db.setup").prepare(
            self.context.database_url, tenant=settings.tenant, member=settings.member
        )

    @classmethod
    def needs(cls, context: Context) -> tuple[str, ...]:
        """A database to migrate."""
        del context
        return ("database",)

    def check(self) -> bool:
        """Ready when it is done."""
        return self._job.done()


class Service(Runner):
    """A part that is a child process."""

    child: Child

    def alive(self) -> None:
        """Raise Failed when the process has ended."""
        status = self.child.exit_status()
        if status is not None:
            raise Failed(f"stopped with status {status} ({self.child.tail()}); its log is {self.child.log}")

    def describe(self, part: Part) -> None:
        """Its process."""
        part.pid, part.started = self.child.pid, True

    def stop(self, seconds: float) -> None:
        """Stop it and everything below it."""
        self.child.stop(seconds)


class PrefectServer(Service):
    """Prefect's own server and UI, or the one that a setting names."""

    title = "the Prefect server"
    again = True
    preferred_port: ClassVar[int] = 4200

    def __init__(self, context: Context) -> None:
        """Starts the server unless another is named."""
        super().__init__(context)
        self._ready = False
        self._external = bool(context.servers.prefect_api_url)
        if self._external:
            context.prefect_api_url = context.servers.prefect_api_url
            return
        known = context.prefect_api_url.rpartition(":")[2].partition("/")[0]  # the one it had before a crash
        port = free_port(int(known or context.ports.get("prefect") or self.preferred_port))
        self._origin = f"http://{HOST}:{port}"
        context.prefect_api_url = f"{self._origin}/api"
        self.child = context.child(
            "prefect-server",
            ["leanvibe.services.prefect_server", "server", "start", "--host", HOST, "--port", str(port)],
        )

    def check(self) -> bool:
        """Ready once its health answers; watched by its process from then on."""
        if self._external:
            return True
        self.alive()
        self._ready = self._ready or answers(f"{self._origin}/api/health", 1)
        return self._ready

    def describe(self, part: Part) -> None:
        """Its API; the UI is beside it."""
        part.url = part.address = self.context.prefect_api_url
        if not self._external:
            super().describe(part)

    def stop(self, seconds: float) -> None:
        """Stop our own; one that a setting names is not ours."""
        if not self._external:
            super().stop(seconds)


class Deployments(Service):
    """The work pool and every deployment of prefect.yaml, in the Prefect server."""

    title = "the deployment of the flows"
    again = True

    def __init__(self, context: Context) -> None:
        """Deploys in a child process unless the server has everything as it stands."""
        super().__init__(context)
        self._mark = context.settings.home / "run" / "deployments"
        self._done = self._in_step()
        if not self._done:
            self.child = context.child(
                "deployments", ["leanvibe.services.deployments", context.settings.work_pool]
            )

    @classmethod
    def needs(cls, context: Context) -> tuple[str, ...]:
        """A server to deploy to."""
        del context
        return ("prefect",)

    def _fingerprint(self) -> str:
        chosen, servers = self.context.settings, self.context.servers
        identity = deployments.server_identity(chosen.home, servers.prefect_api_url)
        return deployments.fingerprint(ROOT, chosen.work_pool, identity)

    def _in_step(self) -> bool:
        if not self._mark.exists() or self._mark.read_text() != self._fingerprint():
            return False
        wanted = deployments.names(deployments.MANIFEST.read_text())
        return wanted <= deployments.present(self.context.prefect_api_url)

    def check(self) -> bool:
        """Ready when every deployment is there."""
        if not self._done:
            if self.child.exit_status() != 0:
                self.alive()
                return False
            self._mark.write_text(self._fingerprint())
            self._done = True
        return True

    def describe(self, part: Part) -> None:
        """Nothing keeps running."""

    def stop(self, seconds: float) -> None:
        """Stop it half-way; it is done again from the start."""
        if not self._done:
            super().stop(seconds)


class Worker(Service):
    """The Prefect worker: one process per run."""

    title = "the worker"
    again = True
    patience = 15

    def __init__(self, context: Context) -> None:
        """Starts the worker; it is ready when the server knows it, which nobody has to wait for."""
        super().__init__(context)
        pool = context.settings.work_pool
        self.child = context.child(
            "worker", ["prefect", "worker", "start", "--pool", pool, "--type", "process"]
        )

    @classmethod
    def needs(cls, context: Context) -> tuple[str, ...]:
        """Tables to write to and deployments to run."""
        del context
        return ("schema", "deployments")

    def check(self) -> bool:
        """Ready as long as it runs: a run that is created meanwhile waits in the work pool."""
        self.alive()
        return True


class Dashboards(Service):
    """The pages and the HTTP API for people."""

    title = "the dashboards"
    preferred_port: ClassVar[int] = 8501

    def __init__(self, context: Context) -> None:
        """Starts the web server."""
        super().__init__(context)
        self._ready = False
        port = free_port(context.ports.get("dashboards") or self.preferred_port)
        context.ports["dashboards"] = port
        self._url = f"http://{HOST}:{port}"
        self.child = context.child(
            "dashboards", ["uvicorn", "dashboards.app:app", "--host", HOST, "--port", str(port)]
        )

    @classmethod
    def needs(cls, context: Context) -> tuple[str, ...]:
        """Tables to read, and a server to act through."""
        del context
        return ("schema", "prefect")

    def check(self) -> bool:
        """Ready once it answers."""
        self.alive()
        self._ready = self._ready or answers(f"{self._url}/", 1)
        return self._ready

    def describe(self, part: Part) -> None:
        """Its first page."""
        super().describe(part)
        part.url = part.address = self._url


PARTS: dict[str, type[Runner]] = {
    "database": Database,
    "schema": Schema,
    "prefect": PrefectServer,
    "deployments": Deployments,
    "worker": Worker,
    "dashboards": Dashboards,
}
"""Every part by its name, in the order of a cold start."""
