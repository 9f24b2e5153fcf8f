"""Things described in sentences, alone and together with entities that are spelled out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.stages.intake.document import InterviewProblems, read

if TYPE_CHECKING:
    from flows.contracts import Intake, InterviewEntity

HEAD = "name: X\nidea: Pet owners find a sitter they trust, near where they live.\n"


def entities(text: str) -> dict[str, InterviewEntity]:
    return {entity.name: entity for entity in read(HEAD + text).interview.entities}


def words_of(intake: Intake) -> dict[str, str]:
    return {statement.where: statement.words for statement in intake.interview.statements}


def test_a_thing_may_be_described_in_sentences_or_in_a_list_of_them() -> None:
    text = "things:\n  Pet: Has a name (required). Belongs to an Owner.\n"
    listed = "things:\n  Pet:\n    - has a name (required)\n    - belongs to an Owner\n"
    owner = "  Owner: Has a full name.\n"
    for written in (text, listed):
        found = entities(written + owner)
        assert [field.name for field in found["Pet"].fields] == ["name"]
        assert [relation.entity for relation in found["Pet"].relations] == ["Owner"]


def test_every_sentence_is_a_statement_that_its_items_repeat() -> None:
    intake = read(f"{HEAD}things:\n  Pet: Has a name and a\n    birthday. Should glow brightly.\n")
    words = words_of(intake)
    assert words["things.Pet[1]"] == "Has a name and a birthday."
    assert words["things.Pet[2]"] == "Should glow brightly."
    pet = intake.interview.entities[0]
    assert {field.because for field in pet.fields} == {"Has a name and a birthday."}


def test_what_could_not_be_read_is_an_open_question_with_the_words_of_its_statement() -> None:
    intake = read(
        f"{HEAD}features: Nobody is sad\nthings:\n  Pet:\n    Has a name (required). Should glow brightly.\n"
    )
    first, second = intake.open_questions
    assert (first.number, first.words) == (1, "Nobody is sad")
    assert (second.number, second.words) == (2, "Should glow brightly.")
    assert second.question.startswith("This could not be read. ")
    assert second.words in words_of(intake).values()


def test_the_same_sentence_of_two_things_names_its_thing() -> None:
    text = "things:\n  Pet: Has a name.\n  Owner: Has a name. Has a phone.\n"
    found = entities(text)
    assert found["Pet"].fields[0].because == "Pet: Has a name."
    assert found["Owner"].fields[0].because == "Owner: Has a name."
    assert found["Owner"].fields[1].because == "Has a phone."
    assert set(words_of(read(HEAD + text)).values()) >= {"Pet: Has a name.", "Owner: Has a name."}


MIXED = """
things:
  owner: Has many pets. Has many badges. Has a nickname.
entities:
  Owner: {description: Somebody, fields: {full name: {type: text, pattern: "[A-Z].*", max_length: 9}}}
  Pet: {fields: {name: text}}
  Badge: {fields: {title: text}, belongs_to: {holder: Owner}}
"""


def test_words_add_to_what_is_spelled_out() -> None:
    found = entities(MIXED)
    assert list(found) == ["Owner", "Pet", "Badge"]
    owner = found["Owner"]
    assert [field.name for field in owner.fields] == ["full name", "nickname"]
    assert (owner.fields[0].pattern, owner.fields[0].max_length) == ("[A-Z].*", 9)
    assert owner.description == "Somebody"
    assert found["Pet"].relations[0].entity == "Owner"
    assert found["Pet"].relations[0].back == "pets"


def test_what_is_spelled_out_stays_when_words_say_otherwise() -> None:
    intake = read(
        f"{HEAD}things:\n  Pet: Has a weight (text). Has a name (required).\n"
        "entities:\n  Pet: {fields: {weight: {type: decimal, minimum: 1}, name: text}}\n"
    )
    weight, name = intake.interview.entities[0].fields
    assert (weight.kind.value, weight.minimum, name.required) == ("decimal", 1, True)
    assert [asked.words for asked in intake.open_questions] == ["Has a weight (text)."]
    assert "Pet: weight: decimal, at least 1" in intake.open_questions[0].question


def test_an_exact_field_may_be_compared_with_one_in_words() -> None:
    found = entities(
        "things:\n  Stay: Has a first day (date).\n"
        "entities:\n  Stay: {fields: {last day: {type: date, not before: first day}}}\n"
    )
    last, first = found["Stay"].fields
    assert (last.comparisons[0].field, first.name) == ("first day", "first day")


def test_words_that_contradict_each_other_are_asked_about() -> None:
    intake = read(
        f"{HEAD}things:\n  Stay: Has a start date after the end date, and an end date after the start date.\n"
    )
    start, end = intake.interview.entities[0].fields
    assert len(start.comparisons + end.comparisons) == 1
    assert any("contradicts" in asked.question for asked in intake.open_questions)


def test_a_relation_may_lead_from_exact_to_words_and_back() -> None:
    found = entities(
        "things:\n  Owner: Has a name. Has a Badge.\n"
        "entities:\n  Pet: {fields: {name: text}, belongs_to: {keeper: {entity: Owner, shows: name}}}\n"
        "  Badge: {fields: {title: text}}\n"
    )
    assert found["Pet"].relations[0].shows == "name"
    assert found["Owner"].relations[0].entity == "Badge"


RULED = """
people: [owner, sitter]
features: [Owners list pets, Only owners can delete pets]
things:
  Pet: Has a name (required). Only the sitter can see it.
rules:
  - Sitters can edit pets
  - Sitters can edit pets on sunny days
  - Be nice
"""


def test_rules_come_from_rules_from_descriptions_and_from_features_that_say_who_may() -> None:
    intake = read(HEAD + RULED)
    rules = {rule.because: rule for rule in intake.interview.rules}
    assert rules["Only the sitter can see it."].only
    assert rules["Sitters can edit pets"].who == ("sitter",)
    assert rules["Only owners can delete pets"].actions == ("delete",)
    assert "Owners list pets" not in rules
    assert set(rules) <= set(words_of(intake).values())


def test_what_a_rule_says_that_could_not_be_read_is_asked() -> None:
    asked = {question.words: question.question for question in read(HEAD + RULED).open_questions}
    assert set(asked) == {"Sitters can edit pets on sunny days", "Be nice"}
    assert asked["Sitters can edit pets on sunny days"].startswith("'on sunny days' could not be read. ")
    assert asked["Be nice"].startswith("This could not be read. ")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("things:\n", 3, "there is no entity"),
        ("things: Pets\n", 3, "a single value stands where things belong"),
        ("things:\n  Pet:\n", 4, "nothing is said of this thing"),
        ("things:\n  Pet: {name: text}\n", 4, "a group stands where a text belongs"),
        ("things:\n  Pet: Has a name.\n  pet: Has a name.\n", 5, "are the same entity"),
        (f"things:\n  Pet: {'Has a name. ' * 500}\n", 4, "is too long"),
        (f"things:\n  {'P' * 61}: Has a name.\n", 4, "is too long"),
        ("things:\n  Pet: Has a name.\nentities:\n  Owner: {}\n", 6, "the entity 'Owner' has no fields"),
    ],
)
def test_things_that_cannot_be_used(text: str, line: int, message: str) -> None:
    with pytest.raises(InterviewProblems) as caught:
        read(HEAD + text)
    assert any(problem.line == line and message in problem.message for problem in caught.value.problems)
    assert all(problem.hint for problem in caught.value.problems)


_PHRASES = st.sampled_from(
    [
        *("has a name", "belongs to a Pet", "(required)", "at least 5", ",", ".", "and", "after", "-", ";"),
        *("Status is open or shut", "many pets", "in EUR", "is unique", "the people who sign in"),
        *("{{ 7*7 }}", "<b>", "'", '"""', "\\"),
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PHRASES, max_size=14).map(" ".join), st.text(max_size=60))
def test_any_sentences_give_entities_or_problems(sentences: str, other: str) -> None:
    value = {"name": "X", "idea": "Y", "things": {"Pet": sentences, "Owner": other}}
    try:
        intake = read(json.dumps(value))
    except InterviewProblems:
        return
    said = {line for entity in intake.interview.entities for line in entity.because.split("\n")}
    said |= {
        line
        for entity in intake.interview.entities
        for item in (*entity.fields, *entity.relations)
        for line in item.because.split("\n")
    }
    asked = {question.words for question in intake.open_questions}
    for statement in intake.interview.statements:
        if statement.where.startswith("things."):
            assert statement.words in said | asked, "a sentence was dropped"
