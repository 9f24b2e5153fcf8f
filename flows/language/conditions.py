"""In which statuses a rule holds: `once it is confirmed`, `unless it is done`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.rule_tree import Condition

_LATER = frozenset({"once", "after", "as soon as", "only once", "only after"})
_EARLIER = frozenset({"until", "before", "only before", "only until"})
_EXCEPT = frozenset({"unless", "except when"})


def narrowed(
    condition: Condition, said: Sequence[str], choices: Sequence[str], *, changes: bool
) -> tuple[str, ...]:
    """The statuses a condition leaves, in the entity's order.

    Statuses are listed as they are gone through, so what holds once a thing is confirmed holds for what
    comes behind it too; a change of status goes out from the named ones alone.
    """
    places = [choices.index(status) for status in said]
    if condition.word in _EARLIER:
        found = set(choices[: min(places)])
    elif condition.word in _LATER and not changes:
        found = set(choices[min(places) :])
    else:
        found = set(said)
    if condition.negated != (condition.word in _EXCEPT):
        found = set(choices) - found
    return tuple(status for status in choices if status in found)
