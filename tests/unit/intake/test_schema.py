"""The published schema of the interview, and that it and the reader say the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from flows.contracts import FieldKind
from flows.stages.intake.document import InterviewProblems, read
from flows.stages.intake.schema import (
    EntityForm,
    FieldForm,
    Form,
    InterviewForm,
    LookForm,
    RelationForm,
    json_schema,
    key_of,
    spellings,
)

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.yaml"))
FORMS = (InterviewForm, EntityForm, FieldForm, RelationForm, LookForm)
SCHEMA: dict[str, Any] = json.loads(json_schema())
VALIDATOR = Draft202012Validator(SCHEMA)


def plain(text: str) -> Any:
    """The document as JSON has it, dates and times as they were written."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def refused_by_schema(value: Any) -> bool:
    by_pydantic = False
    try:
        InterviewForm.model_validate(value)
    except ValidationError:
        by_pydantic = True
    assert by_pydantic is not VALIDATOR.is_valid(value), "pydantic and the published schema differ"
    return by_pydantic


def test_the_schema_is_a_schema_of_its_dialect() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_key_is_described_and_has_one_meaning(form: type[Form]) -> None:
    assert all(field.description for field in form.model_fields.values())
    flat = [
        word.replace("_", "").replace(" ", "").replace("-", "")
        for key, others in spellings(form).items()
        for word in (key, *others)
    ]
    assert len(flat) == len(set(flat))


def test_a_key_for_some_types_alone_says_which() -> None:
    for name in FieldForm.model_fields:
        key = key_of(FieldForm, name)
        assert bool(key.wanted) is (key.kinds != frozenset(FieldKind))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_valid(path: Path) -> None:
    assert not refused_by_schema(plain(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_the_examples_within_the_schema_are_valid(form: type[Form]) -> None:
    for name, field in form.model_fields.items():
        for example in field.examples or []:
            required = {other: "x" for other, one in form.model_fields.items() if one.is_required()}
            if form is FieldForm:
                required["type"] = "text"
            form.model_validate({**required, name: example})


BROKEN = [
    ("name: X\n", "idea"),
    ("name: X\nidea: Y\nnmae: Z\n", "nmae"),
    ("name: ''\nidea: Y\n", "name"),
    (f"name: {'x' * 61}\nidea: Y\n", "name"),
    ("name: X\nidea: Y\nentities: {}\n", "entities"),
    ("name: X\nidea: Y\nentities: {Pet: {fields: {a: txet}}}\n", "txet"),
    ("name: X\nidea: Y\nentities: {Pet: {fields: {a: {type: text, requried: true}}}}\n", "requried"),
    ("name: X\nidea: Y\nentities: {Pet: {fields: {a: {type: number, minimum: few}}}}\n", "few"),
    ("name: X\nidea: Y\nentities: {Pet: {fields: {a: {type: text, max_length: 0}}}}\n", "max_length"),
    ("name: X\nidea: Y\nentities: {Pet: {belongs_to: {owner: {required: true}}}}\n", "entity"),
]


@pytest.mark.parametrize(("text", "about"), BROKEN, ids=[about for _, about in BROKEN])
def test_a_broken_document_is_refused_by_schema_and_reader(text: str, about: str) -> None:
    assert refused_by_schema(plain(text))
    with pytest.raises(InterviewProblems) as caught:
        read(text)
    assert about in str(caught.value)


_WORDS = st.sampled_from(["text", "small", "EUR", "today", "", "b", "2 kB", "12", "[a-z]+"])
_KEYS: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(FieldForm.model_fields, _WORDS),
    **dict.fromkeys(("required", "unique", "status"), st.booleans()),
    **dict.fromkeys(("minimum", "maximum", "default"), st.floats(-5, 300) | st.integers(-5, 300)),
    **dict.fromkeys(("min_length", "max_length", "min_bytes", "max_bytes"), st.integers(-5, 300)),
    **dict.fromkeys(("after", "not_before", "before", "not_after"), _WORDS | st.lists(_WORDS, max_size=2)),
    "choices": st.lists(_WORDS, max_size=3) | st.dictionaries(_WORDS, _WORDS, max_size=3),
}
_FIELDS = st.sampled_from(list(FieldKind)).flatmap(
    lambda kind: st.fixed_dictionaries(
        {"type": st.just(kind.value)},
        optional={
            key: values
            for key, values in _KEYS.items()
            if key != "type" and kind in key_of(FieldForm, key).kinds
        },
    )
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(_FIELDS)
def test_what_the_reader_takes_in_its_proper_spelling_the_schema_takes_too(field: dict[str, Any]) -> None:
    value = {"name": "X", "idea": "Y", "entities": {"Pet": {"fields": {"a": field, "b": "number"}}}}
    text = json.dumps(value)
    try:
        read(text)
    except InterviewProblems:
        return
    assert not refused_by_schema(value)
