"""Puts every deployment of prefect.yaml into the Prefect server, and knows when that is not needed."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import urllib.request
from typing import TYPE_CHECKING

from leanvibe.services.child import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = ROOT / "prefect.yaml"


def entrypoints(manifest: str) -> list[str]:
    """The files of the flows that the text of a prefect.yaml names, each once, in its order."""
    return list(dict.fromkeys(re.findall(r"^\s*(?:- )?entrypoint:\s*([^:\s]+):", manifest, re.MULTILINE)))


def names(manifest: str) -> set[str]:
    """The names of the deployments that the text of a prefect.yaml holds."""
    block = manifest.partition("\ndeployments:")[2]
    return set(re.findall(r"^  - name:\s*[\"']?([\w.-]+)", block, re.MULTILINE))


def fingerprint(root: Path, pool: str, server: str) -> str:
    """Changes with prefect.yaml, a flow's file, the work pool or the server."""
    digest = hashlib.sha256(f"{pool}\0{server}\0".encode())
    manifest = (root / "prefect.yaml").read_text()
    digest.update(manifest.encode())
    for path in entrypoints(manifest):
        digest.update((root / path).read_bytes())
    return digest.hexdigest()


def server_identity(home: Path, external: str) -> str:
    """Names the server's database: a new one has no deployments yet."""
    if external:
        return external
    database = home / "prefect" / "prefect.db"
    return f"{database}:{database.stat().st_ino}" if database.exists() else f"{database}:new"


def present(api_url: str) -> set[str]:
    """The names of the deployments the server has; raises OSError when it does not answer."""
    request = urllib.request.Request(  # noqa: S310  the address is the server's own, from our settings
        f"{api_url}/deployments/filter",
        data=json.dumps({"limit": 200}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310  as above
        return {item["name"] for item in json.load(response)}


def main() -> None:
    """Child process: make the work pool when it is missing, then deploy everything."""
    from prefect.cli import app  # noqa: PLC0415

    pool = sys.argv[1]
    ensure_pool(pool)
    sys.argv = ["prefect", "--no-prompt", "deploy", "--all"]
    app()


def ensure_pool(pool: str) -> None:
    """Make the process work pool unless the server has it."""
    from prefect.client.orchestration import get_client  # noqa: PLC0415
    from prefect.client.schemas.actions import WorkPoolCreate  # noqa: PLC0415
    from prefect.exceptions import ObjectAlreadyExists  # noqa: PLC0415
    from prefect.workers.process import ProcessWorker  # noqa: PLC0415

    template = ProcessWorker.get_default_base_job_template()
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(WorkPoolCreate(name=pool, type="process", base_job_template=template))
        except ObjectAlreadyExists:
            return


if __name__ == "__main__":
    main()
