"""What belongs to what: `the repairs of a bike`, `a course with lessons`, `a pet's vaccinations`."""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from flows.language.names import key
from flows.language.prose import archetypes
from flows.language.prose.archetypes import usual_fields
from flows.language.prose.noticing import is_attribute
from flows.language.prose.people import HOUSES, is_person
from flows.language.prose.sketch import Tie
from flows.language.prose.vocabulary import ABSTRACT
from flows.language.prose.wordlist import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.language.prose.cast import Cast
    from flows.language.prose.deeds import Said
    from flows.language.prose.noticing import Noticing
    from flows.language.prose.phrases import Phrase
    from flows.language.prose.sketch import Sketch, Thing

_CONTAINERS = words("list set collection box basket bag pack bundle series number group lot overview")
_HAVING = frozenset({"have", "include", "contain", "need"})


class Belonging:
    """Adds to a sketch the fields and relations that sentences speak of."""

    def __init__(self, sketch: Sketch, cast: Cast, noticing: Noticing) -> None:
        self._sketch, self._cast, self._noticing = sketch, cast, noticing

    def tie(self, said: Said) -> None:
        """All of one sentence."""
        for at, (phrase, following) in enumerate(pairwise(said.phrases)):
            if following.preposition == "for":
                self._for(phrase, following, said)
            elif following.preposition == "of" and not following.joined and phrase.head not in _CONTAINERS:
                self._part(part=phrase, whole=following, said=said)
            elif following.preposition == "with" and not following.joined:
                parts = takewhile(_is_with, said.phrases[at + 1 :])
                self._has(phrase, parts, said)
            elif following.preposition == ":" and not following.joined:
                listed = tuple(takewhile(_is_listed, said.phrases[at + 1 :]))
                if any(is_attribute(part) for part in listed):
                    self._has(phrase, listed, said)
        self._theirs(said)
        for deed in said.deeds:
            if deed.verb in _HAVING and not deed.negated:
                contents = deed.tied("of") if any(part.head in _CONTAINERS for part in deed.direct) else ()
                for subject in deed.subjects:
                    self._house(subject, said)
                    self._has(subject, (*deed.direct, *contents), said)

    def _theirs(self, said: Said) -> None:
        """`our vehicles, their repairs and receipts`, and what stands behind an apostrophe."""
        whole: Phrase | None = None
        for phrase, following in pairwise(said.phrases):
            whole = (phrase if following.own else whole) if following.joined else None
            if whole is not None:
                self._part(part=following, whole=whole, said=said)
        for phrase in said.phrases:
            if phrase.owner is not None:
                self._part(part=phrase, whole=phrase.owner, said=said)

    def _house(self, subject: Phrase, said: Said) -> None:
        """A house that is described is one of many: `A band has a name and a list of songs`."""
        if subject.head in HOUSES and not subject.definite:
            self._sketch.add(subject.name, archetypes.of_noun(subject.head), said.words)

    def _for(self, phrase: Phrase, whom: Phrase, said: Said) -> None:
        """`projects for clients`: a thing that is usually for such people has them."""
        thing = self._sketch.find(phrase.name)
        if thing is None or whom.head not in thing.archetype.parents or not is_person(whom.head):
            return
        if self._cast.role_of(whom) is None:
            self._sketch.add(whom.nouns[-1], archetypes.of_person(whom.head), said.words)
        self._person_of(whom, thing, said)

    def _has(self, whole: Phrase, parts: Iterable[Phrase], said: Said) -> None:
        owner = self._owner(whole, said)
        if owner is not None:
            for part in parts:
                self._part_of(part, owner, said, many=part.many)

    def _part(self, *, part: Phrase, whole: Phrase, said: Said) -> None:
        owner = self._owner(whole, said)
        if owner is not None:
            self._part_of(part, owner, said, many=True)

    def _owner(self, phrase: Phrase, said: Said) -> Thing | None:
        """The thing or the people that something is said of."""
        if self._cast.names_person(phrase):
            role = self._cast.role_of(phrase)
            return self._sketch.find(self._cast.roles[role] if role else phrase.name)
        return self._noticing.thing(phrase, said)

    def _part_of(self, part: Phrase, owner: Thing, said: Said, *, many: bool) -> None:
        if _is_usual(part, owner):
            owner.say(_field_name(part), said.words)
            return
        if self._cast.names_person(part):
            self._person_of(part, owner, said)
            return
        thing = None
        if not is_attribute(part):
            thing = self._noticing.thing(part, said, kept_by="have" if many else "")
        if thing is not None and many:
            thing.tie(Tie(to=owner.key, name=owner.key, because=said.words))
        elif thing is not None:
            owner.tie(Tie(to=thing.key, name=thing.key, because=said.words))
        elif part.head not in ABSTRACT or part.preposition == ":" or is_attribute(part):
            owner.say(_field_name(part), said.words)

    def _person_of(self, part: Phrase, owner: Thing, said: Said) -> None:
        role = self._cast.role_of(part) or part.head
        if role != owner.key:
            owner.tie(Tie(to=role, name=role.rpartition(" ")[2], because=said.words, is_person=True))


def _is_listed(phrase: Phrase) -> bool:
    return phrase.preposition == ":"


def _is_with(phrase: Phrase) -> bool:
    return phrase.preposition == "with"


def _is_usual(part: Phrase, owner: Thing) -> bool:
    """Whether things of that sort usually have such a field: the author of a book is a name."""
    return any(key(usual.name) == key(part.written) for usual in usual_fields(owner.archetype.says))


def _field_name(part: Phrase) -> str:
    owner = f"{part.owner.name}'s " if part.owner is not None else ""
    name = f"{owner}{part.written}"
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
