"""Sentences and what they mean: a table of fields, a table of relations, and what is asked about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from flows.language import read_things
from tests.unit.language.accounting import unaccounted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.contracts import Contract, InterviewEntity

HERE = Path(__file__).parent
FIELDS: dict[str, list[str]] = yaml.safe_load((HERE / "fields.yaml").read_text(encoding="utf-8"))
RELATIONS: dict[str, list[str]] = yaml.safe_load((HERE / "relations.yaml").read_text(encoding="utf-8"))
OTHERS = dict.fromkeys(
    ("Pet", "Sitter", "Owner", "Post", "Tag", "Review", "Category", "Team", "Author", "Care report"), ""
) | {"Address": "", "Member": "", "3D model": ""}
_SHOWN = {"because", "name", "kind", "source", "entity"}


def more(item: Contract, *, without: Iterable[str] = _SHOWN) -> str:
    """Everything that is said of an item, sorted."""
    said: dict[str, Any] = item.model_dump(mode="json", exclude_defaults=True, exclude=set(without))
    if "comparisons" in said:
        said["compared"] = " ".join(said.pop("comparisons")[0].values())
    return "".join(f" {_pair(name, value)}" for name, value in sorted(said.items()))


def _pair(name: str, value: object) -> str:
    if isinstance(value, list):
        return f"{name}={', '.join(value)}"
    if value is True:
        return name
    return f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}"


def related(entity: InterviewEntity) -> list[str]:
    shown = _SHOWN - {"kind"}
    return [
        f"{entity.name}.{part.name} -> {part.entity}{more(part, without=shown)}" for part in entity.relations
    ]


@pytest.mark.parametrize(("sentence", "meant"), FIELDS.items(), ids=FIELDS.keys())
def test_fields(sentence: str, meant: list[str]) -> None:
    reading = read_things({"Booking": sentence}, people=[])
    (booking,) = reading.entities
    assert [f"{field.name} <{field.kind.value}>{more(field)}" for field in booking.fields] == meant
    assert reading.unread == ()
    assert booking.relations == ()


@pytest.mark.parametrize(("sentence", "meant"), RELATIONS.items(), ids=RELATIONS.keys())
def test_relations(sentence: str, meant: list[str]) -> None:
    thing, _, text = sentence.rpartition("|")
    reading = read_things({**OTHERS, thing or "Booking": text}, people=["owner", "sitter", "admin"])
    assert [line for entity in reading.entities for line in related(entity)] == meant
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("sentence", "part", "nearest"),
    [
        ("belongs to a Dragon", "a Dragon", "There is no thing 'Dragon' yet"),
        ("belongs to a Sittr", "a Sittr", "Did you mean 'Sitter'?"),
        ("belongs to", "belongs to", "What does Booking have, or belong to?"),
        ("has many photos", "many photos", "A field holds one value"),
        ("has two Teams", "two Teams", "What are they called?"),
        ("a name (requird)", "requird", "Did you mean 'required'?"),
        ("a code which nobody else has", "which nobody else has", "Write it like"),
        ("a name at least 3 and at most 2 characters", "at most 2 characters", "Nothing is at least 3"),
        ("an end date after the begin, a name", "after the begin", "Which field of Booking is meant: name?"),
        ("a photo (image) in EUR", "in EUR", "A currency belongs to money"),
        ("a unique code, usually 7", "usually 7", "A unique field cannot have a default"),
        ("a size (small or large), usually tiny", "usually tiny", "Is 'tiny' one more of the choices?"),
        ("price at least 1, price at least 2", "at least 2", "price: is its minimum 1 or 2?"),
        ("a note (text), a note (number)", "text", "Is note text or number?"),
        ("a category (choice)", "choice", "What can be chosen for category?"),
        ("Die Buchung hat einen Namen.", "Die Buchung hat einen Namen", "Did you mean 'Booking has \u2026'?"),
        ("El libro tiene un t\u00edtulo.", "El libro tiene un t\u00edtulo", "Did you mean"),
        ("\u540d\u524d \u96fb\u8a71", "\u540d\u524d \u96fb\u8a71", "Did you mean"),
        ("{{ 7*7 }}", "{{ 7*7 }}", "Write it like"),
        ("lasts 30 minutes", "30 minutes", "Did you mean '30 minutes by default'"),
        ("a due date. After the issue date", "After the issue date", "Which field is this said of?"),
        ("own pet or stray", "own pet or stray", "What is chosen here?"),
        ("It must be paid before it starts", "must be paid before it starts", "Did you mean"),
        ("Tags are poured in a Post.", "are poured in a Post", "Is this said of Tag?"),
        ("A sitter walks a pet", "A sitter walks a pet", "'Booking belongs to a Sitter and to a Pet'"),
        ("Friends of both owners take part.", "Friends of both owners take part", "Did you mean"),
        ("price: EUR or USD", "EUR or USD", "An amount has one currency: in which is price?"),
        ("a place (street, city, postcode)", "street, city, postcode", "a field of its own?"),
        ("a Pet (name, colour)", "(name, colour)", "Beside a relation stand"),
        ("belongs to a Pet (which must be tame)", "which must be tame", "Write it like"),
        ("A visit can only be made for one", "A visit can only be made for one", "Write it like"),
        ("We usually meet on Fridays.", "We usually meet on Fridays", "Did you mean 'Booking has"),
        ("ends at 17:00", "17:00", "Did you mean '17:00 by default'?"),
        ("photo is required if it is lost", "photo is required if it is lost", "Write it like"),
        ("dates: from and to", "dates: from and to", "Did you mean 'Booking has dates'?"),
        ("is sold in litres or kilograms", "is sold in litres or kilograms", "Did you mean"),
        ("We love dogs.", "We love dogs", "Did you mean 'Booking has \u2026'?"),
    ],
)
def test_what_cannot_be_used_is_asked_about(sentence: str, part: str, nearest: str) -> None:
    reading = read_things({**OTHERS, "Booking": sentence}, people=["owner"])
    assert [unread.words for _, unread in reading.unread] == [part]
    assert nearest in reading.unread[0][1].nearest
    assert unaccounted(sentence, reading) == []


def test_what_a_thing_is_describes_it() -> None:
    things = {
        "Stay": "A stay of one pet with a sitter.",
        "Pet": "A pet is an animal that needs looking after. It has a name.",
        "Owner": "Somebody with a pet.",
    }
    reading = read_things(things, people=[])
    assert [entity.description for entity in reading.entities] == [
        "A stay of one pet with a sitter",
        "an animal that needs looking after",
        "Somebody with a pet",
    ]
    assert reading.unread == ()
