"""A list shows what tells most about its rows, and can be narrowed by every typed field."""

from __future__ import annotations

import pytest

from flows.contracts import FieldKind
from flows.rendering import EntityPlan, plan
from flows.rendering.access import access_plan
from flows.stages.frontend import inputs, lists
from tests import applications

BLUEPRINT = applications.blueprint("pet_sitting")
APP = plan(BLUEPRINT)
ACCESS = access_plan(BLUEPRINT, APP)


def entity(name: str) -> EntityPlan:
    return next(item for item in APP.entities if item.name == name)


def test_status_and_relations_come_first_and_long_texts_not_at_all() -> None:
    booking = entity("Booking")
    columns = lists.columns(booking, ACCESS.states["Booking"])
    assert columns.status is not None
    assert columns.status.name == "status"
    assert [relation.name for relation in columns.relations] == ["pet", "sitter"]
    names = [field.name for field in columns.fields]
    assert names == ["first_day", "last_day", "drop_off_time"]


@pytest.mark.parametrize("name", [item.name for item in APP.entities])
def test_a_table_has_room_for_its_columns(name: str) -> None:
    columns = lists.columns(entity(name), ACCESS.states.get(name))
    shown = len(columns.fields) + len(columns.relations) + bool(columns.status)
    assert 1 <= shown < lists.COLUMNS
    assert all(field.kind is not FieldKind.LONG_TEXT for field in columns.fields)


def test_every_parameter_has_a_name_for_people() -> None:
    named = lists.narrowed_by(entity("Booking"))
    assert named["first_day_from"] == "First day from"
    assert named["pet_id"] == "Pet"
    assert named["status"] == "Status"


def test_numbers_are_entered_with_as_many_digits_as_they_keep() -> None:
    fields = {field.name: field for field in entity("Booking").fields}
    assert 'step="0.01"' in inputs.typed(fields["price"])
    assert 'unit="EUR"' in inputs.typed(fields["price"])
    assert inputs.typed(fields["first_day"]) == ['type="date"']
