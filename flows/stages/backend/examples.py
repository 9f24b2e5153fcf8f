"""The rows that fill an empty database: the founder's examples first, then made up ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.rendering.given import ROWS, doubled, given, in_order, parents, places
from flows.rendering.literals import python
from flows.stages.backend.samples import literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.rendering import ApplicationPlan, EntityPlan
    from flows.rendering.given import Given, Row


def examples(app: ApplicationPlan) -> dict[str, list[Row]]:
    """The rows of each entity, by its table; parents come before what leads to them."""
    said: dict[str, list[Given]] = {}
    for example in given(app):
        said.setdefault(example.entity.name, []).append(example)
    stated: dict[str, list[Row]] = {}
    found: dict[str, list[Row]] = {}
    for entity in app.creation_order:
        stated[entity.table] = _stated(app, entity, said.get(entity.name, []), stated)
        found[entity.table] = _filled_up(entity, stated[entity.table])
    return found


def _room(entity: EntityPlan) -> int:
    return ROWS if entity.capacity is None else min(ROWS, entity.capacity)


def _stated(
    app: ApplicationPlan, entity: EntityPlan, said: Sequence[Given], others: Mapping[str, list[Row]]
) -> list[Row]:
    """The rows of the founder's examples, without those that cannot be."""
    rows: list[Row] = []
    for number, example in enumerate(said):
        row = _from_example(app, example, number, others)
        fits = in_order(entity, row) and doubled(entity, row, rows) is None
        if fits and (entity.capacity is None or len(rows) < _room(entity)):
            rows.append(row)
    return rows


def _filled_up(entity: EntityPlan, stated: Sequence[Row]) -> list[Row]:
    rows = list(stated)
    room = _room(entity)
    for number in range(room + len(rows)):
        row = {field.name: literal(entity, field, number, room) for field in entity.fields}
        if len(rows) < room and doubled(entity, row, rows) is None:
            rows.append(row)
    return rows


def _from_example(app: ApplicationPlan, example: Given, number: int, others: Mapping[str, list[Row]]) -> Row:
    """The row of an example, with what it does not say."""
    entity, row = example.entity, example.fields()
    for field in entity.fields:
        if field.name not in row and field.status:
            row[field.name] = python(field.default or "")
        elif field.name not in row and field.required:
            row[field.name] = literal(entity, field, number, ROWS)
    for relation in entity.relations:
        if relation.owner and relation.unique:
            continue
        if relation.owner or relation in parents(entity):
            texts = example.values.get(relation.name, ())
            found = places(app, relation, texts, others.get(relation.target.table, []))
            if found:
                row[relation.key] = f"[{', '.join(map(str, found))}]" if relation.many else str(found[0])
    return row
