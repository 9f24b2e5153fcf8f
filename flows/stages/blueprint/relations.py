"""Relations between entities, and the ones that could never be filled because they go round in a circle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from flows.contracts import USER, BlueprintRelation, NotUsed
from flows.language.words import folded, label

if TYPE_CHECKING:
    from flows.contracts import Interview, InterviewEntity, InterviewRelation
    from flows.stages.blueprint.members import Named

_VERBS = {"belongs to": "belongs to", "one to one": "has one", "many to many": "has many"}
# Only words like these let rows go together with the one they belong to.
_PART_OF = re.compile(
    r"\b(?:is|are|as) (?:a )?parts? of\b|\b(?:deleted|removed|goes|go|vanish(?:es)?) (?:together )?with\b"
)
# What a document may call the two things every account shows of a person.
_OF_USER = {
    **dict.fromkeys(("email", "e mail", "login", "user name", "username"), "email"),
    **dict.fromkeys(("name", "full name", "first name", "last name"), "name"),
}


def loosened(interview: Interview) -> frozenset[tuple[str, str]]:
    """(entity, relation) of every required relation that closes a circle of required ones.

    In a circle no row could ever be the first; the one that the document says last is made optional.
    """
    needs: dict[str, set[str]] = {entity.name: set() for entity in interview.entities}
    loose = set()
    for entity in interview.entities:
        for relation in entity.relations:
            if not relation.required or relation.entity == USER:
                continue
            if reaches(needs, relation.entity, entity.name):
                loose.add((entity.name, relation.name))
            else:
                needs[entity.name].add(relation.entity)
    return frozenset(loose)


def unkept(interview: Interview) -> tuple[NotUsed, ...]:
    """Relations that the other end has to have: what is entered first cannot have one yet."""
    return tuple(
        NotUsed(
            words=relation.because or _said(entity, relation),
            reason=(
                f"that each {relation.entity} has at least one {entity.name} is not checked, "
                f"as it is entered before any {entity.name} can lead to it"
            ),
        )
        for entity in interview.entities
        for relation in entity.relations
        if relation.back_required and relation.entity != USER
    )


def reaches(needs: dict[str, set[str]], start: str, goal: str) -> bool:
    """Whether one leads to the other, over any number of steps."""
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
    named: Named,
    loose: frozenset[tuple[str, str]],
) -> BlueprintRelation:
    """One reference under its repaired name, with what happens to it when the target's row is deleted."""
    is_loose = (entity.name, relation.name) in loose
    required = relation.required and not is_loose
    return BlueprintRelation(
        name=member,
        label=label(relation.name),
        target=USER if relation.entity == USER else named.entities[relation.entity].cls,
        kind=relation.kind,
        required=required,
        on_delete=_on_delete(relation, required=required),
        back_label=label(relation.back) if relation.back else "",
        shows=_shows(relation, named),
        source="inferred" if is_loose else relation.source,
        because=relation.because or _said(entity, relation),
    )


def _on_delete(relation: InterviewRelation, *, required: bool) -> Literal["restrict", "set null", "cascade"]:
    """Rows with a required parent keep it from being deleted, others lose the reference.

    Of many to many the rows of the table between the two go with either end.
    """
    if relation.kind == "many to many":
        return "cascade"
    if not required:
        return "set null"
    whole = relation.entity != USER and _PART_OF.search(f"{relation.because} {relation.description}".lower())
    return "cascade" if whole else "restrict"


def _shows(relation: InterviewRelation, named: Named) -> str | None:
    if relation.shows is None:
        return None
    if relation.entity == USER:
        return _OF_USER.get(folded(label(relation.shows)))
    return named.field(relation.entity, relation.shows)


def _said(entity: InterviewEntity, relation: InterviewRelation) -> str:
    target = "the people who sign in" if relation.entity == USER else relation.entity
    said = f"{entity.name} {_VERBS[relation.kind]} {target}"
    return said if folded(relation.name) == folded(target) else f"{said} as {relation.name}"
