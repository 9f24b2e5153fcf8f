"""The things of a product while prose is read: what each is, what was said of it, and what it is tied to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.contracts import USER, FieldKind, InterviewEntity, InterviewField, InterviewRelation, RelationKind
from flows.language.guessing import guessed_kind
from flows.language.names import key
from flows.language.prose.archetypes import UNKNOWN, Archetype, usual_fields

if TYPE_CHECKING:
    from collections.abc import Iterator


MOST_THINGS = 12  # beyond this a proposal is a list of nouns
MOST_FIELDS = 20
LONGEST_NAME = 60
_FINAL = frozenset({"cancelled", "declined", "rejected", "done", "completed", "closed"})


_NEW = InterviewField(
    name="status",
    kind=FieldKind.CHOICE,
    status=True,
    required=True,
    choices=("new",),
    default="new",
    source="inferred",
)


def kind_named(name: str) -> FieldKind | None:
    """The kind that a name says; of `best-before date`, which only looks like `best`, its last word."""
    return guessed_kind(name) or (guessed_kind(name.rpartition(" ")[2]) if "-" in name else None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tie:
    """A relation to another thing, or to the people of a role."""

    to: str
    """Key of the thing, or of the role."""
    name: str
    because: str
    required: bool = False
    kind: RelationKind = "belongs to"
    is_person: bool = False
    """Whether it leads to people, who may have no entity of their own."""


@dataclass(slots=True, kw_only=True)
class Thing:
    """Something worth keeping, with everything that was said of it."""

    name: str
    archetype: Archetype
    because: str
    said: dict[str, InterviewField] = field(default_factory=dict)
    ties: dict[str, Tie] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    """Statuses that sentences speak of, beyond the usual ones → the sentence."""

    @property
    def key(self) -> str:
        """By which it is found."""
        return key(self.name)

    def say(self, name: str, because: str) -> None:
        """Take in a field that a sentence names."""
        if len(self.said) >= MOST_FIELDS or not key(name) or len(name) > LONGEST_NAME:
            return
        kind = kind_named(name) or FieldKind.TEXT
        for usual in usual_fields(self.archetype.says):
            words = key(usual.name).partition(" in ")[0].split()  # a length is a length in metres
            if usual.kind is kind and set(words) <= set(key(name).split()):
                name = usual.name  # the cover photo of a book is its cover
        made = InterviewField(name=name, kind=kind, source="inferred", because=because)
        self.said.setdefault(key(name), made)

    def tie(self, tie: Tie) -> None:
        """Take in a relation; one that leads to the same is the same."""
        known = self.ties.get(tie.to)
        if tie.to == self.key:
            return
        if known is None or (tie.required and not known.required):
            self.ties[tie.to] = tie

    def status_field(self) -> InterviewField | None:
        """Its usual status with those that were said, None when it has none."""
        usual = next((known for known in usual_fields(self.archetype.says) if known.status), None)
        if usual is None and not self.statuses:
            return None
        if usual is None:
            usual = _NEW
        further = [status for status in self.statuses if status not in usual.choices]
        going = [status for status in usual.choices if status not in _FINAL]
        ended = [status for status in usual.choices if status in _FINAL]
        because = next(iter(self.statuses.values()), self.because)
        return usual.model_copy(update={"choices": (*going, *further, *ended), "because": because})


@dataclass(slots=True, kw_only=True)
class Sketch:
    """All things, in the order in which they were first spoken of."""

    things: dict[str, Thing] = field(default_factory=dict)

    def add(self, name: str, archetype: Archetype | None, because: str) -> Thing | None:
        """The thing of that name, new or known; None when there are too many already."""
        known = self.find(name)
        if known is not None:
            return known
        if len(self.things) >= MOST_THINGS or not key(name):
            return None
        made = Thing(name=name[:1].upper() + name[1:], archetype=archetype or UNKNOWN, because=because)
        self.things[made.key] = made
        return made

    def find(self, name: str) -> Thing | None:
        """The thing of that name; the only one whose last word it is, or that is the last word of it."""
        wanted = key(name)
        if wanted in self.things:
            return self.things[wanted]
        head = wanted.rpartition(" ")[2]
        if head in self.things:
            return self.things[head]
        if " " in wanted:
            return None
        longer = [thing for known, thing in self.things.items() if known.rpartition(" ")[2] == wanted]
        return longer[0] if len(longer) == 1 else None

    def of_noun(self, noun: str) -> Thing | None:
        """The first thing whose last word is the noun."""
        return next((thing for thing in self.things.values() if thing.key.rpartition(" ")[2] == noun), None)

    def entities(self, currency: str | None) -> tuple[InterviewEntity, ...]:
        """All of them as the interview spells them."""
        return tuple(self._entity(thing, currency) for thing in self.things.values())

    def _entity(self, thing: Thing, currency: str | None) -> InterviewEntity:
        relations = tuple(self._relations(thing))
        taken = {key(relation.name) for relation in relations}
        fields = {key(made.name): made for made in self._fields(thing)}
        kept = [made for name, made in fields.items() if name not in taken]
        return InterviewEntity(
            name=thing.name,
            fields=tuple(
                made.model_copy(update={"currency": currency}) if made.kind is FieldKind.MONEY else made
                for made in kept
            ),
            relations=relations,
            source="inferred",
            because=thing.because,
        )

    def _fields(self, thing: Thing) -> Iterator[InterviewField]:
        """The usual fields, where a sentence speaks of one with its words, then what else was said."""
        status = thing.status_field()
        said = dict(thing.said)
        for usual in usual_fields(thing.archetype.says):
            if usual.status:
                continue
            spoken = said.pop(key(usual.name), None)
            yield usual.model_copy(update={"because": spoken.because if spoken else thing.because})
        yield from said.values()
        if status is not None:
            yield status

    def _relations(self, thing: Thing) -> Iterator[InterviewRelation]:
        seen: set[str] = set()
        for tie in thing.ties.values():
            target = self.things.get(tie.to)
            if key(tie.name) in seen or (target is None and not tie.is_person):
                continue
            seen.add(key(tie.name))
            yield InterviewRelation(
                name=tie.name,
                entity=USER if target is None else target.name,
                kind=tie.kind,
                required=tie.required,
                source="inferred",
                because=tie.because,
            )
