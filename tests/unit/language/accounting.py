"""Accounts for the words of a sentence: each is in an item, unread, or a word of the grammar."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.language.currencies import NAMES, SIGNS
from flows.language.kinds import SYNONYMS
from flows.language.lexicon import ARTICLES, FILLERS, MEASURING, NUMBERS, PHRASES, PREPOSITIONS
from flows.language.words import stems

if TYPE_CHECKING:
    from flows.language import ThingsReading

_WORD = re.compile(r"\w+(?:['\u2019.-]\w+)*")
_STRUCTURE = {
    stem
    for words in (
        *(" ".join(phrase) for phrase in PHRASES),
        *ARTICLES,
        *FILLERS,
        *NUMBERS,
        *MEASURING,
        *PREPOSITIONS,
        *NAMES,
        *(kind.value for kind in FieldKind),
        *(word for synonyms in SYNONYMS.values() for word in synonyms),
        "and or plus not cannot can't person who that which always it they some with to today now",
        "mb kb gb minutes hours days years",
    )
    for stem in stems(words)
}


def unaccounted(text: str, reading: ThingsReading) -> list[str]:
    """The words of a description that are in no item and not unread, and carry no structure."""
    items = [entity.model_dump(mode="json") for entity in (*reading.entities, *reading.known)]
    items += [rule.model_dump(mode="json") for rule in reading.rules]
    said = json.dumps(_without_because(items), ensure_ascii=False)
    spans = [(part.offset, part.offset + len(part.words)) for _, part in reading.unread]
    reflected = set(stems(said)) | _STRUCTURE | {sign for sign in SIGNS if sign in text}
    said += " ".join(_sizes(said))
    numbers = {float(number) for number in re.findall(r"-?[0-9]+(?:\.[0-9]+)?", said)}
    lost = []
    for word in _WORD.finditer(text):
        unread = any(start <= word.start() < end for start, end in spans)
        number = re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", word.group())
        if unread or (number and float(word.group()) in numbers):
            continue
        if not set(stems(word.group())) <= reflected:
            lost.append(word.group())
    return lost


def _sizes(said: str) -> list[str]:
    """Sizes in bytes as people write them: `3145728` is 3 MB."""
    return [str(int(number) // 2**20) for number in re.findall(r"[0-9]{7,}", said)]


def _without_because(value: object) -> object:
    if isinstance(value, dict):
        said = {key: part for key, part in value.items() if key not in {"because", "source"}}
        return {key: _without_because(part) for key, part in said.items()}
    return [_without_because(part) for part in value] if isinstance(value, list) else value
