"""Interviews that are huge or ill-meant: an answer or clear problems, no traceback and no endless wait."""

from __future__ import annotations

import json
import time
from pathlib import PurePath
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.stages.intake.document import InterviewProblems, render
from flows.stages.intake.problems import clean, refused
from flows.stages.intake.source import read_any
from flows.stages.intake.summary import summary
from flows.stages.intake.writing import written
from tests.hostile import documents, jdl
from tests.hostile.case import Case, answer
from tests.hostile.page import PAGE, page
from tests.hostile.words import POSITIONS, WORDS, Word

NASTY = [word.text for word in WORDS if "line" in word.fits] + ["User", "yes", "x" * 60]
BOUND = 10.0  # seconds; a tenth of it where nothing else runs


def outcome(text: str, filename: str | None = None) -> str:
    """What a person would read: what was understood and how it is written, or the problems."""
    try:
        intake = read_any(text, filename=filename)
    except InterviewProblems as problems:
        return render(problems.problems, file="hostile", text=text)
    return summary(intake) + written(intake.interview)


def held(case: Case) -> None:
    """What came back is what the catalogue says; a refusal is one that a person can use, however hostile."""
    started = time.process_time()
    found = answer(case)
    assert time.process_time() - started < BOUND, case.what
    assert found.place == case.refused, f"{case.what}: {found.shown or 'an application'}"
    if found.intake:
        return
    said, line, caret, hint, *more = found.shown.split("\n")
    assert said == f"{PurePath(case.filename).name}:{found.place}: {clean(found.message)}"
    assert line.startswith(f"  {found.place.partition(':')[0]} |")
    assert caret.strip(" |") == "^"
    assert hint.strip()
    assert all(len(line) < 500 for line in (said, line, caret, hint, *more)), case.what
    assert not any(refused(character) for character in found.shown), case.what


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.what)
def test_a_word_in_every_position_comes_back_as_the_catalogue_says(word: Word) -> None:
    for position in POSITIONS:
        held(position.case(word))


@pytest.mark.parametrize("case", [*documents.DOCUMENTS, *jdl.FILES], ids=lambda case: case.what[:60])
def test_a_file_comes_back_as_the_catalogue_says(case: Case) -> None:
    held(case)


def test_every_problem_is_said_at_once() -> None:
    case = next(case for case in documents.SHAPES if case.what == "many things wrong at once")
    said = [line for line in answer(case).shown.split("\n") if line.startswith("hostile.yaml:")]
    assert [line.split(":")[1] for line in said] == ["1", "2", "3", "8"]


def test_the_page_says_what_came_back() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.hostile.page"


def test_a_hundred_entities_are_read_in_every_depth() -> None:
    names = [f"{first}{second}ing" for first in "bcdfghklmnprstvwz" for second in "aeiou"]
    names = list(dict.fromkeys(f"{name}{end}" for name in names for end in "xyzk"))[:50]
    exact = {
        f"Thing {name}": {"fields": {"name": "text"}, "belongs_to": f"Thing {other}"}
        for name, other in zip(names, [*names[1:], names[0]], strict=True)
    }
    spoken = {
        f"Story {name}": f"Has a name, a price in EUR. Belongs to a Story {other}."
        for name, other in zip(names, [*names[1:], names[0]], strict=True)
    }
    value = {"name": "X", "idea": "Y", "entities": exact, "things": spoken}
    intake = read_any(json.dumps(value))
    assert len(intake.interview.entities) == 100
    assert sum(len(entity.relations) for entity in intake.interview.entities) == 100


def test_more_than_a_hundred_together_are_too_many() -> None:
    value = {
        "name": "X",
        "idea": "Y",
        "entities": {f"A {n}": {"fields": {"a": "text"}} for n in range(60)},
        "things": {f"B {n}": "Has a name." for n in range(60)},
    }
    assert "120 entities are too many" in outcome(json.dumps(value))


def test_thousands_of_sentences_are_too_many() -> None:
    value = {"name": "X", "idea": "Y", "things": {f"A {n}": "Glows. " * 600 for n in range(20)}}
    assert "12000 sentences are too many" in outcome(json.dumps(value))


_WORDS = st.sampled_from(
    [*NASTY, "Pet", "Owner", "text", "date", "name", "Has a name. Belongs to a Pet.", "user"]
)
_PARTS: dict[str, st.SearchStrategy[Any]] = {
    "people": st.lists(_WORDS, max_size=2),
    "features": st.lists(_WORDS, max_size=2),
    "things": st.dictionaries(_WORDS, _WORDS | st.lists(_WORDS, max_size=2), max_size=2),
    "rules": st.lists(_WORDS, max_size=2),
    "look": st.dictionaries(st.sampled_from(["name", "colours", "x"]), _WORDS, max_size=2),
    "examples": st.dictionaries(_WORDS, st.dictionaries(_WORDS, _WORDS, max_size=2), max_size=2),
    "profile": st.sampled_from(["web", "api", "cli"]),
    "entities": st.dictionaries(
        _WORDS,
        st.fixed_dictionaries(
            {},
            optional={
                "fields": st.dictionaries(
                    _WORDS, _WORDS | st.fixed_dictionaries({"type": _WORDS}), max_size=2
                ),
                **dict.fromkeys(
                    ("belongs_to", "has_one", "has_many", "many_to_many"),
                    _WORDS | st.lists(_WORDS, max_size=2) | st.dictionaries(_WORDS, _WORDS, max_size=2),
                ),
                "shown_by": _WORDS,
            },
        ),
        max_size=3,
    ),
}


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({"name": _WORDS, "idea": _WORDS}, optional=_PARTS))
def test_any_document_of_these_parts_gives_an_answer(value: dict[str, Any]) -> None:
    shown = outcome(json.dumps(value))
    assert shown
    assert "Traceback" not in shown


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=120), st.sampled_from([None, "a.yaml", "a.json", "a.jdl", "a.jh", "a"]))
def test_any_text_in_any_notation_gives_an_answer(text: str, filename: str | None) -> None:
    assert outcome(text, filename)
