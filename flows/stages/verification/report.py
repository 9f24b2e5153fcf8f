"""What verification saw, with its times: for people as Markdown, for machines as plain JSON types."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.contracts import Check, Verification

_MARKS = re.compile(r"([\\`*_\[\]#|~])")


def markdown(verification: Verification) -> str:
    """The report as a page, with the time of each check."""
    rows = [(*_row(check), f"{check.duration_s:.1f} s") for check in verification.checks]
    return _page(verification, ("Check", "Result", "What was seen", "Time"), rows)


def record(verification: Verification) -> dict[str, Any]:
    """The report as plain JSON types, with times in seconds."""
    return {
        "passed": verification.passed,
        "failed": verification.failed,
        "duration_s": round(sum(check.duration_s for check in verification.checks), 3),
        "subprocess_s": round(sum(check.subprocess_s for check in verification.checks), 3),
        "checks": [check.model_dump(mode="json") for check in verification.checks],
    }


def summary(verification: Verification) -> str:
    """One line: how many checks are green, or which one broke first and how."""
    red = next((check for check in verification.checks if not check.ok), None)
    if red is None:
        return f"{verification.passed} checks passed"
    return f"{verification.failed} of {len(verification.checks)} checks failed; {red.name}: {red.detail}"


def _row(check: Check) -> tuple[str, ...]:
    return escape(check.name), "passed" if check.ok else "**failed**", escape(check.detail)


def _page(verification: Verification, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = ["# Verification", "", f"{verification.passed} passed, {verification.failed} failed.", ""]
    lines += [_line(heads), _line(("---",) * len(heads)), *map(_line, rows)]
    return "\n".join(lines) + "\n"


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def escape(text: str) -> str:
    """The text as Markdown shows it letter by letter: output of an application may hold any markup."""
    return _MARKS.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False))
