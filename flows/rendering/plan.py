"""The blueprint as the generators need it: settled names, bounds that agree, an order to create tables in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from flows.contracts import Blueprint, BlueprintEntity, BlueprintField, BlueprintRelation, FieldKind
from flows.rendering import bounds, names
from flows.rendering.literals import words

LETTERS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.IDENTIFIER})
"""Kinds whose length the founder may bound."""

STRINGS = LETTERS | {FieldKind.EMAIL, FieldKind.PHONE, FieldKind.LINK}
"""Kinds that are kept as a string and can be searched."""

NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY})
"""Kinds with a least and a greatest value."""


@dataclass(frozen=True, kw_only=True)
class FieldPlan:
    """A field with everything settled that the languages need."""

    name: str
    label: str
    kind: FieldKind
    required: bool
    unique: bool
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    min_length: int = 0
    max_length: int | None = None
    scale: int = 0
    choices: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    enum: str = ""
    default: str | None = None
    currency: str = ""
    description: str = ""

    @property
    def searchable(self) -> bool:
        """Whether the list's search looks into it."""
        return self.kind in STRINGS

    @property
    def default_member(self) -> str:
        """Enumeration member of the default; only of a choice that has one."""
        return self.members[self.choices.index(self.default or "")]

    @property
    def capacity(self) -> int | None:
        """How many rows can exist at once because the values differ; None when there is no such bound."""
        if not self.unique:
            return None
        return bounds.distinct_values(
            self.kind, self.choices, self.minimum, self.maximum, self.scale, self.max_length
        )


@dataclass(frozen=True, kw_only=True)
class RelationPlan:
    """A belongs-to relation; `late` when the target's table is created after the holder's."""

    name: str
    label: str
    target: EntityPlan = field(repr=False, compare=False)
    required: bool
    on_delete: str
    late: bool = False

    @property
    def column(self) -> str:
        """The foreign key's column."""
        return f"{self.name}_id"


@dataclass(frozen=True, kw_only=True)
class Dependant:
    """Rows of another entity (or the same) that belong to this one."""

    entity: EntityPlan
    relation: RelationPlan


@dataclass(kw_only=True)
class EntityPlan:
    """An entity; relations and dependants are filled in when all entities are known."""

    name: str
    attribute: str
    table: str
    slug: str
    label: str
    label_plural: str
    description: str
    display: str
    fields: tuple[FieldPlan, ...]
    relations: tuple[RelationPlan, ...] = ()
    dependants: tuple[Dependant, ...] = ()

    @property
    def choice_fields(self) -> tuple[FieldPlan, ...]:
        """The fields with an enumeration of their own."""
        return tuple(item for item in self.fields if item.kind is FieldKind.CHOICE)

    @property
    def parents(self) -> tuple[EntityPlan, ...]:
        """The entities it belongs to, each once, without itself."""
        found = {relation.target.name: relation.target for relation in self.relations}
        return tuple(parent for name, parent in sorted(found.items()) if name != self.name)

    @property
    def capacity(self) -> int | None:
        """How many rows there can be because of unique fields; None when there is no bound."""
        sizes = [item.capacity for item in self.fields if item.capacity is not None]
        return min(sizes, default=None)

    @property
    def display_field(self) -> FieldPlan | None:
        """The field that stands for a row."""
        return next((item for item in self.fields if item.name == self.display), None)


@dataclass(frozen=True, kw_only=True)
class ApplicationPlan:
    """The application; `entities` in the founder's order, `creation_order` with parents first."""

    blueprint: Blueprint
    name: str
    slug: str
    idea: str
    problem: str
    entities: tuple[EntityPlan, ...]
    creation_order: tuple[EntityPlan, ...]
    notes: tuple[str, ...]


def plan(blueprint: Blueprint) -> ApplicationPlan:
    """Settle a blueprint; what had to be decided is said in `notes`."""
    notes: list[str] = []
    classes = {entity.name: names.class_name(entity.name) for entity in blueprint.entities}
    entities = {entity.name: _entity(entity, classes, notes) for entity in blueprint.entities}
    for entity in blueprint.entities:
        entities[entity.name].relations = tuple(
            _relation(relation, entities, entities[entity.name]) for relation in entity.relations
        )
    _open_required_circles(entities, notes)
    order = _creation_order(entities)
    _mark_late(order)
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
        creation_order=order,
        notes=tuple(notes),
    )


def _entity(entity: BlueprintEntity, classes: dict[str, str], notes: list[str]) -> EntityPlan:
    taken = {item.name for item in entity.fields} | {relation.name for relation in entity.relations}
    renamed = {item.name: names.field_name(entity.attribute, item.name, taken) for item in entity.fields}
    used = set(classes.values())
    return EntityPlan(
        name=classes[entity.name],
        attribute=entity.attribute,
        table=entity.table,
        slug=entity.slug,
        label=words(entity.label) or entity.name,
        label_plural=words(entity.label_plural) or entity.table,
        description=words(entity.description),
        display=renamed.get(entity.display_field, ""),
        fields=tuple(_field(item, classes[entity.name], renamed, used, notes) for item in entity.fields),
    )


def _field(
    item: BlueprintField, owner: str, renamed: dict[str, str], classes: set[str], notes: list[str]
) -> FieldPlan:
    name = renamed[item.name]
    choices = tuple(dict.fromkeys(filter(None, map(words, item.choices))))
    kind = FieldKind.TEXT if item.kind is FieldKind.CHOICE and not choices else item.kind
    where = f"{owner}.{name}"
    if name != item.name:
        notes.append(f"{owner}.{item.name} is called {name}, as the code needs the other name for itself.")
    scale = bounds.scale(kind, item.currency)
    low, high = bounds.value_bounds(kind, item.minimum, item.maximum, scale)
    least, longest = bounds.length_bounds(item, kind)
    if (item.minimum is not None and low is None) or (item.maximum is not None and high is None):
        notes.append(f"The bounds of {where} contradict each other or its kind and are left out.")
    enum = ""
    if kind is FieldKind.CHOICE:
        enum = names.enum_name(owner, name, classes)
    settled = FieldPlan(
        name=name,
        label=words(item.label) or name,
        kind=kind,
        required=item.required or kind is FieldKind.YES_NO,
        unique=item.unique,
        minimum=low,
        maximum=high,
        min_length=least,
        max_length=longest,
        scale=scale,
        choices=choices if kind is FieldKind.CHOICE else (),
        members=names.member_names(choices) if kind is FieldKind.CHOICE else (),
        enum=enum,
        currency=words(item.currency or "EUR")[:3].upper() if kind is FieldKind.MONEY else "",
        description=words(item.description),
    )
    default = bounds.default(item.default, settled)
    if item.default and default is None:
        notes.append(f"The default of {where} is not a value it may have and is left out.")
    return replace(settled, default=default)


def _relation(
    relation: BlueprintRelation, entities: dict[str, EntityPlan], holder: EntityPlan
) -> RelationPlan:
    on_delete = relation.on_delete
    return RelationPlan(
        name=names.field_name(holder.attribute, relation.name, {item.name for item in holder.fields}),
        label=words(relation.label) or relation.name,
        target=entities[relation.target],
        required=relation.required,
        on_delete="restrict" if relation.required and on_delete == "set null" else on_delete,
    )


def _open_required_circles(entities: dict[str, EntityPlan], notes: list[str]) -> None:
    """Make a required relation optional when no first row could ever be created because of it."""
    settled: set[str] = set()
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


def _creation_order(entities: dict[str, EntityPlan]) -> tuple[EntityPlan, ...]:
    """Parents first: over all relations where that works, and over the required ones always."""
    order: list[EntityPlan] = []
    waiting = list(entities.values())
    while waiting:
        done = {entity.name for entity in order}
        ready = _ready(waiting, done, required_only=False) or _ready(waiting, done, required_only=True)[:1]
        order.extend(ready)
        waiting = [entity for entity in waiting if entity not in ready]
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


def _mark_late(order: tuple[EntityPlan, ...]) -> None:
    position = {entity.name: number for number, entity in enumerate(order)}
    for entity in order:
        entity.relations = tuple(
            replace(relation, late=position[relation.target.name] > position[entity.name])
            for relation in entity.relations
        )
