"""Nothing is dropped silently: every sentence is traced, and what it says is in an item or in a question."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from flows.language.words import stems
from flows.stages.blueprint.derive import derive
from flows.stages.intake.document import read

if TYPE_CHECKING:
    from flows.contracts import Blueprint

KEPT: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "kept.yaml").read_text("utf-8")
)
THINGS = {
    "Team": "Has a name.",
    "Author": "Has a name.",
    "Review": "Has stars. Belongs to a member.",
    "Booking": "Has a start and an end (dates). Status is requested, confirmed or done. Belongs to a member.",
}
DOCUMENT = {"name": "Club", "idea": "A club.", "people": ["member", "office"], "things": THINGS}
CASES = [(kind, sentence, groups) for kind, said in KEPT.items() for sentence, groups in said.items()]


def planned(kind: str, sentence: str) -> Blueprint:
    things = THINGS | {"Visit": sentence} if kind == "things" else THINGS
    document = DOCUMENT | {"things": things} | ({"rules": [sentence]} if kind == "rules" else {})
    intake = read(yaml.safe_dump(document, allow_unicode=True))
    return derive(intake, feedback=(sentence,) if kind == "changes" else ())


def traced(plan: Blueprint, item: str) -> str:
    """What an item says, without the words it comes from."""
    kind, _, name = item.partition(" ")
    first, _, second = name.partition(".")
    entity = next((found for found in plan.entities if found.name == first), None)
    match kind:
        case "question":
            asked = plan.open_questions[int(name) - 1]
            whole = "his could not be read" in asked.question or "this could not" in asked.question
            return asked.question + (asked.words if whole else "")
        case "not":
            return plan.not_built[int(name.partition(" ")[2]) - 1].words
        case "field" | "relation" | "transition" | "states" | "entity" if entity is not None:
            return f"{item} {_said(entity.model_dump(mode='json'), second)}"
    return item


def _said(entity: dict[str, Any], name: str) -> str:
    parts = [*entity["fields"], *entity["relations"], *(entity["states"] or {}).get("transitions", [])]
    mine = [part for part in parts if part["name"] == name] or [{**entity, "fields": [], "relations": []}]
    return json.dumps([{key: part[key] for key in part if key != "because"} for part in mine])


@pytest.mark.parametrize(("kind", "sentence", "groups"), CASES, ids=[sentence for _, sentence, _ in CASES])
def test_what_a_sentence_says_is_in_the_plan_or_asked_about(
    kind: str, sentence: str, groups: list[str]
) -> None:
    plan = planned(kind, sentence)
    before = {(asked.words, asked.question) for asked in planned("none", "").open_questions}
    told = [trace for trace in plan.traces if trace.where.startswith(("things.Visit", "rules[", "changes["))]
    items = {item for trace in told for item in trace.items}
    assert all(trace.items for trace in plan.traces)
    asked = [
        f"question {question.number}"
        for question in plan.open_questions
        if (question.words, question.question) not in before
    ]
    refused = [f"not built {number}" for number in range(1, len(plan.not_built) + 1)]
    assert items or asked or refused
    said = [stems(traced(plan, item)) for item in (*sorted(items), *asked, *refused)]
    words = {word for part in said for word in part}
    for group in groups:
        assert set(stems(group)) <= words, group
