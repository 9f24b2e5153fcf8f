"""Verification: every check of a generated application, each with its outcome and its times."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from flows.contracts import Verification
from flows.stages.verification import checks
from flows.stages.verification.application import Application
from flows.stages.verification.schedule import run_steps

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flows.contracts import FileSet
    from flows.stages.verification.sandbox import Limits


def verify(
    files: FileSet,
    *,
    workdir: Path,
    cache: Path,
    limits: Limits,
    say: Callable[[str, str], None],
    progress: Callable[[int], None],
    probes: tuple[str, ...] = (),
) -> Verification:
    """Install, lint, migrate, seed, boot and test the application; no process of it is left afterwards.

    `workdir` is this verification's own folder: what an earlier attempt left there is removed, what this
    one writes stays. `cache` is shared with other verifications. `say` gets (check, line) for every line of
    output, `progress` the percentage done; both are called in this thread. `probes` are paths that have to
    answer 200, beside the home page.
    Raises VerificationError when the sandbox itself cannot work; a failing check is red, never raised.
    """
    workdir, cache = workdir.absolute(), cache.absolute()
    application = Application(workdir=workdir, limits=limits, venv=cache / "environments")
    return Verification(
        checks=run_steps(
            checks.steps(application, files, cache=cache, probes=probes),
            say=say,
            progress=progress,
            cancel=threading.Event(),
        )
    )
