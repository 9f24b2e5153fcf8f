"""Where what is said of one field ends, and the list that it stands in goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.tree import Item

_OPENING = frozenset({"ARTICLE", "MANY", "MANY_REQUIRED", "ONE", "COUNT", "ANOTHER"})


def divided(items: Sequence[Item]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """`dog, cat or other | a birthday, a photo`: what is said, and the members of the list behind it."""
    end = _end(items)
    return tuple(items[:end]), tuple(items[end:])


def _end(items: Sequence[Item]) -> int:
    last_choice = next((at for at, item in enumerate(items) if item.after_or), None)
    if last_choice is not None:
        # the run of alternatives ends with the one after `or`; two of them in a row go on
        while last_choice + 1 < len(items) and items[last_choice + 1].after_or:
            last_choice += 1
        behind = range(last_choice + 1, len(items))
        return next((at for at in behind if items[at].words), len(items))
    return next((at for at in range(1, len(items)) if _is_new(items, at)), len(items))


def _is_new(items: Sequence[Item], at: int) -> bool:
    """Whether a member without an `or` anywhere is no more of the same."""
    first, item = items[0], items[at]
    if not item.words or kind_of(item.text) is not None:
        return False
    opens = not _OPENING.isdisjoint(item.determiners)
    plain = bool(first.words) and kind_of(first.text) is None
    return opens and _OPENING.isdisjoint(first.determiners) if plain else opens or not first.words
