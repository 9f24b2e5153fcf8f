"""Values of compared fields that are just in order, and just out of it: what the application's tests send."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.comparisons import Order, at_least, groups, least_values, order, orders_of, step, top
from flows.rendering.layout import laid_out
from flows.rendering.plan import MOMENTS
from flows.stages.backend.edges import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.rendering import EntityPlan, FieldPlan
    from flows.rendering.plan import ComparisonPlan

START = dt.datetime(2026, 1, 1, 8)  # noqa: DTZ001 - the application's times are local
"""Where the test's values of time start, too."""

Values = dict[str, Decimal]


def together(entity: EntityPlan) -> list[list[str]]:
    """The groups of fields that are compared, and so can only be changed together."""
    found = groups(orders_of(entity.fields))
    return [[field.name for field in entity.fields if field.name in group] for group in found]


def in_order(entity: EntityPlan) -> list[str]:
    """Dictionaries of values that must be accepted: each comparison and each bound at its edge."""
    known, orders = _known(entity)
    wanted: list[Values] = []
    for field, comparison in _comparisons(entity):
        for values, _ in _tries(field, comparison, known, orders):
            if not _broken(values, orders) and _within(values, known):
                wanted.append(_group(field, values, orders))
                break
    for field in known.values():
        for bound in (field.minimum, field.maximum):
            if bound is not None and field.rung is not None:
                least = least_values(known, orders, {field.name: bound})
                wanted += [_group(field, least, orders)] if least else []
    return list(dict.fromkeys(_dictionary(values, known, 4) for values in wanted))


def out_of_order(entity: EntityPlan) -> list[str]:
    """Pairs of a field and of values that it must be refused with: each comparison just broken."""
    known, orders = _known(entity)
    found = []
    for field, comparison in _comparisons(entity):
        wrong = order(field.name, comparison)
        for _, values in _tries(field, comparison, known, orders):
            if _broken(values, orders) == [wrong] and _within(values, known):
                changes = _dictionary(_group(field, values, orders), known, 8)
                found.append(laid_out("(", [f'"{field.name}"', changes], ")", 4, 1))
                break
    return found


def spans(entity: EntityPlan) -> bool:
    """Whether any of the values is a duration."""
    return any(field.rung is not None and field.kind is FieldKind.DURATION for field in entity.fields)


def _known(entity: EntityPlan) -> tuple[dict[str, FieldPlan], list[Order]]:
    orders = orders_of(entity.fields)
    names = {name for item in orders for name in (item.lower, item.upper)}
    return {field.name: field for field in entity.fields if field.name in names}, orders


def _comparisons(entity: EntityPlan) -> Iterator[tuple[FieldPlan, ComparisonPlan]]:
    for field in entity.fields:
        for comparison in field.comparisons:
            yield field, comparison


def _tries(
    field: FieldPlan, comparison: ComparisonPlan, known: dict[str, FieldPlan], orders: list[Order]
) -> Iterator[tuple[Values, Values]]:
    """All compared values with those two at the edge: once in order, once out of it."""
    lower, upper, strict = order(field.name, comparison)
    least = least_values(known, orders) or {}
    above = step(known[upper])
    just = at_least(least[lower], above, strict=strict)
    yield least | {upper: just}, least | {upper: just - above}
    below = step(known[lower])
    last = -at_least(-least[upper], below, strict=strict)
    yield least | {lower: last}, least | {lower: last + below}


def _broken(values: Values, orders: list[Order]) -> list[Order]:
    return [
        item
        for item in orders
        if values[item.upper] < values[item.lower]
        or (item.strict and values[item.upper] == values[item.lower])
    ]


def _within(values: Values, known: dict[str, FieldPlan]) -> bool:
    return all(
        value <= top(known[name]) and (known[name].minimum is None or value >= (known[name].minimum or 0))
        for name, value in values.items()
    )


def _group(field: FieldPlan, values: Values, orders: list[Order]) -> Values:
    """The values of the fields that this one is compared with, and its own."""
    group = next(group for group in groups(orders) if field.name in group)
    return {name: value for name, value in values.items() if name in group}


def _dictionary(values: Values, known: dict[str, FieldPlan], indent: int) -> str:
    items = [
        f'"{name}": {_expression(field, values[name])}' for name, field in known.items() if name in values
    ]
    return laid_out("{", items, "}", indent, 1)


def _expression(field: FieldPlan, value: Decimal) -> str:
    if field.kind not in MOMENTS:
        return number(field, value)
    moment = START + dt.timedelta(minutes=int(value))
    return {
        FieldKind.DATE: f'"{(START + dt.timedelta(days=int(value))).date().isoformat()}"',
        FieldKind.TIME: f'"{moment.time().isoformat()}"',
        FieldKind.DATE_AND_TIME: f'"{moment.isoformat()}"',
        FieldKind.DURATION: f"span({int(value)})",
    }[field.kind]
