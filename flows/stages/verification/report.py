"""What verification saw, with its times, as Markdown and on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.rendering.literals import markdown as plain
from flows.rendering.verified import access_tables, mutant_table, table, traced_table
from flows.stages.verification.schedule import not_run_for

if TYPE_CHECKING:
    from flows.contracts import Verification


def markdown(verification: Verification) -> str:
    """The report as a page, with the time of each check."""
    rows = [
        (
            plain(check.name),
            "passed" if check.ok else "**failed**",
            plain(check.detail),
            f"{check.duration_s:.1f} s",
        )
        for check in verification.checks
    ]
    lines = ["# Verification", "", f"{verification.passed} passed, {verification.failed} failed.", ""]
    lines += table(("Check", "Result", "What was seen", "Time"), rows)
    if verification.mutants:
        lines += ["", "# Planted faults", "", *mutant_table(verification.mutants)]
    if verification.traced:
        lines += ["", "# Traceability", "", *traced_table(verification.traced)]
    if verification.access:
        lines += ["", "# Access matrix", "", *access_tables(verification.access)]
    return "\n".join(lines).rstrip() + "\n"


def summary(verification: Verification) -> str:
    """One line: how many checks are green, or which one broke and how.

    Of several that one is named which kept others from being run; then the first.
    """
    red = [check for check in verification.checks if not check.ok]
    if not red:
        return f"{verification.passed} checks passed"
    details = {check.detail for check in red}
    told = next((check for check in red if not_run_for(check.name) in details), red[0])
    return f"{len(red)} of {len(verification.checks)} checks failed; {told.name}: {told.detail}"
