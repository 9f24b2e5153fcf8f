"""How the whole interview is written."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from flows.stages.intake.schema.base import Form, Key, Name, Sentence, Single, Text
from flows.stages.intake.schema.entity import EntityForm

MAX_ENTITIES = 100  # the tests of many more would not end within the limits of the sandbox
MAX_PEOPLE = 20  # rights are worked out for each of them on each entity
MAX_ROWS = 200
MAX_COLOURS = 5

Row: TypeAlias = dict[Name, Single | list[Single] | None]


class LookForm(Form):
    """How the application looks."""

    name: Annotated[Name | None, Key(also=("title",))] = Field(
        default=None, description="The name people see, when it is not that of the interview"
    )
    colours: Annotated[
        Name | Annotated[list[Name], Field(max_length=MAX_COLOURS)] | None,
        Key(also=("colors", "colour", "color")),
    ] = Field(
        default=None,
        description="The most important first, as #rrggbb or by a common name",
        examples=[["#0f766e"], "dark green"],
    )


class InterviewForm(Form):
    """What a founder says: in words, exactly, or in both."""

    name: Annotated[Name, Key(also=("product",))] = Field(
        description="What the product is called", examples=["Pet sitting"]
    )
    idea: Text = Field(
        description="The product in a sentence or two",
        examples=["Pet owners find a sitter they trust and book them for a few days."],
    )
    problem: Text | None = Field(default=None, description="What is hard today")
    people: Annotated[
        Name | Annotated[list[Name], Field(max_length=MAX_PEOPLE)] | None, Key(also=("roles", "users"))
    ] = Field(default=None, description="Who uses it: their roles", examples=[["owner", "sitter"]])
    features: Annotated[Sentence | list[Sentence] | None, Key(also=("wishes",))] = Field(
        default=None,
        description="What people want to do with it, one sentence each",
        examples=[["Owners request a booking for one of their pets"]],
    )
    things: Annotated[dict[Name, Text | list[Sentence] | None] | None, Key(also=("in words",))] = Field(
        default=None,
        max_length=MAX_ENTITIES,
        description="The things the product keeps, each described in sentences",
        examples=[{"Pet": "Has a name (required) and a birthday. Belongs to an Owner."}],
    )
    entities: dict[Name, EntityForm] | None = Field(
        default=None,
        min_length=1,
        max_length=MAX_ENTITIES,
        description="The things the product keeps, spelled out",
        examples=[{"Pet": {"fields": {"name": "text"}, "belongs_to": "Owner"}}],
    )
    rules: Sentence | list[Sentence] | None = Field(
        default=None,
        description="Who may do what, one sentence each",
        examples=[["A sitter can confirm a requested booking"]],
    )
    examples: Annotated[
        dict[Name, Row | Annotated[list[Row], Field(max_length=MAX_ROWS)]] | None,
        Key(also=("rows", "example rows")),
    ] = Field(
        default=None,
        description="Rows to begin with, by the entity they are of",
        examples=[{"Pet": [{"name": "Rex", "species": "dog"}]}],
    )
    look: LookForm | None = Field(default=None, description="How the application looks")
    profile: Literal["web", "api"] | None = Field(
        default=None, description="web: pages and API; api: the API alone. web when it is not said"
    )
