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
    from collections.abc import Iterable, Sequence

    from flows.language.prose.cast import Cast
    from flows.language.prose.deeds import Said
    from flows.language.prose.noticing import Noticing
    from flows.language.prose.phrases import Phrase
    from flows.language.prose.sketch import Sketch, Thing

_CONTAINERS = words("list set collection box basket bag pack bundle series number group lot overview")
_FOR_EACH = frozenset({"for", "at", "of", "in", "on", "during", "after"})
_NOTING = frozenset({"note", "record", "write", "log", "enter", "track", "keep", "save", "register"})
_HAVING = frozenset({"have", "include", "contain", "need"})


class Belonging:
    """Adds to a sketch the fields and relations that sentences speak of."""

    def __init__(self, sketch: Sketch, cast: Cast, noticing: Noticing) -> None:
        self._sketch, self._cast, self._noticing = sketch, cast, noticing

    def tie(self, said: Said) -> None:
        """All of one sentence."""
        for at in range(1, len(said.phrases)):
            self._hangs(said.phrases[:at], said.phrases[at:], said)
        self._theirs(said)
        self._noted(said)
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

    def _hangs(self, before: Sequence[Phrase], after: Sequence[Phrase], said: Said) -> None:
        """What the word between two phrases says of one of them."""
        phrase, following = before[-1], after[0]
        if following.preposition == "for":
            self._for(phrase, following, said)
        elif following.preposition == "of" and not following.joined and phrase.head not in _CONTAINERS:
            for part in _together(before):
                self._part(part=part, whole=following, said=said)
        elif following.preposition == "with" and not following.joined:
            parts = takewhile(_is_with, after)
            self._has(self._described(before), parts, said)
        elif following.preposition == ":" and not following.joined:
            listed = tuple(takewhile(_is_listed, after))
            if any(is_attribute(part) for part in listed):
                self._has(phrase, listed, said)

    def _described(self, before: Sequence[Phrase]) -> Phrase:
        """What `with` says more of: what stands before it, or the last thing before a circumstance."""
        last = before[-1]
        if self._cast.names_person(last) or self._sketch.find(last.name) is not None:
            return last
        named = (phrase for phrase in reversed(before) if self._sketch.find(phrase.name) is not None)
        return next(named, last)

    def _noted(self, said: Said) -> None:
        """`For every parcel they note the weight`: what is noted is said of what comes first."""
        first = said.phrases[0] if said.phrases else None
        if first is None or not first.many or first.preposition not in _FOR_EACH:
            return
        whole = self._noticing.thing(first, said)
        for deed in said.deeds if whole is not None else ():
            if deed.verb in _NOTING and not deed.negated and not deed.tied("of"):
                self._has(first, (part for part in deed.direct if is_attribute(part)), said)

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
        for part in parts:
            if owner is not None:
                self._part_of(part, owner, said, many=part.many)
            elif part.many and not is_attribute(part) and not self._cast.names_person(part):
                self._theirs_are(part, whole, said)

    def _theirs_are(self, part: Phrase, whom: Phrase, said: Said) -> None:
        """`A tenant has several meters`: things of people of whom nothing else is kept."""
        role = self._cast.role_of(whom)
        thing = self._noticing.thing(part, said, kept_by="have") if role is not None else None
        if role is not None and thing is not None:
            self._person_of(whom, thing, said)

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
            counted = many and (part.many or not part.definite)
            thing = self._noticing.thing(part, said, kept_by="have" if counted else "")
        if thing is not None and many:
            thing.tie(Tie(to=owner.key, name=owner.key, because=said.words))
        elif thing is not None:
            owner.tie(Tie(to=thing.key, name=thing.key, because=said.words))
        elif part.head not in ABSTRACT or part.preposition == ":" or is_attribute(part):
            owner.say(_field_name(part), said.words)

    def _person_of(self, part: Phrase, owner: Thing, said: Said) -> None:
        if owner.archetype.sort == "person":
            return  # who chats with whom says nothing of either
        role = self._cast.role_of(part) or part.head
        if role != owner.key:
            owner.tie(Tie(to=role, name=role.rpartition(" ")[2], because=said.words, is_person=True))


def _together(phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """The last phrase with those that `and` ties it to: `the length and the draught` of the boat."""
    start = len(phrases) - 1
    while start > 0 and phrases[start].paired and phrases[start].definite and phrases[start - 1].definite:
        start -= 1
    return tuple(phrases[start:])


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
