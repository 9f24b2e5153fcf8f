"""Noun phrases: `the last bookings of a sitter` is the booking, of the sitter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from flows.language.plurals import singular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.prose.speech import Word

_INSIDE = frozenset({"determiner", "possessive", "adjective", "number", "noun"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """A noun with what stands before it."""

    head: str
    """The last noun, in the singular, without case."""
    nouns: tuple[str, ...]
    """All nouns as they are written, the last in the singular: ('Care', 'report')."""
    written: str
    """Adjectives and nouns as they are written: what a field would be called."""
    many: bool = False
    own: bool = False
    """Whether it is theirs: `their pets`."""
    definite: bool = False
    """Whether it is a known one: `the clinic`, `our clinic`."""
    ours: bool = False
    """Whether it is the product's own: `our garden`."""
    owner: Phrase | None = None
    """`the sitter` of `the sitter's rating`."""
    preposition: str = ""
    """The word before it that ties it to something else."""
    joined: bool = False
    """Whether `and` or a comma ties it to the phrase before."""
    paired: bool = False
    """Whether it is `and` itself."""

    @property
    def name(self) -> str:
        """The nouns as one name."""
        return " ".join(self.nouns)


Item: TypeAlias = "Phrase | Word"


def phrased(words: Sequence[Word]) -> tuple[Item, ...]:
    """The sentence with every noun phrase as one item."""
    items: list[Item] = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end].part in _INSIDE:
            end += 1
            if end < len(words) and words[end - 1].part == "noun" and _begins_anew(words[end]):
                break
        inside = words[at:end]
        if any(word.part == "noun" for word in inside):
            _take(items, _phrase(_trimmed(inside)))
            at = end
        else:
            items.append(words[at])
            at += 1
    return tuple(_freed(items, place) for place in range(len(items)))


def _is_subject(items: Sequence[Item], place: int) -> bool:
    """Whether the list that a phrase is in does something."""
    while place + 1 < len(items) and isinstance(after := items[place + 1], Phrase) and after.joined:
        place += 1
    return acts(items, place)


def _freed(items: Sequence[Item], place: int) -> Item:
    """A phrase that begins a clause of its own is no part of the list before it.

    Of `courses with lessons, students enrol` the students are not in the courses.
    """
    item = items[place]
    if not isinstance(item, Phrase):
        return item
    if item.preposition == ":" and _is_subject(items, place):
        return replace(item, preposition="")
    if not item.joined or not acts(items, place):
        return item
    start = place
    while start > 0 and isinstance(before := items[start], Phrase) and before.joined:
        start -= 1
    first = items[start]
    hangs = isinstance(first, Phrase) and first.preposition not in {"", "for"}
    is_done_to = start > 0 and _part(items[start - 1]) == "verb"
    return replace(item, joined=False, preposition="") if hangs or is_done_to else item


def acts(items: Sequence[Item], place: int) -> bool:
    """Whether a verb follows, helpers and adverbs left out."""
    following = (_part(item) for item in items[place + 1 :])
    return next((part for part in following if part not in {"adverb", "modal", "not", "be"}), "") == "verb"


def _part(item: Item) -> str:
    return "phrase" if isinstance(item, Phrase) else item.part


def _begins_anew(word: Word) -> bool:
    return word.part in {"determiner", "possessive"}


def _trimmed(inside: Sequence[Word]) -> Sequence[Word]:
    """Without adjectives behind the last noun."""
    last = max(number for number, word in enumerate(inside) if word.part == "noun")
    return inside[: last + 1]


def _phrase(inside: Sequence[Word]) -> Phrase:
    owner, rest = _owner(inside)
    nouns = [word for word in rest if word.part == "noun"]
    head = nouns[-1]
    spoken = [word for word in rest if word.part in {"noun", "adjective"}]
    return Phrase(
        head=singular(head.low),
        nouns=(*(word.text for word in nouns[:-1]), singular(head.text)),
        written=" ".join(word.text for word in spoken),
        many=head.lemma != head.low or any(word.low in _MANY for word in inside),
        own=any(word.part == "possessive" for word in inside if word.low not in {"our", "my"}),
        definite=any(word.low in {"the", "our", "my", "this"} for word in inside),
        ours=any(word.low in {"our", "my"} for word in inside),
        owner=owner,
    )


_MANY = frozenset({"all", "every", "each", "many", "several", "some", "any", "both"})


def _owner(inside: Sequence[Word]) -> tuple[Phrase | None, Sequence[Word]]:
    """Who stands before an apostrophe."""
    for at, word in enumerate(inside[:-1]):
        if word.part == "noun" and word.low.endswith(("'s", "s'")):
            return _phrase([*inside[:at], _without_apostrophe(word)]), inside[at + 1 :]
    last = inside[-1]
    if last.low.endswith(("'s", "s'")):
        return None, [*inside[:-1], _without_apostrophe(last)]
    return None, inside


def _without_apostrophe(word: Word) -> Word:
    low = word.low.removesuffix("'s").removesuffix("'")
    return replace(word, low=low, text=word.text[: len(low)], lemma=singular(low))


def _take(items: list[Item], phrase: Phrase) -> None:
    """Add a phrase with the word that ties it to what stands before."""
    before = items[-1] if items else None
    if isinstance(before, Phrase) or before is None:
        items.append(phrase)
        return
    if before.low == "of" and _is_some(items[-2:-1]):
        del items[-2:]  # one of our technicians is a technician
        _take(items, phrase)
    elif before.low == ":":
        items[-1] = replace(phrase, preposition=":")
    elif before.part == "preposition":
        items[-1] = replace(phrase, preposition=before.low)
    elif before.part in {"conjunction", "comma"} and _last_phrase(items[:-1]) is not None:
        tied = _last_phrase(items[:-1])
        paired = before.part == "conjunction"
        preposition = tied.preposition if tied else ""
        items[-1] = replace(phrase, joined=True, paired=paired, preposition=preposition)
    else:
        items.append(phrase)


def _is_some(items: Sequence[Item]) -> bool:
    return bool(items) and not isinstance(items[0], Phrase) and items[0].part in {"determiner", "number"}


def _last_phrase(items: Sequence[Item]) -> Phrase | None:
    """The phrase directly before, commas and `and` left out."""
    for item in reversed(items):
        if isinstance(item, Phrase):
            return item
        if item.part not in {"conjunction", "comma"}:
            return None
    return None
