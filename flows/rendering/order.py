"""The order to create tables and rows in, and the circles that have none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.contracts import USER

if TYPE_CHECKING:
    from flows.rendering.plan import EntityPlan, RelationPlan


def open_required_circles(entities: dict[str, EntityPlan], notes: list[str]) -> None:
    """Make a required relation optional when no first row could ever be created because of it."""
    settled = {USER}
    waiting = list(entities.values())
    while waiting:
        ready = [
            entity
            for entity in waiting
            if all(not relation.required or relation.target.name in settled for relation in entity.relations)
        ]
        if not ready:
            first = waiting[0]
            first.relations = tuple(
                _optional(relation, first, notes)
                if relation.required and relation.target.name not in settled
                else relation
                for relation in first.relations
            )
            ready = [first]
        settled.update(entity.name for entity in ready)
        waiting = [entity for entity in waiting if entity.name not in settled]


def _optional(relation: RelationPlan, holder: EntityPlan, notes: list[str]) -> RelationPlan:
    notes.append(
        f"{holder.name}.{relation.name} is optional: were it required, the first {holder.name} would need "
        f"a {relation.target.name} that needs a {holder.name}."
    )
    return replace(relation, required=False)


def creation_order(entities: dict[str, EntityPlan]) -> tuple[EntityPlan, ...]:
    """Parents first: over all relations where that works, and over the required ones always."""
    order: list[EntityPlan] = []
    waiting = list(entities.values())
    done = {USER}
    while waiting:
        ready = _ready(waiting, done, required_only=False) or _ready(waiting, done, required_only=True)[:1]
        order.extend(ready)
        done.update(entity.name for entity in ready)
        waiting = [entity for entity in waiting if entity.name not in done]
    return tuple(order)


def _ready(waiting: list[EntityPlan], done: set[str], *, required_only: bool) -> list[EntityPlan]:
    return [
        entity
        for entity in waiting
        if all(
            relation.target.name in done or relation.target is entity
            for relation in entity.relations
            if relation.required or not required_only
        )
    ]


def mark_late(order: tuple[EntityPlan, ...]) -> None:
    """Say of each relation whether its target's table comes after the holder's."""
    position = {USER: -1} | {entity.name: number for number, entity in enumerate(order)}
    for entity in order:
        entity.relations = tuple(
            replace(relation, late=position[relation.target.name] > position[entity.name])
            for relation in entity.relations
        )
