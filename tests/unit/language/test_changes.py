"""Changes asked for in words, made to an interview."""

from __future__ import annotations

import pytest

from flows.contracts import (
    Comparison,
    Interview,
    InterviewExample,
    RelationKind,
    Statement,
)
from flows.language import apply_changes, read_rules, read_things

PEOPLE = ("owner", "sitter")
THINGS = {
    "Booking": "has a start date, an end date after the start date, a price in EUR. Belongs to a Pet. "
    "Status is requested, confirmed or done.",
    "Pet": "a name. Belongs to an Owner.",
    "Owner": "a name, a newsletter",
    "Sitter": "a name, a newsletter",
}


def interview() -> Interview:
    reading = read_things(THINGS, people=PEOPLE)
    rules = read_rules(["Owners can see their pets"], entities=reading.entities, people=PEOPLE)
    statements = tuple(
        Statement(number=number, where=f"things.{thing}", words=words)
        for number, (thing, _, words) in enumerate(reading.sentences, start=1)
    )
    return Interview(
        name="Pets",
        idea="Pets are kept.",
        people=PEOPLE,
        entities=reading.entities,
        rules=rules.rules,
        examples=(InterviewExample(entity="Owner", values=(("name", "Ada"), ("newsletter", "yes"))),),
        statements=statements,
    )


SENTENCES = [
    ("also track the vaccination date of a Pet", ["Pet: vaccination date is new, date"]),
    ("Every pet should have a weight in kg", ["Pet: weight in kg is new, decimal"]),
    ("Add email to Owner and Sitter", ["Owner: email is new, email", "Sitter: email is new, email"]),
    (
        "please add a phone number to the Sitter and a photo (required)",
        ["Sitter: phone number is new, phone", "Sitter: photo is new, image"],
    ),
    ("add a Vet with name and phone", ["Vet is new, with name, phone"]),
    ("add a Vet (a name, a phone; belongs to a Sitter)", ["Vet is new, with name, phone, sitter"]),
    ("Booking: price is required", ["Booking: price is now required"]),
    ("make the price required", ["Booking: price is now required"]),
    ("make the price of a booking required", ["Booking: price is now required"]),
    ("The price of a booking must be at least 5", ["Booking: minimum of price is now 5"]),
    ("The pet's name is at most 40 characters", ["Pet: max length of name is now 40"]),
    (
        "Add a birthday to Pet and make the name required",
        ["Pet: birthday is new, date", "Pet: name is now required"],
    ),
    (
        "Rename Sitter to Carer and add a rating; remove the price of a Booking",
        ["Sitter is now called Carer", "Carer: rating is new, text", "Booking: price is not kept any more"],
    ),
    ("Add an assignee who is a sitter to booking", ["Booking: assignee is new, belongs to Sitter"]),
    ("Bookings last 2 days by default", ["Booking: duration in days is new, number"]),
    ("price in USD instead", ["Booking: currency of price is now USD"]),
    (
        "status may also be paused",
        ["Booking: choices of Status is now requested, confirmed, done, paused"],
    ),
    ("make the pet of a booking optional", ["Booking: pet is no longer required"]),
    ("a Pet can have many owners", ["Pet: kind of owner is now many to many"]),
    ("A sitter has many bookings", ["Booking: sitter is new, belongs to Sitter"]),
    ("remove the newsletter from Owner", ["Owner: newsletter is not kept any more"]),
    ("remove sitters", ["Sitter is not kept any more"]),
    ("rename Owner to Client", ["Owner is now called Client"]),
    ("rename the start date to arrival", ["Booking: start date is now called arrival"]),
    ("Sitters can confirm bookings", ["New rule: sitter may confirm Booking"]),
    ("allow sitters to delete pets", ["New rule: sitter may delete Pet"]),
]


@pytest.mark.parametrize(("sentence", "changed"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_a_change_is_made_and_told(sentence: str, changed: list[str]) -> None:
    before = interview()
    reading = apply_changes(before, [sentence])
    assert sorted(reading.changed) == sorted(changed)
    assert reading.unread == ()
    last = reading.interview.statements[-1]
    assert (last.where, last.words) == ("changes[1]", sentence)


@pytest.mark.parametrize(
    ("sentence", "nearest"),
    [
        ("remove the newsletter", "newsletter of Owner, newsletter of Sitter"),
        ("remove the colour", "There is no 'colour'"),
        ("add a discount", "Of which thing"),
        ("Wir brauchen mehr Felder", "Of which thing"),
        ("rename Owner to Pet", "There is a thing 'Pet' already"),
        ("rename Owner", "rename Owner to Client"),
        ("price in EUR", "like that already"),
    ],
)
def test_a_change_that_cannot_be_made_is_unread(sentence: str, nearest: str) -> None:
    before = interview()
    reading = apply_changes(before, [sentence])
    assert reading.interview == before
    assert reading.changed == ()
    assert [index for index, _ in reading.unread] == [0]
    assert nearest in reading.unread[0][1].nearest


def test_a_thing_under_another_name_is_known_by_it_everywhere() -> None:
    after = apply_changes(interview(), ["rename Owner to Client"]).interview
    pet = next(entity for entity in after.entities if entity.name == "Pet")
    assert [(relation.name, relation.entity) for relation in pet.relations] == [("client", "Client")]
    assert after.people == ("client", "sitter")
    assert after.rules[0].who == ("client",)
    assert after.examples[0].entity == "Client"


def test_a_field_under_another_name_is_still_compared_with() -> None:
    after = apply_changes(interview(), ["rename the start date to arrival"]).interview
    end = after.entities[0].fields[1]
    assert end.comparisons == (Comparison(how="after", field="arrival"),)


def test_what_is_removed_leaves_nothing_that_needs_it() -> None:
    after = apply_changes(
        interview(), ["remove the start date", "remove the newsletter from owners"]
    ).interview
    assert [field.name for field in after.entities[0].fields] == ["end date", "price", "Status"]
    assert after.entities[0].fields[0].comparisons == ()
    assert after.examples[0].values == (("name", "Ada"),)


def test_statements_that_nothing_is_left_of_are_named() -> None:
    after = apply_changes(interview(), ["remove pets"]).interview
    assert [(gone.words, gone.reason) for gone in after.not_used] == [
        ("Belongs to a Pet.", "taken back by 'remove pets'"),
        ("a name.", "taken back by 'remove pets'"),
        ("Belongs to an Owner.", "taken back by 'remove pets'"),
    ]
    assert after.rules == ()


def test_changes_build_upon_each_other() -> None:
    reading = apply_changes(
        interview(),
        ["add a Vet with name", "A vet has a phone. rename Vet to Doctor", "Doctor: phone is required"],
    )
    doctor = reading.interview.entities[-1]
    kinds: set[RelationKind] = {relation.kind for relation in doctor.relations}
    assert (doctor.name, [field.name for field in doctor.fields], kinds) == (
        "Doctor",
        ["name", "phone"],
        set(),
    )
    assert doctor.fields[1].required
    assert doctor.fields[1].because.split("\n") == ["A vet has a phone.", "Doctor: phone is required"]
    assert reading.unread == ()
