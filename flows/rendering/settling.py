"""Settles a blueprint: every name, bound and default is decided here, once, for all the generators."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.contracts import USER
from flows.rendering import names, order
from flows.rendering.fields import settled_fields
from flows.rendering.literals import words
from flows.rendering.plan import ApplicationPlan, Dependant, EntityPlan, RelationPlan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.contracts import Blueprint, BlueprintEntity, BlueprintRelation


def plan(blueprint: Blueprint) -> ApplicationPlan:
    """Settle a blueprint; what had to be decided is said in `notes`."""
    notes: list[str] = []
    classes = {entity.name: names.class_name(entity.name) for entity in blueprint.entities}
    entities = {entity.name: _entity(entity, classes, notes) for entity in blueprint.entities}
    targets = entities | {USER: people()}
    tables = {entity.table for entity in entities.values()}
    for entity in blueprint.entities:
        holder = entities[entity.name]
        holder.relations = _with_owner(
            _relation(relation, targets[relation.target], holder, tables) for relation in entity.relations
        )
    order.open_required_circles(entities, notes)
    creation = order.creation_order(entities)
    order.mark_late(creation)
    for target in entities.values():
        target.dependants = tuple(
            Dependant(entity=holder, relation=relation)
            for holder in entities.values()
            for relation in holder.relations
            if relation.target is target
        )
    return ApplicationPlan(
        blueprint=blueprint,
        name=words(blueprint.name) or "Application",
        slug=blueprint.slug,
        idea=words(blueprint.idea),
        problem=words(blueprint.problem),
        entities=tuple(entities.values()),
        creation_order=creation,
        notes=tuple(notes),
    )


def _with_owner(relations: Iterable[RelationPlan]) -> tuple[RelationPlan, ...]:
    """The relations; the first that leads to a user says whose the row is."""
    settled = tuple(relations)
    owner = next((item for item in settled if item.target.built_in and not item.many), None)
    return tuple(replace(item, owner=item is owner) for item in settled)


def people() -> EntityPlan:
    """The people who sign in, as what a relation leads to: every application has them."""
    return EntityPlan(
        name=USER,
        attribute="user",
        table="users",
        slug="admin/users",
        label="User",
        label_plural="Users",
        description="",
        display="name",
        called={},
        fields=(),
    )


def _entity(entity: BlueprintEntity, classes: dict[str, str], notes: list[str]) -> EntityPlan:
    owner = classes[entity.name]
    called = names.attribute_names(entity)
    for written, used in called.items():
        if used != written:
            notes.append(f"{owner}.{written} is called {used}, as the code needs the other name for itself.")
    enums = set(classes.values())
    return EntityPlan(
        name=owner,
        attribute=entity.attribute,
        table=names.table_name(entity.table, entity.attribute),
        slug=entity.slug,
        label=words(entity.label) or entity.name,
        label_plural=words(entity.label_plural) or entity.table,
        description=words(entity.description),
        display=called.get(entity.display_field, ""),
        called=called,
        fields=settled_fields(entity, owner, called, enums, notes),
    )


def _relation(
    relation: BlueprintRelation, target: EntityPlan, holder: EntityPlan, tables: set[str]
) -> RelationPlan:
    on_delete = relation.on_delete
    name = holder.called[relation.name]
    table = ""
    if relation.kind == "many to many":
        table = names.link_table(holder.table, name, tables)
        tables.add(table)
    return RelationPlan(
        name=name,
        label=words(relation.label) or relation.name,
        target=target,
        kind=relation.kind,
        required=relation.required,
        on_delete="restrict" if relation.required and on_delete == "set null" else on_delete,
        back_label=words(relation.back_label) or holder.label_plural,
        shows=target.called.get(relation.shows or "", ""),
        table=table,
        near=f"{holder.attribute}_id" if table else "",
        far=f"{'other_' if target is holder else ''}{target.attribute}_id" if table else "",
    )
