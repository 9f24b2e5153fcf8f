"""Statements followed through blueprint items to files and tests; what ends nowhere is named."""

from __future__ import annotations

from typing import Any

import pytest

from flows.contracts import Blueprint, BlueprintEntity, BlueprintField, FieldKind, Journey, Trace
from flows.stages.verification.junit import TestCase
from flows.stages.verification.traceability.check import built, follow
from flows.stages.verification.traceability.items import Item, read

SAID: dict[str, Any] = {"source": "stated", "because": "words"}
PATHS = (
    *("README.md", "app/main.py", "app/models/pet.py", "app/policy.py", "app/schemas/pet.py", "app/seed.py"),
    *("tests/test_journeys.py", "tests/test_pet.py", "tests/test_access.py", "tests/test_whole.py"),
)


def entity(name: str, *fields: str) -> BlueprintEntity:
    made = tuple(
        BlueprintField(name=field, label=field, kind=FieldKind.TEXT, required=True, unique=False, **SAID)
        for field in fields
    )
    words = {"attribute": name.lower(), "table": f"{name.lower()}s", "slug": f"{name.lower()}s"}
    labels = {"label": name, "label_plural": f"{name}s", "display_field": fields[0]}
    return BlueprintEntity.model_validate({"name": name, "fields": made, **words, **labels, **SAID})


def blueprint(*traces: tuple[str, ...]) -> Blueprint:
    return Blueprint(
        name="A",
        slug="a",
        idea="",
        entities=(entity("Pet", "name", "born_on"),),
        pages=(),
        endpoints=(),
        journeys=(Journey(feature="Add pets", role="owner", steps=(("create", "Pet"),)),),
        traces=tuple(
            Trace(number=number, where="things.Pet", words=f"words {number}", items=items)
            for number, items in enumerate(traces, 1)
        ),
    )


def case(name: str, *, module: str = "test_pet", outcome: str = "passed") -> TestCase:
    return TestCase(classname=f"tests.{module}", name=name, outcome=outcome)


CASES = (
    case("test_edges[name0]"),
    case("test_edges[name_tag]"),
    case("test_a_new_row_can_be_read_back", module="test_pet.TestPetApi"),
    case("test_journey[1-Add pets]", module="test_journeys"),
    case("test_roles[owner]", module="test_access"),
    case("test_the_start_page_leads_everywhere", module="test_whole"),
    case("test_examples_are_valid", module="test_whole"),
)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("field Pet.name", Item(kind="field", parts=("Pet", "name"))),
        ("not built 2", Item(kind="not built", parts=("2",))),
        ("look", Item(kind="look")),
        ("lookout Pet", None),
        ("", None),
    ],
)
def test_items_are_read(text: str, item: Item | None) -> None:
    assert read(text) == item


@pytest.mark.parametrize(
    ("item", "files", "tests"),
    [
        ("entity Pet", ("app/models/pet.py", "app/schemas/pet.py"), ("tests/test_pet.py",)),
        (
            "field Pet.name",
            ("app/models/pet.py", "app/schemas/pet.py"),
            ("tests/test_pet.py::test_edges[name0]",),
        ),
        (
            "field Pet.born_on",
            ("app/models/pet.py", "app/schemas/pet.py"),
            ("tests/test_pet.py::TestPetApi::test_a_new_row_can_be_read_back",),
        ),
        ("grant owner.Pet.edit", ("app/policy.py",), ("tests/test_access.py::test_roles[owner]",)),
        ("role owner", ("app/policy.py",), ("tests/test_access.py::test_roles[owner]",)),
        ("example Pet.1", ("app/seed.py",), ("tests/test_whole.py::test_examples_are_valid",)),
        (
            "journey 1",
            ("app/models/pet.py", "app/schemas/pet.py"),
            ("tests/test_journeys.py::test_journey[1-Add pets]",),
        ),
        (
            "product",
            ("README.md", "app/main.py"),
            ("tests/test_whole.py::test_the_start_page_leads_everywhere",),
        ),
    ],
)
def test_an_item_leads_to_files_and_tests(item: str, files: tuple[str, ...], tests: tuple[str, ...]) -> None:
    traced, gaps = follow(blueprint((item,)), PATHS, CASES)
    assert (traced[0].files, traced[0].tests, traced[0].outcome, gaps) == (files, tests, "passed", ())


def test_what_is_not_built_is_named_and_no_gap() -> None:
    traced, gaps = follow(
        blueprint(
            ("not built 1", "question 2"), ("question 1",), ("not used 3",), ("question 1", "entity Pet")
        ),
        PATHS,
        CASES,
    )
    assert [one.outcome for one in traced] == ["not built", "open question", "not used", "passed"]
    assert (built(traced), gaps) == (1, ())


@pytest.mark.parametrize(
    ("items", "gap"),
    [
        ((), "nothing in the blueprint stands for it"),
        (("wish 1",), "'wish 1' is no item of a blueprint"),
        (("entity Cat",), "no file stands for entity Cat"),
        (("look",), "no file stands for look"),
    ],
)
def test_a_statement_that_ends_nowhere_is_named(items: tuple[str, ...], gap: str) -> None:
    _, gaps = follow(blueprint(items), PATHS, CASES)
    assert gaps[0] == f"statement 1 (things.Pet): {gap}"


def test_a_red_test_fails_the_statement() -> None:
    red = (*CASES, case("test_edges[name1]", outcome="failed"))
    traced, gaps = follow(blueprint(("field Pet.name",)), PATHS, red)
    assert traced[0].outcome == "failed"
    assert gaps == ("statement 1 (things.Pet): its tests failed",)


def test_a_test_that_was_skipped_stands_for_nothing() -> None:
    skipped = [case("test_edges[name0]", outcome="skipped")]
    _, gaps = follow(blueprint(("field Pet.name",)), PATHS, skipped)
    assert gaps == ("statement 1 (things.Pet): no test stands for field Pet.name",)
