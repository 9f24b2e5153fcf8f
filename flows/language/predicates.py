"""Where what is said of one field ends, and the list that it stands in goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.language.choices import is_default_mark
from flows.language.kinds import kind_of
from flows.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.tree import Item

_HALVES = word_set(
    "first last start end begin minimum maximum min max old new home away billing shipping pick-up drop-off "
    "pickup dropoff arrival departure opening closing earliest latest upper lower given family net gross"
)
"""Words that come in pairs before one noun."""
_OPENING = frozenset({"ARTICLE", "MANY", "MANY_REQUIRED", "ONE", "COUNT", "ANOTHER"})


def divided(items: Sequence[Item]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """`dog, cat or other | a birthday, a photo`: what is said, and the members of the list behind it."""
    end = _end(items)
    return tuple(items[:end]), tuple(items[end:])


def shared(items: Sequence[Item]) -> tuple[Item, ...]:
    """`first and last name`: the noun behind the second stands for both."""
    made = list(items)
    for at in range(len(made) - 1):
        half, whole = made[at], made[at + 1]
        lone = len(half.words) == 1 and half.words[0].low in _HALVES and not half.said
        if lone and len(whole.words) > 1 and whole.words[0].low in _HALVES:
            made[at] = replace(half, words=(*half.words, *whole.words[1:]))
    return tuple(made)


def _end(items: Sequence[Item]) -> int:
    last_choice = next((at for at, item in enumerate(items) if item.after_or), None)
    if last_choice is not None:
        # the run of alternatives ends with the one after `or`; two of them in a row go on
        while last_choice + 1 < len(items) and items[last_choice + 1].after_or:
            last_choice += 1
        behind = range(last_choice + 1, len(items))
        return next((at for at in behind if items[at].words and not _is_default(items[at])), len(items))
    return next((at for at in range(1, len(items)) if _is_new(items, at)), len(items))


def _is_default(item: Item) -> bool:
    """`no by default` is said of the field before it."""
    return any(is_default_mark(facet) for facet in item.said)


def _is_new(items: Sequence[Item], at: int) -> bool:
    """Whether a member without an `or` anywhere is no more of the same."""
    first, item = items[0], items[at]
    if not item.words or _is_default(item) or kind_of(item.text) is not None:
        return False
    opens = not _OPENING.isdisjoint(item.determiners)
    plain = bool(first.words) and kind_of(first.text) is None
    return opens and _OPENING.isdisjoint(first.determiners) if plain else opens or not first.words
