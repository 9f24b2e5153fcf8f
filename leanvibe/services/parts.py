"""The parts of the factory: what each needs, how it starts, when it is ready, how it stops."""

from __future__ import annotations

import importlib
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

import psutil

from blocks.settings import WORK_POOL
from db import embedded
from db.errors import DatabaseError
from db.server import without_password
from leanvibe.services import deployments
from leanvibe.services.child import ROOT, descendants
from leanvibe.services.ports import HOST, free_port
from leanvibe.services.probe import answers
from leanvibe.services.recovery import Recovery
from leanvibe.services.runner import Context, Failed, Job, Runner, Service
from leanvibe.services.upcoming import take_back

if TYPE_CHECKING:
    from pathlib import Path

    from leanvibe.services.shared import Part


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
        self._port = port
        context.prefect_api_url = f"http://{HOST}:{port}/api"
        _prefect_ready(context).unlink(missing_ok=True)
        self.child = context.child(
            "prefect-server",
            ["leanvibe.services.prefect_server", "server", "start", "--host", HOST, "--port", str(port)],
        )

    def check(self) -> bool:
        """Ready once its health answers; watched by its process from then on."""
        if not self._external:
            self.alive()
        if not self._ready:
            self._ready = self._external or self._answers()
            if self._ready:
                _prefect_ready(self.context).touch()
        return self._ready

    def _answers(self) -> bool:
        """Another program may have taken the port since it was found free: its answer is not ours."""
        return self.child.listens_on(self._port) and answers(f"{self.context.prefect_api_url}/health", 1)

    def describe(self, part: Part) -> None:
        """Its API; the UI is beside it."""
        part.url = part.address = self.context.prefect_api_url
        if not self._external:
            super().describe(part)

    def stop(self, seconds: float) -> None:
        """Stop our own; one that a setting names is not ours."""
        if not self._external:
            if self._ready:  # else the port may be a stranger's, and so may the runs
                take_back(self.context.prefect_api_url)
            super().stop(seconds)


def _prefect_ready(context: Context) -> Path:
    return context.settings.home / "run" / "prefect.ready"


def _mark(context: Context) -> Path:
    return context.settings.home / "run" / "deployments"


def _fingerprint(context: Context) -> str:
    identity = deployments.server_identity(context.settings.home, context.servers.prefect_api_url)
    return deployments.fingerprint(ROOT, WORK_POOL, identity)


def in_step(context: Context) -> bool:
    """Whether nothing has changed since everything was deployed to this server."""
    mark = _mark(context)
    return mark.exists() and mark.read_text() == _fingerprint(context)


class Deployments(Service):
    """The work pool and every deployment of prefect.yaml, in the Prefect server."""

    title = "the deployment of the flows"
    again = True

    def __init__(self, context: Context) -> None:
        """Deploys in a child process unless the server has everything as it stands."""
        super().__init__(context)
        wanted = deployments.names(deployments.MANIFEST.read_text())
        self._done = in_step(context) and wanted <= deployments.present(context.prefect_api_url)
        if not self._done:
            self.child = context.child("deployments", ["leanvibe.services.deployments", WORK_POOL])

    @classmethod
    def needs(cls, context: Context) -> tuple[str, ...]:
        """A server to deploy to."""
        del context
        return ("prefect",)

    def check(self) -> bool:
        """Ready when every deployment is there."""
        if not self._done:
            if self.child.exit_status() != 0:
                self.alive()
                return False
            _mark(self.context).write_text(_fingerprint(self.context))
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
        """Starts the worker, which waits for the server by itself."""
        super().__init__(context)
        command = ["prefect", "worker", "start", "--pool", WORK_POOL, "--type", "process"]
        self._api = context.prefect_api_url
        self.child = context.child("worker", command, after=_prefect_ready(context))

    @classmethod
    def needs(cls, context: Context) -> tuple[str, ...]:
        """Tables to write to and deployments to run; those of the last time are there before the server."""
        if context.prefect_api_url and in_step(context):
            return ("schema",)
        return ("schema", "deployments")

    def check(self) -> bool:
        """Ready as long as it runs: a run that is created meanwhile waits in the work pool."""
        self.alive()
        if self._api != self.context.prefect_api_url:
            raise Failed("has to follow the Prefect server to another port")
        return True

    def stop(self, seconds: float) -> None:
        """Have the runs under way handed back: the worker itself would wait for them, and be killed."""
        if seconds:
            for process in descendants(self.child.pid):
                ask_flow_to_stop(process)
        super().stop(seconds)


def ask_flow_to_stop(process: psutil.Process) -> None:
    """Send SIGTERM to the process of a flow run; any other one is left alone."""
    with suppress(psutil.Error, OSError):  # another user's, or just gone
        if "PREFECT__FLOW_RUN_ID" in process.environ():
            process.terminate()


class Dashboards(Service):
    """The pages and the HTTP API for people."""

    title = "the dashboards"
    preferred_port: ClassVar[int] = 8501

    def __init__(self, context: Context) -> None:
        """Starts the web server."""
        super().__init__(context)
        self._ready = False
        port = free_port(context.ports.get("dashboards") or self.preferred_port)
        context.ports["dashboards"] = self._port = port
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
        if not self._ready:
            self._ready = self.child.listens_on(self._port) and answers(f"{self._url}/", 1)
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
    "recovery": Recovery,
    "dashboards": Dashboards,
}
"""Every part by its name, in the order of a cold start."""
