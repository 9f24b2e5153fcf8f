"""Interview to blueprint: the exact plan, the same for the same interview, every item with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import Blueprint, BlueprintEntity
from flows.stages.blueprint import names, routes
from flows.stages.blueprint.fields import blueprint_field, display_field, usual_currency
from flows.stages.blueprint.names import Repairs
from flows.stages.blueprint.naming import EntityName, entity_names, member_names
from flows.stages.blueprint.not_built import not_built
from flows.stages.blueprint.questions import open_questions
from flows.stages.blueprint.relations import blueprint_relation, loosened

if TYPE_CHECKING:
    from flows.contracts import Intake, Interview


def derive(intake: Intake, *, feedback: tuple[str, ...] = ()) -> Blueprint:
    """The plan of an application; `feedback`: change requests in the founder's words, none is dropped."""
    interview = intake.interview
    repairs = Repairs()
    slug = _product_slug(interview.name, repairs)
    loose = loosened(interview)
    entities = _entities(interview, loose=loose, repairs=repairs)
    unbuildable = not_built(interview)
    return Blueprint(
        name=interview.name,
        slug=slug,
        idea=interview.idea,
        problem=interview.problem,
        people=interview.people,
        features=interview.features,
        entities=entities,
        pages=routes.pages(entities, interview.features),
        endpoints=routes.endpoints(entities, interview.features),
        open_questions=open_questions(
            intake, not_built=unbuildable, loose=loose, entities=entities, feedback=feedback
        ),
        not_built=unbuildable,
        repairs=tuple(repairs.made),
    )


def _product_slug(written: str, repairs: Repairs) -> str:
    words, reason = names.usable_words(written, fallback="product", number=1)
    slug = names.kebab(words)
    if reason:
        repairs.note(written=written, used=slug, reason=reason)
    return slug


def _entities(
    interview: Interview, *, loose: frozenset[tuple[str, str]], repairs: Repairs
) -> tuple[BlueprintEntity, ...]:
    named = entity_names(interview, repairs)
    referrers = _referrers(interview, named)
    currency = usual_currency(interview)
    made = []
    for entity in interview.entities:
        name = named[entity.name]
        members, references = member_names(entity, name, referrers=referrers[entity.name], repairs=repairs)
        fields = tuple(
            blueprint_field(field, entity=entity, member=member, currency=currency)
            for field, member in zip(entity.fields, members, strict=True)
        )
        relations = tuple(
            blueprint_relation(relation, entity=entity, member=member, named=named, loose=loose)
            for relation, member in zip(entity.relations, references, strict=True)
        )
        made.append(
            BlueprintEntity(
                name=name.cls,
                attribute=name.attribute,
                table=name.table,
                slug=name.slug,
                label=name.label,
                label_plural=name.label_plural,
                description=entity.description,
                display_field=display_field(fields),
                fields=fields,
                relations=relations,
                source="stated",
                because=f"{entity.name}: {entity.description}" if entity.description else entity.name,
            )
        )
    return tuple(made)


def _referrers(interview: Interview, named: dict[str, EntityName]) -> dict[str, set[str]]:
    """Per entity the tables that refer to it: a list of those rows may stand on it under the table's name."""
    referrers: dict[str, set[str]] = {entity.name: set() for entity in interview.entities}
    for entity in interview.entities:
        for relation in entity.relations:
            referrers[relation.entity].add(named[entity.name].table)
    return referrers
