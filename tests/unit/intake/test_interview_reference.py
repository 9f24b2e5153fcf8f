"""The reference of the interview and its how-to, held to the schema and to the reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from flows.contracts import FieldKind
from flows.stages.intake.document import read
from flows.stages.intake.schema import EntityForm, FieldForm, Form, InterviewForm, LookForm, RelationForm

DOCS = Path(__file__).parents[3] / "docs"
REFERENCE = (DOCS / "reference" / "interview.md").read_text(encoding="utf-8")
HOW_TO = (DOCS / "how-to" / "describe-a-product-in-words.md").read_text(encoding="utf-8")
SECTIONS: dict[str, type[Form]] = {
    "Keys of the document": InterviewForm,
    "Keys of an entity": EntityForm,
    "Keys of a relation": RelationForm,
    "Keys of a field": FieldForm,
    "Examples and look": LookForm,
}


def section(heading: str) -> str:
    return REFERENCE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def cells(text: str) -> list[str]:
    """The first cell of every row of a section's table."""
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    return [row.split("|")[1] for row in rows if not row.startswith(("| ---", "| key", "| type", "| to say"))]


def blocks(text: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_key_is_in_its_table(heading: str) -> None:
    shown = [re.sub(r"\(.*\)", "", cell) for cell in cells(section(heading))]
    keys = [key for cell in shown for key in re.findall(r"`(\w+)`", cell)]
    assert sorted(keys) == sorted(SECTIONS[heading].model_fields)


def test_every_type_is_in_its_table() -> None:
    assert [cell.strip().strip("`") for cell in cells(section("Field types"))] == [
        kind.value for kind in FieldKind
    ]


def test_the_interview_of_the_reference_is_read_whole() -> None:
    intake = read(blocks(REFERENCE)[0])
    assert [question.words for question in intake.open_questions] == []
    assert len(intake.interview.entities) == 4
    assert len(intake.interview.rules) == 2


def test_the_sentences_of_the_reference_are_read() -> None:
    table = section("Words").partition("A rule says")[0]
    said = [row.split("|")[2].strip() for row in table.splitlines() if row.startswith("| ")][2:]
    things = {
        "Stay": [
            "Has a start date and a first day.",
            *(text if text.endswith(".") else f"Has {text}." for text in said),
        ],
        **dict.fromkeys(("Pet", "Sitter", "Mechanic", "Booking", "Passport", "Tag", "Note"), "Has a name."),
    }
    intake = read(yaml.safe_dump({"name": "X", "idea": "Y", "things": things}))
    unread = [
        question.words for question in intake.open_questions if "could not be read" in question.question
    ]
    assert unread == []


def test_the_rules_of_the_reference_are_read() -> None:
    table = section("Words").partition("A rule says")[2]
    said = [row.split("|")[2].strip() for row in table.splitlines() if row.startswith("| ")][2:]
    sentences = [part.strip() for cell in said for part in cell.split(";")]
    document = {
        "name": "X",
        "idea": "Y",
        "people": ["owner", "sitter", "office"],
        "things": {
            "Owner": "Has a name.",
            "Pet": "Belongs to an Owner.",
            "Sitter": "Has a name.",
            "Booking": "Status is requested, confirmed or done.",
        },
        "rules": sentences,
    }
    intake = read(yaml.safe_dump(document))
    read_from = {rule.because for rule in intake.interview.rules}
    assert [sentence for sentence in sentences if sentence not in read_from] == []


def test_the_steps_of_the_how_to_are_one_interview_that_is_read_whole() -> None:
    first, *rest = blocks(HOW_TO)
    assert read(first).interview.entities
    intake = read("".join(rest))
    assert [question.words for question in intake.open_questions if question.words in "".join(rest)] == []
    assert len(intake.interview.entities) == 4
    assert len(intake.interview.rules) == 3
