"""Which members of a list are alternatives: `small, medium or large`."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.language.guessing import guessed_kind
from flows.language.kinds import kind_of
from flows.language.lexicon import PHRASES
from flows.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.names import Names
    from flows.language.tree import Facet, Item

FLAGS = tuple(
    sorted(
        " ".join(words)
        for words, terminals in PHRASES.items()
        if {"REQUIRED", "OPTIONAL", "UNIQUE", "AT_LEAST", "AT_MOST", "DEFAULT"} & set(terminals)
    )
)
"""What is usually said of a field, to notice a slip like 'requierd'."""


_PARTS = word_set("from to until street city town postcode zip country name surname firstname lastname")


def alternatives(items: Sequence[Item]) -> tuple[Item, ...]:
    """The members up to the one after `or`; without one, several plain members that mean nothing else."""
    plain = [_is_plain(item) for item in items]
    ends = [at for at, item in enumerate(items) if item.after_or]
    begins = [at for at, item in enumerate(items) if "ONE_OF" in item.determiners]
    if ends:
        return _up_to(items, plain, ends[-1])
    if begins:
        return tuple(item for item, fits in zip(items[begins[0] :], plain[begins[0] :], strict=True) if fits)
    unknown = [item for item, fits in zip(items, plain, strict=True) if fits and kind_of(item.text) is None]
    if unknown and items[-1] not in unknown and items[-2] is unknown[-1] and _may_end(items[-1]):
        unknown.append(items[-1])
    slips = any(
        difflib.get_close_matches(item.text[:60].casefold(), FLAGS, n=1, cutoff=0.8) for item in unknown
    )
    named = any("ARTICLE" in item.determiners for item in unknown)  # "a friend, a payer" are no choices
    return tuple(unknown) if len(unknown) > 1 and not (slips or named) else ()


def _up_to(items: Sequence[Item], plain: Sequence[bool], last: int) -> tuple[Item, ...]:
    first = last
    while first and plain[first - 1] and "ONE_OF" not in items[first].determiners:
        first -= 1
    if first < last and kind_of(items[first].text) in {FieldKind.TEXT, FieldKind.CHOICE}:
        first += 1
    return tuple(items[first : last + 1]) if first < last and _may_end(items[last]) else ()


def nameless(items: Sequence[Item], names: Names) -> str:
    """A list that is nothing but alternatives, of which no field is known: `own goal or penalty`."""
    if len(items) < 2 or not items[-1].after_or or not all(_is_plain(item) and item.words for item in items):  # noqa: PLR2004 - one or the other
        return ""
    kinds = [guessed_kind(item.text) for item in items]
    things = any(names.target_within(item.text.split(" ")) is not None for item in items)
    *before, last = (item.text for item in items)
    return f"{', '.join(before)} or {last}" if things or kinds.count(None) == len(kinds) else ""


def choice_text(item: Item) -> str:
    """The alternative as it was written."""
    if item.words:
        return item.text
    facet = item.said[0]
    if facet.amounts:
        return facet.amounts[0].number
    return facet.tokens[0].value or facet.tokens[0].text


def is_default_mark(facet: Facet) -> bool:
    """Whether it makes an alternative the default: `requested at first`, `small (default)`."""
    if facet.kind == "aside":
        return " ".join(token.low for token in facet.tokens[1:-1]) in {"default", "the default"}
    return facet.kind == "default" and facet.word == "AT_FIRST"


def said_of_all(items: Sequence[Item]) -> tuple[Facet, ...]:
    """What stands behind the last alternative and is said of the field: `small or large (required)`."""
    last = items[-1]
    return tuple(facet for facet in last.facets if not is_default_mark(facet)) if last.words else ()


def are_parts(items: Sequence[Item]) -> bool:
    """Whether they are what an address or a contact is made of, and no choices: `street, city, postcode`."""
    kinds = {FieldKind.EMAIL, FieldKind.PHONE, FieldKind.LINK}
    words = [item.text.casefold() for item in items if item.words]
    parts = [part for part in words if part in _PARTS or guessed_kind(part) in kinds]
    return len(parts) > 1 and not any(item.after_or for item in items)


def _may_end(item: Item) -> bool:
    return _is_plain(item) or (
        bool(item.words)
        and set(item.determiners) <= {"ARTICLE", "ONE_OF"}
        and all(facet.kind in {"flag", "aside"} for facet in item.said)
    )


def _is_plain(item: Item) -> bool:
    """Whether a member is a name or a value and nothing else."""
    facets = [facet for facet in item.said if not is_default_mark(facet)]
    if item.words:
        return not facets and set(item.determiners) <= {"ARTICLE", "ONE_OF"}
    return len(facets) == 1 and facets[0].kind in {"value", "quote", "currency"}
