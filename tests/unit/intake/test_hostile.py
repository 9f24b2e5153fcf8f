"""Interviews that are huge or ill-meant: an answer or clear problems, no traceback and no endless wait."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.stages.intake.document import InterviewProblems, render
from flows.stages.intake.source import read_any
from flows.stages.intake.summary import summary
from flows.stages.intake.writing import written

NASTY = [
    "{{ 7*7 }}",
    "{% for x in y %}",
    '"""',
    "'; DROP TABLE users; --",
    "<script>alert(1)</script>",
    "a\\b\\n",
    "$(rm -rf /)",
    "=1+1",
    "\u200b\u0437\u0435\u0440o\u0301 犬",
    "None",
    "yes",
    "User",
    "../../etc/passwd",
    "x" * 60,
]


def outcome(text: str, filename: str | None = None) -> str:
    """What a person would read: what was understood and how it is written, or the problems."""
    try:
        intake = read_any(text, filename=filename)
    except InterviewProblems as problems:
        return render(problems.problems, file="hostile", text=text)
    return summary(intake) + written(intake.interview)


@pytest.mark.parametrize("word", NASTY)
def test_words_with_a_meaning_elsewhere_are_only_words(word: str) -> None:
    value = {
        "name": word,
        "idea": word,
        "problem": word,
        "people": [word],
        "features": [f"{word} sees {word}"],
        "things": {f"{word[:50]} thing": f"Has {word}. Belongs to {word}. {word}"},
        "entities": {
            word: {
                "description": word,
                "fields": {
                    f"{word[:50]} field": {"type": "text", "default": word, "description": word},
                    "kind": {"type": "choice", "choices": [word, "other"], "default": word},
                },
                "belongs_to": {f"{word[:50]} self": word},
            }
        },
        "rules": [f"Only {word} can see {word}"],
        "examples": {word: [{"kind": word, f"{word[:50]} field": word}]},
        "look": {"name": word},
    }
    shown = outcome(json.dumps(value))
    assert word[:50] in shown


def test_names_of_ten_thousand_characters_are_named_with_their_limit() -> None:
    long = "x" * 10_000
    for value in (
        {"name": long, "idea": "Y"},
        {"name": "X", "idea": "Y", "things": {long: "Has a name."}},
        {"name": "X", "idea": "Y", "entities": {long: {"fields": {long: "text"}}}},
        {"name": "X", "idea": "Y", "people": [long], "features": [long], "rules": [long]},
        {"name": "X", "idea": "Y", "entities": {"A": {"fields": {"a": long}, "belongs_to": long}}},
        {"name": "X", "idea": "Y", "look": {"colours": [long]}, "profile": long, "examples": {long: {}}},
    ):
        shown = outcome(json.dumps(value))
        assert "hostile:1:" in shown
        assert "x" * 101 not in shown


def test_five_hundred_entities_are_read_in_every_depth() -> None:
    names = [f"{first}{second}ing" for first in "bcdfghklmnprstvwz" for second in "aeiou"]
    names = list(dict.fromkeys(f"{name}{end}" for name in names for end in "xyzk"))[:250]
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
    assert len(intake.interview.entities) == 500
    assert sum(len(entity.relations) for entity in intake.interview.entities) == 500


def test_more_than_five_hundred_together_are_too_many() -> None:
    value = {
        "name": "X",
        "idea": "Y",
        "entities": {f"A {n}": {"fields": {"a": "text"}} for n in range(300)},
        "things": {f"B {n}": "Has a name." for n in range(300)},
    }
    assert "600 entities are too many" in outcome(json.dumps(value))


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
