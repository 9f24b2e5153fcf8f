"""Settles a blueprint: every name, bound and default is decided here, once, for all the generators."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.contracts import USER, FieldKind
from flows.rendering import bounds, names, order
from flows.rendering.literals import words
from flows.rendering.plan import UPLOADS, ApplicationPlan, Dependant, EntityPlan, FieldPlan, RelationPlan

if TYPE_CHECKING:
    from flows.contracts import Blueprint, BlueprintEntity, BlueprintField, BlueprintRelation


def plan(blueprint: Blueprint) -> ApplicationPlan:
    """Settle a blueprint; what had to be decided is said in `notes`."""
    notes: list[str] = []
    classes = {entity.name: names.class_name(entity.name) for entity in blueprint.entities}
    entities = {entity.name: _entity(entity, classes, notes) for entity in blueprint.entities}
    tables = {entity.table for entity in entities.values()}
    for entity in blueprint.entities:
        holder = entities[entity.name]
        holder.relations = tuple(
            _relation(relation, entities[relation.target], holder, tables)
            for relation in entity.relations
            if relation.target != USER
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
        fields=tuple(_field(item, called[item.name], owner, enums, notes) for item in entity.fields),
    )


def _field(item: BlueprintField, name: str, owner: str, classes: set[str], notes: list[str]) -> FieldPlan:
    where = f"{owner}.{name}"
    choices, labels = _choices(item)
    kind = FieldKind.TEXT if item.kind is FieldKind.CHOICE and not choices else item.kind
    is_choice = kind is FieldKind.CHOICE
    scale = bounds.scale(kind, item.currency)
    low, high = bounds.value_bounds(kind, item.minimum, item.maximum, scale)
    if (item.minimum is not None and low is None) or (item.maximum is not None and high is None):
        notes.append(f"The bounds of {where} contradict each other or its kind and are left out.")
    least, longest = bounds.length_bounds(item, kind)
    smallest, largest = bounds.byte_bounds(item, kind)
    settled = FieldPlan(
        name=name,
        label=words(item.label) or name,
        kind=kind,
        required=item.required or kind is FieldKind.YES_NO,
        unique=item.unique and kind not in UPLOADS,
        minimum=low,
        maximum=high,
        min_length=least,
        max_length=longest,
        min_bytes=smallest,
        max_bytes=largest,
        scale=scale,
        choices=choices if is_choice else (),
        labels=labels if is_choice else (),
        members=names.member_names(choices) if is_choice else (),
        enum=names.enum_name(owner, name, classes) if is_choice else "",
        currency=words(item.currency or "EUR")[:3].upper() if kind is FieldKind.MONEY else "",
        description=words(item.description),
    )
    default = bounds.default(item.default, settled)
    if item.default and default is None:
        notes.append(f"The default of {where} is not a value it may have and is left out.")
    return replace(settled, default=default)


def _choices(item: BlueprintField) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The distinct choices, and what people see for each; no labels when they say the same."""
    shown: dict[str, str] = {}
    labels = item.labels if len(item.labels) == len(item.choices) else item.choices
    for choice, label in zip(item.choices, labels, strict=True):
        value = words(choice)
        if value:
            shown.setdefault(value, words(label) or value)
    choices = tuple(shown)
    labels = tuple(shown.values())
    return choices, () if labels == choices else labels


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
