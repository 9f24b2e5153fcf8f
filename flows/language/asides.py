"""Where explanations in a sentence end: after a dash, in brackets like (e.g. Rex), in `the person who …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language.lexicon import ARTICLES, LIKE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.tokens import Token

_STOPS = frozenset({"COMMA", "SEMI", "RPAR", "LPAR", "STOP"})


def after_dash(raw: Sequence[Token], dash: int, *, inside: bool) -> int:
    """The end of what a dash explains: the bracket around it, or where the next item with a dash begins."""
    later = [at for at in range(dash + 1, len(raw)) if raw[at].type == "DASH"]
    end = later[0] if later else len(raw)
    kinds = {"COMMA", "SEMI"} if later else {"SEMI"}
    stops = [at for at in range(dash + 2, end) if raw[at].type in kinds]
    closing = [at for at in range(dash + 2, end) if raw[at].type == "RPAR"] if inside else []
    return min([*(stops[-1:] if later else stops[:1]), *closing[:1], end])


def in_brackets(raw: Sequence[Token], start: int) -> int:
    """The closing bracket of an aside like `e.g. Rex` that begins here; -1 when it explains nothing."""
    end = start
    while end < len(raw) and raw[end].type not in {"RPAR", "LPAR"}:
        end += 1
    inner = [token.low for token in raw[start:end] if token.type != "STOP"]
    explains = any(" ".join(inner[:2]).startswith(f"{word} ") for word in LIKE)
    return end if explains and end < len(raw) and raw[end].type == "RPAR" else -1


def clause_end(raw: Sequence[Token], start: int) -> int:
    """The end of a clause like `who borrows it`: a sign, or an `and` that leads on to another thing."""
    at = start
    while at < len(raw) and raw[at].type not in _STOPS:
        following = raw[at + 1].low if at + 1 < len(raw) else ""
        if raw[at].low == "and" and (following == "to" or following in ARTICLES):
            break
        at += 1
    return at


def question_end(raw: Sequence[Token], start: int) -> int:
    """The end of a name like `how long the walk was`."""
    at = start
    while at < len(raw) and raw[at].type == "WORD" and raw[at].low not in {"and", "or"}:
        at += 1
    return at


def closes(raw: Sequence[Token], opening: int) -> bool:
    """Whether the bracket that opens here is closed."""
    depth = 0
    for token in raw[opening:]:
        depth += (token.type == "LPAR") - (token.type == "RPAR")
        if depth == 0:
            return True
    return False
