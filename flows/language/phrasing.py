"""What a sentence says in its own turns, said in those the grammar knows, before its words are tagged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.language.currencies import code_of
from flows.language.kinds import kind_of
from flows.language.leading import with_targets
from flows.language.lexicon import LIKE
from flows.language.measures import with_measures
from flows.language.moments import with_moments
from flows.language.tokens import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.names import Names
    from flows.language.tokens import Token

_LIKE = tuple(tuple(phrase.split()) for phrase in LIKE)
_EDGES = frozenset({"COMMA", "SEMI", "RPAR", "COLON"})


def phrased(raw: Sequence[Token], names: Names, text: str) -> list[Token]:
    """The tokens of a sentence of the text in turns that the grammar knows."""
    plain = _doubted(_likened(_per(_slashed(raw)), text))
    return with_measures(with_targets(with_moments(plain), names, text), names)


def _likened(raw: Sequence[Token], text: str) -> list[Token]:
    """`a name like 2025/26`, `(unique, e.g. A-1)`: the example explains what stands before it."""
    made: list[Token] = []
    at = 0
    while at < len(raw):
        length = _likens(raw, at)
        if not length:
            made.append(raw[at])
            at += 1
            continue
        end = at + length
        while end < len(raw) and raw[end].type not in _EDGES:
            end += 1
        made.append(replace(joined(raw[at:end], "STRING", text), type="STRING"))
        at = end
    return made


def _per(raw: Sequence[Token]) -> list[Token]:
    """`a fee in CHF per year`: what it is paid for belongs to its name, before the currency."""
    made = list(raw)
    for at in range(2, len(made) - 1):
        priced = made[at - 2].low == "in" and code_of(made[at - 1].text, certain=True)
        if priced and made[at].low == "per" and made[at + 1].type == "WORD":
            made[at - 2 : at + 2] = [*made[at : at + 2], *made[at - 2 : at]]
    return made


def _likens(raw: Sequence[Token], at: int) -> int:
    """How many tokens begin an example here: one stands behind a name, or in brackets behind a sign."""
    if not at or raw[at - 1].type not in {"WORD", "COMMA", "SEMI"}:
        return 0
    for words in _LIKE:
        end = at + len(words)
        if tuple(token.low for token in raw[at:end]) != words or end >= len(raw):
            continue
        shown = raw[end].type != "WORD" or not raw[end].text.islower()
        return len(words) if shown or words != ("like",) else 0
    return 0


def _slashed(raw: Sequence[Token]) -> list[Token]:
    """`(low/medium/high)` are alternatives; one slash alone may belong to a word, as in `yes/no`."""
    made: list[Token] = []
    for at, token in enumerate(raw):
        words = token.text.split("/")
        bracketed = 0 < at < len(raw) - 1 and (raw[at - 1].type, raw[at + 1].type) == ("LPAR", "RPAR")
        divides = len(words) > 2 or (len(words) == 2 and bracketed and kind_of(token.text) is None)  # noqa: PLR2004 - two or more
        if token.type != "WORD" or not divides:
            made.append(token)
            continue
        for number, word in enumerate(words):
            made += [replace(token, type="SLASH", text="/")] if number else []
            made.append(replace(token, text=word))
    return made


def _doubted(raw: Sequence[Token]) -> list[Token]:
    """`organic or not` and `organic?` are questions with yes or no."""
    made: list[Token] = []
    for at, token in enumerate(raw):
        ends = at + 1 == len(raw) or raw[at + 1].type in {*_EDGES, "STOP"}
        if token.low == "not" and ends and len(made) > 1 and made[-1].low == "or":
            opening = made.pop()
            inner = replace(token, text="yes/no")
            made += [replace(opening, type="LPAR"), inner, replace(token, type="RPAR")]
        elif token.text == "?" and ends and made and made[-1].type == "WORD":
            inner = replace(token, type="WORD", text="yes/no")
            made += [replace(token, type="LPAR"), inner, replace(token, type="RPAR")]
        else:
            made.append(token)
    return made
