"""What a change asks for: to add, to remove, to rename, to make something so, or a plain statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from flows.language.lexicon import PHRASES
from flows.language.plurals import singular
from flows.language.tokens import Token, tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.names import Names

Asked: TypeAlias = Literal["add", "remove", "rename", "make", "allow", ""]

_VERBS: dict[Asked, str] = {
    "add": """add | also track | track | keep track of | keep | record | store | include | save | note
        | we need | we also need | introduce | create | there should be | there should also be""",
    "remove": """remove | delete | drop | get rid of | leave out | take out | no longer track | no longer keep
        | stop tracking | forget | do not keep | don't keep | we do not need | we don't need | take away""",
    "rename": "rename | call | change the name of",
    "make": "make | set | mark",
    "allow": "allow | let",
}
_CERTAIN = frozenset({"add", "remove", "delete", "drop", "rename"})
_POLITE = """please | also | and | then | we should | we need to | we also need to | we want to | we want
    | we also want to | i want to | i want | i would like to | i'd like to | can you | could you | can we
    | could we | would you | it should | we would like to | we'd like to | additionally | now | let's
    | you should | we must"""
PLACES = frozenset({"of", "to", "from", "for", "in", "on", "at"})
_ARTICLES = frozenset({"a", "an", "the", "every", "each", "all", "any", "our"})
_JOINING = frozenset({"and", "or", ",", "&"})
_COUNTING = frozenset({"number", "count", "amount", "part", "owner"})
_OPENING = frozenset({"with", "having", "that", "which"})
_KINDS_OF_THING = frozenset({"new", "thing", "entity", "type", "called", "named", "another", "table"})
_SAID = frozenset(
    {"REQUIRED", "OPTIONAL", "UNIQUE", "AT_LEAST", "AT_MOST", "BETWEEN", "DEFAULT", "AFTER", "BEFORE"}
)
_SAYING = frozenset({"BE", "MUST", "CAN"})
LONGEST_NAME = 6  # words of a thing's name


def _phrases(text: str) -> list[tuple[str, ...]]:
    return sorted((tuple(phrase.split()) for phrase in text.split("|")), key=len, reverse=True)


_ASKED: list[tuple[tuple[str, ...], Asked]] = sorted(
    ((words, asked) for asked, text in _VERBS.items() for words in _phrases(text)),
    key=lambda pair: -len(pair[0]),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """A change in its parts."""

    asked: Asked
    rest: tuple[Token, ...]
    """What it is about, without the verb and the thing."""
    things: tuple[str, ...] = ()
    """The things that are named after a preposition: `to Owner and Sitter`."""
    renamed: tuple[Token, ...] = field(default=())
    """The new name."""


def command_of(raw: Sequence[Token], names: Names) -> Command:
    """The parts of a change."""
    tokens = [token for token in raw if token.type != "STOP"]
    asked, rest = _asked(_without(tokens, _phrases(_POLITE)))
    renamed: list[Token] = []
    if asked == "rename":
        rest, renamed = _divided(rest)
    elif asked == "allow":
        rest = [token for at, token in enumerate(rest) if token.low != "to" or not at]
    things: tuple[str, ...] = ()
    if asked != "add" or new_thing(rest, names) is None:
        rest, things = placed(rest, names, PLACES if asked else frozenset({"of"}))
    return Command(asked=asked, rest=tuple(rest), things=things, renamed=tuple(renamed))


def commands(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Start and end of every command of a sentence: `add a note and remove the colour` is two."""
    tokens = tokenise(text, start, end)
    several = _asked(_without(tokens, _phrases(_POLITE)))[0] not in {"", "allow"}
    found, begin = [], start
    for at in range(1, len(tokens) - 1):
        joint = tokens[at]
        joins = joint.type == "SEMI" or (several and (joint.low == "and" or joint.type == "COMMA"))
        if joins and _commands(tokens[at + 1 :]):
            found.append((begin, tokens[at - 1].end))
            begin = tokens[at + 1].start
    return [*found, (begin, end)]


def _commands(tokens: list[Token]) -> bool:
    """Whether a command begins here for certain: `make` may be a name, `make the price …` is none."""
    tokens = _without(tokens, _phrases(_POLITE))
    verb = tokens[0].low if tokens else ""
    asked = _asked(tokens)[0]
    following = tokens[1].low if len(tokens) > 1 else ""
    return (asked in {"add", "remove", "rename"} and verb in _CERTAIN) or (
        asked == "make" and following in {"the", "its", "it", "their", "every", "all"}
    )


def _starts(tokens: Sequence[Token], words: tuple[str, ...]) -> bool:
    return tuple(token.low for token in tokens[: len(words)]) == words


def _without(tokens: list[Token], phrases: list[tuple[str, ...]]) -> list[Token]:
    while found := next((words for words in phrases if _starts(tokens, words)), None):
        tokens = tokens[len(found) :]
    return tokens


def _asked(tokens: list[Token]) -> tuple[Asked, list[Token]]:
    for words, asked in _ASKED:
        if _starts(tokens, words) and len(tokens) > len(words):
            return asked, tokens[len(words) :]
    return "", tokens


def _divided(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Old and new name around the last `to`, `into` or `as`."""
    for at in range(len(tokens) - 1, 0, -1):
        if tokens[at].low in {"to", "into", "as"} or tokens[at].type == "COLON":
            return tokens[:at], tokens[at + 1 :]
    return tokens, []


def subject_of(tokens: list[Token], names: Names) -> tuple[list[Token], str | None]:
    """The tokens of `the price of a booking must be 5` without the thing, and the thing."""
    for at in range(1, len(tokens)):
        if tokens[at].low == "of" and tokens[at - 1].low not in _COUNTING:
            start = at + 1 + (tokens[at + 1 : at + 2] != [] and tokens[at + 1].low in _ARTICLES)
            end, thing = _thing(tokens, start, names)
            if thing is not None and end < len(tokens) and _is_said(tokens, end, _SAYING):
                return tokens[:at] + tokens[end:], thing
    return tokens, None


def placed(
    tokens: list[Token], names: Names, prepositions: frozenset[str]
) -> tuple[list[Token], tuple[str, ...]]:
    """The tokens without `of a Pet` or `Pet's`, and the things."""
    depth = 0
    for at in range(len(tokens) - 1, -1, -1):
        depth += (tokens[at].type == "RPAR") - (tokens[at].type == "LPAR")
        if depth:
            continue
        owner = names.thing(tokens[at].low.removesuffix("'s")) if tokens[at].low.endswith("'s") else None
        if owner is not None:
            return tokens[:at] + tokens[at + 1 :], (owner,)
        counted = tokens[at].low == "of" and at and tokens[at - 1].low in _COUNTING
        if tokens[at].low in prepositions and not counted:
            end, found = _things(tokens, at + 1, names)
            if found:
                return tokens[:at] + tokens[end:], found
    return tokens, ()


def _things(tokens: Sequence[Token], start: int, names: Names) -> tuple[int, tuple[str, ...]]:
    """Where a list of things that begins here ends, and the things."""
    found: tuple[str, ...] = ()
    end = start
    while start < len(tokens):
        while start < len(tokens) and tokens[start].low in _ARTICLES:
            start += 1
        at, thing = _thing(tokens, start, names)
        if thing is None:
            break
        found, end = (*found, thing), at
        if at == len(tokens) or tokens[at].low not in _JOINING:
            break
        start = at + 1
    return end, found


def _thing(tokens: Sequence[Token], start: int, names: Names) -> tuple[int, str | None]:
    for end in range(min(start + LONGEST_NAME, len(tokens)), start, -1):
        found = names.thing(" ".join(token.text for token in tokens[start:end]))
        if found is not None and _may_end(tokens, end):
            return end, found
    return start, None


def _may_end(tokens: Sequence[Token], end: int) -> bool:
    """Whether a thing's name ends here: at a sign, or before something that is said of a field."""
    if end == len(tokens) or tokens[end].type != "WORD" or tokens[end].low in {*_JOINING, "in"}:
        return True
    return _is_said(tokens, end, _SAID | _SAYING)


def _is_said(tokens: Sequence[Token], at: int, terminals: frozenset[str]) -> bool:
    """Whether a word of these terminals stands here."""
    ahead = [tuple(token.low for token in tokens[at : at + length]) for length in (1, 2)]
    contracted = tokens[at].low in {"cannot", "can't", "isn't", "aren't", "mustn't"}
    return contracted or any(terminals & set(PHRASES.get(words, ())) for words in ahead)


def new_thing(tokens: Sequence[Token], names: Names) -> tuple[str, list[Token]] | None:
    """The name and the description of a thing to add: `a Vet with name and phone`; None when it is none."""
    at = 0
    while at < len(tokens) and tokens[at].low in _ARTICLES | _KINDS_OF_THING:
        at += 1
    for end in range(at + 1, min(at + LONGEST_NAME, len(tokens))):
        opens = tokens[end].low in _OPENING or tokens[end].type in {"COLON", "LPAR", "DASH"}
        if opens and all(token.type == "WORD" for token in tokens[at:end]):
            name = singular(" ".join(token.text for token in tokens[at:end]))
            inner = list(tokens[end + 1 :])
            if tokens[end].type == "LPAR" and inner and inner[-1].type == "RPAR":
                inner = inner[:-1]
            capital = tokens[at].text[:1].isupper()
            written = names.thing(name) or (name if capital else "")
            return (written, inner) if written and inner else None
    return None
