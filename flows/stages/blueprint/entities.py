"""Entities of the plan: their fields, relations and statuses under settled names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import BlueprintEntity
from flows.stages.blueprint.fields import blueprint_field, display_field, usual_currency
from flows.stages.blueprint.ownership import owned
from flows.stages.blueprint.relations import blueprint_relation
from flows.stages.blueprint.states import with_states

if TYPE_CHECKING:
    from flows.contracts import InterviewEntity, InterviewRule
    from flows.stages.blueprint.members import Named


def blueprint_entities(named: Named, *, loose: frozenset[tuple[str, str]]) -> tuple[BlueprintEntity, ...]:
    """All entities in the interview's order, with whose their rows are."""
    currency = usual_currency(named.interview)
    about: dict[str, list[InterviewRule]] = {}
    for rule in named.interview.rules:
        if (spelled := named.entity(rule.entity)) is not None:
            about.setdefault(spelled.name, []).append(rule)
    made = []
    for entity in named.interview.entities:
        plain = _entity(entity, named, loose=loose, currency=currency)
        made.append(with_states(plain, entity, tuple(about.get(entity.name, ()))))
    return owned(tuple(made))


def _entity(
    entity: InterviewEntity, named: Named, *, loose: frozenset[tuple[str, str]], currency: str
) -> BlueprintEntity:
    name, members = named.entities[entity.name], named.members[entity.name]
    fields = tuple(
        blueprint_field(field, entity=entity, member=member, named=named, currency=currency)
        for field, member in zip(entity.fields, members.fields, strict=True)
    )
    relations = tuple(
        blueprint_relation(relation, entity=entity, member=member, named=named, loose=loose)
        for relation, member in zip(entity.relations, members.relations, strict=True)
    )
    stated = named.field(entity.name, entity.shown_by) if entity.shown_by else None
    return BlueprintEntity(
        name=name.cls,
        attribute=name.attribute,
        table=name.table,
        slug=name.slug,
        label=name.label,
        label_plural=name.label_plural,
        description=entity.description,
        display_field=stated or display_field(fields),
        fields=fields,
        relations=relations,
        source=entity.source,
        because=entity.because or ": ".join(filter(None, (entity.name, entity.description))),
    )
