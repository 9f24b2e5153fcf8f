"""Verification: every check of a generated application, each with its outcome and its times."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from flows.contracts import Verification
from flows.stages.verification import checks
from flows.stages.verification.application import Application
from flows.stages.verification.findings import Findings
from flows.stages.verification.schedule import run_steps
from flows.stages.verification.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flows.contracts import Blueprint, FileSet
    from flows.stages.verification.sandbox import Limits


def verify(
    files: FileSet,
    blueprint: Blueprint,
    *,
    workdir: Path,
    cache: Path,
    limits: Limits,
    say: Callable[[str, str], None],
    progress: Callable[[int], None],
) -> Verification:
    """Check that the application works and does what the blueprint says; no process of it is left afterwards.

    `workdir` is this verification's own folder: what an earlier attempt left there is removed, what this
    one writes stays. `cache` is shared with other verifications. `say` gets (check, line) for every line of
    output, `progress` the percentage done; both are called in this thread.
    Raises VerificationError when the sandbox itself cannot work; a failing check is red, never raised.
    """
    workdir, cache = workdir.absolute(), cache.absolute()
    application = Application(workdir=workdir, limits=limits, venv=cache / "environments")
    findings = Findings()
    with Server(application, database=checks.DATABASE) as server:
        seen = run_steps(
            checks.steps(application, files, blueprint, server=server, findings=findings, cache=cache),
            say=say,
            progress=progress,
            cancel=threading.Event(),
        )
    return Verification(checks=seen, access=findings.access, mutants=findings.mutants, traced=findings.traced)
