"""Compare two ways fairly: alternating in random order, an A/A pair beside each A/B, the median of ratios."""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SETTLE_SECONDS = 1.2
STRAY = 0.05
"""An A/A pair whose median strays further from 1 says that the machine is too restless to tell."""

RESAMPLES = 2000
SEED = 20


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """The median of paired ratios with its 95 % bootstrap interval, and that of the A/A pairs."""

    median: float
    low: float
    high: float
    same: float

    @property
    def conclusive(self) -> bool:
        """Whether equal things were measured as equal."""
        return abs(self.same - 1) <= STRAY

    def verdict(self, *, at_least: float | None = None, at_most: float | None = None) -> str:
        """`ok`, `over` or, never passing, `inconclusive`."""
        if not self.conclusive:
            return "inconclusive"
        kept = (at_least is None or self.median >= at_least) and (at_most is None or self.median <= at_most)
        return "ok" if kept else "missed"

    def __str__(self) -> str:
        return f"{self.median:.3f} [{self.low:.3f}, {self.high:.3f}], A/A {self.same:.3f}"


def compare(ours: Callable[[], float], theirs: Callable[[], float], *, rounds: int) -> Ratio:
    """Ratio of what `ours` measures to what `theirs` does; each is called twice a round for the A/A pairs."""
    chance = random.Random(SEED)  # noqa: S311 - an order, no secret
    ratios: list[float] = []
    same: list[float] = []
    for _ in range(rounds):
        order = ["ours", "theirs", "ours again", "theirs again"]
        chance.shuffle(order)
        seen: dict[str, float] = {}
        for name in order:
            time.sleep(SETTLE_SECONDS)
            seen[name] = ours() if name.startswith("ours") else theirs()
        ratios += [seen["ours"] / seen["theirs"], seen["ours again"] / seen["theirs again"]]
        same += [seen["ours"] / seen["ours again"], seen["theirs"] / seen["theirs again"]]
    medians = sorted(statistics.median(chance.choices(ratios, k=len(ratios))) for _ in range(RESAMPLES))
    return Ratio(
        median=statistics.median(ratios),
        low=medians[int(RESAMPLES * 0.025)],
        high=medians[int(RESAMPLES * 0.975)],
        same=statistics.median(same),
    )
