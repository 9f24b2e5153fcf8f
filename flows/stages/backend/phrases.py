"""Familiar words for familiar names, so that examples look like what people would enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.rendering import EntityPlan, FieldPlan

_WORDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("first_name",), ("Amara", "Bruno", "Chiara", "Dmitri", "Esther", "Farid")),
    (("last_name", "surname"), ("Okafor", "Silva", "Rossi", "Novak", "Levi", "Haddad")),
    (
        (
            "person",
            "customer",
            "client",
            "owner",
            "contact",
            "author",
            "member",
            "guest",
            "student",
            "sitter",
        ),
        ("Amara Okafor", "Bruno Silva", "Chiara Rossi", "Dmitri Novak", "Esther Levi", "Farid Haddad"),
    ),
    (("city", "town", "place", "location"), ("Lisbon", "Turin", "Ghent", "Graz", "Malmö", "Cork")),
    (
        ("street", "address"),
        ("1 High Street", "22 Mill Lane", "7 Station Road", "15 Park Row", "3 Castle Hill", "9 River Walk"),
    ),
    (("country",), ("Portugal", "Italy", "Belgium", "Austria", "Sweden", "Ireland")),
    (("colour", "color"), ("Blue", "Green", "Red", "Yellow", "Black", "White")),
    (("species",), ("Dog", "Cat", "Rabbit", "Parrot", "Hamster", "Tortoise")),
    (("breed",), ("Beagle", "Maine Coon", "Dwarf Lop", "Grey Parrot", "Syrian", "Hermann's")),
    (("pet", "animal"), ("Bella", "Milo", "Luna", "Rocky", "Nala", "Oscar")),
)

SENTENCES = (
    "Agreed on the phone last week.",
    "Please confirm a day before.",
    "Everything is prepared.",
    "Needs a second look.",
    "Same as last time.",
    "First of its kind.",
)
"""What somebody might note."""


def phrase(entity: EntityPlan, field: FieldPlan, number: int) -> str:
    """Familiar words for a familiar name, else the label with a number."""
    named = field.name in {"name", "full_name"}
    for keys, examples in _WORDS:
        if field.name in keys or (named and entity.attribute in keys):
            return examples[number % len(examples)]
    label = entity.label if named or field.name == "title" else field.label
    return f"{label[:40]} {number + 1}"
