"""Statuses that a sentence lists as a way: `an order goes from open to paid to delivered`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.language.lexicon import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.names import Names
    from flows.language.tokens import Token

_GOES = frozenset({"goes", "go", "moves", "passes", "turns", "turn", "switches", "advances"})
_LINKS = frozenset({"from", "to", "into", "and", "or"})
LONGEST = 3  # words of a status


def chain(raw: Sequence[Token], names: Names) -> tuple[str | None, list[Token]]:
    """The thing that goes a way, None when it is not named, and the statuses; [] when it is no way."""
    goes = next((at for at, token in enumerate(raw) if token.low in _GOES), len(raw))
    if goes + 1 >= len(raw) or raw[goes + 1].low != "from":
        return None, []
    subject = " ".join(token.text for token in raw[:goes] if token.low not in ARTICLES)
    found: list[list[Token]] = [[]]
    for token in raw[goes + 1 :]:
        if token.low in _LINKS or token.type == "COMMA":
            found.append([])
        elif token.type in {"WORD", "STRING"}:
            found[-1].append(token)
        elif token.type != "STOP":
            return None, []
    statuses = [words for words in found if words]
    if len(statuses) < 2 or any(_is_no_status(words) for words in statuses):  # noqa: PLR2004 - from and to
        return None, []
    return names.thing(subject), [_joined(words) for words in statuses]


def with_subject(raw: Sequence[Token]) -> Sequence[Token]:
    """`goes from open to paid`, said where it is known what goes: `it goes …`."""
    if not raw or raw[0].low not in _GOES:
        return raw
    return (replace(raw[0], text="it", end=raw[0].start), *raw)


def _is_no_status(words: Sequence[Token]) -> bool:
    """`a place`, and `confirmed by the sitter`, are none."""
    return len(words) > LONGEST or not {token.low for token in words}.isdisjoint(
        {*ARTICLES, "by", "when", "once"}
    )


def _joined(words: Sequence[Token]) -> Token:
    return replace(words[0], text=" ".join(token.value or token.text for token in words), end=words[-1].end)
