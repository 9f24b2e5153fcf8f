"""The grammars at work: terminals to a tree, and what does not fit is cut out and kept as unread."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lark import Lark, Tree

    from flows.language.tokens import Token
    from flows.language.tree import Clause

MOST_CUTS = 40  # a clause that has to be mended more often than this makes no sense
_EDGES = frozenset({"SEP", "OR"})


class Parsed(NamedTuple):
    """A tree over the terminals that fit, and the others."""

    tree: Tree[Any] | None
    """None when nothing fits; its leaves carry their position in `kept` as `start_pos`."""
    kept: tuple[Token, ...]
    cut: tuple[Token, ...]
    """The terminals that do not fit, in order."""


def misleads(clause: Clause, cut: Sequence[Token]) -> bool:
    """Whether what is left says something else: `a visit can only be made for one`, `required if …`."""
    if clause.parts:
        return any(token.low in {"if", "unless"} for token in cut)
    return any(token.type in {"CAN", "MUST", "BE"} for token in cut)


@cache
def grammar(name: str) -> Lark:
    """The parser of `<name>.lark`, made once in a process."""
    from lark import Lark  # noqa: PLC0415 - takes 60 ms, which only who reads sentences pays

    text = (Path(__file__).parent / f"{name}.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", start=name, maybe_placeholders=False)


def parse(tokens: Sequence[Token], name: str) -> Parsed:
    """The longest reading: where a terminal does not fit, it goes, with what follows it in its item."""
    kept = list(tokens)
    cut: list[Token] = []
    for _ in range(MOST_CUTS):
        tree, wrong = _attempt(kept, name)
        if tree is not None or not kept:
            return Parsed(tree=tree, kept=tuple(kept), cut=tuple(sorted(cut, key=lambda token: token.start)))
        first, last = _misfit(kept, wrong)
        cut += kept[first:last]
        del kept[first:last]
    return Parsed(tree=None, kept=(), cut=tuple(tokens))


def _attempt(tokens: Sequence[Token], name: str) -> tuple[Tree[Any] | None, int]:
    """The tree, or the position of the first terminal that does not fit (their number: the end does not)."""
    from lark import Token as Terminal  # noqa: PLC0415 - as above
    from lark.exceptions import UnexpectedToken  # noqa: PLC0415 - as above

    state = grammar(name).parse_interactive("")
    for at, token in enumerate(tokens):
        try:
            state.feed_token(Terminal(token.type, token.text, start_pos=at))
        except UnexpectedToken:
            return None, at
    try:
        tree: Tree[Any] = state.feed_eof()  # type: ignore[no-untyped-call] # lark has no type here
        return tree, len(tokens)
    except UnexpectedToken:
        return None, len(tokens)


def _misfit(tokens: Sequence[Token], wrong: int) -> tuple[int, int]:
    """First and one past the last of the terminals to cut."""
    structural = wrong == len(tokens) or tokens[wrong].type in {*_EDGES, "RPAR"}
    if not structural:
        return wrong, _item_end(tokens, wrong)
    before = tokens[wrong - 1].type if wrong else "LPAR"
    if before in {*_EDGES, "LPAR", "RPAR"} and wrong < len(tokens):
        return wrong, wrong + 1
    if before == "RPAR":
        return _opening(tokens, wrong - 1), wrong
    return max(wrong - 1, 0), max(wrong, 1)


def _item_end(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for at in range(start, len(tokens)):
        kind = tokens[at].type
        if depth == 0 and at > start and (kind in _EDGES or kind == "RPAR"):
            return at
        depth += (kind == "LPAR") - (kind == "RPAR")
    return len(tokens)


def _opening(tokens: Sequence[Token], closing: int) -> int:
    depth = 0
    for at in range(closing, -1, -1):
        depth += (tokens[at].type == "RPAR") - (tokens[at].type == "LPAR")
        if depth == 0:
            return at
    return closing
