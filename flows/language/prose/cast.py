"""Who uses the product: the people of the sentences, as roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.language.names import key
from flows.language.plurals import singular
from flows.language.prose.people import HOUSES, STAFF, is_person, sounds_like_person
from flows.language.prose.vocabulary import ABSTRACT, EVERYBODY
from flows.language.words import stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.language.prose.deeds import Deed, Said
    from flows.language.prose.phrases import Phrase

MOST_ROLES = 6
HOUSE = "staff"
"""The role of a house that acts: `the restaurant confirms`."""


@dataclass(slots=True, kw_only=True)
class Cast:
    """The roles, in the founder's words."""

    roles: dict[str, str] = field(default_factory=dict)
    """Key → the role as it is spelled."""
    because: dict[str, str] = field(default_factory=dict)
    """Key → the sentence; '' for a role that the founder named themselves."""

    def role_of(self, phrase: Phrase) -> str | None:
        """Key of the role that a phrase names."""
        named = key(phrase.name)
        if named in self.roles:
            return named
        if phrase.head in self.roles:
            return phrase.head
        if is_house(phrase) and HOUSE in self.roles:
            return HOUSE
        longer = [role for role in self.roles if role.rpartition(" ")[2] == phrase.head]
        return longer[0] if len(longer) == 1 and is_person(phrase.head) else None

    def names_person(self, phrase: Phrase) -> bool:
        """Whether a phrase names people at all, with a role or without."""
        return self.role_of(phrase) is not None or is_person(phrase.head)


def cast_of(sentences: Sequence[Said], people: Sequence[str]) -> Cast:
    """The founder's own people, else those who do something in a wish or the idea."""
    cast = Cast()
    for person in people:
        cast.roles.setdefault(key(singular(person)), person)
        cast.because.setdefault(key(singular(person)), "")
    if cast.roles:
        return cast
    houses = [said for said in sentences for deed in said.deeds if _hear(cast, deed, said)]
    if houses and cast.roles and not STAFF.intersection(cast.roles):
        cast.roles.setdefault(HOUSE, HOUSE)
        cast.because.setdefault(HOUSE, houses[0].words)
    return cast


def _hear(cast: Cast, deed: Deed, said: Said) -> bool:
    """Take in who does something; whether it is the house."""
    if deed.verb == "have":
        return False
    for subject in deed.subjects:
        if not is_house(subject) and _acts(subject):
            _add(cast, subject, said)
    return deed.house or any(is_house(subject) for subject in deed.subjects)


def _acts(subject: Phrase) -> bool:
    known = is_person(subject.head) or (subject.head in HOUSES and subject.many)
    return known or (sounds_like_person(subject.head) and subject.head not in ABSTRACT and subject.many)


def _add(cast: Cast, subject: Phrase, said: Said) -> None:
    if cast.role_of(subject) is not None or len(cast.roles) >= MOST_ROLES:
        return
    name = role_name(subject)
    cast.roles[key(name)] = name
    cast.because[key(name)] = said.words


def role_name(phrase: Phrase) -> str:
    """`gym member` → `member`, `pet owner` and `quality manager` as they are, in lower case."""
    common = HOUSES | EVERYBODY if phrase.head in STAFF else HOUSES | EVERYBODY | ABSTRACT
    nouns = [noun for noun in phrase.nouns[:-1] if noun.casefold() not in common]
    return " ".join([*nouns, phrase.nouns[-1]]).casefold()


def is_house(phrase: Phrase) -> bool:
    """Whether a phrase names the house that it is for: `the clinic`, `a choir`, but not `clinics`."""
    return phrase.head in HOUSES and not (phrase.many and not phrase.definite)


def named_after(cast: Cast, words: Iterable[str]) -> bool:
    """Whether words speak of one of the roles."""
    spoken = set(stems(" ".join(words)))
    return any(set(role.split()) <= spoken for role in cast.roles)
