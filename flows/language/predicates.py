"""Where what is said of one field ends, and the list that it stands in goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.language.choices import is_default_mark
from flows.language.guessing import guessed_kind
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


def divided(items: Sequence[Item], *, relative: bool) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """`dog, cat or other | a birthday, a photo`: what is said, and the members of the list behind it.

    `relative`: behind `who is`, where a second `a …` is said of nobody but goes on with the list.
    """
    end = _end(items, relative=relative)
    return tuple(items[:end]), tuple(items[end:])


def shared(items: Sequence[Item]) -> tuple[Item, ...]:
    """`first and last name`: the noun behind the second stands for both."""
    made = list(items)
    for at in range(len(made) - 1):
        half, whole = made[at], made[at + 1]
        if not whole.words and "ALL_OF" in whole.determiners and any(facet.amounts for facet in whole.said):
            said = whole.said  # "home goals and away goals, both at least 0": numbers, whatever goals are
            return tuple(replace(item, facets=(*item.facets, *said)) for item in items[: at + 1])
        lone = len(half.words) == 1 and half.words[0].low in _HALVES and not half.said
        if lone and len(whole.words) > 1 and whole.words[0].low in _HALVES:
            made[at] = replace(half, words=(*half.words, *whole.words[1:]))
    return tuple(made)


def _end(items: Sequence[Item], *, relative: bool) -> int:
    last_choice = next((at for at, item in enumerate(items) if item.after_or), None)
    if last_choice is not None:
        # the run of alternatives ends with the one after `or`; two of them in a row go on
        while last_choice + 1 < len(items) and items[last_choice + 1].after_or:
            last_choice += 1
        behind = range(last_choice + 1, len(items))
        return next((at for at in behind if items[at].words and not _is_default(items[at])), len(items))
    return next((at for at in range(1, len(items)) if _is_new(items, at, relative=relative)), len(items))


def _is_default(item: Item) -> bool:
    """`no by default` is said of the field before it."""
    return any(is_default_mark(facet) for facet in item.said)


def _is_new(items: Sequence[Item], at: int, *, relative: bool) -> bool:
    """Whether a member without an `or` anywhere is no more of the same."""
    first, item = items[0], items[at]
    if not item.words or _is_default(item):
        return False
    kind = kind_of(item.text)
    if kind is not None and not (not first.words and guessed_kind(item.text) is kind):
        return False  # but in "a code which is unique, a photo" the photo is a field of its own
    opens = not _OPENING.isdisjoint(item.determiners)
    plain = bool(first.words) and kind_of(first.text) is None
    return (
        opens and (relative or _OPENING.isdisjoint(first.determiners)) if plain else opens or not first.words
    )
