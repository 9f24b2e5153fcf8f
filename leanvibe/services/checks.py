"""The doctor's checks: each looks at one part and returns one finding; none of them starts anything."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from blocks.settings import WORK_POOL
from db import embedded
from db.errors import DatabaseError
from db.server import check_database, without_password
from leanvibe.errors import LeanvibeError
from leanvibe.services import deployments
from leanvibe.services.child import ROOT
from leanvibe.services.servers import Servers
from leanvibe.services.shared import Shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blocks.settings import Settings

OLDEST_PYTHON = (3, 11)

FREE_BYTES = 1_000_000_000
"""Less room than this for databases, virtual environments and archives is worth a warning."""

NOT_RUNNING = "`leanvibe up` or `leanvibe run` starts it"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one check found."""

    name: str
    status: Literal["ok", "warn", "fail"]
    detail: str
    remedy: str = ""
    """what to do, empty when all is well"""


def all_findings(chosen: Settings) -> list[Finding]:
    """Every check, in the order in which the parts need each other."""
    return [
        python(),
        packages((ROOT / "requirements.lock").read_text()),
        home(chosen.home),
        database(chosen),
        *prefect(chosen),
        sandbox(chosen.sandbox_memory_mb),
        uv(),
    ]


def python() -> Finding:
    """Is this Python new enough?"""
    found = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < OLDEST_PYTHON:
        return Finding(name="Python", status="fail", detail=found, remedy="Install Python 3.11 or newer")
    return Finding(name="Python", status="ok", detail=found)


def locked(lock: str) -> dict[str, set[str]]:
    """Package → versions a lock file allows, of the packages every machine needs."""
    found: dict[str, set[str]] = {}
    for name, number, marker in re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)[ ]*(;?)", lock, re.MULTILINE):
        if not marker:
            found.setdefault(name, set()).add(number)
    return found


def packages(lock: str) -> Finding:
    """Are the locked versions installed?"""
    wrong = []
    for name, versions in locked(lock).items():
        try:
            installed = version(name)
        except PackageNotFoundError:
            installed = "missing"
        if installed not in versions:
            wrong.append(f"{name} {installed} instead of {' or '.join(sorted(versions))}")
    if wrong:
        shown = ", ".join(wrong[:5]) + (f" and {len(wrong) - 5} more" if len(wrong) > 5 else "")  # noqa: PLR2004
        return Finding(name="Packages", status="fail", detail=shown, remedy="Run `make setup`")
    return Finding(name="Packages", status="ok", detail=f"{len(locked(lock))} as locked")


def home(folder: Path) -> Finding:
    """Can the home be written, and is there room?"""
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not os.access(existing, os.W_OK):
        remedy = "Set LEANVIBE_HOME to a folder of yours"
        return Finding(name="Home", status="fail", detail=f"{folder} cannot be written", remedy=remedy)
    free = shutil.disk_usage(existing).free
    detail = f"{folder}, {free / 1e9:.1f} GB free"
    if free < FREE_BYTES:
        return Finding(name="Home", status="warn", detail=detail, remedy="Make room on this disk")
    return Finding(name="Home", status="ok", detail=detail)


def database(chosen: Settings) -> Finding:
    """Does the database answer, is it new enough, is its schema the newest?"""
    url = Servers.of(chosen).database_url or embedded.running_url(chosen.home)
    if url is None:
        return Finding(name="Database", status="warn", detail="not running", remedy=NOT_RUNNING)
    schema = importlib.import_module("db.schema")
    try:
        number = check_database(url)
        current, head = schema.current(url), schema.head()
    except (DatabaseError, LeanvibeError) as error:
        return Finding(name="Database", status="fail", detail=str(error), remedy="See LEANVIBE_DATABASE_URL")
    detail = f"Postgres {number} at {without_password(url)}, schema {current or 'empty'}"
    if current != head:
        remedy = f"Run `leanvibe db upgrade` (newest: {head})"
        return Finding(name="Database", status="fail", detail=detail, remedy=remedy)
    return Finding(name="Database", status="ok", detail=detail)


def prefect(chosen: Settings) -> Iterator[Finding]:
    """Does the Prefect server answer, and does it have pool, deployments and a worker?"""
    external = Servers.of(chosen).prefect_api_url
    state = Shared(chosen.home).read()
    running = state.parts.get("prefect") if state and state.process() else None
    api = external or (running.url if running else "")
    if not api:
        yield Finding(name="Prefect server", status="warn", detail="not running", remedy=NOT_RUNNING)
        return
    try:
        yield _server(api)
        yield _pool(api, WORK_POOL)
        yield _deployments(api)
        yield _worker(api, WORK_POOL)
    except (urllib.error.URLError, OSError, ValueError) as error:
        remedy = "Start it, or name another one in PREFECT_API_URL"
        detail = f"{without_password(api)}: {error}"
        yield Finding(name="Prefect server", status="fail", detail=detail, remedy=remedy)


def _ask(url: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, data=data, headers=headers)  # noqa: S310  our own setting
    with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310  as above
        return json.load(response)


def _server(api: str) -> Finding:
    theirs, ours = _ask(f"{api}/admin/version"), version("prefect")
    detail = f"{theirs} at {without_password(api)}"
    if theirs != ours:
        remedy = f"Use a server of version {ours}, the one installed here"
        return Finding(name="Prefect server", status="warn", detail=detail, remedy=remedy)
    return Finding(name="Prefect server", status="ok", detail=detail)


def _pool(api: str, name: str) -> Finding:
    pools = {pool["name"]: pool for pool in _ask(f"{api}/work_pools/filter", {"limit": 200})}
    if name not in pools:
        return Finding(name="Work pool", status="fail", detail=f"{name} is missing", remedy=NOT_RUNNING)
    if pools[name]["is_paused"]:
        remedy = f"Run `prefect work-pool resume {name}`"
        return Finding(name="Work pool", status="warn", detail=f"{name} is paused", remedy=remedy)
    return Finding(name="Work pool", status="ok", detail=f"{name}, type {pools[name]['type']}")


def _deployments(api: str) -> Finding:
    wanted = deployments.names(deployments.MANIFEST.read_text())
    missing = wanted - deployments.present(api)
    if missing:
        remedy = "Run `prefect --no-prompt deploy --all`"
        detail = f"missing: {', '.join(sorted(missing))}"
        return Finding(name="Deployments", status="fail", detail=detail, remedy=remedy)
    return Finding(name="Deployments", status="ok", detail=", ".join(sorted(wanted)))


def _worker(api: str, pool: str) -> Finding:
    workers = _ask(f"{api}/work_pools/{pool}/workers/filter", {})
    online = [worker["name"] for worker in workers if worker.get("status") == "ONLINE"]
    if not online:
        return Finding(name="Worker", status="warn", detail=f"none online in {pool}", remedy=NOT_RUNNING)
    return Finding(name="Worker", status="ok", detail=", ".join(online))


def sandbox(memory_mb: int) -> Finding:
    """Can a process be given limits?"""
    code = (
        "import resource, sys; size = int(sys.argv[1]) << 20; "
        "resource.setrlimit(resource.RLIMIT_AS, (size, size))"
    )
    command = [sys.executable, "-I", "-c", code, str(memory_mb)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        remedy = "Lower LEANVIBE_SANDBOX_MEMORY_MB, or raise the limit of this shell (ulimit -v)"
        return Finding(name="Sandbox", status="fail", detail=f"no memory limit: {reason}", remedy=remedy)
    return Finding(name="Sandbox", status="ok", detail=f"limits work, {memory_mb} MiB per process")


def uv(which: Callable[..., str | None] = shutil.which) -> Finding:
    """Is uv there, which installs the generated application's packages?"""
    found = which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        return Finding(name="uv", status="fail", detail="not found", remedy="Run `make setup`")
    return Finding(name="uv", status="ok", detail=found)
