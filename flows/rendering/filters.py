"""What the list of an entity can be narrowed by: one query parameter each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from flows.contracts import FieldKind
from flows.rendering.plan import MOMENTS, NUMBERS, FieldPlan, RelationPlan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.rendering.plan import EntityPlan

Narrowing = Literal["equals", "at_least", "at_most", "linked"]
"""How a row has to stand to the value."""

EXACT = frozenset({FieldKind.CHOICE, FieldKind.YES_NO})
"""Kinds with so few values that one of them is chosen; the others are narrowed from and to."""


_ENDS: tuple[tuple[str, Narrowing], ...] = (("_from", "at_least"), ("_to", "at_most"))


@dataclass(frozen=True, kw_only=True)
class FilterPlan:
    """A query parameter of a list; it looks at a field or at a relation."""

    name: str
    how: Narrowing
    attribute: str
    field: FieldPlan | None = None
    relation: RelationPlan | None = None


def filters(entity: EntityPlan) -> tuple[FilterPlan, ...]:
    """The filters of an entity's list; where two would have one name, the first has it."""
    found: dict[str, FilterPlan] = {}
    for item in _candidates(entity):
        found.setdefault(item.name, item)
    return tuple(found.values())


def _candidates(entity: EntityPlan) -> Iterator[FilterPlan]:
    for relation in entity.relations:
        yield FilterPlan(
            name=relation.column,
            how="linked" if relation.many else "equals",
            attribute=relation.attribute,
            relation=relation,
        )
    for field in entity.fields:
        if field.kind in EXACT:
            yield FilterPlan(name=field.name, how="equals", attribute=field.name, field=field)
    for field in entity.fields:
        if field.kind in NUMBERS | MOMENTS:
            for ending, how in _ENDS:
                yield FilterPlan(name=f"{field.name}{ending}", how=how, attribute=field.name, field=field)
