"""Interviews without things: what their sentences suggest is in the intake, and none of them is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.stages.blueprint.derive import derive
from flows.stages.intake.document import read

if TYPE_CHECKING:
    from flows.contracts import Intake

STAMMTISCH = """\
name: Stammtisch
idea: >-
  Guests book a table in our restaurant without calling. The staff confirms or declines the
  reservation. It should be beautiful.
problem: The phone rings all evening. Tables stay empty.
features:
  - Guests write a review. They add a photo to it.
  - Guests get a reminder by SMS
"""


def intake() -> Intake:
    return read(STAMMTISCH)


def test_things_rules_and_people_are_proposed() -> None:
    interview = intake().interview
    assert {"Table", "Reservation", "Review"} <= {entity.name for entity in interview.entities}
    assert interview.people == ("guest", "staff")
    assert ("staff",) in {rule.who for rule in interview.rules}
    assert {entity.source for entity in interview.entities} == {"inferred"}


def test_every_sentence_is_a_statement_of_its_own() -> None:
    said = [(statement.where, statement.words) for statement in intake().interview.statements]
    assert said[1:4] == [
        ("idea", "Guests book a table in our restaurant without calling."),
        ("idea", "The staff confirms or declines the reservation."),
        ("idea", "It should be beautiful."),
    ]
    assert ("features[1]", "Guests write a review. They add a photo to it.") in said


def test_what_gives_nothing_is_asked_and_all_is_traced() -> None:
    plan = derive(intake())
    assert "It should be beautiful." in [question.words for question in plan.open_questions]
    assert "Guests get a reminder by SMS" in [wish.words for wish in plan.not_built]
    assert all(trace.items for trace in plan.traces)
    assert len(plan.traces) == len(intake().interview.statements)


def test_an_idea_of_one_word_can_be_read() -> None:
    small = read("name: X\nidea: Pets\n")
    assert [entity.name for entity in small.interview.entities] == ["Pet"]
    assert derive(small).entity("Pet").fields


def test_described_things_are_left_as_they_are() -> None:
    exact = read("name: X\nidea: Members book courts.\nentities: {Pet: {fields: {name: text}}}\n")
    assert [entity.name for entity in exact.interview.entities] == ["Pet"]
    assert exact.interview.people == ()
