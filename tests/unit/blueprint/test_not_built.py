"""What cannot be built is named, what could not be read is asked about; nothing is dropped."""

from __future__ import annotations

import pytest

from flows.contracts import OpenQuestion, Statement
from flows.stages.blueprint.derive import derive
from tests.unit.blueprint.said import entity, intake


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ("Owners pay online", "payment provider"),
        ("Members chat with each other", "messaging service"),
        ("Customers get an SMS", "messaging provider"),
        ("Owners get an e-mail when it is ready", "mail service"),
        ("Sitters are shown on a map", "map provider"),
        ("There is a video call", "video service"),
        ("An AI recommends a sitter", "trained model"),
        ("Pets move between calendars", "calendar service"),
        ("Members sign in with Google", "identity provider"),
        ("Bookings are imported from a file", "importing tables"),
        ("A PDF of every booking", "printed documents"),
        ("Charts of the month", "charts and statistics"),
        ("A native app for sitters", "mobile application"),
        ("Tags carry a QR code", "device library"),
        ("Pages in several languages", "translated pages"),
        ("A booking is closed automatically", "schedule or an event"),
        ("Bookings are synchronised with the kennel", "interface"),
    ],
)
def test_a_wish_that_cannot_be_built_is_named(wish: str, reason: str) -> None:
    (named,) = derive(intake(entity("Pet"), features=(wish,))).not_built
    assert named.words == wish
    assert reason in named.reason


@pytest.mark.parametrize(
    "wish",
    [
        "Owners sign in with a password",
        "Owners upload photos of their pets",
        "The office exports all pets as CSV",
        "A dashboard with the number of pets",
        "Only the office can delete a pet",
        "Every owner has an account",
    ],
)
def test_a_wish_that_is_built_is_not_named(wish: str) -> None:
    assert derive(intake(entity("Pet"), features=(wish,))).not_built == ()


def test_records_of_a_thing_are_no_reason_to_refuse() -> None:
    plan = derive(
        intake(
            entity("Payment", "amount"),
            entity("Trail map"),
            features=("The treasurer enters payments", "Trail maps are lent out", "Aid is recorded"),
        )
    )
    assert plan.not_built == ()


def test_a_wish_is_either_not_built_or_an_open_question() -> None:
    asked = tuple(
        OpenQuestion(number=number, words=words, question="Which?")
        for number, words in enumerate(("Everybody can chat", "Cake"), start=1)
    )
    said = intake(entity("Pet"), features=("Everybody can chat", "Cake"), people=("cook", "guest"))
    plan = derive(said.model_copy(update={"open_questions": asked}))
    assert [question.words for question in plan.open_questions] == ["Cake"]
    assert [wish.words for wish in plan.not_built] == ["Everybody can chat"]


def test_a_sentence_that_could_not_be_read_and_needs_something_is_not_built() -> None:
    words = ("The price is paid by credit card", "Whatever this means to us")
    statements = tuple(
        Statement(number=number, where="things.Pet", words=said) for number, said in enumerate(words, start=1)
    )
    asked = tuple(
        OpenQuestion(number=number, words=said, question="?") for number, said in enumerate(words, start=1)
    )
    said = intake(entity("Pet"), statements=statements).model_copy(update={"open_questions": asked})
    plan = derive(said)
    assert [wish.words for wish in plan.not_built] == [words[0]]
    assert [question.words for question in plan.open_questions] == [words[1]]
    assert [trace.items for trace in plan.traces] == [("not built 1",), ("question 1",)]
