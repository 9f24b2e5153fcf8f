"""The documents of the verification inside the archive: no times, so that equal results are equal bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.rendering.literals import markdown as plain
from flows.rendering.verified import access_tables, mutant_table, table, traced_table

if TYPE_CHECKING:
    from flows.contracts import Verification

ACCESS = "docs/access-matrix.md"
TRACES = "docs/traceability.md"


def verification_page(verification: Verification, *, product: str) -> str:
    """Every check, its result and what was seen; the faults that were planted."""
    rows = [
        (plain(check.name), "passed" if check.ok else "failed", plain(check.detail))
        for check in verification.checks
    ]
    lines = [
        f"# How {plain(product)} was verified",
        "",
        f"Before it was delivered, {verification.passed} of {len(verification.checks)} checks passed.",
        "They ran in a sandbox, on exactly the files of this archive.",
        "",
        *table(("Check", "Result", "What was seen"), rows),
    ]
    if verification.access:
        lines += ["", "Who may do what was tried out: [the access matrix](access-matrix.md)."]
    if verification.traced:
        lines += ["", "What became of each sentence of the interview: [traceability](traceability.md)."]
    if verification.mutants:
        lines += ["", "## Planted faults", "", *mutant_table(verification.mutants)]
    return "\n".join(lines) + "\n"


def access_page(verification: Verification, *, product: str) -> str:
    """What everybody tried with every kind of row, and what was answered."""
    lines = [
        f"# Who may do what in {plain(product)}",
        "",
        "Each cell is an attempt over HTTP against the running application: what the rules of the blueprint",
        "say, and the HTTP status that came back. *Own* is a row that belongs to whoever tries, *not own* is",
        "somebody else's. In brackets is the status that the row was in.",
        "",
        *access_tables(verification.access),
    ]
    return "\n".join(lines).rstrip() + "\n"


def traces_page(verification: Verification, *, product: str) -> str:
    """What became of every statement of the interview."""
    lines = [
        f"# From the interview to the tests of {plain(product)}",
        "",
        "Every sentence or entry of the interview, the items of the blueprint that it became, the files and",
        "the tests that stand for them, and how these tests ended.",
        "",
        *traced_table(verification.traced),
    ]
    return "\n".join(lines) + "\n"


def record(verification: Verification) -> dict[str, Any]:
    """All of it as plain JSON types, without times."""
    return {
        "passed": verification.passed,
        "failed": verification.failed,
        "checks": [
            check.model_dump(mode="json", include={"name", "ok", "detail"}) for check in verification.checks
        ],
        "access": [cell.model_dump(mode="json") for cell in verification.access],
        "mutants": [mutant.model_dump(mode="json") for mutant in verification.mutants],
        "traced": [one.model_dump(mode="json") for one in verification.traced],
    }
