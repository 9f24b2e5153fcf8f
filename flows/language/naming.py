"""What an item of a relation is called, and what is said beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.tree import Clause, Facet, Item

MEMBER = ("member", "of", "the")


def one_of(item: Item) -> Item:
    """`a member of the counter staff` is one of the counter staff."""
    opens = tuple(token.low for token in item.words[: len(MEMBER)]) == MEMBER
    return replace(item, words=item.words[len(MEMBER) :]) if opens and len(item.words) > len(MEMBER) else item


def called_as(item: Item) -> str:
    """The name a relation is given: `as keeper`, `(its parent)`."""
    for facet in flat(item.facets):
        if facet.kind in {"role", "name"}:
            return " ".join(token.text for token in facet.words)
    return ""


def _names_one(clause: Clause) -> bool:
    """Whether brackets hold one name at most, and no sentence: `(its parent, required)`."""
    return not clause.parts and sum(bool(item.words) for item in clause.subject) <= 1


def flat(facets: Sequence[Facet]) -> list[Facet]:
    """What is said beside a relation, in brackets too, where a phrase is its name."""
    found: list[Facet] = []
    for facet in facets:
        if facet.kind != "aside" or facet.clause is None or not _names_one(facet.clause):
            found.append(facet)
            continue
        for item in facet.clause.subject:
            found.extend(item.said)
            if item.words:
                found.append(replace(facet, kind="name", words=item.words, tokens=item.words, clause=None))
    return found
