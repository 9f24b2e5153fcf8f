"""Verbs that lead to another thing, whichever they are: `plays for a Club`, `sent in by a client`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.language.guessing import guessed_kind
from flows.language.lexicon import ARTICLES, MEASURING, PHRASES
from flows.language.names import is_pronoun
from flows.language.statuses import is_participle
from flows.language.tokens import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.names import Names
    from flows.language.tokens import Token

_PREPOSITIONS = frozenset({"for", "in", "at", "on", "with", "to", "by", "from", "under", "into"})
_PARTICLES = frozenset({"in", "out", "off", "up", "back", "over", "away", "down"})
_LONE = frozenset({"for", "of", "about"})
"""What leads to a thing without a verb: `For a Wine.`"""
_PLACED = frozenset({"in", "on", "at", "with", "among"})
"""What leads to a thing behind `is`: `is in many Wines`."""
_BEING = frozenset({"is", "are", "was", "were"})
_SEVERAL = frozenset({"many", "several", "multiple", "one", "exactly"})
_EDGES = frozenset({"COMMA", "SEMI", "STOP"})
MODALS = frozenset({"can", "may", "must", "should", "will"})
_JOINING = frozenset({"and", "or"})
LONGEST_THING = 4  # words
SHORTEST_VERB = 4  # letters: `is`, `has` and `was` are verbs of their own


def with_targets(raw: Sequence[Token], names: Names, text: str) -> list[Token]:
    """The tokens, with a verb and its preposition as one when they lead to a thing of the interview."""
    made: list[Token] = []
    at = 0
    while at < len(raw):
        length = _leads(raw, at, names)
        if length:
            made.append(replace(joined(raw[at : at + length], "BELONGED", text), type="BELONGED"))
        else:
            made.append(raw[at])
        at += length or 1
    return made


def _leads(raw: Sequence[Token], at: int, names: Names) -> int:
    """How many tokens from here lead to a thing; 0 when they do not."""
    if raw[at].type != "WORD":
        return 0
    follows_being = at > 0 and raw[at - 1].low in _BEING
    if (at == 0 and raw[at].low in _LONE) or (follows_being and raw[at].low in _PLACED):
        return int(_is_target(raw, at + 1, names))
    if not (follows_being or opens(raw, at, names)) or not _is_verb(raw[at].low, names):
        return 0
    for length in (3, 2):
        part = [token.low for token in raw[at : at + length]]
        leads = len(part) == length and part[-1] in _PREPOSITIONS and set(part[1:-1]) <= _PARTICLES
        if leads and tuple(part) not in PHRASES and _is_target(raw, at + length, names):
            return length
    return 0


def opens(raw: Sequence[Token], at: int, names: Names) -> bool:
    """Whether a clause begins here, or goes on behind its subject."""
    if at == 0 or raw[at - 1].type in _EDGES or raw[at - 1].low in _JOINING | MODALS:
        return True
    subject = [token for token in raw[:at] if token.low not in ARTICLES]
    words = " ".join(token.text for token in subject)
    return is_pronoun(words) or names.thing(words) is not None


def _is_verb(word: str, names: Names) -> bool:
    third = word.endswith("s") and len(word) >= SHORTEST_VERB and guessed_kind(word) is None
    leads = third and names.target(word) is None and word not in MEASURING
    return leads or is_participle(word)


def _is_target(raw: Sequence[Token], start: int, names: Names) -> bool:
    """Whether a thing, or one of the people, stands here behind its article."""
    while start < len(raw) and raw[start].low in ARTICLES | _SEVERAL:
        start += 1
    if not start or raw[start - 1].low not in ARTICLES | _SEVERAL:
        return False
    return any(
        names.target(" ".join(token.text for token in raw[start : start + size])) is not None
        for size in range(1, LONGEST_THING + 1)
    )
