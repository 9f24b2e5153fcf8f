"""How far an execution is: the stages' progress weighted by the work they usually are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS: dict[str, int] = {
    "intake": 2,
    "blueprint": 3,
    "approval": 5,
    "backend": 6,
    "frontend": 6,
    "infrastructure": 4,
    "observability": 4,
    "verification": 60,
    "release": 10,
}
"""Shares of one hundred: verification installs, boots and tests the application, the rest writes text."""

STAGES: tuple[str, ...] = tuple(WEIGHTS)
"""The stages in their order."""


def overall(stages: Mapping[str, int]) -> int:
    """0-100 from each stage's own 0-100; a stage that is not named counts as not begun."""
    return sum(WEIGHTS[stage] * percent for stage, percent in stages.items()) // 100
