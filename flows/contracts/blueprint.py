"""The blueprint: the exact plan derived from an interview."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flows.contracts.base import Contract, FieldKind, Source
from flows.contracts.interview import Comparing, NotBuilt, NotUsed, OpenQuestion, RelationKind

ADMIN = "admin"
"""Name of the role that every application has and that may do everything."""

VISITOR = "visitor"
"""In the place of a role in a grant: somebody who has not signed in."""

Scope = Literal["all", "own"]


class BlueprintComparison(Contract):
    """A bound that is another field of the same entity."""

    how: Comparing
    field: str = Field(description="name of the other BlueprintField")


class BlueprintField(Contract):
    """A column, a form input and an API property at once."""

    name: str = Field(description="Python and SQL identifier, snake_case, never a reserved word")
    label: str = Field(description="for people, like 'Start date'")
    kind: FieldKind
    required: bool
    unique: bool
    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_bytes: int | None = None
    max_bytes: int | None = None
    pattern: str | None = Field(default=None, description="regular expression for the whole text")
    choices: tuple[str, ...] = Field(default=(), description="the stored values, as the founder wrote them")
    labels: tuple[str, ...] = Field(default=(), description="what people see, one for each choice; or ()")
    comparisons: tuple[BlueprintComparison, ...] = ()
    default: str | None = None
    currency: str | None = None
    description: str = ""
    source: Source
    because: str = Field(description="the words it comes from")


class BlueprintRelation(Contract):
    """A reference from the entity that holds it: a foreign key, a unique one, or a table between the two."""

    name: str = Field(
        description="attribute, snake_case; the column is this plus _id; plural for many to many"
    )
    label: str
    target: str = Field(description="class name of the entity it leads to, or USER")
    kind: RelationKind = "belongs to"
    required: bool
    on_delete: Literal["restrict", "set null", "cascade"]
    back_label: str = Field(default="", description="what the target calls these rows; '' for ours")
    shows: str | None = Field(default=None, description="field of the target that stands for it in pickers")
    source: Source
    because: str


class BlueprintTransition(Contract):
    """A change of status: an explicit action, never an edit."""

    name: str = Field(description="snake_case verb, like confirm; unique within the entity")
    label: str = Field(description="on the button, like 'Confirm'")
    from_statuses: tuple[str, ...]
    to_status: str
    source: Source
    because: str


class BlueprintStates(Contract):
    """The state machine of an entity over one of its choice fields."""

    field: str = Field(description="name of the choice field; required, and not editable")
    initial: str = Field(description="status of a new row")
    transitions: tuple[BlueprintTransition, ...]
    source: Source
    because: str


class BlueprintEntity(Contract):
    """A table, a model class, a set of pages and an API resource."""

    name: str = Field(description="PascalCase class name")
    attribute: str = Field(description="snake_case singular: module and variable name")
    table: str = Field(description="snake_case plural: table name")
    slug: str = Field(description="kebab-case plural: URL path segment")
    label: str = Field(description="for people, singular")
    label_plural: str
    description: str = ""
    display_field: str = Field(description="name of the field that stands for a row in lists and pickers")
    fields: tuple[BlueprintField, ...]
    relations: tuple[BlueprintRelation, ...] = ()
    owned_by: tuple[str, ...] = Field(
        default=(),
        description="ways from a row to the users it belongs to: dotted names of belongs-to and one-to-one "
        "relations that end at USER, like 'pet.owner.user'; () when it belongs to who created it",
    )
    states: BlueprintStates | None = None
    source: Source
    because: str


class BlueprintRole(Contract):
    """What a person who signs in may be."""

    name: str = Field(description="snake_case, ADMIN for the built-in one")
    label: str
    signs_up: bool = Field(description="whether people may sign up for it by themselves")
    profile: str | None = Field(
        default=None, description="class name of the entity that describes such a person, like Sitter"
    )
    source: Source
    because: str


class BlueprintGrant(Contract):
    """One permission; what no grant allows is refused. The admin has one for everything."""

    role: str = Field(description="name of a role, or VISITOR")
    entity: str = Field(description="class name")
    action: str = Field(description="see, create, edit, delete, or the name of a transition")
    scope: Scope = Field(description="every row, or their own rows only (BlueprintEntity.owned_by)")
    statuses: tuple[str, ...] = Field(default=(), description="only rows in one of these; () in any")
    source: Source
    because: str


class BlueprintPage(Contract):
    """A page of the application."""

    path: str
    title: str
    entity: str | None = Field(default=None, description="class name, None for pages of the whole")
    action: Literal["home", "account", "admin", "list", "detail", "create", "edit", "delete"]
    source: Source
    because: str


class BlueprintEndpoint(Contract):
    """An operation of the application's JSON API."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    entity: str
    action: Literal["list", "detail", "create", "edit", "delete", "change status"]
    source: Source
    because: str


class BlueprintExample(Contract):
    """A row to fill an empty database with."""

    entity: str = Field(description="class name")
    values: tuple[tuple[str, str], ...] = Field(
        description="BlueprintField.name and value, or BlueprintRelation.name and what shows the target's row"
    )
    source: Source
    because: str


class Journey(Contract):
    """A feature as something a person does in the application; a test goes that way."""

    feature: str = Field(description="the founder's sentence")
    role: str = Field(description="name of the role that does it")
    steps: tuple[tuple[str, str], ...] = Field(description="(action as in BlueprintGrant, entity class name)")


class Trace(Contract):
    """What became of one statement of the interview; nothing is dropped silently."""

    number: int = Field(description="of the statement")
    where: str
    words: str
    items: tuple[str, ...] = Field(
        description="entity Pet, field Pet.name, relation Pet.owner, transition Booking.confirm, "
        "states Booking, role sitter, grant sitter.Booking.edit, example Pet.2, journey 3, look, product, "
        "question 2, not built 1, not used 4; never empty"
    )


class Repair(Contract):
    """A name the founder wrote that could not be used as it stands."""

    written: str
    used: str
    reason: str


class Blueprint(Contract):
    """The exact plan derived from an interview; immutable, numbered per project, hashed."""

    schema_version: int = 2
    name: str = Field(description="of the product, for people")
    slug: str = Field(description="kebab-case, ASCII: folder, package and image name")
    idea: str
    problem: str = ""
    people: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    profile: Literal["web", "api"] = "web"
    colour: str = Field(default="", description="#rrggbb of the founder, '' for the house's choice")
    entities: tuple[BlueprintEntity, ...]
    roles: tuple[BlueprintRole, ...] = ()
    grants: tuple[BlueprintGrant, ...] = ()
    pages: tuple[BlueprintPage, ...]
    endpoints: tuple[BlueprintEndpoint, ...]
    examples: tuple[BlueprintExample, ...] = ()
    journeys: tuple[Journey, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    not_built: tuple[NotBuilt, ...] = ()
    not_used: tuple[NotUsed, ...] = ()
    repairs: tuple[Repair, ...] = ()
    traces: tuple[Trace, ...] = ()

    def entity(self, name: str) -> BlueprintEntity:
        """The entity of that class name; raises KeyError."""
        for entity in self.entities:
            if entity.name == name:
                return entity
        raise KeyError(name)
