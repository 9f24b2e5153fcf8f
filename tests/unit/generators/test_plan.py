"""How a blueprint is settled before anything is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from flows.contracts import Blueprint, BlueprintEntity, BlueprintField, BlueprintRelation, FieldKind
from flows.rendering import ApplicationPlan, plan
from flows.rendering.names import identifier, member_names


def field(name: str = "name", kind: FieldKind = FieldKind.TEXT, **more: Any) -> BlueprintField:
    values = {"name": name, "label": name, "kind": kind, "required": False, "unique": False}
    return BlueprintField.model_validate(values | {"source": "stated", "because": ""} | more)


def relation(
    name: str, target: str, *, required: bool = False, on_delete: str = "restrict"
) -> BlueprintRelation:
    values = {"name": name, "label": name, "target": target, "required": required, "on_delete": on_delete}
    return BlueprintRelation.model_validate(values | {"source": "stated", "because": ""})


def entity(
    name: str, *relations: BlueprintRelation, fields: tuple[BlueprintField, ...] = ()
) -> BlueprintEntity:
    return BlueprintEntity(
        name=name,
        attribute=name.lower(),
        table=f"{name.lower()}s",
        slug=f"{name.lower()}s",
        label=name,
        label_plural=f"{name}s",
        display_field="name",
        fields=fields or (field(),),
        relations=relations,
        source="stated",
        because="",
    )


def settled(*entities: BlueprintEntity) -> ApplicationPlan:
    return plan(Blueprint(name="App", slug="app", idea="An idea", entities=entities, pages=(), endpoints=()))


def settled_field(**more: Any) -> Any:
    return settled(entity("Pet", fields=(field(**more),))).entities[0].fields[0]


def test_parents_are_created_first() -> None:
    app = settled(entity("Booking", relation("pet", "Pet", required=True)), entity("Pet"))
    assert [item.name for item in app.creation_order] == ["Pet", "Booking"]
    assert [item.relation.name for item in app.entities[1].dependants] == ["pet"]


def test_a_circle_of_optional_relations_is_closed_late() -> None:
    app = settled(entity("A", relation("b", "B")), entity("B", relation("a", "A", required=True)))
    assert [item.name for item in app.creation_order] == ["A", "B"]
    assert app.entities[0].relations[0].late
    assert not app.entities[1].relations[0].late


def test_a_circle_nobody_could_enter_is_opened_and_said() -> None:
    app = settled(
        entity("A", relation("b", "B", required=True)), entity("B", relation("a", "A", required=True))
    )
    assert [item.relations[0].required for item in app.entities] == [False, True]
    assert "A.b is optional" in app.notes[0]


def test_a_required_row_is_not_let_go() -> None:
    app = settled(entity("A"), entity("B", relation("a", "A", required=True, on_delete="set null")))
    assert app.entities[1].relations[0].on_delete == "restrict"


def test_names_the_code_needs_are_changed_and_said() -> None:
    app = settled(entity("Session"), entity("Pet", fields=(field("json"), field("pet_json"))))
    assert [item.name for item in app.entities] == ["SessionEntry", "Pet"]
    assert [item.name for item in app.entities[1].fields] == ["pet_json_value", "pet_json"]
    assert "Pet.json is called pet_json_value" in app.notes[0]


@pytest.mark.parametrize(
    ("more", "minimum", "maximum"),
    [
        ({"kind": FieldKind.NUMBER, "minimum": 0.5, "maximum": 2.5}, 1, 2),
        ({"kind": FieldKind.NUMBER, "minimum": 3, "maximum": 1}, None, None),
        ({"kind": FieldKind.MONEY, "minimum": 0.001, "currency": "EUR"}, Decimal("0.01"), None),
        ({"kind": FieldKind.MONEY, "maximum": 2.5, "currency": "JPY"}, None, 2),
        ({"kind": FieldKind.NUMBER, "maximum": 1e300}, None, None),
        ({"kind": FieldKind.TEXT, "minimum": 1}, None, None),
    ],
)
def test_bounds_are_values_the_field_can_have(more: Any, minimum: Any, maximum: Any) -> None:
    found = settled_field(**more)
    assert (found.minimum, found.maximum) == (minimum, maximum)


@pytest.mark.parametrize(
    ("more", "bounds"),
    [
        ({}, (1, 200)),
        ({"min_length": 300}, (300, 300)),
        ({"min_length": 9, "max_length": 3}, (1, 3)),
        ({"max_length": 5000, "unique": True}, (1, 600)),
        ({"kind": FieldKind.EMAIL, "max_length": 3}, (1, 254)),
        ({"kind": FieldKind.DATE}, (0, None)),
    ],
)
def test_lengths_agree(more: Any, bounds: Any) -> None:
    found = settled_field(**more)
    assert (found.min_length, found.max_length) == bounds


@pytest.mark.parametrize(
    ("kind", "written", "default"),
    [
        (FieldKind.TEXT, " hello  there ", "hello there"),
        (FieldKind.TEXT, "x" * 201, None),
        (FieldKind.NUMBER, "1,000", "1000"),
        (FieldKind.NUMBER, "1.5", None),
        (FieldKind.NUMBER, "NaN", None),
        (FieldKind.NUMBER, "many", None),
        (FieldKind.MONEY, "12.50 EUR", "12.5"),
        (FieldKind.YES_NO, "Yes", "yes"),
        (FieldKind.YES_NO, "perhaps", None),
        (FieldKind.DATE, "today", "now"),
        (FieldKind.DATE, "2026-02-30", None),
        (FieldKind.TIME, "09:00+01:00", "09:00:00"),
        (FieldKind.DATE_AND_TIME, "2026-02-03 10:00", "2026-02-03T10:00:00"),
        (FieldKind.EMAIL, "a@example.com", None),
    ],
)
def test_defaults_are_read_or_left_out_and_said(kind: FieldKind, written: str, default: str | None) -> None:
    app = settled(entity("Pet", fields=(field(kind=kind, default=written),)))
    assert app.entities[0].fields[0].default == default
    assert bool(app.notes) == (default is None)


def test_a_default_outside_the_bounds_is_left_out() -> None:
    for written in ("0", "4"):
        assert settled_field(kind=FieldKind.NUMBER, minimum=1, maximum=3, default=written).default is None


def test_choices_are_distinct_lines_and_have_distinct_members() -> None:
    found = settled_field(kind=FieldKind.CHOICE, choices=("on hold", "On-Hold", " on  hold", "", "3", "日"))
    assert found.choices == ("on hold", "On-Hold", "3", "日")
    assert found.members == ("ON_HOLD", "ON_HOLD_2", "CHOICE_3", "CHOICE_4")
    assert member_names(["x" * 90]) == ("X" * 32,)


def test_a_choice_without_choices_is_text() -> None:
    assert settled_field(kind=FieldKind.CHOICE).kind is FieldKind.TEXT


@pytest.mark.parametrize(
    ("more", "capacity"),
    [
        ({}, None),
        ({"unique": True}, None),
        ({"unique": True, "max_length": 1}, 10),
        ({"unique": True, "kind": FieldKind.YES_NO}, 2),
        ({"unique": True, "kind": FieldKind.CHOICE, "choices": ("a", "b")}, 2),
        ({"unique": True, "kind": FieldKind.NUMBER, "minimum": 1, "maximum": 3}, 3),
    ],
)
def test_how_many_rows_there_can_be(more: Any, capacity: int | None) -> None:
    assert settled(entity("Pet", fields=(field(**more),))).entities[0].capacity == capacity


def test_long_identifiers_stay_distinct() -> None:
    long = [identifier("x" * 80 + end) for end in "ab"]
    assert len(set(long)) == 2
    assert {len(name) for name in long} == {63}
