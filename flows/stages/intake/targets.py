"""What a relation may lead to: the entities of the interview, and the people who sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import USER
from flows.language.plurals import plural, singular
from flows.stages.intake import values
from flows.stages.intake.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.stages.intake.problems import Problems
    from flows.stages.intake.values import Value

PEOPLE = frozenset(
    {"user", "account", "member", "person who signs in", "people who sign in", "the people who sign in"}
    | {"somebody who signs in", "someone who signs in", "the person who signs in"}
)
"""Other words for the people who sign in; an entity of that name goes before."""


class Targets:
    """Finds entities by their names, however they are spelled."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self._known: dict[str, str] = {}
        for spelled in (values.folded, lambda name: values.folded(singular(name))):
            for name in self.names:
                self._known.setdefault(spelled(name), name)

    def named(self, written: str) -> str | None:
        """The entity as the interview spells it, or USER; None when there is none."""
        for word in (values.folded(written), values.folded(singular(written))):
            if word in self._known:
                return self._known[word]
            if word in PEOPLE:
                return USER
        return None

    def read(self, value: Value, problems: Problems) -> str | None:
        """What a value of the document names; None when noted as a problem."""
        written = values.text(value, problems)
        if written is None:
            return None
        found = self.named(written)
        if found is None:
            near = values.nearest(written, list(self.names))
            problems.add(
                value.mark,
                value.where,
                f"there is no entity {quoted(written)}",
                f"{f'Did you mean {quoted(near)}? ' if near else ''}The entities are: "
                f"{values.listed(self.names)}.",
            )
        return found


def called_after(target: str, *, many: bool = False) -> str:
    """What a relation is called that was given no name of its own."""
    name = "user" if target == USER else target[:1].lower() + target[1:]
    return plural(name) if many else name
