"""A proposal from free text alone: things, relations, people and rules, all of it to be confirmed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import InterviewEntity, InterviewRule
from flows.language.currencies import CURRENCIES, NAMES, SIGNS
from flows.language.prose import archetypes
from flows.language.prose.acting import Acting
from flows.language.prose.belonging import Belonging
from flows.language.prose.cast import Cast, cast_of
from flows.language.prose.deeds import Said, said
from flows.language.prose.noticing import Noticing
from flows.language.prose.people import is_person
from flows.language.prose.sketch import Sketch, Tie
from flows.language.prose.vocabulary import ABSTRACT, EVERYBODY, MODALS
from flows.language.reading import Unread
from flows.language.sentences import one_line, sentences
from flows.language.words import ascii_words, mentions, stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flows.language.prose.phrases import Phrase

_INTRODUCED = re.compile(
    r"^(?:we|i) (?:are|am|run|have|own)\b|^(?:our|this|it) \w+ (?:is|are)\b", re.IGNORECASE
)
_NOUN = re.compile(r"[^\W\d_]{3,}(?:[ '-][^\W\d_]+){0,3}")
IDEA, PROBLEM, FEATURE = "idea", "problem", "feature"
NOTHING_SAID = "Entry"
_WISHING = MODALS | {"want", "wants", "need", "needs", "wish", "allow", "allows", "let", "lets"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What free text suggests; every item is inferred and repeats its sentence as `because`."""

    entities: tuple[InterviewEntity, ...]
    """At least one."""
    rules: tuple[InterviewRule, ...]
    people: tuple[str, ...]
    """The founder's own when they named some, else who does something in the text."""
    unread: tuple[tuple[str, Unread], ...]
    """(`idea` or `problem`, sentence) of what nothing was made of; features stay wishes in any case."""


def propose(
    *, name: str, idea: str, problem: str, features: Sequence[str], people: Sequence[str]
) -> Proposal:
    """Read the texts of an interview that describes no things."""
    heard = list(_told(idea, IDEA))
    heard += [said(one_line(feature), FEATURE, 0) for feature in features]
    heard += _told(problem, PROBLEM)
    wishes = [one for one in heard if one.where != PROBLEM]
    cast = cast_of(wishes, people)
    sketch, acting = _sketched(wishes, cast, name)
    if not sketch.things and any(one.where == PROBLEM for one in heard):
        cast = cast_of(heard, people)
        sketch, acting = _sketched(heard, cast, name)
    unread = [] if sketch.things else [_fallback(sketch, heard, name)]
    entities = sketch.entities(_currency(" ".join(one.words for one in heard)))
    rules = acting.permissions.rules(sketch, cast)
    reflected = _Reflected(entities, rules, cast)
    unread += [(one.where, _question(one, entities)) for one in heard if not reflected.holds(one)]
    return Proposal(entities=entities, rules=rules, people=tuple(cast.roles.values()), unread=tuple(unread))


def _told(text: str, where: str) -> Iterator[Said]:
    """The sentences of a text; whom one speaks of first is who the next means by `they`."""
    they: tuple[Phrase, ...] = ()
    for offset, words in sentences(text):
        one = said(words, where, offset, they)
        they = next((deed.subjects for deed in one.deeds if deed.subjects), ())
        yield one


def _sketched(heard: Sequence[Said], cast: Cast, name: str) -> tuple[Sketch, Acting]:
    sketch = Sketch()
    spoken = frozenset(phrase.head for one in heard for phrase in one.phrases)
    noticing = Noticing(sketch, cast, name, spoken)
    belonging = Belonging(sketch, cast, noticing)
    acting = Acting(sketch, cast, noticing, spoken)
    for one in heard:
        noticing.notice(one)
        acting.act(one)
    for one in heard:
        belonging.tie(one)
    _settle(sketch)
    return sketch, acting


def _settle(sketch: Sketch) -> None:
    """What usually belongs to something that is there too does so, unless it is tied to something already."""
    for thing in sketch.things.values():
        if all(tie.is_person for tie in thing.ties.values()):
            parents = (sketch.of_noun(noun) for noun in thing.archetype.parents)
            parent = next((found for found in parents if found is not None), None)
            if parent is not None and thing.key not in parent.ties:
                thing.tie(Tie(to=parent.key, name=parent.key, because=thing.because))
        targets = (sketch.things[to].archetype for to in thing.ties if to in sketch.things)
        thing.archetype = archetypes.settled(thing.archetype, targets)


def _fallback(sketch: Sketch, heard: Sequence[Said], name: str) -> tuple[str, Unread]:
    """The noun that is said most, or a plain entry: something to begin with, and a question."""
    counted: Counter[str] = Counter()
    first: dict[str, tuple[Phrase, Said]] = {}
    for one in heard:
        for phrase in one.phrases:
            if phrase.head not in ABSTRACT | EVERYBODY and _NOUN.fullmatch(phrase.name):
                counted[phrase.head] += 1
                first.setdefault(phrase.head, (phrase, one))
    words = heard[0].words if heard else name
    spoken = NOTHING_SAID
    archetype: archetypes.Archetype | None = None
    if counted:
        head = max(counted, key=lambda noun: counted[noun])
        spoken, words = first[head][0].name, first[head][1].words
        archetype = archetypes.of_person(head) if is_person(head) else archetypes.of_noun(head)
    made = sketch.add(spoken, archetype, words) or sketch.add(NOTHING_SAID, None, words)
    if made is None:
        raise ValueError("an empty sketch has no room for a thing")
    where = heard[0].where if heard and heard[0].where != FEATURE else IDEA
    nearest = f"Nothing says what is kept, so it is called {made.name}: what is it that it keeps?"
    return where, Unread(words=words, nearest=nearest, offset=0)


def _currency(text: str) -> str | None:
    """The only currency that a text names."""
    words = text.split()
    codes = {SIGNS[sign] for sign in SIGNS if len(sign) == 1 and sign in text}
    codes |= {word for word in words if word in CURRENCIES and word.isupper()}
    codes |= {NAMES[word] for word in stems(text) if word in NAMES and word != "pound"}
    return codes.pop() if len(codes) == 1 else None


class _Reflected:
    """Tells which sentences something was made of."""

    def __init__(
        self, entities: Iterable[InterviewEntity], rules: Iterable[InterviewRule], cast: Cast
    ) -> None:
        self._because = {rule.because for rule in rules} | set(cast.because.values())
        self._names = list(cast.roles.values())
        for entity in entities:
            self._names.append(entity.name)
            self._because |= {entity.because, *(field.because for field in entity.fields)}
            self._because |= {relation.because for relation in entity.relations}

    def holds(self, one: Said) -> bool:
        """Whether a sentence is in the proposal, is a wish of its own, or only says why."""
        if one.where == FEATURE or one.words in self._because:
            return True
        if one.where == PROBLEM:
            if any(mentions(one.words, name) for name in self._names):
                return True
            return _WISHING.isdisjoint(ascii_words(one.words))
        # `A library app.` and `We are a library.` only say what the product is or who asks for it.
        introduced = one.offset == 0 and _INTRODUCED.search(one.words) is not None
        return introduced or (one.names_product and not one.deeds)


def _question(one: Said, entities: Sequence[InterviewEntity]) -> Unread:
    spoken = [entity.name for entity in entities if mentions(one.words, entity.name)]
    if spoken:
        return Unread(
            words=one.words,
            nearest=f"Nothing more than {', '.join(spoken)} was read from this: "
            "which field, relation or rule should it give?",
            offset=one.offset,
        )
    names = ", ".join(entity.name for entity in entities[:5])
    return Unread(
        words=one.words,
        nearest=f"Is this about one of {names}, or about something that is not kept yet?",
        offset=one.offset,
    )
