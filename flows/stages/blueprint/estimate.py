"""How big the application becomes and how long it is verified, from counts of the blueprint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.contracts import Blueprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Rounded, because it is a guess: the size of the archive and the time of the verification stage."""

    files: int
    lines: int
    tests: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rate:
    """A linear formula over the counts of a blueprint."""

    base: float
    entity: float = 0
    field: float = 0
    relation: float = 0
    move: float = 0

    def of(self, blueprint: Blueprint) -> float:
        entities = blueprint.entities
        return (
            self.base
            + self.entity * len(entities)
            + self.field * sum(len(entity.fields) for entity in entities)
            + self.relation * sum(len(entity.relations) for entity in entities)
            + self.move * sum(len(entity.states.transitions) for entity in entities if entity.states)
        )


# Least squares over what the generators write for examples/ and for models of 2 to 15 entities; tests and
# seconds from four of these on two cores. test_estimate.py holds files and lines to the generators.
_FILES = _Rate(base=124, entity=10.5)
_LINES = _Rate(base=7400, entity=665, relation=160, move=80)
_TESTS = _Rate(base=27, entity=34, field=7)
_SECONDS = _Rate(base=30, entity=2)


def estimate(blueprint: Blueprint) -> Estimate:
    """What to expect of this blueprint on two cores with a warm cache."""
    return Estimate(
        files=round(_FILES.of(blueprint)),
        lines=100 * round(_LINES.of(blueprint) / 100),
        tests=10 * round(_TESTS.of(blueprint) / 10),
        minutes=max(1, round(_SECONDS.of(blueprint) / 60)),
    )
