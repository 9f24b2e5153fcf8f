"""What the blueprint's rules let somebody do, worked out anew: from nothing of the application's code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import VISITOR
from flows.rendering.literals import words

if TYPE_CHECKING:
    from flows.contracts import Blueprint

OK, CREATED, ACCEPTED, NO_CONTENT, SEE_OTHER = 200, 201, 202, 204, 303
UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICT, UNPROCESSABLE = 401, 403, 404, 409, 422

DONE = frozenset({OK, CREATED, NO_CONTENT})
REFUSALS = frozenset({UNAUTHORIZED, FORBIDDEN, NOT_FOUND})


@dataclass(frozen=True, kw_only=True, slots=True)
class Somebody:
    """Who tries: a role, and the number of the account; None of a visitor."""

    role: str
    number: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What decides about a row: its kind, whose it is, and its status."""

    entity: str
    owners: frozenset[int]
    status: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """Whether the rules allow it, and the HTTP statuses that say so."""

    allowed: bool
    statuses: frozenset[int]


def judged(expected: Expected, answers: list[int]) -> tuple[int, bool]:
    """Of several answers the first that should not be, else the first; and whether all should be."""
    wrong = next((status for status in answers if status not in expected.statuses), None)
    return (answers[0], True) if wrong is None else (wrong, False)


class Rules:
    """The grants of a blueprint; what none of them allows is refused."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._grants = [
            (grant.role, grant.entity, grant.action, grant.scope, frozenset(map(words, grant.statuses)))
            for grant in blueprint.grants
        ]

    def may(self, who: Somebody, action: str, row: Facts) -> bool:
        """Whether somebody may do that with the row."""
        return any(
            (role, entity, does) == (who.role, row.entity, action)
            and (scope == "all" or who.number in row.owners)
            and (not statuses or row.status in statuses)
            for role, entity, does, scope, statuses in self._grants
        )

    def hands_over(self, who: Somebody, entity: str) -> bool:
        """Whether somebody may say whose a row is: who may edit everybody's may."""
        return any(
            (role, of, does, scope) == (who.role, entity, "edit", "all") and not statuses
            for role, of, does, scope, statuses in self._grants
        )

    def by_status(self, entity: str, action: str) -> bool:
        """Whether it depends on the row's status who may do that."""
        return any((of, does) == (entity, action) and statuses for _, of, does, _, statuses in self._grants)

    def expected(self, who: Somebody, action: str, row: Facts) -> Expected:
        """What an attempt at the row has to be answered: who may not see it learns nothing of it."""
        if self.may(who, action, row) and (action == "see" or self.may(who, "see", row)):
            return Expected(allowed=True, statuses=DONE)
        if who.role == VISITOR:
            return Expected(allowed=False, statuses=REFUSALS)
        seen = self.may(who, "see", row)
        return Expected(allowed=False, statuses=frozenset({FORBIDDEN if seen else NOT_FOUND}))

    def expected_new(self, who: Somebody, row: Facts, references: tuple[Facts, ...]) -> Expected:
        """What creating that row has to be answered: nobody refers to what they may not see."""
        if self.may(who, "create", row) and all(self.may(who, "see", other) for other in references):
            return Expected(allowed=True, statuses=DONE)
        if who.role == VISITOR:
            return Expected(allowed=False, statuses=REFUSALS)
        return Expected(allowed=False, statuses=frozenset({FORBIDDEN, UNPROCESSABLE}))
