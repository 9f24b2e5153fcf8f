"""Sentences that tell what a thing is, in no form that gives a field or a relation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language import verbs
from flows.language.contexts import SEPARATORS, VERBS
from flows.language.guessing import guessed_kind
from flows.language.lexicon import ARTICLES, PHRASES
from flows.language.names import is_pronoun, key
from flows.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.names import Names
    from flows.language.tokens import Token

LONGEST_NAME = 4  # words of a thing or of a role
_OF = frozenset({"of", "for", "with", "by", "in", "on", "at"})
_PEOPLE = word_set("somebody someone anybody anyone people those")
_NAMING = word_set("name title label subject heading headline text")
_TURNING = frozenset({"SUBORDINATE", "THAT", "STRING"})


def explanation(clause: Sequence[Token], thing: str, *, first: bool) -> int:
    """Where the words that explain the thing begin in a clause; -1 when it explains nothing.

    `first`: nothing was said of the thing before, so a clause without a verb may be its explanation.
    """
    at = _after_being(clause, thing)
    if at >= 0:
        return at
    return 0 if first and _defines(clause, thing) else -1


def explained_by(clause: Sequence[Token], names: Names) -> list[str]:
    """The things of which an explanation says that there is one each: `a test of one Sample`."""
    if clause[0].low in _PEOPLE:
        return []
    turn = next((at for at, token in enumerate(clause) if token.type in _TURNING), len(clause))
    found = []
    for at in range(1, turn):
        preposition, following = clause[at].low, [token.low for token in clause[at + 1 : at + 2]]
        single = following == ["one"] or (preposition in {"of", "for"} and following in (["a"], ["an"]))
        if preposition not in _OF or not single:
            continue
        ends = range(min(at + 2 + LONGEST_NAME, turn), at + 2, -1)
        named = (names.target(" ".join(token.text for token in clause[at + 2 : end])) for end in ends)
        found += list(filter(None, named))[:1]
    return found


def about_others(raw: Sequence[Token], names: Names, thing: str) -> str:
    """What a story of others most likely means: `a group books a room`, of a booking; '' when it is none."""
    at, actor = _named(raw, 0, names)
    if actor is None or actor == thing or at + 1 >= len(raw):
        return ""
    verb = raw[at].low
    known = verb in verbs.ACTIONS.keys() - verbs.TAKING or any(
        base in verbs.ACTIONS.keys() - verbs.TAKING for base in verbs.bases(verb)
    )
    said = (verb,) in PHRASES or (verb, raw[at + 1].low) in PHRASES
    if not verb.endswith("s") or known or said or guessed_kind(verb) is not None:
        return ""
    for start in (at + 1, at + 2):
        _, done = _named(raw, start, names)
        if done is not None and done not in {thing, actor}:
            return f"Did you mean '{thing} belongs to a {actor} and to a {done}'?"
    return ""


def _named(raw: Sequence[Token], start: int, names: Names) -> tuple[int, str | None]:
    """Where `a Room` ends that begins here, and the thing or the person."""
    if start >= len(raw) or raw[start].low not in ARTICLES:
        return start, None
    for end in range(min(start + 1 + LONGEST_NAME, len(raw)), start + 1, -1):
        words = " ".join(token.text for token in raw[start + 1 : end])
        found = names.thing(words) or names.role(words)
        if found is not None:
            return end, found
    return start, None


def _after_being(clause: Sequence[Token], thing: str) -> int:
    """`A booking is a stay of one pet`: what stands behind the verb."""
    verb = next((at for at, token in enumerate(clause) if token.type in VERBS), -1)
    subject = [token for token in clause[: max(verb, 0)] if token.type != "ARTICLE"]
    words = " ".join(token.text for token in subject)
    if verb < 1 or clause[verb].type != "BE" or not (is_pronoun(words) or key(words) == key(thing)):
        return -1
    behind = clause[verb + 1 : verb + 3]
    explains = len(behind) > 1 and (behind[0].type == "ARTICLE" or behind[0].low in _PEOPLE)
    return verb + 1 if explains and behind[1].type != "ONE_OF" else -1


def _defines(clause: Sequence[Token], thing: str) -> bool:
    """`An animal that needs looking after`, `A copy of a book`: a noun that is no field, explained."""
    if clause[0].low == "what" and any(token.type == "SUBORDINATE" for token in clause):
        return True  # "what was broken when it came back"
    opening = 1 if clause[0].type == "ARTICLE" else 0
    words = [token.low for token in clause[opening:] if token.type == "WORD"]
    turn = next((at for at, token in enumerate(clause) if token.type in _TURNING), -1)
    behind = [token.type for token in clause[turn : turn + 2]] if turn >= 0 else []
    if behind[:1] == ["THAT"] and not {"BE", "MUST", "CAN"}.isdisjoint(behind):
        return False  # "a size that is small or large" says something of a field
    before = clause[: turn if turn > 0 else len(clause)]
    if not words or any(token.type in SEPARATORS | VERBS for token in before):
        return False
    if clause[0].low in _PEOPLE:
        return True
    noun = " ".join(token.text for token in before if token.type == "WORD")
    itself = key(words[0]) in key(thing).split(" ") and len(words) > 1
    named = guessed_kind(noun) is not None or words[0] in _NAMING
    return bool(opening) and (itself or (turn > 0 and not named))
