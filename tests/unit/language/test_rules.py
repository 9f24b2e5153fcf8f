"""Rules: what a sentence about who may do what means."""

from __future__ import annotations

from typing import Any

import pytest

from flows.contracts import ANYONE, MEMBERS
from flows.language import read_rules, read_things

PEOPLE = ("owner", "sitter", "office")
THINGS = {
    "Booking": "belongs to a Pet and a Sitter. Status is requested, confirmed, declined, done or cancelled.",
    "Pet": "a name. Belongs to an owner.",
    "Sitter": "a name",
    "Review": "stars",
    "Care report": "a text",
}
ENTITIES = read_things(THINGS, people=PEOPLE).entities
ALL = ("see", "create", "edit", "delete", "change status")


def change(verb: str, to_status: str, *statuses: str, **more: Any) -> dict[str, Any]:
    said = {"actions": ("change status",), "verb": verb, "to_status": to_status, "entity": "Booking"}
    return said | ({"statuses": statuses} if statuses else {}) | more


def act(entity: str, *actions: str, **more: Any) -> dict[str, Any]:
    return {"actions": actions, "entity": entity} | more


def who(*people: str, **more: Any) -> dict[str, Any]:
    return {"who": people} | more


SENTENCES: list[tuple[str, list[dict[str, Any]]]] = [
    # who
    ("Anyone can see pets", [who(ANYONE) | act("Pet", "see")]),
    ("Visitors can browse pets", [who(ANYONE) | act("Pet", "see")]),
    ("Everybody signed in can see sitters", [who(MEMBERS) | act("Sitter", "see")]),
    ("All users may read reviews", [who(MEMBERS) | act("Review", "see")]),
    ("Owners and sitters may see all reviews", [who("owner", "sitter") | act("Review", "see")]),
    ("Only the office can delete bookings", [who("office", only=True) | act("Booking", "delete")]),
    ("Nobody can delete a review", [who(ANYONE, allowed=False) | act("Review", "delete")]),
    ("Admins can delete reviews", [who("admin") | act("Review", "delete")]),
    # which rows
    ("An owner sees only their own bookings", [who("owner") | act("Booking", "see", own=True)]),
    ("Owners see their bookings", [who("owner") | act("Booking", "see", own=True)]),
    ("Sitters can see bookings that are assigned to them", [who("sitter") | act("Booking", "see", own=True)]),
    ("The owner of a pet can delete it", [who("owner") | act("Pet", "delete", own=True)]),
    ("Owners request a booking for one of their pets", [who("owner") | act("Booking", "create", own=True)]),
    (
        "Sitters only see bookings with status requested",
        [who("sitter") | act("Booking", "see", statuses=("requested",))],
    ),
    ("Sitters see requested bookings", [who("sitter") | act("Booking", "see", statuses=("requested",))]),
    (
        "Owners see, create and edit their own pets and bookings",
        [
            who("owner") | act("Pet", "see", "create", "edit", own=True),
            who("owner") | act("Booking", "see", "create", "edit", own=True),
        ],
    ),
    (
        "Owners can edit their own pets and all bookings",
        [who("owner") | act("Pet", "edit", own=True), who("owner") | act("Booking", "edit")],
    ),
    (
        "Owners can see bookings and reviews they wrote",
        [who("owner") | act("Booking", "see"), who("owner") | act("Review", "see", own=True)],
    ),
    (
        "Owners can edit their pets, requested bookings and the reviews",
        [
            who("owner") | act("Pet", "edit", own=True),
            who("owner") | act("Booking", "edit", own=True, statuses=("requested",)),
            who("owner") | act("Review", "edit"),
        ],
    ),
    (
        "An owner sees the bookings of their own pets",
        [who("owner") | act("Booking", "see", own=True)],
    ),
    (
        "An owner can cancel their own requested and confirmed bookings",
        [who("owner") | change("cancel", "cancelled", "requested", "confirmed", own=True)],
    ),
    (
        "Owners see only bookings they made and reviews they wrote",
        [who("owner") | act(name, "see", own=True) for name in ("Booking", "Review")],
    ),
    # several at once
    (
        "Owners can cancel a booking, and sitters finish it",
        [who("owner") | change("cancel", "cancelled"), who("sitter") | change("finish", "done")],
    ),
    (
        "Owners can create, edit and delete their own pets",
        [who("owner") | act("Pet", "create", "edit", "delete", own=True)],
    ),
    ("The office manages all bookings", [who("office") | act("Booking", *ALL)]),
    ("The office can do everything with care reports", [who("office") | act("Care report", *ALL)]),
    ("The office manages everything", [who("office") | act(entity, *ALL) for entity in THINGS]),
    ("Sitters can edit pets and reviews", [who("sitter") | act(name, "edit") for name in ("Pet", "Review")]),
    (
        "Owners can request bookings and sitters can confirm or decline them",
        [
            who("owner") | act("Booking", "create"),
            who("sitter") | change("confirm", "confirmed"),
            who("sitter") | change("decline", "declined"),
        ],
    ),
    (
        "Owners may neither delete nor edit reviews",
        [who("owner", allowed=False) | act("Review", "edit", "delete")],
    ),
    (
        "Owners see their own bookings and reviews, and all sitters",
        [
            who("owner") | act("Booking", "see", own=True),
            who("owner") | act("Review", "see", own=True),
            who("owner") | act("Sitter", "see"),
        ],
    ),
    ("Owners can edit bookings of their own pets", [who("owner") | act("Booking", "edit", own=True)]),
    (
        "Owners can see pets but cannot delete them",
        [who("owner") | act("Pet", "see"), who("owner", allowed=False) | act("Pet", "delete")],
    ),
    (
        "Neither owners nor sitters can delete bookings",
        [who("owner", "sitter", allowed=False) | act("Booking", "delete")],
    ),
    ("Pets can be edited by their owner", [who("owner") | act("Pet", "edit", own=True)]),
    # changes of status
    (
        "A sitter can confirm a requested booking",
        [who("sitter") | change("confirm", "confirmed", "requested")],
    ),
    (
        "Sitters confirm a booking or decline it",
        [who("sitter") | change("confirm", "confirmed"), who("sitter") | change("decline", "declined")],
    ),
    ("Sitters can mark a booking as done", [who("sitter") | change("mark as done", "done")]),
    ("The office can set a booking to cancelled", [who("office") | change("mark as cancelled", "cancelled")]),
    (
        "Sitters can mark a booking as confirmed or done",
        [
            who("sitter") | change("mark as confirmed", "confirmed"),
            who("sitter") | change("mark as done", "done"),
        ],
    ),
    (
        "A booking that has been done can only be changed by the office",
        [who("office", only=True) | act("Booking", "edit", statuses=("done",))],
    ),
    ("Bookings are confirmed by sitters", [who("sitter") | change("confirm", "confirmed")]),
    (
        "A booking can only be confirmed by the office",
        [who("office", only=True) | change("confirm", "confirmed")],
    ),
    (
        "A booking goes from requested to confirmed by the sitter",
        [who("sitter") | change("confirm", "confirmed", "requested")],
    ),
    ("A booking goes from requested to confirmed", [change("confirm", "confirmed", "requested", who=())]),
    ("The office can change the status of a booking", [who("office") | act("Booking", "change status")]),
    (
        "Owners can cancel a booking until it is confirmed",
        [who("owner") | change("cancel", "cancelled", "requested")],
    ),
    # when
    (
        "A booking cannot be changed once it is confirmed",
        [
            who(ANYONE, allowed=False)
            | act("Booking", "edit", statuses=("confirmed", "declined", "done", "cancelled"))
        ],
    ),
    (
        "If a booking is done, nobody can edit it",
        [who(ANYONE, allowed=False) | act("Booking", "edit", statuses=("done",))],
    ),
    (
        "Owners can edit a booking unless it is done",
        [who("owner") | act("Booking", "edit", statuses=("requested", "confirmed", "declined", "cancelled"))],
    ),
]


@pytest.mark.parametrize(("sentence", "meant"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_a_rule_means(sentence: str, meant: list[dict[str, Any]]) -> None:
    reading = read_rules([sentence], entities=ENTITIES, people=PEOPLE)
    said = [rule.model_dump(exclude_defaults=True, exclude={"because"}) for rule in reading.rules]
    assert said == meant
    assert reading.unread == ()
    assert {rule.because for rule in reading.rules} == {sentence}


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("Sitters write a care report every evening of the stay", "every evening of the stay"),
        ("Visitors can see pets and sitters, but not bookings", "but not bookings"),
        ("Owners can see pets on the map", "on the map"),
        (
            "A sitter sees their own bookings and the pets of their own bookings",
            "the pets of their own bookings",
        ),
    ],
)
def test_the_rest_of_a_rule_is_unread(sentence: str, rest: str) -> None:
    reading = read_rules([sentence], entities=ENTITIES, people=PEOPLE)
    assert reading.rules
    assert [(index, unread.words) for index, unread in reading.unread] == [(0, rest)]
    assert reading.unread[0][1].offset == sentence.index(rest)


@pytest.mark.parametrize(
    ("sentence", "nearest"),
    [
        ("Members can see invoices", "With which of the things"),
        ("Customers can see pets", "Who may do this?"),
        ("A sitter sees the pets of their own bookings", "A Pet does not belong to a Booking"),
        ("Kunden sehen ihre Tiere", "Which of the things"),
        ("A pet must be registered before the season starts", "Who may do this?"),
        ("A booking can be cancelled when the sun shines", "Who may do this?"),
        ("Only the office may mark a booking as gone", "Did you mean"),
        ("Owners must not see reviews of others", "Did you mean"),
        ("Neither owners see bookings nor pets", "Did you mean"),
        ("A booking is cancelled automatically when nobody confirms it", "Did you mean"),
        ("The office may do anything except delete reviews", "Did you mean"),
        ("Sitters can accept bookings only for dogs", "Did you mean"),
        ("The office may never delete a review that has been praised", "Did you mean"),
    ],
)
def test_a_sentence_that_is_no_rule_is_unread_as_a_whole(sentence: str, nearest: str) -> None:
    reading = read_rules([sentence], entities=ENTITIES, people=PEOPLE)
    assert reading.rules == ()
    assert [unread.words for _, unread in reading.unread] == [sentence]
    assert nearest in reading.unread[0][1].nearest


def test_nothing_means_nothing() -> None:
    reading = read_rules(["", " ... "], entities=ENTITIES, people=PEOPLE)
    assert (reading.rules, reading.unread) == ((), ())


def test_a_rule_in_the_description_of_a_thing_is_a_rule() -> None:
    things = THINGS | {"Pet": "a name. Only its owner can delete it. It cannot be deleted by sitters."}
    reading = read_things(things, people=PEOPLE)
    assert [(rule.who, rule.actions, rule.entity) for rule in reading.rules] == [
        (("owner",), ("delete",), "Pet"),
        (("sitter",), ("delete",), "Pet"),
    ]
    assert reading.unread == ()


def test_what_is_done_to_one_thing_may_begin_another() -> None:
    things = {"Machine": "a name", "Hire": "Belongs to a machine. Status is reserved, picked up or returned."}
    entities = read_things(things, people=PEOPLE).entities
    reading = read_rules(["Owners can reserve a machine"], entities=entities, people=PEOPLE)
    assert [(rule.actions, rule.entity) for rule in reading.rules] == [(("create",), "Hire")]


def test_a_way_of_several_statuses_is_several_steps() -> None:
    (order,) = read_things({"Order": "An order goes from open to paid to sent."}, people=PEOPLE).entities
    reading = read_things({"Order": "It goes from open to paid to sent."}, people=PEOPLE)
    assert order.fields[0].choices == ("open", "paid", "sent")
    assert [(rule.statuses, rule.verb, rule.to_status) for rule in reading.rules] == [
        (("open",), "pay", "paid"),
        (("paid",), "send", "sent"),
    ]
