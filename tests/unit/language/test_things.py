"""Things described in sentences: their fields and relations."""

from __future__ import annotations

from flows.contracts import USER, FieldKind
from flows.language import read_things

BOOKING = (
    "has a start date (required), an end date after the start date, a price in EUR (at least 0), "
    "notes (long text). Belongs to a Pet and to a Sitter. "
    "Status is requested, confirmed, done or cancelled."
)


def test_the_booking_of_the_issue() -> None:
    reading = read_things({"Booking": BOOKING, "Pet": "a name", "Sitter": "a name"}, people=["owner"])
    booking = reading.entities[0]
    assert reading.unread == ()
    assert [(field.name, field.kind) for field in booking.fields] == [
        ("start date", FieldKind.DATE),
        ("end date", FieldKind.DATE),
        ("price", FieldKind.MONEY),
        ("notes", FieldKind.LONG_TEXT),
        ("Status", FieldKind.CHOICE),
    ]
    start, end, price, notes, status = booking.fields
    assert start.required
    assert [(bound.how, bound.field) for bound in end.comparisons] == [("after", "start date")]
    assert (price.currency, price.minimum) == ("EUR", 0)
    assert (start.source, price.source, notes.source) == ("inferred", "stated", "stated")
    assert status.choices == ("requested", "confirmed", "done", "cancelled")
    assert status.status
    assert [(relation.name, relation.entity) for relation in booking.relations] == [
        ("pet", "Pet"),
        ("sitter", "Sitter"),
    ]


def test_every_item_carries_the_words_of_its_sentence() -> None:
    reading = read_things({"Booking": BOOKING, "Pet": "", "Sitter": ""}, people=[])
    said = [words for _, _, words in reading.sentences]
    booking = reading.entities[0]
    assert [field.because for field in booking.fields] == [said[0]] * 4 + [said[2]]
    assert {relation.because for relation in booking.relations} == {said[1]}
    assert [offset for _, offset, _ in reading.sentences] == [BOOKING.index(words) for words in said]


def test_many_of_another_thing_are_held_by_the_other() -> None:
    reading = read_things({"Owner": "Has many Pets.", "Pet": "belongs to an owner"}, people=[])
    owner, pet = reading.entities
    assert owner.relations == ()
    assert [(relation.entity, relation.back) for relation in pet.relations] == [("Owner", "pets")]
    assert pet.relations[0].because == "belongs to an owner\nHas many Pets."


def test_people_who_are_no_things_are_the_people_who_sign_in() -> None:
    reading = read_things({"Pet": "belongs to an owner and to the person who entered it"}, people=["owner"])
    assert [(relation.name, relation.entity) for relation in reading.entities[0].relations] == [
        ("owner", USER),
        ("user", USER),
    ]


def test_what_cannot_be_used_is_unread_and_the_rest_is_used() -> None:
    text = "has a name that people can remember, a price"
    reading = read_things({"Pet": text}, people=[])
    assert [field.name for field in reading.entities[0].fields] == ["name", "price"]
    assert [(thing, unread.words) for thing, unread in reading.unread] == [
        ("Pet", "that people can remember")
    ]
    assert reading.unread[0][1].offset == text.index("that")


def test_letters_counted_make_a_text_whatever_the_name_suggests() -> None:
    (entity,) = read_things({"A": "Has a number (at most 20 characters)"}, people=[]).entities
    assert entity.fields[0].kind in {FieldKind.TEXT, FieldKind.IDENTIFIER}
    assert entity.fields[0].max_length == 20


def test_what_stands_behind_the_last_choice_is_said_of_the_field() -> None:
    reading = read_things({"A": "Size is small, medium or large (required)."}, people=[])
    (size,) = reading.entities[0].fields
    assert (size.choices, size.required, reading.unread) == (("small", "medium", "large"), True, ())


def test_times_and_dates_are_values() -> None:
    reading = read_things(
        {"A": "Has a start (time, default 08:30) and a day (date, default 2026-05-31)."}, people=[]
    )
    assert [field.default for field in reading.entities[0].fields] == ["08:30", "2026-05-31"]
    assert reading.unread == ()


def test_dashes_in_a_row_are_no_explanation() -> None:
    assert read_things({"A": "has a name - - and a size --"}, people=[]).entities[0].fields[0].name == "name"


def test_what_is_known_is_added_to() -> None:
    known = read_things({"Pet": "Has a name (at most 9 characters)."}, people=[]).entities
    reading = read_things({"Pet": "Has a nickname.", "Owner": "Has many pets."}, people=[], known=known)
    (pet,) = reading.known
    assert [field.name for field in pet.fields] == ["name", "nickname"]
    assert pet.relations[0].entity == "Owner"
    assert [entity.name for entity in reading.entities] == ["Owner"]


def test_what_only_one_of_two_things_says_of_many_is_inferred() -> None:
    (_, author) = read_things({"Book": "many authors", "Author": "a name"}, people=[]).entities
    assert [(relation.kind, relation.source) for relation in author.relations] == [("belongs to", "inferred")]
    (book, _) = read_things({"Book": "many authors", "Author": "has many books"}, people=[]).entities
    assert [(relation.kind, relation.source) for relation in book.relations] == [("many to many", "stated")]
