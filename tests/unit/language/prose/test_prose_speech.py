"""Sentences taken apart: what is a verb where it stands, and who does what to what."""

from __future__ import annotations

import pytest

from flows.language.prose.deeds import Deed, said


def told(deed: Deed) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Verb, who and what, in lower case."""
    who = tuple(subject.name.casefold() for subject in deed.subjects)
    return deed.verb, who, tuple(thing.name.casefold() for thing in deed.direct)


@pytest.mark.parametrize(
    ("sentence", "deeds"),
    [
        ("Members book courts.", [("book", ("member",), ("court",))]),
        ("A member books a court.", [("book", ("member",), ("court",))]),
        ("Book a court and cancel a booking", [("book", (), ("court",)), ("cancel", (), ("booking",))]),
        ("Bookings are confirmed by the office.", [("confirm", ("office",), ("booking",))]),
        (
            "Members borrow books and return them.",
            [("borrow", ("member",), ("book",)), ("return", ("member",), ("book",))],
        ),
        (
            "The staff confirms or declines the reservation.",
            [("confirm", ("staff",), ("reservation",)), ("decline", ("staff",), ("reservation",))],
        ),
        ("An app that lets gym members book classes", [("book", ("gym member",), ("class",))]),
        ("Parents of our school report absences.", [("report", ("parent",), ("absence",))]),
        (
            "Artists sell their paintings and buyers can order them.",
            [("sell", ("artist",), ("painting",)), ("order", ("buyer",), ("painting",))],
        ),
        (
            "Teachers create courses with lessons, students enrol in courses",
            [("create", ("teacher",), ("course",)), ("enrol", ("student",), ("course",))],
        ),
        ("We keep track of our vehicles.", [("track", (), ("vehicle",))]),
        ("Volunteers sign up for shifts.", [("register", ("volunteer",), ("shift",))]),
        (
            "Readers rate and comment on articles",
            [("rate", ("reader",), ("article",)), ("comment", ("reader",), ("article",))],
        ),
        ("Doctors see their patients' appointments.", [("see", ("doctor",), ("appointment",))]),
        ("The booking is a record of the order", []),
        ("The boatman repairs what is dented.", [("repair", ("boatman",), ())]),
        ("Members book one of forty boats.", [("book", ("member",), ("boat",))]),
        # Words that no list knows, where only a verb can stand.
        ("A mason plasters it.", [("plaster", ("mason",), ())]),
        (
            "The office signs or stamps the permit.",
            [("sign", ("office",), ("permit",)), ("stamp", ("office",), ("permit",))],
        ),
        (
            "Orders are given to one of our drivers, who collects the crates.",
            [("give", (), ("order",)), ("collect", ("driver",), ("crate",))],
        ),
        ("Guests ask for a table.", [("request", ("guest",), ("table",))]),
        (
            "Guests register once for the season, then they order a drink.",
            [("register", ("guest",), ("season",)), ("order", ("guest",), ("drink",))],
        ),
        ("Cooks want to know whether the oven is free.", [("know", ("cook",), ())]),
    ],
)
def test_who_does_what(sentence: str, deeds: list[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> None:
    assert [told(deed) for deed in said(sentence, "feature", 0).deeds] == deeds


def test_they_are_those_of_the_sentence_before() -> None:
    first = said("Tenants report problems.", "idea", 0)
    (deed,) = said("They add a photo.", "idea", 25, first.deeds[0].subjects).deeds
    assert [subject.head for subject in deed.subjects] == ["tenant"]


def test_what_is_not_done_is_marked() -> None:
    (deed,) = said("Guests cannot cancel a booking.", "idea", 0).deeds
    assert deed.negated


def test_what_a_thing_becomes() -> None:
    (deed,) = said("Accounting marks the invoices as paid.", "idea", 0).deeds
    assert (deed.verb, deed.becomes) == ("mark", "paid")


@pytest.mark.parametrize("who", ["Everybody", "Users", "People", "Anyone"])
def test_everybody_is_no_role(who: str) -> None:
    (deed,) = said(f"{who} can write a comment.", "idea", 0).deeds
    assert deed.everybody
    assert deed.subjects == ()


def test_what_the_product_is_is_nothing_it_keeps() -> None:
    assert [phrase.name for phrase in said("A habit tracker for students.", "idea", 0).phrases] == ["student"]
    assert said("Habits of students.", "idea", 0).phrases[0].name == "Habit"
