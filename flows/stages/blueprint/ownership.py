"""Whose a row is: the ways from an entity to the people who sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import USER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import BlueprintEntity

LONGEST_WAY = 3  # relations; longer ways say little about whose a row is and cost a join each


def owned(entities: tuple[BlueprintEntity, ...]) -> tuple[BlueprintEntity, ...]:
    """The entities with their ways to the users, in the order of their relations, shortest first."""
    by_name = {entity.name: entity for entity in entities}
    return tuple(
        entity.model_copy(update={"owned_by": tuple(sorted(_ways(entity, by_name), key=_length))})
        for entity in entities
    )


def _length(way: str) -> int:
    return way.count(".")


def _ways(
    entity: BlueprintEntity, by_name: dict[str, BlueprintEntity], before: tuple[str, ...] = ()
) -> Iterator[str]:
    """Dotted names of relations that end at a user; no way comes through the same entity twice.

    A mechanic's team leader is a mechanic too, which does not make the team leader the owner of the row.
    """
    if len(before) == LONGEST_WAY:
        return
    seen = (*before, entity.name)
    for relation in entity.relations:
        if relation.kind == "many to many":
            continue
        if relation.target == USER:
            yield relation.name
        elif relation.target not in seen:
            for way in _ways(by_name[relation.target], by_name, seen):
                yield f"{relation.name}.{way}"


def owners(entity: BlueprintEntity, by_name: dict[str, BlueprintEntity]) -> frozenset[str]:
    """Class names of the entities that refer to the user at the end of each way, like Sitter."""
    found = set()
    for way in entity.owned_by:
        here = entity
        for name in way.split(".")[:-1]:
            here = by_name[next(item.target for item in here.relations if item.name == name)]
        found.add(here.name)
    return frozenset(found)
