"""How a field of an entity is written."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from flows.contracts import FieldKind
from flows.stages.intake.schema.base import Form, Key, Name, Sentence, Single

MAX_CHOICES = 200
MAX_MAGNITUDE = 2**53  # whole numbers beyond this lose digits in JSON
MAX_CHARACTERS = 100_000
MAX_BYTES = 2**30  # one gibibyte: more than a form ever sends in one piece
MAX_PATTERN = 300

NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY})
TEXTS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.IDENTIFIER})
PATTERNED = frozenset({FieldKind.TEXT, FieldKind.IDENTIFIER})
UPLOADS = frozenset({FieldKind.IMAGE, FieldKind.FILE})
COMPARABLE = NUMBERS | {FieldKind.DATE, FieldKind.TIME, FieldKind.DATE_AND_TIME, FieldKind.DURATION}

_NUMBER = {"kinds": NUMBERS, "wanted": "a number, decimal or money"}
_TEXT = {"kinds": TEXTS, "wanted": "a text, long text or identifier"}
_UPLOAD = {"kinds": UPLOADS, "wanted": "an image or a file"}
_NO_UPLOAD = {"kinds": frozenset(FieldKind) - UPLOADS, "wanted": "something that is no image or file"}
_ORDERED = {
    "kinds": COMPARABLE,
    "wanted": "a number, decimal, money, date, time, date and time or duration",
}

Size: TypeAlias = (
    Annotated[int, Field(ge=0, le=MAX_BYTES)]
    | Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)? ?([kKMG]i?B|bytes)$")]
)
Choices: TypeAlias = (
    Annotated[list[Name | bool | int | float], Field(min_length=1, max_length=MAX_CHOICES)]
    | Annotated[dict[Name, Name | bool | int | float], Field(min_length=1, max_length=MAX_CHOICES)]
)
Others: TypeAlias = Name | list[Name]
"""One other field of the same entity, or several."""


class FieldForm(Form):
    """A field of an entity, spelled out."""

    type: Annotated[FieldKind, Key(also=("kind",))] = Field(
        description="What the field holds", examples=["text", "date and time"]
    )
    required: Annotated[bool, Key(also=("mandatory",))] = Field(
        default=False, description="Whether a row can be saved only with it"
    )
    unique: Annotated[bool, Key(**_NO_UPLOAD)] = Field(
        default=False, description="Whether no two rows may have the same"
    )
    minimum: Annotated[float | None, Key(also=("min", "at least"), **_NUMBER)] = Field(
        default=None, ge=-MAX_MAGNITUDE, le=MAX_MAGNITUDE, description="Least value, inclusive; numbers only"
    )
    maximum: Annotated[float | None, Key(also=("max", "at most"), **_NUMBER)] = Field(
        default=None, ge=-MAX_MAGNITUDE, le=MAX_MAGNITUDE, description="Greatest value, inclusive"
    )
    min_length: Annotated[int | None, Key(also=("minimum length",), **_TEXT)] = Field(
        default=None, ge=0, le=MAX_CHARACTERS, description="Least number of characters; texts only"
    )
    max_length: Annotated[int | None, Key(also=("maximum length",), **_TEXT)] = Field(
        default=None, ge=1, le=MAX_CHARACTERS, description="Greatest number of characters"
    )
    min_bytes: Annotated[Size | None, Key(also=("minimum bytes", "minimum size"), **_UPLOAD)] = Field(
        default=None, description="Least size; images and files only", examples=[1024, "2 kB"]
    )
    max_bytes: Annotated[Size | None, Key(also=("maximum bytes", "maximum size"), **_UPLOAD)] = Field(
        default=None, description="Greatest size", examples=["5 MB"]
    )
    pattern: Annotated[
        str | None,
        Key(also=("regex", "format", "matches"), kinds=PATTERNED, wanted="a text or identifier"),
    ] = Field(
        default=None,
        min_length=1,
        max_length=MAX_PATTERN,
        description="Regular expression that the whole text has to match",
        examples=["[A-Z]{2}-[0-9]{4}"],
    )
    choices: Annotated[
        Choices | None,
        Key(
            also=("options", "values", "one of"),
            kinds=frozenset({FieldKind.CHOICE}),
            wanted="a choice",
        ),
    ] = Field(
        default=None,
        description="The allowed answers of a choice, or what is stored with what people see",
        examples=[["small", "big"], {"S": "small", "B": "big"}],
    )
    status: Annotated[
        bool,
        Key(also=("state",), kinds=frozenset({FieldKind.CHOICE}), wanted="a choice"),
    ] = Field(default=False, description="Whether each change of the choice is an action of its own")
    after: Annotated[Others | None, Key(also=("later than", "more than"), **_ORDERED)] = Field(
        default=None, description="Fields it has to be greater or later than", examples=["first day"]
    )
    not_before: Annotated[Others | None, Key(also=("from", "not less than"), **_ORDERED)] = Field(
        default=None, description="Fields it may be equal to, else has to be greater or later than"
    )
    before: Annotated[Others | None, Key(also=("earlier than", "less than"), **_ORDERED)] = Field(
        default=None, description="Fields it has to be less or earlier than"
    )
    not_after: Annotated[Others | None, Key(also=("until", "not more than"), **_ORDERED)] = Field(
        default=None, description="Fields it may be equal to, else has to be less or earlier than"
    )
    default: Annotated[Single | None, Key(also=("begins as",), **_NO_UPLOAD)] = Field(
        default=None, description="What a new row begins with", examples=["today", 12, False]
    )
    currency: Annotated[str | None, Key(kinds=frozenset({FieldKind.MONEY}), wanted="money")] = Field(
        default=None, description="ISO 4217 code; money only", examples=["EUR"]
    )
    description: Annotated[Sentence | None, Key(also=("help",))] = Field(
        default=None, description="Help beside the input"
    )
