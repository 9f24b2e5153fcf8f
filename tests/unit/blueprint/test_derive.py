"""What becomes of an interview: fields, relations, pages, and the same plan each time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.contracts import Comparing, Comparison, FieldKind, InterviewField
from flows.stages.blueprint.derive import derive
from tests.unit.blueprint.said import belongs, entity, field, intake

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


def test_pages_and_endpoints_of_every_entity() -> None:
    plan = derive(intake(entity("Pet"), features=("Owners register a pet",)))
    assert [(page.path, page.action) for page in plan.pages] == [
        ("/", "home"),
        ("/sign-in", "account"),
        ("/sign-up", "account"),
        ("/account", "account"),
        ("/forgot-password", "account"),
        ("/reset-password", "account"),
        ("/admin/users", "admin"),
        ("/admin/users/{id}", "admin"),
        ("/admin/audit", "admin"),
        ("/pets", "list"),
        ("/pets/{id}", "detail"),
        ("/pets/new", "create"),
        ("/pets/{id}/edit", "edit"),
        ("/pets/{id}/delete", "delete"),
    ]
    assert [(operation.method, operation.path) for operation in plan.endpoints] == [
        ("GET", "/api/v1/pets"),
        ("GET", "/api/v1/pets/{id}"),
        ("POST", "/api/v1/pets"),
        ("PUT", "/api/v1/pets/{id}"),
        ("PATCH", "/api/v1/pets/{id}"),
        ("DELETE", "/api/v1/pets/{id}"),
    ]
    create = plan.pages[11]
    assert (create.source, create.because) == ("inferred", "Owners register a pet")
    assert (plan.pages[13].source, plan.pages[13].because) == ("default", "what was entered can be removed")


def test_a_field_keeps_what_was_said_of_it() -> None:
    (pet,) = derive(
        intake(
            entity(
                "Pet",
                field("fee", FieldKind.MONEY, minimum=1, maximum=9, currency="CHF", default="2_000"),
                field("tip", FieldKind.MONEY),
                field("old", FieldKind.YES_NO, default="Yes"),
                field("age", FieldKind.NUMBER, default="+3", required=True),
                field("walk", FieldKind.DURATION, default="90m"),
                field("nap", FieldKind.DURATION, default="1:05"),
                field("sleep", FieldKind.DURATION, default="2h"),
                field("kind", FieldKind.CHOICE, choices=("a", "b"), default="a"),
            )
        )
    ).entities
    stored = {part.name: part.default for part in pet.fields}
    assert stored == {
        "fee": "2000",
        "tip": None,
        "old": "true",
        "age": "3",
        "walk": "PT1H30M",
        "nap": "PT1H5M",
        "sleep": "PT2H",
        "kind": "a",
    }
    assert (pet.fields[0].minimum, pet.fields[0].maximum, pet.fields[0].currency) == (1, 9, "CHF")
    assert pet.fields[1].currency == "CHF"


@pytest.mark.parametrize(
    ("fields", "display"),
    [
        ((field("a"), field("title")), "title"),
        ((field("a"), field("b", required=True)), "b"),
        ((field("note"), field("day", FieldKind.DATE, required=True)), "day"),
        ((field("note", FieldKind.LONG_TEXT), field("mail", FieldKind.EMAIL)), "mail"),
        ((field("ok", FieldKind.YES_NO),), "ok"),
    ],
)
def test_the_field_that_stands_for_a_row(fields: tuple[InterviewField, ...], display: str) -> None:
    assert derive(intake(entity("Pet", *fields))).entities[0].display_field == display


def test_required_relations_restrict_and_optional_ones_let_go() -> None:
    plan = derive(
        intake(
            entity("Owner"),
            entity(
                "Pet",
                belongs_to=(belongs("keeper", "Owner", required=True), belongs("vet", "Owner")),
            ),
        )
    )
    keeper, vet = plan.entity("Pet").relations
    assert (keeper.name, keeper.target, keeper.required, keeper.on_delete) == (
        "keeper",
        "Owner",
        True,
        "restrict",
    )
    assert (vet.required, vet.on_delete, vet.source) == (False, "set null", "stated")
    assert vet.because == "Pet belongs to Owner as vet"


def test_a_circle_of_required_relations_is_opened_and_asked_about() -> None:
    plan = derive(
        intake(
            entity("Team", belongs_to=(belongs("captain", "Player", required=True),)),
            entity("Player", belongs_to=(belongs("team", "Team", required=True),)),
            entity(
                "Step",
                belongs_to=(belongs("before", "Step", required=True), belongs("after", "Step")),
            ),
        )
    )
    assert plan.entity("Team").relations[0].required
    loose = [plan.entity("Player").relations[0], plan.entity("Step").relations[0]]
    assert [(relation.required, relation.on_delete, relation.source) for relation in loose] == [
        (False, "set null", "inferred")
    ] * 2
    assert [question.words for question in plan.open_questions] == [
        "Player belongs to Team",
        "Step belongs to Step",
    ]


def test_bounds_that_no_row_could_keep_are_left_out_and_asked_about() -> None:
    def compared(name: str, how: Comparing, other: str, kind: FieldKind = FieldKind.DATE) -> InterviewField:
        return field(name, kind, comparisons=(Comparison(how=how, field=other),))

    plan = derive(
        intake(
            entity(
                "Stay",
                compared("first", "before", "second"),
                compared("second", "not after", "third"),
                compared("third", "before", "first"),
                compared("price", "after", "first", FieldKind.MONEY),
                compared("cost", "not after", "price", FieldKind.DECIMAL),
                compared("mine", "after", "nothing"),
            )
        )
    )
    kept = {part.name: [bound.field for bound in part.comparisons] for part in plan.entities[0].fields}
    assert kept == {
        "first": ["second"],
        "second": ["third"],
        "third": [],
        "price": [],
        "cost": ["price"],
        "mine": [],
    }
    assert [question.question for question in plan.open_questions] == [
        "No stay could keep this: third before first. What should hold instead?",
        "No stay could keep this: price after first. What should hold instead?",
    ]


def test_the_examples_give_the_same_plan_with_any_hash_seed() -> None:
    script = (
        "import sys, pathlib\n"
        "from flows.stages.intake.document import read\n"
        "from flows.stages.blueprint.derive import derive\n"
        "from flows.stages.blueprint.describe import markdown, er_diagram\n"
        "for path in sys.argv[1:]:\n"
        "    plan = derive(read(pathlib.Path(path).read_text('utf-8')), feedback=('add a colour',))\n"
        "    print(plan.digest(), hash(markdown(plan)) and len(markdown(plan)), er_diagram(plan))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, *map(str, EXAMPLES)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
