"""The one schema of the interview document: its keys, their types, limits, other spellings and meaning."""

from __future__ import annotations

import json

from flows.stages.intake.schema.base import (
    NAME_LENGTH,
    SENTENCE_LENGTH,
    TEXT_LENGTH,
    Form,
    Key,
    key_of,
    limits,
    spellings,
)
from flows.stages.intake.schema.entity import EntityForm, RelationForm
from flows.stages.intake.schema.field import FieldForm
from flows.stages.intake.schema.interview import InterviewForm, LookForm

__all__ = [
    "NAME_LENGTH",
    "SENTENCE_LENGTH",
    "TEXT_LENGTH",
    "EntityForm",
    "FieldForm",
    "Form",
    "InterviewForm",
    "Key",
    "LookForm",
    "RelationForm",
    "json_schema",
    "key_of",
    "limits",
    "spellings",
]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> str:
    """The JSON Schema of the interview document, for editors and other programs."""
    schema = {"$schema": DIALECT, **InterviewForm.model_json_schema(), "title": "Interview"}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
