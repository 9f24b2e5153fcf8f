"""The verification report inside the archive: no times, so that equal results are equal bytes."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.contracts import Verification

_MARKS = re.compile(r"([\\`*_\[\]#|~])")


def verification_page(verification: Verification, *, product: str) -> str:
    """Markdown: every check, its result and what was seen."""
    lines = [
        f"# How {escape(product)} was verified",
        "",
        f"Before it was delivered, {verification.passed} of {len(verification.checks)} checks passed.",
        "They ran in a sandbox, on exactly the files of this archive.",
        "",
        "| Check | Result | What was seen |",
        "| --- | --- | --- |",
    ]
    for check in verification.checks:
        result = "passed" if check.ok else "failed"
        lines.append(f"| {escape(check.name)} | {result} | {escape(check.detail)} |")
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """The text as Markdown shows it letter by letter, on one line."""
    return _MARKS.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False))
