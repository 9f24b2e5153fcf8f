"""What the models of the written interview are made of: keys, their other spellings and their limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

import annotated_types
from pydantic import BaseModel, ConfigDict, Field

from flows.contracts import FieldKind

NAME_LENGTH = 60  # PostgreSQL cuts identifiers at 63 bytes
SENTENCE_LENGTH = 1000
TEXT_LENGTH = 5000

Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH)]
Sentence: TypeAlias = Annotated[str, Field(min_length=1, max_length=SENTENCE_LENGTH)]
Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=TEXT_LENGTH)]
Single: TypeAlias = Annotated[str, Field(max_length=SENTENCE_LENGTH)] | bool | int | float
"""One value as it stands in a row or as a default, written as text, number or true and false."""


class Form(BaseModel):
    """Base of everything a founder may write; its fields are the keys, their proper spelling and meaning."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What the reader knows of a key besides its type, its limits and its description."""

    also: tuple[str, ...] = ()
    """Other spellings; case, spaces, dashes and underscores never matter."""
    kinds: frozenset[FieldKind] = frozenset(FieldKind)
    """The kinds of fields that it means something for."""
    wanted: str = ""
    """Those kinds in words, when they are not all."""


def key_of(form: type[Form], name: str) -> Key:
    """What is known of a key of that form."""
    found = [part for part in form.model_fields[name].metadata if isinstance(part, Key)]
    return found[0] if found else Key()


def spellings(form: type[Form]) -> dict[str, tuple[str, ...]]:
    """Every key of the form with its other spellings."""
    return {name: key_of(form, name).also for name in form.model_fields}


def limits(form: type[Form], name: str) -> tuple[float | None, float | None]:
    """The least and the greatest number a key may have, both inclusive."""
    least = greatest = None
    for part in form.model_fields[name].metadata:
        if isinstance(part, annotated_types.Ge):
            least = float(part.ge)  # type: ignore[arg-type]  # annotated_types knows it as anything comparable
        if isinstance(part, annotated_types.Le):
            greatest = float(part.le)  # type: ignore[arg-type]
    return least, greatest
