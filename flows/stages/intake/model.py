"""What an interview keeps: its entities with their fields and relations, settled among each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.contracts import USER, InterviewEntity
from flows.stages.intake import values
from flows.stages.intake.entities import EntityReader, ExactEntity, named_entities
from flows.stages.intake.pairing import HeldRelation, paired
from flows.stages.intake.problems import quoted
from flows.stages.intake.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.stages.intake.problems import Problems
    from flows.stages.intake.statements import Statements
    from flows.stages.intake.values import Value

_OF_USERS = ("name", "email")


def read_model(
    said: dict[str, Value], problems: Problems, statements: Statements
) -> tuple[InterviewEntity, ...]:
    """All entities with their relations settled; what cannot be used is noted."""
    if "entities" not in said:
        return ()
    named = named_entities(said["entities"], problems)
    targets = Targets(named)
    reader = EntityReader(targets=targets, problems=problems, statements=statements)
    exact = [reader.read(name, value) for name, value in named.items()]
    held = paired((relation for entity in exact for relation in entity.relations), problems, statements)
    _note_empty(exact, held, problems)
    shown = [_shown(one, exact, problems) for one in held]
    return tuple(_entity(entity, shown) for entity in exact)


def _entity(exact: ExactEntity, held: Sequence[HeldRelation]) -> InterviewEntity:
    return InterviewEntity(
        name=exact.name,
        description=exact.description,
        fields=exact.fields,
        relations=tuple(one.relation for one in held if one.entity == exact.name),
        because=exact.because,
    )


def _note_empty(exact: Sequence[ExactEntity], held: Sequence[HeldRelation], problems: Problems) -> None:
    """An entity may be without fields when relations say what it is there for."""
    related = {name for one in held for name in (one.entity, one.relation.entity)}
    for entity in exact:
        if not entity.fields and entity.name not in related and not entity.refused:
            problems.add(
                entity.mark,
                entity.where,
                f"the entity {quoted(entity.name)} has no fields",
                "Add 'fields:' with at least one line below it, like 'name: text'.",
            )


def _shown(one: HeldRelation, exact: Sequence[ExactEntity], problems: Problems) -> HeldRelation:
    """The relation with the field that stands for its target as the target spells it."""
    relation = one.relation
    if relation.shows is None:
        return one
    fields = {entity.name: [field.name for field in entity.fields] for entity in exact}
    known = fields.get(relation.entity, list(_OF_USERS))
    name = next((name for name in known if values.folded(name) == values.folded(relation.shows or "")), None)
    if name is None:
        near = values.nearest(relation.shows, known)
        whose = "a person who signs in" if relation.entity == USER else relation.entity
        problems.add(
            one.mark,
            one.where,
            f"{whose} has no field {quoted(relation.shows)}",
            f"{f'Did you mean {quoted(near)}? ' if near else ''}The fields are: {values.listed(known)}.",
        )
    return replace(one, relation=relation.model_copy(update={"shows": name}))
