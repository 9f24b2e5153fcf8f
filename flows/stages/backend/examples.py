"""The rows that fill an empty database: the founder's examples first, then made up ones."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.bounds import default
from flows.rendering.comparisons import orders_of
from flows.rendering.literals import python, words
from flows.rendering.patterns import matches
from flows.rendering.plan import NUMBERS, STRINGS, UPLOADS
from flows.stages.backend.samples import ROWS, literal, parents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.rendering import ApplicationPlan, EntityPlan, FieldPlan, RelationPlan

Row = dict[str, str]
"""Field to Python literal, and relation to the place of the row it leads to among the rows of its table."""

_FORMS = {
    FieldKind.EMAIL: re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}", re.ASCII),
    FieldKind.PHONE: re.compile(r"\+?[0-9][0-9 ()./-]{3,29}[0-9]"),
    FieldKind.LINK: re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?(/[^\s<>\"]*)?", re.ASCII),
    FieldKind.IDENTIFIER: re.compile(r"[\w./:#-]+"),
    FieldKind.DURATION: re.compile(r"\d{1,3}:[0-5]\d|\d{1,4} ?(d|h|m|s|day|hour|min|minute|second)s?"),
}
"""What an example of these kinds looks like; the application takes some more."""

_COUNTED = frozenset({*NUMBERS, FieldKind.YES_NO})


def examples(app: ApplicationPlan) -> dict[str, list[Row]]:
    """The rows of each entity, by its table; parents come before what leads to them."""
    given = _given(app)
    found: dict[str, list[Row]] = {}
    for entity in app.creation_order:
        found[entity.table] = _rows(entity, given.get(entity.name, []), found)
    return found


def _given(app: ApplicationPlan) -> dict[str, list[dict[str, str]]]:
    """The founder's examples in the names of the code, by entity."""
    called = {
        written.name: entity for written, entity in zip(app.blueprint.entities, app.entities, strict=True)
    }
    found: dict[str, list[dict[str, str]]] = {}
    for example in app.blueprint.examples:
        entity = called[example.entity]
        values = {
            entity.called[name]: words(value) for name, value in example.values if name in entity.called
        }
        found.setdefault(entity.name, []).append(values)
    return found


def _rows(entity: EntityPlan, given: list[dict[str, str]], others: Mapping[str, list[Row]]) -> list[Row]:
    room = ROWS if entity.capacity is None else min(ROWS, entity.capacity)
    rows: list[Row] = []
    for number, values in enumerate(given):
        row = _from_example(entity, values, number, others)
        if row is not None and _fits(entity, row, rows) and (entity.capacity is None or len(rows) < room):
            rows.append(row)
    for number in range(room + len(rows)):
        row = {field.name: literal(entity, field, number, room) for field in entity.fields}
        if len(rows) < room and _fits(entity, row, rows):
            rows.append(row)
    return rows


def _fits(entity: EntityPlan, row: Row, rows: list[Row]) -> bool:
    """Whether no other row has a value that is to be unique."""
    unique = [field.name for field in entity.written if field.unique and field.name in row]
    return all(row[name] != other.get(name) for name in unique for other in rows)


def _from_example(
    entity: EntityPlan, values: dict[str, str], number: int, others: Mapping[str, list[Row]]
) -> Row | None:
    """The row of an example, with what it does not say; None when its values do not go together."""
    row: Row = {}
    for field in entity.written:
        value = _literal(field, values.get(field.name, ""))
        if value is None and field.required:
            value = literal(entity, field, number, ROWS)
        if value is not None:
            row[field.name] = value
    for status in (field for field in entity.fields if field.status):
        row[status.name] = _literal(status, values.get(status.name, "")) or python(status.default or "")
    if not _in_order(entity, row):
        return None
    for relation in parents(entity):
        place = _place(relation, values.get(relation.name, ""), others)
        if place:
            row[relation.key] = place
    return row


def _literal(field: FieldPlan, text: str) -> str | None:
    """The Python literal of what the founder wrote; None when it is not a value of the field."""
    if not text or field.kind in UPLOADS:
        return None
    if field.kind in _FORMS and not field.pattern:
        fits = _FORMS[field.kind].fullmatch(text) and len(text) <= (field.max_length or len(text))
        return python(text) if fits else None
    if field.kind in STRINGS:
        fits = field.min_length <= len(text) <= (field.max_length or 0)
        return python(text) if fits and (not field.pattern or matches(field.pattern, text)) else None
    value = default(_choice(field, text), replace(field, unique=False))
    if value is None or value == "now":
        return None
    if field.kind is FieldKind.YES_NO:
        return str(value == "yes")
    return value if field.kind is FieldKind.NUMBER else python(value)


def _choice(field: FieldPlan, text: str) -> str:
    """The stored value of what people see of a choice."""
    labels = zip(field.labels, field.choices, strict=False)
    return next((choice for label, choice in labels if label.casefold() == text.casefold()), text)


def _in_order(entity: EntityPlan, row: Row) -> bool:
    """Whether the compared values of a row are in order; durations are not looked at, and pass for none."""
    kinds = {field.name: field.kind for field in entity.fields}
    for lower, upper, strict in orders_of(entity.fields):
        if lower not in row or upper not in row:
            continue
        if kinds[lower] is FieldKind.DURATION:
            return False
        low, high = _comparable(row[lower], kinds[lower]), _comparable(row[upper], kinds[upper])
        if high < low or (strict and high == low):
            return False
    return True


def _comparable(value: str, kind: FieldKind) -> tuple[float, str]:
    plain = str(ast.literal_eval(value))
    return (float(plain), "") if kind in _COUNTED else (0.0, plain)


def _place(relation: RelationPlan, text: str, others: Mapping[str, list[Row]]) -> str:
    """The place of the row that is shown so, or a list of places where there can be several."""
    shown = relation.shows or relation.target.display
    rows = others.get(relation.target.table, [])
    names = [str(ast.literal_eval(row[shown])).casefold() if shown in row else "" for row in rows]
    if not relation.many:
        return str(names.index(text.casefold())) if text.casefold() in names else ""
    said = {part.strip().casefold() for part in re.split(r",| and ", text)}
    places = [str(place) for place, name in enumerate(names) if name in said]
    return f"[{', '.join(places)}]" if places else ""
