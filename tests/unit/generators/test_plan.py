"""How a blueprint is settled before anything is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from flows.contracts import (
    Blueprint,
    BlueprintComparison,
    BlueprintEntity,
    BlueprintField,
    BlueprintRelation,
    Comparing,
    FieldKind,
)
from flows.rendering import ApplicationPlan, plan
from flows.rendering.names import identifier, member_names


def field(name: str = "name", kind: FieldKind = FieldKind.TEXT, **more: Any) -> BlueprintField:
    values = {"name": name, "label": name, "kind": kind, "required": False, "unique": False}
    return BlueprintField.model_validate(values | {"source": "stated", "because": ""} | more)


def relation(name: str, target: str, **more: Any) -> BlueprintRelation:
    values = {"name": name, "label": name, "target": target, "required": False, "on_delete": "restrict"}
    return BlueprintRelation.model_validate(values | {"source": "stated", "because": ""} | more)


def compared(name: str, how: Comparing, other: str, **more: Any) -> BlueprintField:
    kind = more.pop("kind", FieldKind.NUMBER)
    return field(name, kind, comparisons=(BlueprintComparison(how=how, field=other),), **more)


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


def test_names_that_bring_others_do_not_clash_with_them() -> None:
    fields = (field("pet_id"), field("pets_ids"), field("photo", FieldKind.IMAGE), field("photo_remove"))
    relations = (relation("pet", "Pet"), relation("pets", "Pet", kind="many to many"))
    app = settled(entity("Pet"), entity("Walk", *relations, fields=fields))
    walk = app.entities[1]
    assert [item.name for item in walk.fields] == ["pet_id", "pets_ids", "walk_photo", "photo_remove"]
    assert [item.key for item in walk.relations] == ["walk_pet_id", "walk_pets_ids"]


def test_a_table_between_two_is_called_like_no_other() -> None:
    walk = entity("Walk", relation("pets", "Pet", kind="many to many"))
    other = entity("Other").model_copy(update={"table": "walks_pets"})
    found = settled(entity("Pet"), walk, other).entities[1].links[0]
    assert (found.table, found.near, found.far) == ("walks_pets_links", "walk_id", "pet_id")


def test_the_two_sides_of_a_self_relation_have_columns_of_their_own() -> None:
    friends = settled(entity("Pet", relation("friends", "Pet", kind="many to many"))).entities[0].links[0]
    assert (friends.near, friends.far) == ("pet_id", "other_pet_id")


def test_required_rows_that_are_one_each_are_as_many_as_there_are_others() -> None:
    few = field("name", FieldKind.CHOICE, choices=("a", "b"), unique=True)
    one = relation("pet", "Pet", kind="one to one", required=True)
    assert settled(entity("Pet", fields=(few,)), entity("Chip", one)).entities[1].capacity == 2


def test_labels_stand_beside_their_choices() -> None:
    found = settled_field(kind=FieldKind.CHOICE, choices=("a", "", "b", "a"), labels=("A", "x", "B", "C"))
    assert (found.choices, found.labels) == (("a", "b"), ("A", "B"))
    assert settled_field(kind=FieldKind.CHOICE, choices=("a", "b"), labels=("A",)).labels == ()


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ({"pattern": "[A-Z]{3}"}, True),
        ({"pattern": "[A-Z]{3}", "kind": FieldKind.IDENTIFIER}, True),
        ({"pattern": "(?=a)"}, False),
        ({"pattern": "[A-Z]{3}", "max_length": 2}, False),
        ({"pattern": "[A-Z]{3}", "min_length": 4}, False),
        ({"pattern": " +"}, False),
        ({"pattern": "a*", "kind": FieldKind.EMAIL}, False),
        ({"pattern": "a*", "kind": FieldKind.NUMBER}, False),
    ],
)
def test_a_pattern_is_kept_or_left_out_and_said(more: Any, kept: bool) -> None:  # noqa: FBT001
    app = settled(entity("Pet", fields=(field(**more),)))
    assert bool(app.entities[0].fields[0].pattern) == kept
    assert any("pattern" in note for note in app.notes) != kept


def test_a_default_that_does_not_match_the_pattern_is_left_out() -> None:
    assert settled_field(pattern="[A-Z]+", default="abc").default is None
    assert settled_field(pattern="[A-Z]+", default="ABC").default == "ABC"


@pytest.mark.parametrize(
    "fields",
    [
        (compared("a", "after", "missing"), field("name")),
        (compared("a", "after", "a"),),
        (compared("a", "after", "b"), field("b", FieldKind.DATE)),
        (compared("a", "after", "b", maximum=3), field("b", FieldKind.NUMBER, minimum=3)),
        (compared("a", "after", "b", kind=FieldKind.TEXT), field("b", FieldKind.TEXT)),
    ],
)
def test_a_comparison_that_cannot_hold_is_left_out_and_said(fields: Any) -> None:
    app = settled(entity("Pet", fields=fields))
    assert not any(item.comparisons for item in app.entities[0].fields)
    assert "left out" in app.notes[0]


def test_of_comparisons_that_go_in_a_circle_the_last_is_left_out() -> None:
    ring = [compared("a", "after", "b"), compared("b", "after", "c"), compared("c", "after", "a")]
    app = settled(entity("Pet", fields=tuple(ring)))
    assert [len(item.comparisons) for item in app.entities[0].fields] == [1, 1, 0]
    assert len(app.notes) == 1


def test_compared_values_are_placed_so_that_all_hold() -> None:
    ladder = (
        compared("a", "not before", "b", kind=FieldKind.MONEY, maximum=10),
        compared("b", "after", "c", minimum=-5),
        field("c", FieldKind.NUMBER, minimum=2),
    )
    found = settled(entity("Pet", fields=ladder)).entities[0].fields
    assert [item.rung for item in found] == [3, 3, 2]
    assert {item.room for item in found} == {0}
