"""Follows every statement to files and tests, and says which ends nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flows.contracts import Traced
from flows.stages.verification.traceability.files import files_of
from flows.stages.verification.traceability.items import UNBUILT, Item, read
from flows.stages.verification.traceability.tests import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.contracts import Blueprint, Trace
    from flows.stages.verification.junit import TestCase

Outcome = Literal["passed", "failed", "not built", "open question", "not used"]


def follow(
    blueprint: Blueprint, paths: tuple[str, ...], cases: Iterable[TestCase]
) -> tuple[tuple[Traced, ...], tuple[str, ...]]:
    """Every statement with what stands for it, and what is missing, one line each."""
    evidence = Evidence(cases, paths)
    gaps: list[str] = []
    traced = tuple(_follow(trace, blueprint, paths, evidence, gaps) for trace in blueprint.traces)
    known = {gap.partition(":")[0] for gap in gaps}
    red = [_said(one, "its tests failed") for one in traced if one.outcome == "failed"]
    return traced, (*gaps, *(line for line in red if line.partition(":")[0] not in known))


def built(traced: tuple[Traced, ...]) -> int:
    """How many statements the application stands for."""
    return sum(one.outcome not in UNBUILT.values() for one in traced)


def _follow(
    trace: Trace, blueprint: Blueprint, paths: tuple[str, ...], evidence: Evidence, gaps: list[str]
) -> Traced:
    items = [(text, read(text)) for text in trace.items]
    files: dict[str, None] = {}
    tests: dict[str, None] = {}
    if not items:
        gaps.append(_said(trace, "nothing in the blueprint stands for it"))
    for text, item in items:
        if item is None:
            gaps.append(_said(trace, f"{text!r} is no item of a blueprint"))
        elif item.built:
            own_files, own_tests = files_of(item, blueprint, paths), evidence.of(item, blueprint)
            if not own_files:
                gaps.append(_said(trace, f"no file stands for {text}"))
            if evidence.outcome(own_tests) == "not run":
                gaps.append(_said(trace, f"no test stands for {text}"))
            files |= dict.fromkeys(own_files)
            tests |= dict.fromkeys(own_tests)
    return Traced(
        number=trace.number,
        where=trace.where,
        words=trace.words,
        items=trace.items,
        files=tuple(sorted(files)),
        tests=tuple(sorted(tests)),
        outcome=_outcome([item for _, item in items if item], tuple(tests), evidence),
    )


def _outcome(items: list[Item], tests: tuple[str, ...], evidence: Evidence) -> Outcome:
    if any(item.built for item in items) or not items:
        return "passed" if evidence.outcome(tests) == "passed" else "failed"
    kinds = {item.kind for item in items}
    if "not built" in kinds:
        return "not built"
    return "open question" if "question" in kinds else "not used"


def _said(one: Trace | Traced, what: str) -> str:
    return f"statement {one.number} ({one.where}): {what}"
