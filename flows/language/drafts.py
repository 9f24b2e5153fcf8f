"""Things while they are being read: what was said of each so far, and what could not be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from flows.contracts import (
    Comparing,
    FieldKind,
    InterviewEntity,
    InterviewField,
    InterviewRelation,
    RelationKind,
)
from flows.language.names import key
from flows.language.reading import Unread
from flows.language.sentences import one_line
from flows.language.tokens import Token
from flows.language.tree import Amount

if TYPE_CHECKING:
    from collections.abc import Sequence


What: TypeAlias = Literal[
    "kind",
    "required",
    "unique",
    "least",
    "most",
    "more",
    "less",
    "exact",
    "choices",
    "default",
    "currency",
    "description",
    "compared",
]
"""What a sentence may say of a field."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Saying:
    """A sentence in the text it stands in."""

    place: str | int
    """The thing it describes, or its number in a list."""
    text: str
    start: int
    words: str
    """On one line: what `because` repeats."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """One thing that a sentence says of a field."""

    what: What
    saying: Saying
    tokens: tuple[Token, ...]
    flag: bool = True
    kind: FieldKind | None = None
    amount: Amount | None = None
    texts: tuple[str, ...] = ()
    how: Comparing | None = None


@dataclass(kw_only=True, slots=True)
class FieldDraft:
    """A field and everything said of it, in order."""

    name: str
    base: InterviewField | None = None
    """As it was before these sentences."""
    notes: list[Note] = field(default_factory=list)
    because: list[str] = field(default_factory=list)
    status: bool = False

    def hear(self, saying: Saying, notes: Sequence[Note] = ()) -> None:
        """Keep what a sentence says of it."""
        self.notes.extend(notes)
        if saying.words not in self.because:
            self.because.append(saying.words)


@dataclass(kw_only=True, slots=True)
class RelationDraft:
    """A relation as the thing that holds the reference has it."""

    name: str
    target: str
    kind: RelationKind = "belongs to"
    required: bool = False
    back: str | None = None
    back_required: bool = False
    shows: str | None = None
    description: str = ""
    base: InterviewRelation | None = None
    because: list[str] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Claim:
    """That a thing has one or many of another, until it is known which of the two holds the reference."""

    thing: str
    target: str
    many: bool
    called: str
    """What the thing calls the others, like 'home team' or 'reviews'."""
    required: bool
    saying: Saying
    tokens: tuple[Token, ...]


@dataclass(kw_only=True, slots=True)
class ThingDraft:
    """A thing and everything said of it."""

    name: str
    base: InterviewEntity | None = None
    description: str = ""
    shown_by: str | None = None
    fields: dict[str, FieldDraft] = field(default_factory=dict)
    relations: list[RelationDraft] = field(default_factory=list)
    because: list[str] = field(default_factory=list)
    removed: bool = False

    def field(self, name: str) -> FieldDraft:
        """The field of that name, made when there is none."""
        return self.fields.setdefault(key(name), FieldDraft(name=name))

    def known_field(self, name: str) -> FieldDraft | None:
        """The field of that name, when there is one."""
        return self.fields.get(key(name))

    def hear(self, saying: Saying) -> None:
        """Keep a sentence that says something of the thing itself."""
        if saying.words not in self.because:
            self.because.append(saying.words)


_IDLE = frozenset({"SEP", "COLON", "COMMA", "SEMI", "STOP"})
"""Terminals at the edges of a part that say nothing."""


class Gaps:
    """What could not be used, in the order in which it was found."""

    def __init__(self) -> None:
        self.found: list[tuple[Saying, Unread]] = []

    def note(self, saying: Saying, tokens: Sequence[Token], nearest: str) -> None:
        """Keep the words of these tokens; nothing when they hold no word."""
        tokens = [*tokens]
        while tokens and tokens[0].type in _IDLE:
            tokens = tokens[1:]
        while tokens and tokens[-1].type in _IDLE:
            tokens = tokens[:-1]
        if not any(character.isalnum() for token in tokens for character in token.text):
            return
        start, end = tokens[0].start, tokens[-1].end
        unread = Unread(words=one_line(saying.text[start:end]), nearest=nearest, offset=start)
        self.found.append((saying, unread))

    def cut(self, saying: Saying, cut: Sequence[Token], among: Sequence[Token], nearest: str) -> None:
        """Keep the words of scattered tokens, neighbours among the others together."""
        place = {id(token): number for number, token in enumerate(among)}
        groups: list[list[Token]] = []
        for token in cut:
            if groups and place[id(token)] == place[id(groups[-1][-1])] + 1:
                groups[-1].append(token)
            else:
                groups.append([token])
        for group in groups:
            self.note(saying, group, nearest)

    def whole(self, saying: Saying, nearest: str) -> None:
        """Keep a whole sentence."""
        self.found.append((saying, Unread(words=saying.words, nearest=nearest, offset=saying.start)))
