"""The meaning-free tree of a rule: who, whether allowed, what is done, to which rows, when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flows.language.rule_lexicon import OBLIGING
from flows.language.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lark import Tree

_OWN = frozenset({"OWN", "OWN_ROWS"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Actors:
    """Who acts."""

    who: tuple[Token, ...] = ()
    """Tokens of roles, of everybody, or of nobody."""
    only: bool = False
    own: bool = False
    """`the owner of a pet`: of the rows that are theirs."""
    of: Token | None = None
    """Whose owner."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """What something is done to."""

    thing: Token
    """A thing, `it`, `everything`, or `the status`."""
    of: Token | None = None
    """The thing whose status is meant."""
    statuses: tuple[Token, ...] = ()
    own: bool = False
    within: Token | None = None
    """Of `the reports of their own bookings` the bookings: the thing through which they are one's own."""
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """What is done: verbs, or participles, the rows, and the status they get, or one of several."""

    verbs: tuple[Token, ...]
    rows: tuple[Rows, ...] = ()
    targets: tuple[Token, ...] = ()
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """When it holds."""

    word: str
    negated: bool
    statuses: tuple[Token, ...]
    tokens: tuple[Token, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """One rule as it was said."""

    actors: Actors
    allowed: bool
    deeds: tuple[Deed, ...]
    conditions: tuple[Condition, ...]
    obliges: bool = False
    """Whether it says what has to be done, by nobody in particular: that lets nobody do it."""


def build_rule(tree: Tree[Any], tokens: Sequence[Token]) -> Spoken:
    """The rule of a tree that `parse` gave."""
    return _Builder(tokens).rule(tree)


class _Builder:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens

    def rule(self, tree: Tree[Any]) -> Spoken:
        sentence = next(child for child in tree.children if _rule(child) in {"active", "passive", "moves"})
        modal = [token for part in _parts(sentence, "modal") for token in self._all(part)]
        actors = self._actors(sentence)
        marked = any(token.type == "ONLY" for token in self._own_tokens(sentence))
        limited = sentence.data != "active" and any(token.type == "ONLY" for token in modal)
        return Spoken(
            actors=replace(actors, only=actors.only or marked or limited),
            allowed=not any(token.type == "CANNOT" for token in modal),
            deeds=tuple(self._deeds(sentence)),
            conditions=tuple(self._condition(part) for part in _parts(tree, "condition")),
            obliges=not (actors.who or actors.only or marked or limited)
            and sentence.data == "passive"
            and any(token.low in OBLIGING for token in modal),
        )

    def _all(self, tree: Tree[Any]) -> tuple[Token, ...]:
        """The tokens of a subtree, in order."""
        found: list[Token] = []
        for child in tree.children:
            found.extend(self._all(child) if _rule(child) else (self._token(child),))
        return tuple(found)

    def _token(self, leaf: Any) -> Token:
        return self._tokens[int(leaf.start_pos)]

    def _own_tokens(self, tree: Tree[Any]) -> tuple[Token, ...]:
        return tuple(self._token(child) for child in tree.children if not _rule(child))

    def _actors(self, sentence: Tree[Any]) -> Actors:
        for part in _parts(sentence, "who"):
            people = {"ROLE", "ANYONE", "MEMBERS", "NOBODY"}
            who = tuple(token for token in self._all(part) if token.type in people)
            only = any(token.type == "ONLY" for token in self._own_tokens(part))
            owners = [token for owner in _parts(part, "owner") for token in self._all(owner)]
            things = [token for token in owners if token.type in {"THING", "IT"}]
            return Actors(who=who, only=only, own=bool(owners), of=things[0] if things else None)
        return Actors()

    def _deeds(self, sentence: Tree[Any]) -> Iterator[Deed]:
        if sentence.data == "active":
            for part in _parts(sentence, "deeds"):
                yield from (self._deed(deed) for deed in _parts(part, "deed"))
            return
        rows = tuple(row for part in _parts(sentence, "objects") for row in self._rows(part))
        if sentence.data == "passive":
            done = tuple(self._all(part)[0] for part in _parts(sentence, "participle"))
            yield Deed(verbs=done, rows=rows, tokens=self._all(sentence))
            return
        goes = next(token for token in self._own_tokens(sentence) if token.type == "GOES")
        for part in _parts(sentence, "move"):
            marks = self._all(part)
            origins = tuple(token for inner in _parts(part, "statuses") for token in self._all(inner))
            for target in (token for token in self._own_tokens(part) if token.type == "STATUS"):
                moved = tuple(replace(row, statuses=_statuses(origins)) for row in rows)
                told = (*self._all(sentence)[:1], *marks)
                yield Deed(verbs=(goes,), rows=moved, targets=(target,), tokens=told)
                origins = (target,)

    def _deed(self, tree: Tree[Any]) -> Deed:
        verbs = tuple(self._all(part)[0] for part in _parts(tree, "verb"))
        rows = tuple(row for part in _parts(tree, "objects") for row in self._rows(part))
        targets = (token for part in _parts(tree, "target") for token in self._all(part))
        reached = tuple(token for token in targets if token.type == "STATUS")
        return Deed(verbs=verbs, rows=rows, targets=reached, tokens=self._all(tree))

    def _rows(self, tree: Tree[Any]) -> Iterator[Rows]:
        own = False
        for part in _parts(tree, "object"):
            marks = self._all(part)
            thing = [token for inner in _parts(part, "thing") for token in self._all(inner)]
            # `their own pets and bookings`: said once, of all that follow without a word of their own
            goes_on = own and marks[0].type in {"THING", "STATUS"}
            own = goes_on or any(token.type in _OWN for token in marks)
            through = [token for inner in _parts(part, "qualifier") for token in self._all(inner)]
            yield Rows(
                thing=thing[0],
                of=next((token for token in thing[1:] if token.type == "THING"), None),
                statuses=tuple(token for token in marks if token.type == "STATUS"),
                own=own,
                within=next((token for token in through if token.type == "THING"), None),
                tokens=marks,
            )

    def _condition(self, tree: Tree[Any]) -> Condition:
        marks = self._all(tree)
        return Condition(
            word=marks[0].low,
            negated=any(token.type == "NOT" for token in marks),
            statuses=tuple(token for token in marks if token.type == "STATUS"),
            tokens=marks,
        )


def _statuses(tokens: Sequence[Token]) -> tuple[Token, ...]:
    return tuple(token for token in tokens if token.type == "STATUS")


def _rule(child: Any) -> str:
    """The grammar's rule of a subtree, '' for a leaf."""
    return str(getattr(child, "data", ""))


def _parts(tree: Tree[Any], rule: str) -> Iterator[Tree[Any]]:
    return (child for child in tree.children if _rule(child) == rule)
