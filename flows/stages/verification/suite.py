"""The application's own test-suite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flows.stages.verification import junit
from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.mutation.sample import INSIDE, RULES

if TYPE_CHECKING:
    from pathlib import Path

    from flows.contracts import FileSet
    from flows.stages.verification.application import Application
    from flows.stages.verification.findings import Findings
    from flows.stages.verification.mutation.sample import Reached
    from flows.stages.verification.schedule import Meter

NAMES_SHOWN = 5
NO_TESTS = 5  # pytest's exit status when it found none


def run_tests(application: Application, file_set: FileSet, findings: Findings, meter: Meter) -> str:
    """The application's own suite: at least one test, none of them red."""
    report = application.tmp / "junit.xml"
    pytest = (application.python, "-m", "pytest", *settings(file_set), "-q", f"--junitxml={report}")
    noted = application.tmp / "reached.json"
    rules = [file.path for file in file_set.files if file.path in RULES]
    more = {"PYTHONPATH": str(INSIDE), "PLACES": ";".join(rules), "REACHED": str(noted)}
    outcome = application.run(meter, *pytest, "-p", "reaching", database="tests", more=more)
    if outcome.code == NO_TESTS:
        raise CheckFailed("no tests found")
    try:
        result = junit.read(report)
    except junit.ReportUnreadable as error:
        raise CheckFailed(f"{error}: {application.reason(outcome)}") from error
    findings.cases = result.cases
    findings.reached = _reached(noted)
    if result.failed:
        raise CheckFailed(f"{result.passed} passed, {len(result.failed)} failed: {_names(result.failed)}")
    if not outcome.ok:
        raise CheckFailed(application.reason(outcome))
    if not result.passed:
        raise CheckFailed("no test passed, all were skipped")
    return f"{result.passed} passed" + (f", {result.skipped} skipped" if result.skipped else "")


def _reached(noted: Path) -> Reached:
    """What the plugin noted; nothing when it could not: then no rule gets a fault, and schemas have some."""
    try:
        found: Reached = json.loads(noted.read_bytes())
    except (OSError, ValueError):
        return {}
    return found


def settings(file_set: FileSet) -> tuple[str, ...]:
    """Options of pytest: the application's own settings, for it would take those of a folder above it."""
    own = any(file.path == "pyproject.toml" for file in file_set.files)
    return ("-c", "pyproject.toml" if own else "/dev/null", "--rootdir", ".", "-p", "no:cacheprovider")


def _names(failed: tuple[str, ...]) -> str:
    more = f" and {len(failed) - NAMES_SHOWN} more" if len(failed) > NAMES_SHOWN else ""
    return ", ".join(failed[:NAMES_SHOWN]) + more
