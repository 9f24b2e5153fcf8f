"""Lists of rows: which columns a table has room for, and what its rows can be narrowed by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering import FieldPlan, RelationPlan
from flows.rendering.filters import filters
from flows.rendering.literals import jinja
from flows.rendering.plan import NUMBERS, UPLOADS
from flows.stages.frontend import inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.rendering import EntityPlan
    from flows.rendering.access import StatesPlan

COLUMNS = 7
"""Columns a list shows; the rest is on the page of the row."""

FEW = 3
"""Rows of a target that the tests of a picker make."""

REFERENCES = 3
"""How many of them may lead to other rows."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """A table's columns after the one that stands for the row: fields and relations, and its picture."""

    picture: FieldPlan | None
    status: FieldPlan | None
    relations: tuple[RelationPlan, ...]
    fields: tuple[FieldPlan, ...]


def columns(entity: EntityPlan, states: StatesPlan | None) -> Columns:
    """What tells most about a row: its status, what it belongs to, then the short fields in their order."""
    status = states.field if states else None
    relations = entity.references[:REFERENCES]
    rest = [
        field
        for field in entity.fields
        if field.name != entity.display
        and field != status
        and field.kind is not FieldKind.LONG_TEXT
        and field.kind not in UPLOADS
    ]
    room = max(COLUMNS - 1 - bool(status) - len(relations), 1)
    return Columns(
        picture=next((field for field in entity.fields if field.kind is FieldKind.IMAGE), None),
        status=status,
        relations=relations,
        fields=tuple(rest[:room]),
    )


def sortable(entity: EntityPlan, shown: Columns) -> list[FieldPlan]:
    """The fields among the columns, as the table has them."""
    fields = (entity.display_field, shown.status, *shown.fields)
    return [field for field in fields if field is not None]


def narrowing(entity: EntityPlan) -> list[str]:
    """The calls of the macros that render the list's filters."""
    calls = []
    for item in filters(entity):
        if item.relation:
            label, here = jinja(item.relation.label), f'"/{entity.slug}"'
            calls.append(f'filters.row(search, "{item.name}", {label}, pickers, {here})')
        elif item.field and item.how == "equals":
            label, options = jinja(item.field.label), inputs.options(item.field)
            calls.append(f'filters.one_of(search, "{item.name}", {label}, {options})')
        elif item.field and item.how == "at_least":
            first, last = item.name, f"{item.field.name}_to"
            settings = ", ".join(inputs.typed(item.field))
            calls.append(f'filters.span(search, "{first}", "{last}", {jinja(item.field.label)}, {settings})')
    return calls


def picked(entities: Sequence[EntityPlan]) -> list[tuple[EntityPlan, RelationPlan]]:
    """The relations whose pickers can be tried: of the target there can be a few rows more than in a list."""
    return [
        (entity, relation)
        for entity in entities
        for relation in entity.relations
        if relation.target.capacity is None or relation.target.capacity > FEW
    ]


def narrowed_by(entity: EntityPlan) -> dict[str, str]:
    """Query parameter to what people call it."""
    named = {}
    for item in filters(entity):
        label = item.relation.label if item.relation else item.field.label if item.field else item.name
        suffix = {"at_least": " from", "at_most": " to"}.get(item.how, "")
        named[item.name] = f"{label}{suffix}"
    return named


def numeric(field: FieldPlan) -> bool:
    """Whether the column is aligned to the right."""
    return field.kind in NUMBERS
