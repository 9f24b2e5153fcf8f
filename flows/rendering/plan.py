"""The blueprint as the generators need it: settled names, bounds that agree, an order to create tables in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from flows.contracts import USER, Blueprint, Comparing, FieldKind, RelationKind
from flows.rendering import bounds
from flows.rendering.pattern_texts import examples
from flows.rendering.patterns import Node

LETTERS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.IDENTIFIER})
"""Kinds whose length the founder may bound."""

STRINGS = LETTERS | {FieldKind.EMAIL, FieldKind.PHONE, FieldKind.LINK}
"""Kinds that are kept as a string and can be searched."""

NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY})
"""Kinds with a least and a greatest value."""

MOMENTS = frozenset({FieldKind.DATE, FieldKind.TIME, FieldKind.DATE_AND_TIME, FieldKind.DURATION})
"""Kinds of time."""

MANY = 20
"""So many different values are enough for every example and every test."""

ROOM = 1_000
"""Steps by which the example values of compared fields are moved at most, all together."""

UPLOADS = frozenset({FieldKind.IMAGE, FieldKind.FILE})
"""Kinds whose value is a file that somebody sends."""


@dataclass(frozen=True, kw_only=True)
class ComparisonPlan:
    """A bound that is another field of the same entity: its name, and what people call it."""

    how: Comparing
    other: str
    label: str

    @property
    def sign(self) -> str:
        """The comparison in Python and SQL."""
        return {"after": ">", "not before": ">=", "before": "<", "not after": "<="}[self.how]


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
    min_bytes: int = 1
    max_bytes: int | None = None
    pattern: Node | None = None
    comparisons: tuple[ComparisonPlan, ...] = ()
    rung: Decimal | None = None
    room: int = ROOM
    scale: int = 0
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    enum: str = ""
    default: str | None = None
    currency: str = ""
    description: str = ""
    status: bool = False

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
        if self.pattern:
            texts = examples(self.pattern, self.min_length, self.max_length or 0, MANY)
            return len(texts) if len(texts) < MANY else None
        if self.rung is not None and self.room < MANY:
            return self.room + 1
        return bounds.distinct_values(
            self.kind, self.choices, self.minimum, self.maximum, self.scale, self.max_length
        )


@dataclass(frozen=True, kw_only=True)
class RelationPlan:
    """A reference to rows of another entity; `late` when the target's table is created after the holder's."""

    name: str
    label: str
    target: EntityPlan = field(repr=False, compare=False)
    kind: RelationKind
    required: bool
    on_delete: str
    back_label: str
    shows: str = ""
    table: str = ""
    near: str = ""
    far: str = ""
    late: bool = False
    owner: bool = False

    @property
    def asked(self) -> bool:
        """Whether somebody has to say where it leads: an owner is known from who creates the row."""
        return self.required and not self.owner

    @property
    def many(self) -> bool:
        """Whether a row has several of them: then `table` joins the two by the columns `near` and `far`."""
        return self.kind == "many to many"

    @property
    def unique(self) -> bool:
        """Whether no two rows may lead to the same one."""
        return self.kind == "one to one"

    @property
    def column(self) -> str:
        """The foreign key's column, and the name of the list's filter."""
        return f"{self.name}_id"

    @property
    def attribute(self) -> str:
        """The attribute of the model that conditions look at."""
        return self.name if self.many else self.column

    @property
    def key(self) -> str:
        """What the API and the forms call it."""
        return f"{self.name}_ids" if self.many else self.column


@dataclass(frozen=True, kw_only=True)
class Dependant:
    """Rows of another entity (or the same) that lead to this one."""

    entity: EntityPlan
    relation: RelationPlan

    @property
    def attribute(self) -> str:
        """The attribute of the other model that leads here."""
        return self.relation.attribute

    @property
    def how(self) -> str:
        """How that attribute is compared with this row's number."""
        return "linked" if self.relation.many else "equals"

    @property
    def blocks(self) -> bool:
        """Whether this one stays while they are there; a link that may be missing is let go."""
        if self.relation.many:
            return self.relation.required
        return self.relation.on_delete == "restrict"


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
    called: Mapping[str, str]
    fields: tuple[FieldPlan, ...]
    relations: tuple[RelationPlan, ...] = ()
    dependants: tuple[Dependant, ...] = ()

    @property
    def built_in(self) -> bool:
        """Whether it is the people who sign in, whom every application has."""
        return self.name == USER

    @property
    def written(self) -> tuple[FieldPlan, ...]:
        """The fields that people fill in: a status changes by actions only."""
        return tuple(item for item in self.fields if not item.status)

    @property
    def uploads(self) -> tuple[FieldPlan, ...]:
        """The fields that hold a file, which is a row of another table."""
        return tuple(item for item in self.fields if item.kind in UPLOADS)

    @property
    def plain_fields(self) -> tuple[FieldPlan, ...]:
        """The fields that are a column of the table."""
        return tuple(item for item in self.fields if item.kind not in UPLOADS)

    @property
    def choice_fields(self) -> tuple[FieldPlan, ...]:
        """The fields with an enumeration of their own."""
        return tuple(item for item in self.fields if item.kind is FieldKind.CHOICE)

    @property
    def references(self) -> tuple[RelationPlan, ...]:
        """The relations with a column of their own."""
        return tuple(relation for relation in self.relations if not relation.many)

    @property
    def owner(self) -> RelationPlan | None:
        """The relation that says whose a row is."""
        return next((relation for relation in self.references if relation.owner), None)

    @property
    def links(self) -> tuple[RelationPlan, ...]:
        """The relations with a table between the two."""
        return tuple(relation for relation in self.relations if relation.many)

    @property
    def parents(self) -> tuple[EntityPlan, ...]:
        """The entities it leads to, each once, without itself."""
        found = {relation.target.name: relation.target for relation in self.relations}
        return tuple(parent for name, parent in sorted(found.items()) if name != self.name)

    @property
    def capacity(self) -> int | None:
        """How many rows there can be because of what is unique; None when there is no bound."""
        sizes = [item.capacity for item in self.fields]
        sizes += [item.target.capacity for item in self.references if item.unique and item.required]
        return min((size for size in sizes if size is not None), default=None)

    @property
    def display_field(self) -> FieldPlan | None:
        """The field that stands for a row."""
        return next((item for item in self.plain_fields if item.name == self.display), None)


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

    @property
    def uploads(self) -> bool:
        """Whether anything in it holds a file."""
        return any(entity.uploads for entity in self.entities)

    @property
    def sweeps(self) -> bool:
        """Whether rows with files can go with another row, behind the application's back."""
        return any(
            relation.on_delete == "cascade"
            for entity in self.entities
            if entity.uploads
            for relation in entity.references
        )

    @property
    def web(self) -> bool:
        """Whether there are pages, and not the API alone."""
        return self.blueprint.profile == "web"
