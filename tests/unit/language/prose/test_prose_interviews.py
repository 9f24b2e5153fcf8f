"""Whole interviews in prose: from the proposal to the plan, and no sentence is dropped on the way."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from flows.contracts import ADMIN, Blueprint, Intake, Interview, OpenQuestion, Statement
from flows.language.prose import propose
from flows.language.sentences import sentences
from flows.stages.blueprint.derive import derive


@dataclass(frozen=True, kw_only=True)
class Prose:
    """An interview that describes no things."""

    name: str
    idea: str
    problem: str
    features: tuple[str, ...]
    people: tuple[str, ...] = ()
    things: tuple[str, ...]


INTERVIEWS = (
    Prose(
        name="Pawsitter",
        idea="Pet owners in our town find a sitter they trust, book them for a few days, and hear every "
        "evening "
        "how their pet is doing.",
        problem="Kennels are expensive and stressful for animals. Asking neighbours does not work in the "
        "holidays.",
        features=(
            "Owners keep their pets with feeding notes and the vet's phone number",
            "Owners request a booking for one of their pets",
            "Sitters confirm a booking or decline it",
            "Sitters write a care report every evening of the stay",
            "Owners review a sitter after the stay",
            "Owners pay online by credit card when the booking is confirmed",
            "The office sees which sitters have no bookings in August",
        ),
        things=("Pet", "Sitter", "Booking", "Care report", "Review"),
    ),
    Prose(
        name="Stammtisch",
        idea="Guests book a table in our restaurant without calling. The staff confirms or declines the "
        "reservation. It should be beautiful.",
        problem="The phone rings all evening. Tables stay empty because nobody cancels.",
        features=(
            "Guests cancel their reservation",
            "The staff sees all reservations of the day",
            "Guests write a review after the dinner",
            "Guests get a reminder by SMS",
        ),
        things=("Table", "Reservation", "Review"),
    ),
    Prose(
        name="Toolshed",
        idea="Neighbours share tools. Whoever needs a drill borrows it from a neighbour and returns it.",
        problem="Everybody buys a drill and uses it twice.",
        features=("Neighbours list their tools with a photo", "A map shows which tools are nearby"),
        people=("neighbours",),
        things=("Tool", "Loan"),
    ),
    Prose(
        name="Beetplan",
        idea="Members of our community garden choose a plot and record what they harvest. The board plans "
        "work days, and members sign up for them.",
        problem="Nobody knows which plot is free.",
        features=("The board sees the membership fees that are open", "Members swap seeds"),
        people=("member", "board"),
        things=("Plot", "Registration"),
    ),
    Prose(
        name="Ledgerline",
        idea="Freelancers track their hours on projects for clients. They write invoices in EUR and mark "
        "them "
        "as paid.",
        problem="Hours get lost, and invoices go out late.",
        features=(
            "Freelancers see the invoices that are overdue",
            "Invoices are sent as a PDF",
            "Freelancers note expenses with a receipt",
        ),
        things=("Time entry", "Project", "Client", "Invoice", "Expense"),
    ),
)


def intake_of(prose: Prose) -> Intake:
    """The interview with the proposal in it, every sentence a statement."""
    proposal = propose(
        name=prose.name, idea=prose.idea, problem=prose.problem, features=prose.features, people=prose.people
    )
    said = [("name", prose.name)]
    said += [(where, words) for where in ("idea", "problem") for _, words in sentences(getattr(prose, where))]
    said += [(f"features[{number}]", words) for number, words in enumerate(prose.features, start=1)]
    interview = Interview(
        name=prose.name,
        idea=prose.idea,
        problem=prose.problem,
        people=proposal.people,
        features=prose.features,
        entities=proposal.entities,
        rules=proposal.rules,
        statements=tuple(
            Statement(number=number, where=where, words=words)
            for number, (where, words) in enumerate(said, start=1)
        ),
    )
    questions = tuple(
        OpenQuestion(number=number, words=unread.words, question=unread.nearest)
        for number, (_, unread) in enumerate(proposal.unread, start=1)
    )
    return Intake(interview=interview, completeness=50, open_questions=questions)


def plan_of(prose: Prose) -> Blueprint:
    return derive(intake_of(prose))


@pytest.mark.parametrize("prose", INTERVIEWS, ids=lambda prose: prose.name)
def test_no_sentence_is_dropped(prose: Prose) -> None:
    intake, plan = intake_of(prose), plan_of(prose)
    traced = {trace.words: trace.items for trace in plan.traces}
    assert all(traced[statement.words] for statement in intake.interview.statements)
    assert {entity.label for entity in plan.entities} >= set(prose.things)


@pytest.mark.parametrize("prose", INTERVIEWS, ids=lambda prose: prose.name)
def test_every_sentence_of_the_idea_gives_something_or_a_question(prose: Prose) -> None:
    intake = intake_of(prose)
    interview = intake.interview
    because = {rule.because for rule in interview.rules} | {asked.words for asked in intake.open_questions}
    for entity in interview.entities:
        because |= {entity.because, *(known.because for known in entity.fields)}
        because |= {relation.because for relation in entity.relations}
    assert {words for _, words in sentences(prose.idea)} <= because


@pytest.mark.parametrize("prose", INTERVIEWS, ids=lambda prose: prose.name)
def test_somebody_can_use_every_entity(prose: Prose) -> None:
    plan = plan_of(prose)
    for entity in plan.entities:
        actions = {
            grant.action for grant in plan.grants if grant.entity == entity.name and grant.role != ADMIN
        }
        assert {"see", "create"} <= actions


def test_wishes_that_cannot_be_built_are_left_to_the_plan() -> None:
    built = {prose.name: [wish.words for wish in plan_of(prose).not_built] for prose in INTERVIEWS}
    assert "Owners pay online by credit card when the booking is confirmed" in built["Pawsitter"]
    assert "Guests get a reminder by SMS" in built["Stammtisch"]
    assert "A map shows which tools are nearby" in built["Toolshed"]


def test_a_sentence_that_gives_nothing_becomes_a_question() -> None:
    asked = intake_of(INTERVIEWS[1]).open_questions
    assert [question.words for question in asked] == ["It should be beautiful."]


def test_whose_a_row_is_follows_from_the_sentence() -> None:
    plan = plan_of(INTERVIEWS[0])
    assert plan.entity("Pet").owned_by == ("owner",)
    assert "owner" in plan.entity("Booking").owned_by
