"""Whole interviews in words: what is understood, what is asked about, and that nothing is dropped."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from flows.language import read_rules, read_things
from tests.unit.language.accounting import unaccounted


class Words(NamedTuple):
    """An interview in words."""

    people: list[str]
    things: dict[str, str]
    rules: list[str]


ALL = {
    path.stem: Words(**yaml.safe_load(path.read_text(encoding="utf-8")))
    for path in sorted((Path(__file__).parent / "interviews").glob("*.yaml"))
}

UNREAD = {
    "clinic": [
        "Speaks several languages.",
        "in days",
    ],
    "library": [],
    "car_pool": [
        "A ride goes from a place to a place.",
        "Smoking is not allowed",
        "A passenger asks for a seat on a ride.",
        "From one user to another user",
    ],
    "festival": [],
    "garden": ["Many gardeners take part in many work days"],
}
"""What of each interview becomes a question."""
UNREAD_RULES = {
    "clinic": ["A prescription cannot be changed once the appointment is done"],
    "library": [],
    "car_pool": ["Passengers can cancel their own seat requests"],
    "festival": [],
    "garden": ["Gardeners can borrow a tool"],
}


@pytest.mark.parametrize(("name", "words"), ALL.items(), ids=ALL.keys())
def test_an_interview_is_read_but_for_what_is_asked_about(name: str, words: Words) -> None:
    reading = read_things(words.things, people=words.people)
    rules = read_rules(words.rules, entities=reading.entities, people=words.people)
    unread = {part.words.rstrip(".") for _, part in reading.unread}
    assert unread == {part.rstrip(".") for part in UNREAD[name]}
    assert [part.words for _, part in rules.unread] == UNREAD_RULES[name]


@pytest.mark.parametrize("words", ALL.values(), ids=ALL.keys())
def test_every_sentence_gives_an_item_or_a_question(words: Words) -> None:
    reading = read_things(words.things, people=words.people)
    said = [rule.because for rule in reading.rules]
    for entity in reading.entities:
        said += [entity.because, *(part.because for part in (*entity.fields, *entity.relations))]
    used = {line for because in said for line in because.split("\n")}
    for thing, offset, sentence in reading.sentences:
        end = offset + len(sentence)
        asked = any(place == thing and offset <= part.offset <= end for place, part in reading.unread)
        assert sentence in used or asked, sentence


@pytest.mark.parametrize("words", ALL.values(), ids=ALL.keys())
def test_no_word_of_an_interview_is_dropped(words: Words) -> None:
    for thing, text in words.things.items():
        reading = read_things(words.things, people=words.people)
        mine = tuple((place, part) for place, part in reading.unread if place == thing)
        whole = type(reading)(
            entities=reading.entities, known=(), rules=reading.rules, unread=mine, sentences=reading.sentences
        )
        assert unaccounted(text, whole) == []


@pytest.mark.parametrize("words", ALL.values(), ids=ALL.keys())
def test_the_same_words_are_read_the_same(words: Words) -> None:
    assert read_things(words.things, people=words.people) == read_things(words.things, people=words.people)
