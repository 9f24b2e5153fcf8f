"""Values that an attack sends: accepted by every bound of their field, and different."""

from __future__ import annotations

import base64
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.contracts import FieldKind
from flows.rendering import FieldPlan, plan
from flows.stages.blueprint.derive import derive
from flows.stages.intake.document import read
from flows.stages.verification.access.values import value, values


def field(kind: FieldKind, **more: object) -> FieldPlan:
    return FieldPlan(name="it", label="It", kind=kind, required=True, unique=False, **more)  # type: ignore[arg-type]


@given(st.integers(1, 40), st.integers(0, 60), st.integers(0, 10**6))
def test_text_is_as_long_as_it_may_be(least: int, more: int, number: int) -> None:
    text = value(field(FieldKind.TEXT, min_length=least, max_length=least + more), number)
    assert least <= len(text) <= least + more
    assert text.isalnum()


@given(st.integers(-50, 50), st.integers(0, 90), st.integers(0, 10**6), st.sampled_from([0, 2, 4]))
def test_numbers_stay_within_their_bounds(low: int, more: int, number: int, scale: int) -> None:
    bounded = field(FieldKind.DECIMAL, minimum=Decimal(low), maximum=Decimal(low + more), scale=scale)
    amount = Decimal(value(bounded, number))
    assert low <= amount <= low + more
    assert amount == round(amount, scale)


@pytest.mark.parametrize(
    "bounds", [{}, {"minimum": Decimal(5)}, {"maximum": Decimal(5)}, {"maximum": Decimal(-5)}]
)
def test_different_numbers_give_different_values(bounds: dict[str, Decimal]) -> None:
    numbers = [value(field(FieldKind.NUMBER, **bounds), number) for number in range(100)]
    assert len(set(numbers)) >= (5 if bounds == {"maximum": Decimal(5)} else 100)
    assert all(number <= bounds.get("maximum", number) for number in numbers)


def test_choices_and_shapes() -> None:
    assert value(field(FieldKind.CHOICE, choices=("a", "b")), 3) == "b"
    assert value(field(FieldKind.EMAIL), 12) == "attempt12@example.com"
    assert value(field(FieldKind.DATE), 1) == "2026-05-05"
    assert value(field(FieldKind.TIME), 61) == "07:01:00"


def test_compared_values_are_in_order_whatever_the_number() -> None:
    entity = plan(
        derive(
            read(
                "name: X\nidea: Y\nentities:\n  Slot:\n    fields:\n"
                "      begin: {type: date and time, required: true}\n"
                "      end: {type: date and time, required: true, after: begin}\n"
                "      opens: {type: time, required: true}\n"
                "      closes: {type: time, required: true, after: opens}\n"
                "      from: {type: number, required: true, minimum: 3, maximum: 9}\n"
                "      to: {type: number, required: true, not before: from, maximum: 12}\n"
                "      least: {type: date, required: true}\n"
                "      most: {type: date, required: true, after: least}\n"
            )
        )
    ).entities[0]
    begin, end, opens, closes, low, high, least, most = (field.name for field in entity.fields)
    for number in range(0, 5000, 7):
        sent = values(entity, number)
        assert sent[begin] < sent[end]
        assert sent[opens] < sent[closes]
        assert 3 <= sent[low] <= sent[high] <= 12
        assert sent[least] < sent[most]


def test_a_file_has_as_many_bytes_as_it_must() -> None:
    sent = value(field(FieldKind.IMAGE, min_bytes=5000), 1)
    content = base64.b64decode(sent["content"])
    assert (len(content), content[:4]) == (5000, b"\x89PNG")
    assert sent["name"].endswith(".png")
