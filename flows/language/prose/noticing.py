"""Which nouns of a sentence are things to keep, and which only say something of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.language.names import key
from flows.language.prose import archetypes
from flows.language.prose.archetypes import usual_fields
from flows.language.prose.cast import is_house
from flows.language.prose.people import HOUSES, is_person
from flows.language.prose.sketch import kind_named
from flows.language.prose.verbs import KEEPING
from flows.language.prose.vocabulary import ABSTRACT, ATTRIBUTES, EVERYBODY, ITSELF, ONLY_MANY
from flows.language.prose.wordlist import words
from flows.language.words import stems

if TYPE_CHECKING:
    from flows.language.prose.archetypes import Archetype
    from flows.language.prose.cast import Cast
    from flows.language.prose.deeds import Said
    from flows.language.prose.phrases import Phrase
    from flows.language.prose.sketch import Sketch, Thing

_EXAMPLES = frozenset({"as", "like", "than", "instead", "via"})
_NAME = re.compile(r"[^\W\d_][\w' -]{1,40}")
_REPORTING = words("report fix resolve repair solve track log record enter")
_REPORTED = {"hour": "time entry", "time": "time entry", "problem": "issue", "trouble": "issue"}
"""What words that are no thing mean when they are reported or logged."""
_ORGANISING = words("organise organize host announce attend plan schedule")
_DAYS = frozenset({"day", "evening", "night", "weekend"})
_PLACES = frozenset({"seat", "place", "spot", "ticket"})
_COMPUTED = frozenset({"daily", "weekly", "monthly", "quarterly", "yearly", "annual"})
"""A report of that sort is counted from what is kept; nobody enters it."""
_OF_PLACES = frozenset({"number of seats", "number of places"})


_EITHER: dict[str, tuple[frozenset[str], str, str]] = {
    "job": (
        words("candidate applicant application vacancy recruiter employer cv company career salary"),
        "vacancy",
        "task",
    ),
    "donation": (
        words("food clothes clothing furniture toy grocery goods supermarket bakery blood parcel shelf"),
        "donation of goods",
        "donation",
    ),
    "game": (words("player team tournament league score result referee opponent"), "match", "tool"),
}
"""Nouns of two meanings: words that speak for the first, and what each meaning is kept like."""


class Noticing:
    """Adds to a sketch what sentences speak of."""

    def __init__(self, sketch: Sketch, cast: Cast, product: str, spoken: frozenset[str]) -> None:
        self._sketch, self._cast, self._spoken = sketch, cast, spoken
        self._reported: Thing | None = None
        self._product = frozenset(stems(product))

    def notice(self, said: Said) -> None:
        """The things of one sentence: first what it says is done, then what else it names."""
        for deed in said.deeds:
            if not deed.negated and deed.verb in KEEPING:
                of_one = any(is_attribute(phrase) for phrase in deed.direct) and bool(deed.tied("of"))
                for phrase in deed.direct:
                    # Of `the length and the draught of the boat` both only say something of the boat.
                    says_of = of_one and phrase.definite and not phrase.many
                    self.thing(phrase, said, kept_by="" if says_of else deed.verb)
        for phrase in said.phrases:
            self.thing(phrase, said)

    def thing(self, phrase: Phrase, said: Said, *, kept_by: str = "") -> Thing | None:
        """The thing that a phrase names; an unknown noun is one when a verb says that it is kept."""
        name = self._name(phrase)
        if name is None or phrase.preposition in _EXAMPLES:
            return None
        if kept_by in _REPORTING and phrase.head in _REPORTED:
            meant = _REPORTED[phrase.head]
            spoken = name if meant == "issue" else meant
            return self._sketch.add(spoken, archetypes.of_noun(meant), said.words)
        known = self._with_places(phrase) or self._sketch.find(name) or self._report(phrase)
        if known is not None or self._is_field(phrase):
            return known
        archetype = self._archetype(phrase, name, kept_by)
        if archetype is None:
            return None
        made = self._sketch.add(name, archetype, said.words)
        self._reported = made if kept_by == "report" else self._reported
        return made

    def _report(self, phrase: Phrase) -> Thing | None:
        """`the report` is what somebody reported."""
        return self._reported if phrase.head == "report" and phrase.definite else None

    def _is_field(self, phrase: Phrase) -> bool:
        """Whether something that is kept already usually has a field of that name: a minimum stock."""
        spoken = key(phrase.written)
        return any(
            key(usual.name) == spoken
            for thing in self._sketch.things.values()
            for usual in usual_fields(thing.archetype.says)
        )

    def _archetype(self, phrase: Phrase, name: str, kept_by: str) -> Archetype | None:
        """What sort of thing a new name is of; None when it is none."""
        if self._is_day(phrase) and kept_by in _ORGANISING:
            return archetypes.of_noun("event")
        if self._is_nothing(phrase, kept_by):
            return None
        says_of = phrase.head in ATTRIBUTES and (phrase.preposition == "with" or not phrase.many)
        known = None if says_of else archetypes.of_noun(self._meant(name))
        unclear = is_attribute(phrase) or (phrase.head.endswith("ing") and not phrase.many)
        if known is not None or not kept_by or unclear:
            return known
        usual = "issue" if kept_by == "report" else "event" if kept_by in _ORGANISING else ""
        return archetypes.of_noun(usual) or archetypes.UNKNOWN

    def _is_nothing(self, phrase: Phrase, kept_by: str) -> bool:
        """Whether a noun names no row of anything: what is abstract, the product itself, or its house."""
        if phrase.head in ABSTRACT or (phrase.head in ONLY_MANY and not phrase.many):
            return True
        if phrase.head in ITSELF and phrase.definite and not phrase.many:
            return True
        if phrase.head == "report" and not _COMPUTED.isdisjoint(phrase.written.casefold().split()):
            return True
        if phrase.head in HOUSES:
            return is_house(phrase) or not kept_by
        return phrase.ours and not phrase.many and not kept_by

    def _meant(self, name: str) -> str:
        """The noun of two meanings as the one that the text is about."""
        head = name.casefold().rpartition(" ")[2]
        meanings = _EITHER.get(head)
        if meanings is None:
            return name
        signs, with_them, without = meanings
        return with_them if signs & self._spoken else without

    def _is_day(self, phrase: Phrase) -> bool:
        """`work days` and `movie nights` are organised like events."""
        return phrase.head in _DAYS and len(phrase.nouns) > 1

    def _with_places(self, phrase: Phrase) -> Thing | None:
        """What has the seats or places that somebody books: the ride, the concert."""
        if phrase.head not in _PLACES:
            return None
        for thing in self._sketch.things.values():
            names = {usual.name for usual in usual_fields(thing.archetype.says)}
            if names & _OF_PLACES and thing.key not in _PLACES:
                return thing
        return None

    def _name(self, phrase: Phrase) -> str | None:
        """The nouns without people and houses before them; None when they name no thing."""
        if self._cast.names_person(phrase) or phrase.head in EVERYBODY:
            return None
        kept = [noun for noun in phrase.nouns[:-1] if self._distinguishes(noun) or self._is_day(phrase)]
        name = " ".join([*kept, phrase.nouns[-1]])
        if not name.isupper() and name[1:].islower():
            name = name[:1] + name[1:].lower()
        is_product = not phrase.many and self._product.issuperset(stems(name) or [name])
        fits = _NAME.fullmatch(name) and not is_product
        return name if fits else None

    def _distinguishes(self, noun: str) -> bool:
        low = noun.casefold()
        common = is_person(low) or low in HOUSES | ABSTRACT | EVERYBODY
        return not common and not self._product.issuperset(stems(noun))


def is_attribute(phrase: Phrase) -> bool:
    """Whether a noun says something of a thing rather than being one."""
    if phrase.head in ATTRIBUTES:
        return True
    return kind_named(phrase.written) is not None and archetypes.of_noun(phrase.head) is None
