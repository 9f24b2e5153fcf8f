"""The archetypes are written in the founder's own sentences, and every one of them is read to its end."""

from __future__ import annotations

import pytest

from flows.contracts import FieldKind
from flows.language import read_things
from flows.language.prose import archetypes


@pytest.mark.parametrize("says", archetypes.every_description())
def test_the_grammar_reads_every_description(says: str) -> None:
    read = read_things({"Thing": says}, people=())
    assert not read.unread
    assert len(read.entities[0].fields) >= 1
    assert any(field.required for field in read.entities[0].fields) or "date" in says.casefold()


def test_no_noun_is_of_two_sorts() -> None:
    nouns = [noun for archetype in archetypes.known() for noun in archetype.nouns]
    assert len(nouns) == len(set(nouns))
    assert len(nouns) > 300


@pytest.mark.parametrize(
    ("name", "field", "kind"),
    [
        ("booking", "start", FieldKind.DATE_AND_TIME),
        ("Product", "price", FieldKind.MONEY),
        ("spare part", "minimum stock", FieldKind.NUMBER),
        ("concert", "start", FieldKind.DATE_AND_TIME),
        ("membership", "fee", FieldKind.MONEY),
        ("lesson", "duration", FieldKind.DURATION),
        ("support ticket", "priority", FieldKind.CHOICE),
        ("task", "due date", FieldKind.DATE),
        ("recipe", "photo", FieldKind.IMAGE),
        ("review", "stars", FieldKind.NUMBER),
        ("article", "text", FieldKind.LONG_TEXT),
        ("appointment", "date and time", FieldKind.DATE_AND_TIME),
        ("apartment", "rent", FieldKind.MONEY),
        ("invoice", "due date", FieldKind.DATE),
        ("company car", "licence plate", FieldKind.IDENTIFIER),
        ("donation", "amount", FieldKind.MONEY),
        ("survey", "end date", FieldKind.DATE),
        ("application", "CV", FieldKind.FILE),
        ("loan", "returned on", FieldKind.DATE),
        ("habit", "frequency", FieldKind.CHOICE),
        ("journal entry", "mood", FieldKind.CHOICE),
        ("travel expense", "receipt", FieldKind.FILE),
        ("menu item", "allergens", FieldKind.TEXT),
    ],
)
def test_a_noun_brings_its_usual_fields(name: str, field: str, kind: FieldKind) -> None:
    found = archetypes.of_noun(name)
    assert found is not None
    kinds = {usual.name: usual.kind for usual in archetypes.usual_fields(found.says)}
    assert kinds[field] is kind


def test_what_has_a_status_begins_somewhere() -> None:
    for archetype in archetypes.known():
        for field in archetypes.usual_fields(archetype.says):
            assert not field.status or (field.default in field.choices and field.name == "status")
