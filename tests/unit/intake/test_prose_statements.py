"""Interviews in free text alone: everything is proposed, nothing is dropped."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.stages.intake.document import InterviewProblems, read

WALKS = """
name: Pawsitter
idea: Pet owners find a sitter and book them for a few days. It should feel warm.
problem: Kennels are expensive.
features:
  - Owners request a booking for one of their pets. They see its price.
  - Sitters confirm a booking
  - Sitters cannot delete bookings
  - Nobody but the moon can glow
rules: [A sitter can edit bookings]
"""
OTHERS = [
    "name: Ladle\nidea: Restaurants plan the shifts of their cooks and waiters.\n",
    "name: Shelf\nidea: Readers borrow books from neighbours and rate them.\nproblem: Books gather dust.\n",
    "name: Bonn tennis\nidea: 'Members book courts. The office sends invoices; nobody pays twice.'\n",
    "name: X\nidea: '!!!'\n",
    "name: Y\nidea: Z\nfeatures: [Sing]\n",
]


def test_things_rules_and_people_are_proposed() -> None:
    interview = read(WALKS).interview
    assert {"Pet", "Sitter", "Booking"} <= {entity.name for entity in interview.entities}
    assert {entity.source for entity in interview.entities} == {"inferred"}
    assert len(interview.people) >= 2
    sources = {rule.because: rule.source for rule in interview.rules}
    assert sources["A sitter can edit bookings"] == "stated"
    assert sources["Sitters confirm a booking"] == "inferred"


def test_every_sentence_is_a_statement_and_every_item_repeats_one() -> None:
    interview = read(WALKS).interview
    words = [statement.words for statement in interview.statements]
    assert words[1:4] == [
        "Pet owners find a sitter and book them for a few days.",
        "It should feel warm.",
        "Kennels are expensive.",
    ]
    said = {line for rule in interview.rules for line in rule.because.split("\n")}
    for entity in interview.entities:
        for item in (entity, *entity.fields, *entity.relations):
            said |= set(item.because.split("\n"))
    assert said <= set(words)


def test_what_gave_nothing_or_forbids_something_unread_is_asked() -> None:
    asked = {question.words for question in read(WALKS).open_questions}
    assert {"It should feel warm.", "Nobody but the moon can glow"} <= asked
    assert "Sitters confirm a booking" not in asked


@pytest.mark.parametrize("text", OTHERS)
def test_any_idea_is_enough(text: str) -> None:
    intake = read(text)
    assert intake.interview.entities
    assert intake.completeness < 80


def test_things_or_entities_that_are_empty_are_no_prose() -> None:
    with pytest.raises(InterviewProblems, match="there is no entity"):
        read("name: X\nidea: Owners book sitters.\nthings:\n")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=120), st.lists(st.text(max_size=40), max_size=3))
def test_any_free_text_gives_an_interview_or_problems(idea: str, features: list[str]) -> None:

    text = json.dumps({"name": "X", "idea": idea, "features": features})
    try:
        found = read(text).interview.entities
    except InterviewProblems:
        return
    assert found
