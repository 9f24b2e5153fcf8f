"""How an entity and its relations are written."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from flows.contracts import FieldKind
from flows.stages.intake.schema.base import Form, Key, Name, Sentence
from flows.stages.intake.schema.field import FieldForm

MAX_FIELDS = 200
MAX_RELATIONS = 100


class RelationForm(Form):
    """A relation, spelled out, seen from the entity it stands under."""

    entity: Annotated[Name, Key(also=("to", "target", "with"))] = Field(
        description="The entity it leads to, or user: the people who sign in", examples=["Owner", "user"]
    )
    required: Annotated[bool, Key(also=("mandatory",))] = Field(
        default=False, description="Whether each of these has at least one of those"
    )
    name: Annotated[Name | None, Key(also=("as", "called"))] = Field(
        default=None, description="What it is called; without it, as its entity", examples=["keeper"]
    )
    back: Annotated[Name | None, Key(also=("reverse", "inverse", "back name"))] = Field(
        default=None, description="What the other side calls the way back", examples=["pets"]
    )
    back_required: Annotated[bool, Key(also=("reverse required",))] = Field(
        default=False, description="Whether each of those has at least one of these"
    )
    shows: Annotated[Name | None, Key(also=("display", "shown as", "shown by"))] = Field(
        default=None,
        description="Which field of the other entity stands for it in pickers; below has_many, of this one",
        examples=["full name"],
    )
    description: Annotated[Sentence | None, Key(also=("help",))] = Field(
        default=None, description="Help beside the picker"
    )


Relations: TypeAlias = (
    Name
    | Annotated[list[Name | RelationForm], Field(max_length=MAX_RELATIONS)]
    | Annotated[dict[Name, Name | RelationForm], Field(max_length=MAX_RELATIONS)]
)


class EntityForm(Form):
    """A thing the product keeps, spelled out; it needs fields or relations, here or in words."""

    description: Sentence | None = Field(default=None, description="What such a thing is")
    fields: Annotated[
        dict[Name, FieldKind | FieldForm] | None, Key(also=("properties", "attributes", "columns"))
    ] = Field(
        default=None,
        max_length=MAX_FIELDS,
        description="Name and type, or name and a field spelled out",
        examples=[{"name": "text", "born on": {"type": "date", "required": True}}],
    )
    shown_by: Annotated[Name | None, Key(also=("shown as", "known by", "display"))] = Field(
        default=None, description="Which field stands for a row in lists", examples=["name"]
    )
    belongs_to: Annotated[Relations | None, Key(also=("belongs to a",))] = Field(
        default=None,
        description="Each of these belongs to one of those",
        examples=["Owner", ["Pet", "Sitter"], {"keeper": {"entity": "Owner", "required": True}}],
    )
    has_one: Annotated[Relations | None, Key(also=("has a", "one to one"))] = Field(
        default=None,
        description="Each of these has one of those, and that one is nobody else's",
    )
    has_many: Annotated[Relations | None, Key(also=("one to many",))] = Field(
        default=None,
        description="Each of these has many of those; the same as belongs_to, said from the other side",
        examples=["Booking", {"bookings": {"entity": "Booking", "back": "pet"}}],
    )
    many_to_many: Annotated[Relations | None, Key(also=("has many with many", "many with many"))] = Field(
        default=None,
        description="Each of these has many of those, and each of those many of these",
        examples=[{"courses": {"entity": "Course", "back": "students"}}],
    )
