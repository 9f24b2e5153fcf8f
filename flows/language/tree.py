"""The meaning-free tree of a clause: verbs, items and what is said of each, with their tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

from flows.language.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lark import Tree


Verb: TypeAlias = Literal["have", "need", "be", "belong", "shown", "starts", "share"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """A number with its unit or currency."""

    number: str
    unit: str = ""
    currency: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """One thing said of an item."""

    kind: str
    """A rule of the grammar: flag, limit, range, comparison, default, aside, quote, role …"""
    tokens: tuple[Token, ...]
    word: str = ""
    """The terminal that says which: REQUIRED, AT_LEAST, AFTER …"""
    negated: bool = False
    amounts: tuple[Amount, ...] = ()
    words: tuple[Token, ...] = ()
    clause: Clause | None = None
    """Of an aside."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One member of a list: a name or a value, with what is said of it."""

    determiners: tuple[str, ...]
    leading: tuple[Facet, ...]
    """Flags before the words."""
    words: tuple[Token, ...]
    facets: tuple[Facet, ...]
    after_or: bool
    """Whether `or` stands before it."""
    tokens: tuple[Token, ...]
    number: str = "1"
    """How many of it, as in `two Teams`."""

    @property
    def text(self) -> str:
        """The words as they were written."""
        return " ".join(token.text for token in self.words)

    @property
    def said(self) -> tuple[Facet, ...]:
        """Everything that is said of it."""
        return (*self.leading, *self.facets)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A verb and what it speaks of."""

    verb: Verb
    modal: Literal["must", "can", ""]
    negated: bool
    relative: bool
    """Whether it continues the last item: `that is …`, or a colon."""
    items: tuple[Item, ...]
    tokens: tuple[Token, ...]
    marks: tuple[Token, ...] = field(default=())
    """The tokens of the verb itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """A subject and its parts; either may be missing."""

    subject: tuple[Item, ...]
    parts: tuple[Part, ...]


def build(tree: Tree[Any], tokens: Sequence[Token]) -> Clause:
    """The clause of a tree that `parse` gave."""
    return _Builder(tokens).clause(tree)


class _Builder:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens

    def clause(self, tree: Tree[Any]) -> Clause:
        subject: tuple[Item, ...] = ()
        parts = []
        for child in tree.children:
            if child.data == "items":
                subject = self._items(child)
            else:
                parts.append(self._part(child))
        return Clause(subject=subject, parts=tuple(parts))

    def _all(self, tree: Tree[Any]) -> tuple[Token, ...]:
        """The tokens of a subtree, in order."""
        found: list[Token] = []
        for child in tree.children:
            found.extend(
                self._all(child)
                if hasattr(child, "data")
                else (self._tokens[int(getattr(child, "start_pos", 0))],)
            )
        return tuple(found)

    def _part(self, tree: Tree[Any]) -> Part:
        verb, *rest = tree.children
        marks = self._all(verb)
        kinds = {token.type for token in marks}
        return Part(
            verb=cast("Verb", verb.data),
            modal="must" if "MUST" in kinds else "can" if "CAN" in kinds else "",
            negated="NOT" in kinds,
            relative=bool(kinds & {"THAT", "COLON"}),
            items=self._items(rest[0]) if rest else (),
            tokens=self._all(tree),
            marks=marks,
        )

    def _items(self, tree: Tree[Any]) -> tuple[Item, ...]:
        items, after_or = [], False
        for child in tree.children:
            if child.data == "separator":
                after_or = self._all(child)[0].type == "OR"
            else:
                items.append(self._item(child, after_or=after_or))
        return tuple(items)

    def _item(self, tree: Tree[Any], *, after_or: bool) -> Item:
        determiners: list[str] = []
        leading: list[Facet] = []
        facets: list[Facet] = []
        words: tuple[Token, ...] = ()
        number = "1"
        for child in tree.children:
            if child.data == "determiner":
                determiners.append(self._all(child)[0].type)
                number = self._all(child)[0].value if determiners[-1] == "COUNT" else number
            elif child.data == "phrase":
                words = self._all(child)
            elif words:
                facets.append(self._facet(child))
            else:
                leading.append(self._facet(child))
        return Item(
            determiners=tuple(determiners),
            leading=tuple(leading),
            words=words,
            facets=tuple(facets),
            after_or=after_or,
            tokens=self._all(tree),
            number=number,
        )

    def _facet(self, tree: Tree[Any]) -> Facet:
        tokens = self._all(tree)
        kinds = [token.type for token in tokens]
        amounts = tuple(
            self._amount(child) for child in tree.children if getattr(child, "data", "") == "amount"
        )
        clause = self.clause(tree.children[1]) if tree.data == "aside" else None
        return Facet(
            kind=tree.data,
            tokens=tokens,
            word=kinds[1] if kinds[0] == "NOT" else kinds[0],
            negated=kinds[0] == "NOT",
            amounts=amounts,
            words=tuple(token for token in tokens if token.type in {"WORD", "STRING"}),
            clause=clause,
        )

    def _amount(self, tree: Tree[Any]) -> Amount:
        tokens = {token.type: token for token in self._all(tree)}
        return Amount(
            number=tokens["NUMBER"].value,
            unit=tokens["UNIT"].low if "UNIT" in tokens else "",
            currency=tokens["CURRENCY"].value if "CURRENCY" in tokens else "",
        )
