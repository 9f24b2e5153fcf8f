"""The interview as it was understood: what the founder said, every piece with the words it comes from."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flows.contracts.base import Contract, FieldKind, Source

USER = "User"
"""Target of a relation to the people who sign in; no entity of an interview may be called so."""

ANYONE = "anyone"
"""In the place of a role: also people who have not signed in."""

MEMBERS = "members"
"""In the place of a role: everybody who has signed in, whatever their role."""

Comparing = Literal["after", "not before", "before", "not after"]
"""How a field stands to another one of its entity: >, >=, <, <=."""

RelationKind = Literal["belongs to", "one to one", "many to many"]
"""Many of mine belong to one of theirs; one of mine to one of theirs; many to many."""

RuleAction = Literal["see", "create", "edit", "delete", "change status"]


class Problem(Contract):
    """One thing that is wrong with an interview, said so that its author can mend it."""

    line: int | None = Field(default=None, description="1-based line of the document, None when it has none")
    column: int | None = Field(default=None, description="1-based column")
    where: str = Field(description="path in the document, like entities.Pet.fields.species")
    message: str = Field(description="what is wrong, one sentence")
    hint: str = Field(description="what would be right, one sentence")


class OpenQuestion(Contract):
    """Something the factory could not use or decide: for the founder to answer at the gate."""

    number: int = Field(description="1-based, in the order of the document")
    words: str = Field(description="the founder's words it is about")
    question: str = Field(description="what we ask, with the nearest meaning we see")


class NotBuilt(Contract):
    """A wish that needs something the factory cannot build; named everywhere instead of dropped."""

    words: str = Field(description="the founder's words")
    reason: str = Field(description="what it would need")


class NotUsed(Contract):
    """Something the document says that has no meaning here, like a JDL option; listed, never an error."""

    words: str = Field(description="as it was written, like 'service * with serviceClass'")
    reason: str = Field(description="why it has no meaning here")


class Statement(Contract):
    """One sentence or entry of the document: the unit in which nothing may be dropped."""

    number: int = Field(description="1-based, in the order of the document")
    where: str = Field(description="path in the document, like things.Booking or features[2]")
    words: str = Field(description="the sentence or entry, on one line; what `because` of items repeats")


class Comparison(Contract):
    """A bound that is another field of the same entity: 'an end date after the start date'."""

    how: Comparing
    field: str = Field(description="name of the other field, as its own InterviewField.name spells it")


class InterviewField(Contract):
    """A field as the founder spelled it out or as it was read from their words."""

    name: str = Field(description="in the founder's words, like 'start date'")
    kind: FieldKind
    required: bool = False
    unique: bool = False
    minimum: float | None = Field(default=None, description="least value, numbers only, inclusive")
    maximum: float | None = Field(default=None, description="greatest value, numbers only, inclusive")
    min_length: int | None = Field(default=None, description="characters, text only")
    max_length: int | None = Field(default=None, description="characters, text only")
    min_bytes: int | None = Field(default=None, description="size, image and file only")
    max_bytes: int | None = Field(default=None, description="size, image and file only")
    pattern: str | None = Field(
        default=None, description="regular expression the whole text has to match, text and identifier only"
    )
    choices: tuple[str, ...] = Field(default=(), description="the allowed answers of a choice, as stored")
    labels: tuple[str, ...] = Field(
        default=(), description="what people see for each choice, same order; () when the choices themselves"
    )
    status: bool = Field(default=False, description="a choice whose changes are explicit actions")
    comparisons: tuple[Comparison, ...] = ()
    default: str | None = Field(default=None, description="value of a new row, as the founder wrote it")
    currency: str | None = Field(default=None, description="ISO 4217 code, money only")
    description: str = ""
    source: Source = "stated"
    because: str = Field(
        default="", description="words of the statement it comes from; of several, one on a line each"
    )


class InterviewRelation(Contract):
    """A relation as seen from the entity that holds the reference."""

    name: str = Field(description="in the founder's words, like 'sitter'")
    entity: str = Field(description="name of the entity it leads to as the interview spells it, or USER")
    kind: RelationKind = "belongs to"
    required: bool = False
    back: str | None = Field(default=None, description="the founder's name for the way back, like 'bookings'")
    back_required: bool = Field(default=False, description="whether the other side must have at least one")
    shows: str | None = Field(default=None, description="field of the target that stands for it in pickers")
    description: str = ""
    source: Source = "stated"
    because: str = ""


class InterviewEntity(Contract):
    """A thing the product keeps."""

    name: str = Field(description="singular, in the founder's words, like 'Pet'")
    description: str = ""
    fields: tuple[InterviewField, ...]
    relations: tuple[InterviewRelation, ...] = ()
    shown_by: str | None = Field(default=None, description="name of the field that a row is known by")
    source: Source = "stated"
    because: str = ""


class InterviewRule(Contract):
    """Who may do what, read from a sentence like 'A sitter can confirm a requested booking'."""

    who: tuple[str, ...] = Field(description="roles as the interview spells them, or ANYONE, or MEMBERS")
    allowed: bool = Field(default=True, description="False for 'cannot'")
    only: bool = Field(default=False, description="True when nobody else may: 'Only the office can …'")
    actions: tuple[RuleAction, ...]
    entity: str = Field(description="as the interview spells it")
    own: bool = Field(default=False, description="their own rows only")
    statuses: tuple[str, ...] = Field(default=(), description="only rows in one of these; () whatever it is")
    verb: str = Field(default="", description="of a change of status, like 'confirm'")
    to_status: str | None = Field(default=None, description="status afterwards, of a change of status")
    source: Source = "stated"
    because: str = ""


class InterviewExample(Contract):
    """A row the founder gave as an example."""

    entity: str = Field(description="as the interview spells it")
    values: tuple[tuple[str, str], ...] = Field(
        description="field or relation name and value as written; a relation is named by what shows the row"
    )
    because: str = ""


class Look(Contract):
    """How the application looks."""

    name: str = Field(default="", description="what people see instead of the product's own name")
    colours: tuple[str, ...] = Field(default=(), description="as #rrggbb, the most important first")
    because: str = ""


class Interview(Contract):
    """What the founder says, validated; the words are kept as they were written."""

    name: str = Field(description="of the product")
    idea: str = Field(description="the product in a sentence or two")
    problem: str = ""
    people: tuple[str, ...] = Field(default=(), description="who uses it: roles in the founder's words")
    features: tuple[str, ...] = Field(default=(), description="wishes, one sentence each")
    profile: Literal["web", "api"] = Field(default="web", description="pages and API, or the API alone")
    entities: tuple[InterviewEntity, ...] = ()
    rules: tuple[InterviewRule, ...] = ()
    examples: tuple[InterviewExample, ...] = ()
    look: Look = Look()
    statements: tuple[Statement, ...] = ()
    not_used: tuple[NotUsed, ...] = ()


class Intake(Contract):
    """Result of the intake stage."""

    interview: Interview
    completeness: int = Field(description="0-100: how much of what the factory can use was said")
    open_questions: tuple[OpenQuestion, ...] = Field(
        default=(), description="sentences that could not be used among them, with the nearest meaning"
    )
