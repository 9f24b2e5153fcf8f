"""Dates and times that stand behind a preposition: `leaves at a date and time`, `rented since a date`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from flows.contracts import FieldKind
from flows.language.guessing import guessed_kind
from flows.language.names import is_pronoun
from flows.language.statuses import is_participle
from flows.language.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

MOMENTS = frozenset({FieldKind.DATE, FieldKind.TIME, FieldKind.DATE_AND_TIME})
_KINDS: dict[tuple[str, ...], FieldKind] = {
    ("date", "and", "time"): FieldKind.DATE_AND_TIME,
    ("day", "and", "time"): FieldKind.DATE_AND_TIME,
    ("time", "and", "date"): FieldKind.DATE_AND_TIME,
    ("date",): FieldKind.DATE,
    ("day",): FieldKind.DATE,
    ("time",): FieldKind.TIME,
    ("year",): FieldKind.NUMBER,
}
"""Words that are nothing but a kind: what happens then gives the field its name."""
_PREPOSITIONS = frozenset({"on", "at", "in", "by", "from", "to", "since", "until"})
_SPANNING = frozenset({"from", "to", "since", "until"})
_HAPPENING = frozenset({"happens", "happen", "held", "place", "occurs", "scheduled", "runs", "run"})
"""What says only that something is at that time."""
_PARTICLES = frozenset({"off", "out", "in", "up", "back", "over", "away", "down"})
_BEING = frozenset({"is", "are", "was", "were"})
_EDGES = frozenset({"COMMA", "SEMI", "LPAR", "RPAR", "COLON", "DASH"})
_JOINING = frozenset({"and", "or", "plus"})
LONGEST_NOUN = 3  # words of a name like `latest return date`


class _Moment(NamedTuple):
    """`at a start time`: where it ends, its words, and its kind when they are nothing else."""

    end: int
    words: str
    kind: FieldKind | None
    indefinite: bool


def with_moments(raw: Sequence[Token]) -> list[Token]:
    """The tokens, with what stands behind such a preposition as a member of the list around it."""
    made: list[Token] = []
    at, before = 0, -1
    while at < len(raw):
        found = _moment(raw, at)
        said = _said(made, raw, at, found, follows=len(made) == before) if found else None
        if found is not None and said is not None:
            made, at, before = said, found.end, len(said)
        else:
            made, at = [*made, raw[at]], at + 1
    return _ended(made)


def _ended(tokens: list[Token]) -> list[Token]:
    """`customer since` at the end of a member is its name."""
    made: list[Token] = []
    for at, token in enumerate(tokens):
        ends = at + 1 == len(tokens) or tokens[at + 1].type in {*_EDGES, "STOP"}
        if token.low == "since" and ends and made and made[-1].type == "WORD":
            made.append(_word(f"{made[-1].text} {token.text}", made.pop(), token))
        else:
            made.append(token)
    return made


def _moment(raw: Sequence[Token], at: int) -> _Moment | None:
    if raw[at].low not in _PREPOSITIONS or at + 2 >= len(raw) or raw[at + 1].low not in {"a", "an", "the"}:
        return None
    start, indefinite = at + 2, raw[at + 1].low != "the"
    for words, kind in _KINDS.items():
        end = start + len(words)
        if tuple(token.low for token in raw[start:end]) == words and _ends(raw, end):
            return _Moment(end, " ".join(words), kind, indefinite)
    for end in range(min(start + LONGEST_NOUN, len(raw)), start + 1, -1):
        noun = " ".join(token.text for token in raw[start:end])
        plain = all(token.type == "WORD" for token in raw[start:end])
        if plain and _ends(raw, end) and guessed_kind(noun) in MOMENTS:
            return _Moment(end, noun, None, indefinite)
    return None


def _ends(raw: Sequence[Token], end: int) -> bool:
    return end >= len(raw) or raw[end].type != "WORD" or raw[end].low in _PREPOSITIONS | _JOINING


def _said(
    made: list[Token], raw: Sequence[Token], at: int, moment: _Moment, *, follows: bool
) -> list[Token] | None:
    """The tokens so far with the moment behind them; None when it is no member of a list."""
    run = _run(made)
    here = raw[at : moment.end]
    if not run or follows:
        joint = [_sign("COMMA", here)] if follows else []
        return [*made, *joint, *_named("", moment, here)]
    if run[-1].low in _HAPPENING:
        verb = 1 + (run[-1].low == "place")
        return [*_subject(made[:-verb]), replace(made[-verb], type="HAVE"), *_named("", moment, here)]
    verb = _verb(run)
    if moment.kind is None or not moment.indefinite:
        return None
    if verb:
        kept = made[: len(made) - verb]
        opened = _subject(kept)
        does = [_sign("HAVE", made[-verb:])] if len(verb_subject := run[:-verb]) and opened else []
        name = " ".join(token.text for token in (*made[-verb:], here[0]))
        return [*(opened if verb_subject else kept), *does, *_kinded(name, moment, [*made[-verb:], *here])]
    done = next((token.low for token in run if is_participle(token.low)), "")
    spans = here[0].low in _SPANNING
    return [*made, _sign("COMMA", here), *_named(done if spans else "", moment, here)]


def _run(made: Sequence[Token]) -> list[Token]:
    """The tokens since the last sign or conjunction."""
    found: list[Token] = []
    for token in reversed(made):
        if token.type in _EDGES or token.low in _JOINING:
            break
        found.insert(0, token)
    return found


def _verb(run: Sequence[Token]) -> int:
    """How many tokens at the end say what happens then: `leaves`, `kicks off`, `founded`; 0 when none do."""
    length = 2 if len(run) > 1 and run[-1].low in _PARTICLES else 1
    word, before = run[-length].low, run[-length - 1 : -length]
    free = not before or before[0].low in _BEING or is_pronoun(before[0].text) or len(run) > length + 1
    third = word.endswith("s") and len(word) > 3 and word not in _BEING and guessed_kind(word) is None  # noqa: PLR2004 - `is`, `has`, `was`
    return length if free and (third or is_participle(word)) and not _of_another(run, length) else 0


def _of_another(run: Sequence[Token], length: int) -> bool:
    """Whether the verb belongs to another clause: `rented by a Member` is followed by more than a verb."""
    return any(token.low in {"by", "for", "with", "of"} for token in run[:-length])


def _subject(tokens: list[Token]) -> list[Token]:
    """What comes before the verb, without its `is`."""
    return tokens[:-1] if tokens and tokens[-1].low in _BEING else tokens


def _named(verb: str, moment: _Moment, here: Sequence[Token]) -> list[Token]:
    """A field called after the noun, or after its preposition when the noun is only a kind."""
    spans = here[0].low in _SPANNING and moment.kind is not None
    if not spans:
        kind = [] if moment.kind is None else [moment.kind.value]
        return [*_word_of(moment.words, kind, here)]
    name = f"{verb} {here[0].low}" if verb else f"{here[0].low} {moment.words}"
    return _kinded(name, moment, here)


def _word_of(words: str, kind: list[str], here: Sequence[Token]) -> list[Token]:
    word = _word(words, here[-1], here[-1])
    return _bracketed(word, kind[0], here) if kind else [replace(here[1], type="WORD"), word]


def _kinded(name: str, moment: _Moment, tokens: Sequence[Token]) -> list[Token]:
    kind = moment.kind.value if moment.kind is not None else ""
    return _bracketed(_word(name, tokens[0], tokens[-1]), kind, tokens)


def _bracketed(word: Token, kind: str, tokens: Sequence[Token]) -> list[Token]:
    last = tokens[-1]
    return [
        word,
        _sign("LPAR", [last], "("),
        replace(last, type="WORD", text=kind),
        _sign("RPAR", [last], ")"),
    ]


def _word(text: str, first: Token, last: Token) -> Token:
    """A name of several words as one token, in which no phrase is looked for."""
    return Token(type="WORD", text=text, start=first.start, end=last.end)


def _sign(kind: str, tokens: Sequence[Token], text: str = ",") -> Token:
    return Token(type=kind, text=text, start=tokens[0].start, end=tokens[0].end)
