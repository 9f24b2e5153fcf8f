"""Entities of an interview: the things a product keeps, their fields and what they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import InterviewEntity, InterviewField, InterviewRelation
from flows.stages.intake import values
from flows.stages.intake.fields import read_field
from flows.stages.intake.problems import quoted
from flows.stages.intake.tree import Broken, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from flows.stages.intake.problems import Problems
    from flows.stages.intake.tree import Node
    from flows.stages.intake.values import Value

ENTITY_KEYS: dict[str, tuple[str, ...]] = {
    "description": (),
    "fields": ("properties", "attributes", "columns"),
    "belongs_to": ("belongs to a",),
}
RELATION_KEYS: dict[str, tuple[str, ...]] = {"entity": ("to",), "required": ("mandatory",)}
MAX_ENTITIES = 500
MAX_FIELDS = 200
MAX_RELATIONS = 100
_LIKE = "a name and a colon, and 'fields:' below it"


def read_entities(value: Value, problems: Problems) -> tuple[InterviewEntity, ...]:
    """All entities with their relations resolved; what cannot be used is noted."""
    found = values.children(value, problems, of="entities", like=_LIKE)
    if not found and (value.missing or isinstance(value.node, Mapping)):
        problems.add(
            value.mark, value.where, "there is no entity", "Name at least one thing the product keeps."
        )
    if len(found) > MAX_ENTITIES:
        problems.add(
            value.mark, value.where, f"{len(found)} entities are too many", f"Use at most {MAX_ENTITIES}."
        )
        return ()
    names = _names(found, problems)
    entities = []
    for name, entity in names.items():
        entities.append(_read_entity(entity, name=name, names=list(names), problems=problems))
    return tuple(entities)


def _names(found: tuple[Value, ...], problems: Problems) -> dict[str, Value]:
    names: dict[str, Value] = {}
    for entity in found:
        name = values.key_text(entity, problems)
        if name is None or entity.key is None:
            continue
        same = next((known for known in names if values.folded(known) == values.folded(name)), None)
        if same is not None:
            problems.add(
                entity.key.mark,
                entity.where,
                f"{quoted(name)} and {quoted(same)} are the same entity",
                "Put their fields together under one name.",
            )
        else:
            names[name] = entity
    return names


def _read_entity(value: Value, *, name: str, names: list[str], problems: Problems) -> InterviewEntity:
    said = values.group(
        value,
        problems,
        keys=ENTITY_KEYS,
        unknown_hint="Fields go below 'fields:'. ",
        of="the parts of an entity",
        like="'fields:' and the fields below it",
    )
    description = ""
    if "description" in said and not said["description"].missing:
        words = values.text(said["description"], problems, limit=values.SENTENCE_LENGTH, several_lines=True)
        description = words or ""
    fields = _read_fields(value, said.get("fields"), problems)
    relations: tuple[InterviewRelation, ...] = ()
    if "belongs_to" in said:
        relations = _read_relations(said["belongs_to"], names, problems)
        _note_clashes(said["belongs_to"], fields, relations, problems)
    return InterviewEntity(name=name, description=description, fields=fields, relations=relations)


def _read_fields(entity: Value, value: Value | None, problems: Problems) -> tuple[InterviewField, ...]:
    if value is None:
        if (isinstance(entity.node, Mapping) or entity.missing) and entity.key is not None:
            problems.add(
                entity.key.mark,
                entity.where,
                f"the entity {quoted(entity.key.text)} has no fields",
                "Add 'fields:' with at least one line below it, like 'name: text'.",
            )
        return ()
    children = values.children(value, problems, of="fields", like="a name, a colon and a type per line")
    if not children and (value.missing or isinstance(value.node, Mapping)):
        mark = value.key.mark if value.key else value.mark
        problems.add(mark, value.where, "the entity has no fields", "Add at least one, like 'name: text'.")
    if len(children) > MAX_FIELDS:
        problems.add(
            value.mark, value.where, f"{len(children)} fields are too many", f"Use at most {MAX_FIELDS}."
        )
        return ()
    fields: dict[str, InterviewField] = {}
    for child in children:
        field = read_field(child, problems)
        if field is None:
            continue
        same = fields.get(values.folded(field.name))
        if same is not None and child.key is not None:
            problems.add(
                child.key.mark,
                child.where,
                f"{quoted(field.name)} and {quoted(same.name)} are the same field",
                "Keep one of the two.",
            )
        fields.setdefault(values.folded(field.name), field)
    return tuple(fields.values())


def _read_relations(value: Value, names: list[str], problems: Problems) -> tuple[InterviewRelation, ...]:
    found: list[tuple[Value, InterviewRelation | None]]
    count = _size(value.node)
    if count > MAX_RELATIONS:
        problems.add(
            value.mark, value.where, f"{count} relations are too many", f"Use at most {MAX_RELATIONS}."
        )
        return ()
    if isinstance(value.node, Mapping):
        children = values.children(value, problems, of="relations", like="a name, a colon and an entity")
        found = [(child, _named_relation(child, names, problems)) for child in children]
    else:
        listed = values.items(value, problems, of="entities")
        found = [(item, _listed_relation(item, names, problems)) for item in listed]
    relations: dict[str, InterviewRelation] = {}
    for place, relation in found:
        if relation is None:
            continue
        if values.folded(relation.name) in relations:
            problems.add(
                place.key.mark if place.key else place.mark,
                place.where,
                f"the relation {quoted(relation.name)} is there twice",
                "Give each a name of its own, like {walker: Sitter, keeper: Sitter}.",
            )
        relations.setdefault(values.folded(relation.name), relation)
    return tuple(relations.values())


def _size(node: Node) -> int:
    if isinstance(node, Mapping):
        return len(node.entries)
    return len(node.items) if isinstance(node, Sequence) else 1


def _listed_relation(value: Value, names: list[str], problems: Problems) -> InterviewRelation | None:
    entity = _entity(value, names, problems)
    return None if entity is None else InterviewRelation(name=entity[:1].lower() + entity[1:], entity=entity)


def _named_relation(value: Value, names: list[str], problems: Problems) -> InterviewRelation | None:
    name = values.key_text(value, problems)
    required = False
    target: Value | None = value
    if not isinstance(value.node, Scalar | Broken):
        said = values.group(value, problems, keys=RELATION_KEYS)
        target = said.get("entity")
        required = bool("required" in said and values.yes_or_no(said["required"], problems))
        if target is None and value.key is not None:
            problems.add(
                value.key.mark,
                value.where,
                "the relation names no entity",
                "Add one, like 'entity: Owner'.",
            )
    entity = _entity(target, names, problems) if target is not None else None
    if name is None or entity is None:
        return None
    return InterviewRelation(name=name, entity=entity, required=required)


def _entity(value: Value, names: list[str], problems: Problems) -> str | None:
    """The entity a value names, as the interview spells it; None when noted as a problem."""
    written = values.text(value, problems)
    if written is None:
        return None
    for name in names:
        if values.folded(name) == values.folded(written):
            return name
    near = values.nearest(written, names)
    known = ", ".join(quoted(name)[1:-1] for name in names[:20])
    problems.add(
        value.mark,
        value.where,
        f"there is no entity {quoted(written)}",
        f"{f'Did you mean {quoted(near)}? ' if near else ''}The entities are: {known}.",
    )
    return None


def _note_clashes(
    value: Value,
    fields: tuple[InterviewField, ...],
    relations: tuple[InterviewRelation, ...],
    problems: Problems,
) -> None:
    taken = {values.folded(field.name): field.name for field in fields}
    for relation in relations:
        if values.folded(relation.name) in taken:
            problems.add(
                value.key.mark if value.key else value.mark,
                value.where,
                f"{quoted(relation.name)} is both a field and a relation",
                "Remove the field, or give the relation another name.",
            )
