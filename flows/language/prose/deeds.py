"""Who does what to what: a sentence as the deeds it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.language.prose.people import HOUSES, is_person
from flows.language.prose.phrases import Phrase, acts, phrased
from flows.language.prose.speech import Word, words_of
from flows.language.prose.vocabulary import EVERYBODY, ITSELF, LETTING, WE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.language.prose.phrases import Item

_OBJECT_TIES = frozenset({"of", "for", "in", "on", "to", "at", "after"})
_POINTING = frozenset({"it", "them", "one", "ones", "these", "those"})
_SKIPPED = frozenset({"adverb", "modal", "be", "not", "to"})
_PARTICLE_VERBS = {
    ("sign", "up"): "register", ("sign", "off"): "cancel", ("rent", "out"): "rent out",
    ("lend", "out"): "lend", ("give", "away"): "give away", ("give", "back"): "return",
    ("pick", "up"): "pick up", ("hand", "in"): "submit", ("send", "in"): "submit", ("fill", "out"): "submit",
    ("check", "out"): "borrow", ("bring", "back"): "return", ("send", "back"): "return",
    ("ask", "for"): "request",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """A verb with who does it and to what, in the words of a sentence."""

    verb: str
    subjects: tuple[Phrase, ...]
    """Empty when the sentence does not say who."""
    objects: tuple[Phrase, ...]
    """What it is done to, and what stands behind with a preposition."""
    everybody: bool = False
    """Whether the subject is everybody who uses it."""
    house: bool = False
    """Whether the subject is `we`."""
    negated: bool = False
    becomes: str = ""
    """What it is afterwards: `paid` of `marks them as paid`."""

    @property
    def direct(self) -> tuple[Phrase, ...]:
        """What the verb is done to; that of `search for` and `track of` stands behind a preposition."""
        plain = tuple(thing for thing in self.objects if not thing.preposition)
        if plain or not self.objects or self.objects[0].preposition not in _OBJECT_TIES:
            return plain
        first = self.objects[0].preposition
        return tuple(thing for thing in self.objects if thing.preposition == first)

    def tied(self, *prepositions: str) -> tuple[Phrase, ...]:
        """What stands behind with one of the prepositions."""
        return tuple(thing for thing in self.objects if thing.preposition in prepositions)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A sentence taken apart."""

    words: str
    """On one line: what `because` repeats."""
    where: str
    """idea, problem or feature."""
    offset: int
    phrases: tuple[Phrase, ...]
    """All but the one that only says what the product is: `A habit tracker for busy people`."""
    deeds: tuple[Deed, ...]
    names_product: bool = False


def said(words: str, where: str, offset: int, they: tuple[Phrase, ...] = ()) -> Said:
    """The sentence with its noun phrases and deeds; `they`: whom it means by that at its start."""
    items = tuple(_without_doubts(phrased(words_of(words))))
    phrases = tuple(item for item in items if isinstance(item, Phrase))
    names_product = where == "idea" and offset == 0 and _names_product(items)
    return Said(
        words=words,
        where=where,
        offset=offset,
        phrases=phrases[1:] if names_product else phrases,
        names_product=names_product,
        deeds=_Reader(items, they).read(),
    )


def _without_doubts(items: Sequence[Item]) -> Iterator[Item]:
    """Without what is only asked: nobody keeps the room of `whether there is room for their boat`."""
    asked = False
    for item in items:
        if not isinstance(item, Phrase):
            asked = item.low == "whether" or (asked and item.part not in {"comma", "break", "end"})
        if not asked:
            yield item


def _names_product(items: Sequence[Item]) -> bool:
    first = items[0] if items else None
    if not isinstance(first, Phrase) or first.many or first.definite or first.own:
        return False
    return len(items) > 1 and _part(items[1]) not in {"verb", "modal", "be", "adverb", "comma", "conjunction"}


class _Reader:
    """Walks from verb to verb and remembers of whom and what was spoken."""

    def __init__(self, items: Sequence[Item], they: tuple[Phrase, ...]) -> None:
        self._items = items
        self._subject = they
        self._everybody = self._house = False
        self._object: tuple[Phrase, ...] = ()

    def read(self) -> tuple[Deed, ...]:
        deeds: list[Deed] = []
        places: list[int] = []
        for at, item in enumerate(self._items):
            if isinstance(item, Phrase):
                continue
            if item.part == "verb":
                deed = self._deed(at, item)
                if deed is not None:
                    deeds.append(deed)
                    places.append(at)
        for at in range(len(deeds) - 2, -1, -1):
            # Of `confirms or declines a booking` both are done to the booking.
            joined = self._are_joined(places[at], places[at + 1])
            if joined and not deeds[at].objects and deeds[at].subjects == deeds[at + 1].subjects:
                deeds[at] = replace(deeds[at], objects=deeds[at + 1].objects)
        return tuple(deeds)

    def _are_joined(self, first: int, second: int) -> bool:
        """Whether two verbs stand together: `confirms or declines`."""
        between = {_part(item) for item in self._items[first + 1 : second]}
        return between <= {"conjunction", "comma", *_SKIPPED}

    def _deed(self, at: int, verb: Word) -> Deed | None:
        lemma = self._lemma(at, verb)
        passive = verb.shape == "past" and self._is_passive(at)
        objects = self._objects(at)
        if lemma == "keep" and objects and objects[0].head == "track":
            lemma, objects = "track", objects[1:]
        if passive:
            subjects, objects = self._turned(at, objects)
        else:
            subjects = self._subjects(at)
        if lemma in LETTING:
            self._object = tuple(thing for thing in objects if not thing.preposition) or self._object
            return None
        deed = Deed(
            verb=lemma,
            subjects=subjects,
            objects=objects,
            everybody=self._everybody and not subjects,
            house=self._house and not subjects,
            negated=self._is_negated(at),
            becomes=self._becomes(at),
        )
        if deed.direct:
            leaves = all(thing.head in HOUSES | ITSELF and thing.definite for thing in deed.direct)
            # `Before a case leaves the house, it is inspected` is not about the house.
            self._object = deed.subjects if leaves else deed.direct
        return deed

    def _becomes(self, at: int) -> str:
        """The word behind `as`."""
        for place in range(at + 1, min(at + 5, len(self._items) - 1)):
            item, following = self._items[place], self._items[place + 1]
            is_as = not isinstance(item, Phrase) and item.low == "as"
            if is_as and not isinstance(following, Phrase) and following.part in {"adjective", "verb"}:
                return following.low
        return ""

    def _lemma(self, at: int, verb: Word) -> str:
        for item in self._items[at + 1 : at + 4]:
            particle = item.preposition if isinstance(item, Phrase) else item.low
            if (verb.lemma, particle) in _PARTICLE_VERBS:
                return _PARTICLE_VERBS[verb.lemma, particle]
        return verb.lemma

    def _before(self, at: int) -> int:
        """Place of what stands before a verb and its helpers, -1 at the start."""
        at -= 1
        while at >= 0 and _part(self._items[at]) in _SKIPPED:
            at -= 1
        return at

    def _is_passive(self, at: int) -> bool:
        helpers = self._items[self._before(at) + 1 : at]
        before = self._items[self._before(at)] if self._before(at) >= 0 else None
        follows = self._items[at + 1] if at + 1 < len(self._items) else None
        reduced = isinstance(before, Phrase) and isinstance(follows, Phrase) and follows.preposition == "by"
        return reduced or any(_part(item) == "be" for item in helpers)

    def _is_negated(self, at: int) -> bool:
        return any(_part(item) == "not" for item in self._items[self._before(at) + 1 : at])

    def _turned(self, at: int, objects: tuple[Phrase, ...]) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
        """`Bookings are confirmed by the office`: the office confirms bookings."""
        done_to = self._named_before(self._before(at))
        actors = tuple(thing for thing in objects if thing.preposition == "by")
        others = tuple(thing for thing in objects if thing.preposition != "by")
        return actors, (*(done_to or self._object), *others)

    def _subjects(self, at: int) -> tuple[Phrase, ...]:
        place = self._before(at)
        before = self._items[place] if place >= 0 else None
        if isinstance(before, Phrase):
            self._hear(self._named_before(place))
        elif before is None or before.part == "end":
            self._subject, self._everybody, self._house = (), False, False
        elif before.part == "pronoun":
            self._everybody = before.low in EVERYBODY or (self._everybody and before.low == "they")
            self._house = before.low in WE
            if before.low not in {"they", "he", "she", "who"}:
                self._subject = ()
        elif before.part == "relative" and place > 0:
            self._hear(self._meant(place))
        return self._subject

    def _meant(self, relative: int) -> tuple[Phrase, ...]:
        """Whom `who` means: the person directly before it, whatever that hangs on."""
        place = relative - 1
        while place > 0 and _part(self._items[place]) == "comma":
            place -= 1
        before = self._items[place]
        pronoun = self._items[relative]
        is_who = isinstance(pronoun, Word) and pronoun.low == "who"
        if is_who and isinstance(before, Phrase) and is_person(before.head):
            return (before,)
        return self._named_before(relative - 1)

    def _hear(self, subjects: tuple[Phrase, ...]) -> None:
        self._everybody = any(subject.head in EVERYBODY for subject in subjects)
        self._house = False
        self._subject = tuple(subject for subject in subjects if subject.head not in EVERYBODY)

    def _named_before(self, place: int) -> tuple[Phrase, ...]:
        """The phrases that end there: joined ones together, and not what hangs on them."""
        found: list[Phrase] = []
        while place >= 0:
            item = self._items[place]
            if not isinstance(item, Phrase):
                break
            if item.preposition and item.preposition != "for" and place > 0:
                place -= 1
                found = []
                continue
            found.insert(0, item)
            if not item.joined:
                break
            place -= 1
        return tuple(found)

    def _objects(self, at: int) -> tuple[Phrase, ...]:
        found: list[Phrase] = []
        for place in range(at + 1, len(self._items)):
            item = self._items[place]
            if isinstance(item, Phrase):
                if place > at + 1 and _part(self._items[place - 1]) == "comma" and acts(self._items, place):
                    break
                found.append(item)
            elif item.part == "pronoun" and item.low in _POINTING:
                before = self._items[place - 1]
                tie = before.low if isinstance(before, Word) and before.part == "preposition" else ""
                found += [replace(thing, preposition=tie) for thing in self._object]
            elif item.part in {"verb", "relative", "break", "end"}:
                found = self._without_next_subject(found, place)
                break
        return tuple(found)

    def _without_next_subject(self, found: list[Phrase], verb: int) -> list[Phrase]:
        """Of `members book courts and trainers confirm them`, the trainers are no object of the booking."""
        item, before = self._items[verb], self._items[self._before(verb)]
        acts = isinstance(item, Word) and item.part == "verb" and item.shape in {"base", "third"}
        is_subject = acts and len(found) > 1 and before is found[-1] and not found[-1].preposition
        return found[:-1] if is_subject else found


def _part(item: Item) -> str:
    return "phrase" if isinstance(item, Phrase) else item.part
