"""Things while they are being read: what was said of each so far."""

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
    Source,
)
from flows.language.gaps import Saying
from flows.language.names import key
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

    def heard(self, words: str) -> bool:
        """Whether the words are its name."""
        return key(words) in key(self.name)

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
    source: Source = "stated"
    """Inferred when only one of two things says it has many of the other: the other may have many as well."""


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
    about: list[tuple[str, Saying]] = field(default_factory=list)
    """What its explanation says that there is one of: `a test of one sample`."""
    removed: bool = False

    def field(self, name: str) -> FieldDraft:
        """The field of that name, made when there is none."""
        return self.fields.setdefault(key(name), FieldDraft(name=name))

    def known_field(self, name: str) -> FieldDraft | None:
        """The field of that name, when there is one."""
        return self.fields.get(key(name))

    def explain(self, saying: Saying, tokens: Sequence[Token]) -> None:
        """Keep what a sentence says the thing is."""
        words = one_line(saying.text[tokens[0].start : tokens[-1].end])
        self.description = "; ".join(filter(None, (self.description, words)))
        self.hear(saying)

    def hear(self, saying: Saying) -> None:
        """Keep a sentence that says something of the thing itself."""
        if saying.words not in self.because:
            self.because.append(saying.words)
