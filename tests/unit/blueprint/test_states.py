"""State machines: which field is one, where it begins, and the actions that lead on."""

from __future__ import annotations

import pytest

from flows.contracts import BlueprintStates, FieldKind
from flows.stages.blueprint.derive import derive
from tests.unit.blueprint.said import entity, field, intake, rule, status


def moves(states: BlueprintStates | None) -> list[tuple[str, tuple[str, ...], str, str]]:
    assert states is not None
    return [(move.name, move.from_statuses, move.to_status, move.source) for move in states.transitions]


def test_statuses_without_a_rule_get_actions_from_every_status_that_is_no_end() -> None:
    (booking,) = derive(
        intake(entity("Booking", status("requested", "confirmed", "done", "cancelled")))
    ).entities
    assert booking.states is not None
    assert (booking.states.field, booking.states.initial) == ("status", "requested")
    assert moves(booking.states) == [
        ("confirm", ("requested",), "confirmed", "inferred"),
        ("finish", ("requested", "confirmed"), "done", "inferred"),
        ("cancel", ("requested", "confirmed"), "cancelled", "inferred"),
    ]
    assert (booking.fields[0].required, booking.fields[0].default) == (True, "requested")


def test_a_rule_is_a_stated_action_and_rules_of_one_action_come_together() -> None:
    confirming = {"verb": "confirm", "to_status": "confirmed"}
    plan = derive(
        intake(
            entity("Booking", status("requested", "waiting", "confirmed", "done")),
            people=("sitter", "office"),
            rules=(
                rule("sitter", "change status", "Booking", statuses=("requested",), **confirming),
                rule("office", "change status", "booking", statuses=("Waiting",), **confirming),
                rule("office", "change status", "Booking", verb="finish"),
            ),
        )
    )
    assert moves(plan.entities[0].states) == [
        ("confirm", ("requested", "waiting"), "confirmed", "stated"),
        ("finish", ("requested", "waiting", "confirmed"), "done", "stated"),
        ("mark_as_waiting", ("requested", "confirmed"), "waiting", "inferred"),
    ]
    granted = {
        (grant.role, grant.action): grant.statuses for grant in plan.grants if grant.action == "confirm"
    }
    assert granted == {
        ("sitter", "confirm"): ("requested",),
        ("office", "confirm"): ("waiting",),
        ("admin", "confirm"): (),
    }


@pytest.mark.parametrize(
    ("choices", "default", "initial"),
    [
        (("done", "open"), None, "open"),
        (("red", "green"), None, "red"),
        (("red", "green"), "green", "green"),
        (("COMPLETED", "PAID", "PENDING"), None, "PENDING"),
    ],
)
def test_where_a_thing_begins(choices: tuple[str, ...], default: str | None, initial: str) -> None:
    (thing,) = derive(intake(entity("Job", status(*choices, default=default)))).entities
    assert thing.states is not None
    assert thing.states.initial == initial


def test_a_choice_that_is_called_a_status_is_one_and_another_is_not() -> None:
    plan = derive(
        intake(
            entity("Bike", field("type", FieldKind.CHOICE, choices=("city", "race"))),
            entity("Order", field("order state", FieldKind.CHOICE, choices=("new", "paid"))),
            entity("Lamp", field("status", FieldKind.CHOICE, choices=("on",))),
        )
    )
    assert [item.states is not None for item in plan.entities] == [False, True, False]
    assert plan.entities[1].states is not None
    assert plan.entities[1].states.initial == "new"


def test_names_of_actions_are_no_words_of_python_and_no_other_addresses() -> None:
    (loan,) = derive(
        intake(
            entity("Loan", status("open", "returned", "edit", "犬", "returned!", "in work")),
        )
    ).entities
    assert [name for name, *_ in moves(loan.states)] == [
        "return_loan",
        "mark_as_edit",
        "mark_as",
        "return_loan_2",
        "mark_as_in_work",
    ]


def test_an_action_has_an_address_of_its_own() -> None:
    plan = derive(intake(entity("Loan", status("open", "in work", "returned"))))
    assert [
        (endpoint.method, endpoint.path) for endpoint in plan.endpoints if endpoint.action == "change status"
    ] == [
        ("POST", "/api/v1/loans/{id}/mark-as-in-work"),
        ("POST", "/api/v1/loans/{id}/return-loan"),
    ]
