"""Fields bounded by other fields of their entity: which of these bounds can hold together, and how."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from flows.contracts import FieldKind
from flows.rendering import bounds
from flows.rendering.plan import MOMENTS, NUMBERS, ROOM, ComparisonPlan, FieldPlan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.contracts import BlueprintComparison

_LATEST = Decimal(50)
"""Steps after the first example's time of day that are still on the same day."""


class Order(NamedTuple):
    """The upper field is greater than the lower one, or at least not smaller."""

    lower: str
    upper: str
    strict: bool


def compared(
    fields: Sequence[FieldPlan],
    wanted: Mapping[str, Sequence[BlueprintComparison]],
    called: Mapping[str, str],
    owner: str,
    notes: list[str],
) -> tuple[FieldPlan, ...]:
    """The fields with the comparisons that can hold; those that cannot are left out and said."""
    if not wanted:
        return tuple(fields)
    known = {field.name: field for field in fields}
    kept: dict[str, list[ComparisonPlan]] = {field.name: [] for field in fields}
    orders: list[Order] = []
    for name, comparisons in wanted.items():
        for comparison in comparisons:
            other = known.get(called.get(comparison.field, ""))
            plan = ComparisonPlan(
                how=comparison.how,
                other=other.name if other else comparison.field,
                label=other.label if other else comparison.field,
            )
            added = order(name, plan)
            if other and _comparable(known[name], other) and least_values(known, [*orders, added]):
                orders.append(added)
                kept[name].append(plan)
            else:
                said = f"{known[name].label} {plan.how} {plan.label}"
                notes.append(f"Of {owner}, '{said}' cannot hold with its kinds and bounds and is left out.")
    return _placed(fields, known, kept, orders)


def _placed(
    fields: Sequence[FieldPlan],
    known: dict[str, FieldPlan],
    kept: dict[str, list[ComparisonPlan]],
    orders: list[Order],
) -> tuple[FieldPlan, ...]:
    least = least_values(known, orders) or {}
    rooms = {name: _room(known, least, group) for group in groups(orders) for name in group}
    return tuple(
        replace(
            field,
            comparisons=tuple(kept[field.name]),
            rung=least.get(field.name),
            room=rooms.get(field.name, ROOM),
        )
        for field in fields
    )


def order(name: str, comparison: ComparisonPlan) -> Order:
    """The comparison of that field as an order of two."""
    strict = comparison.how in {"after", "before"}
    if comparison.how in {"after", "not before"}:
        return Order(comparison.other, name, strict)
    return Order(name, comparison.other, strict)


def orders_of(fields: Sequence[FieldPlan]) -> list[Order]:
    """Every order that the fields keep among each other."""
    return [order(field.name, comparison) for field in fields for comparison in field.comparisons]


def _comparable(one: FieldPlan, other: FieldPlan) -> bool:
    if one.name == other.name:
        return False
    both = {one.kind, other.kind}
    return both <= NUMBERS or (len(both) == 1 and both <= MOMENTS)


def least_values(
    known: Mapping[str, FieldPlan],
    orders: Sequence[Order],
    fixed: Mapping[str, Decimal] = MappingProxyType({}),
) -> dict[str, Decimal] | None:
    """The least value of each compared field with which all orders hold; None when there are none.

    Numbers are themselves; days and minutes are counted from the first example's. What is fixed is not less.
    """
    names = sorted({name for order in orders for name in (order.lower, order.upper)})
    tops = [bound for name in names if (bound := known[name].maximum) is not None]
    start = min([Decimal(1), *(bound - ROOM for bound in tops)])
    values = {name: fixed.get(name, _first(known[name], start)) for name in names}
    for _ in range(len(names) + 1):
        if not _raise(values, known, orders):
            return values if all(value <= top(known[name]) for name, value in values.items()) else None
    return None


def _raise(values: dict[str, Decimal], known: Mapping[str, FieldPlan], orders: Sequence[Order]) -> bool:
    """Raise every upper field above its lower one; whether any had to be."""
    raised = False
    for lower, upper, strict in orders:
        needed = at_least(values[lower], step(known[upper]), strict=strict)
        if values[upper] < needed:
            values[upper] = needed
            raised = True
    return raised


def _first(field: FieldPlan, start: Decimal) -> Decimal:
    if field.kind in MOMENTS:
        return Decimal(0)
    return start.quantize(step(field), ROUND_FLOOR) if field.minimum is None else field.minimum


def at_least(value: Decimal, step: Decimal, *, strict: bool) -> Decimal:
    """The first multiple of the step that is greater than the value, or not smaller."""
    if strict:
        return value.quantize(step, ROUND_FLOOR) + step
    return value.quantize(step, ROUND_CEILING)


def step(field: FieldPlan) -> Decimal:
    """The least difference between two values; of time, what examples are apart."""
    return Decimal(1).scaleb(-field.scale)


def top(field: FieldPlan) -> Decimal:
    """The greatest value."""
    if field.kind is FieldKind.TIME:
        return _LATEST
    if field.kind in MOMENTS:
        return Decimal(ROOM)
    return field.maximum if field.maximum is not None else bounds.limit(field.kind, field.scale)


def groups(orders: Sequence[Order]) -> list[set[str]]:
    """The fields that are compared with each other, directly or by way of others."""
    groups: list[set[str]] = []
    for order in orders:
        joined = {order.lower, order.upper}
        apart = []
        for group in groups:
            if group & joined:
                joined |= group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return groups


def _room(known: Mapping[str, FieldPlan], least: Mapping[str, Decimal], group: set[str]) -> int:
    """By how many steps all of them can be moved up together: by none when their steps differ."""
    fields = [known[name] for name in sorted(group)]
    if len({field.scale for field in fields}) > 1:
        return 0
    return min(ROOM, *(int((top(field) - least[field.name]).scaleb(field.scale)) for field in fields))
