"""Relations between entities, and the ones that could never be filled because they go round in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import BlueprintRelation
from flows.language import words

if TYPE_CHECKING:
    from flows.contracts import Interview, InterviewEntity, InterviewRelation
    from flows.stages.blueprint.naming import EntityName


def loosened(interview: Interview) -> frozenset[tuple[str, str]]:
    """(entity, relation) of every required relation that closes a circle of required ones.

    In a circle no row could ever be the first; the one that the document says last is made optional.
    """
    needs: dict[str, set[str]] = {entity.name: set() for entity in interview.entities}
    loose = set()
    for entity in interview.entities:
        for relation in entity.relations:
            if not relation.required:
                continue
            if _reaches(needs, relation.entity, entity.name):
                loose.add((entity.name, relation.name))
            else:
                needs[entity.name].add(relation.entity)
    return frozenset(loose)


def _reaches(needs: dict[str, set[str]], start: str, goal: str) -> bool:
    seen, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        if here == goal:
            return True
        fresh = needs[here] - seen
        seen |= fresh
        ahead.extend(fresh)
    return False


def blueprint_relation(
    relation: InterviewRelation,
    *,
    entity: InterviewEntity,
    member: str,
    named: dict[str, EntityName],
    loose: frozenset[tuple[str, str]],
) -> BlueprintRelation:
    """One foreign key: rows with a required parent keep it from being deleted, others lose the reference."""
    is_loose = (entity.name, relation.name) in loose
    required = relation.required and not is_loose
    said = f"{entity.name} belongs to {relation.entity}"
    if relation.name.casefold() != relation.entity.casefold():
        said += f" as {relation.name}"
    if is_loose:
        said += "; made optional, because nothing could be entered first in a circle of required relations"
    return BlueprintRelation(
        name=member,
        label=words.label(relation.name),
        target=named[relation.entity].cls,
        required=required,
        on_delete="restrict" if required else "set null",
        source="inferred" if is_loose else "stated",
        because=said,
    )
