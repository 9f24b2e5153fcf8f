"""Change requests at the gate: in the next version, asked about, or named as not built."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.contracts import Blueprint, FieldKind
from flows.language import sentences
from flows.stages.blueprint.derive import derive
from flows.stages.blueprint.diff import differences
from flows.stages.intake.document import read
from tests.unit.blueprint.said import belongs, entity, field, intake

SAID = intake(
    entity("Owner", "name"),
    entity("Pet", field("name", required=True), belongs_to=(belongs("owner"),)),
    entity("Booking", field("state", FieldKind.CHOICE, choices=("requested", "done"))),
    people=("owner", "office"),
)
BEFORE = derive(SAID)


def after(*feedback: str) -> Blueprint:
    return derive(SAID, feedback=feedback)


def test_a_change_is_in_the_next_version_with_its_words() -> None:
    plan = after("Also track the vaccination date of a Pet. Only the office can delete pets.")
    (added,) = plan.entity("Pet").fields[1:]
    assert (added.name, added.kind, added.because) == (
        "vaccination_date",
        FieldKind.DATE,
        "Also track the vaccination date of a Pet.",
    )
    assert {grant.role for grant in plan.grants if (grant.entity, grant.action) == ("Pet", "delete")} == {
        "office",
        "admin",
    }
    found = differences(BEFORE, plan)
    assert "Pet: has a new field: vaccination date (date)" in found
    assert "Owners may no longer delete a pet" in found
    assert [trace.items[0] for trace in plan.traces] == [
        "field Pet.vaccination_date",
        "grant office.Pet.delete",
    ]


def test_what_cannot_be_read_is_asked_about() -> None:
    plan = after("more cats", " ", "make it <b>blue</b>")
    asked = plan.open_questions[-2:]
    assert [question.words for question in asked] == ["more cats", "make it <b>blue</b>"]
    assert asked[0].question.startswith("This change was asked for, and this could not be read. ")
    assert plan.entities == BEFORE.entities


def test_what_cannot_be_built_is_named_and_changes_nothing() -> None:
    plan = after("Add a live chat. Owners pay online by credit card.")
    assert [wish.words for wish in plan.not_built] == [
        "Add a live chat.",
        "Owners pay online by credit card.",
    ]
    assert plan.entities == BEFORE.entities
    assert plan.open_questions == BEFORE.open_questions


def test_a_field_may_be_called_like_something_that_cannot_be_built() -> None:
    plan = after("A Pet has a distance in km")
    assert plan.not_built == ()
    assert len(plan.entity("Pet").fields) == 2


def test_changes_of_several_rounds_add_up() -> None:
    plan = after("Also track the vaccination date of a Pet", "Remove the vaccination date of a Pet")
    assert plan.entity("Pet").fields == BEFORE.entity("Pet").fields
    renamed = after("Rename Owner to Keeper")
    assert [item.name for item in renamed.entities] == ["Keeper", "Pet", "Booking"]


OPEN = """
name: X
idea: Y
features: [Everybody can see the cakes]
entities:
  Owner: {fields: {name: {type: text, required: true}}}
  Pet: {fields: {name: text, fee: money}}
"""


def test_a_change_closes_the_question_that_it_answers() -> None:
    said = read(OPEN)
    asked = {question.question for question in derive(said).open_questions}
    assert len(asked) == 5
    answers = {
        "A pet belongs to an owner": {
            "Nothing refers to Owner, and it belongs to nothing: what is it connected with?",
            "Nothing refers to Pet, and it belongs to nothing: what is it connected with?",
            "An empty Pet can be saved: which field must always be there, perhaps name?",
        },
        "Remove the fee of a pet": {"In which currency is fee of Pet?"},
        "The name of a pet is required": {
            "An empty Pet can be saved: which field must always be there, perhaps name?"
        },
    }
    for sentence, answered in answers.items():
        now = [question.question for question in derive(said, feedback=(sentence,)).open_questions]
        assert asked - set(now) == answered
    plan = derive(said, feedback=tuple(answers))
    assert [question.words for question in plan.open_questions] == ["Everybody can see the cakes"]
    assert [question.number for question in plan.open_questions] == [1]


def test_what_a_change_leaves_open_is_asked() -> None:
    plan = derive(read(OPEN), feedback=("Add a deposit (money) to Owner",))
    assert "In which currency is deposit of Owner?" in [asked.question for asked in plan.open_questions]


VOCABULARY = (
    "Pet Owner Booking state name date office has is can only delete remove rename add to with a the done"
)
WORDS = st.sampled_from([*VOCABULARY.split(), "chat", ".", ",", "犬", "<b>", '"'])


@settings(max_examples=100)
@given(st.lists(st.lists(WORDS, max_size=9).map(" ".join), max_size=3))
def test_no_change_is_dropped(feedback: list[str]) -> None:
    plan = after(*feedback)
    answered = {trace.words for trace in plan.traces if trace.where.startswith("changes")}
    answered |= {question.words for question in plan.open_questions}
    answered |= {wish.words for wish in plan.not_built}
    for text in feedback:
        for _, sentence in sentences(text):
            assert sentence in answered, sentence
    assert all(trace.items for trace in plan.traces)
