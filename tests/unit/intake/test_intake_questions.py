"""What an interview leaves open, and its completeness."""

from __future__ import annotations

from flows.stages.intake.document import read

BARE = "name: X\nidea: Y\nentities: {Pet: {fields: {name: text}}}\n"
FULL = """
name: X
idea: Pet owners in our town find a sitter they trust for their pets.
problem: Kennels are expensive.
people: owner
features: [Owners list their pets, A pet has notes, Pets are fed]
entities:
  Owner: {description: A person, fields: {a: {type: text, required: true}, b: text, c: text}}
  Pet:
    description: An animal
    fields: {a: text, b: text, c: text}
    belongs_to: {owner: {entity: Owner, required: true}}
"""


def test_completeness_grows_with_what_is_said() -> None:
    assert read(BARE).completeness == 28
    assert read(FULL).completeness == 100
    assert read(FULL.replace("problem: Kennels are expensive.\n", "")).completeness == 90


def test_a_full_interview_leaves_nothing_open() -> None:
    assert read(FULL).open_questions == ()


def test_questions_are_numbered_in_the_order_of_the_document() -> None:
    text = FULL.replace("Pets are fed", "Everybody brings cake") + (
        "  Invoice category:\n    fields: {total: money}\n"
    )
    questions = read(text).open_questions
    assert [question.number for question in questions] == [1, 2, 3, 4]
    assert [question.words for question in questions] == [
        "Everybody brings cake",
        "Invoice category",
        "Invoice category",
        "Invoice category: total",
    ]
    assert "Nothing refers to Invoice category" in questions[1].question
    assert "perhaps total" in questions[2].question
    assert "currency" in questions[3].question


def test_a_wish_may_speak_of_an_entity_in_the_plural() -> None:
    text = FULL + "  RepairCategory: {fields: {a: {type: text, required: true}}, belongs_to: Owner}\n"
    mended = text.replace("Pets are fed", "The repair categories are known")
    assert read(mended).open_questions == ()
