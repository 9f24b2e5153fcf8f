"""An interview written as YAML is read as the same interview again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flows.stages.intake.document import read
from flows.stages.intake.jdl import read_jdl
from flows.stages.intake.source import is_jdl, read_any
from flows.stages.intake.writing import written

if TYPE_CHECKING:
    from flows.contracts import Interview

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
SAMPLES = sorted((ROOT.parent / "shared" / "samples" / "jdl").glob("*.j*"))

EVERYTHING = """
name: X
idea: "Y: with a colon, 'quotes', {{ braces }} and #"
problem: |
  Two
  lines
profile: api
people: [owner, "yes"]
features: [Owners list their pets]
look: {name: Shown, colours: ['#0f766e', '#ffffff']}
entities:
  Owner:
    description: "Somebody: with a pet"
    shown by: full name
    fields:
      full name: {type: text, required: true, min_length: 0, max_length: 80, pattern: '[A-Z]{1,3}\\d*'}
      "on": {type: yes/no, default: "no"}
      "12": {type: number, minimum: 0, maximum: -0, unique: true}
    belongs_to: {account: user}
  Pet:
    fields:
      size: {type: choice, choices: {S: small, "no": "yes"}, default: S, status: true}
      kind: {type: choice, choices: ["yes", "no", "1"]}
      weight: {type: decimal, minimum: 0.5, maximum: 99.25}
      price: {type: money, currency: CHF, default: "007"}
      born: {type: date, default: today}
      died: {type: date, not before: born, before: [checked]}
      checked: date
      opens: {type: time, default: "08:30"}
      photo: {type: image, min_bytes: 1, max_bytes: 5 MB}
    belongs_to:
      keeper: {entity: Owner, required: true, back: pets, back_required: true, shows: full name, help: who}
      mother: Pet
    has_one: {chip: {entity: Chip, back: wearer}}
    many_to_many: {friends: Pet, walkers: {entity: Owner, back: dogs}, helpers: user}
  Chip: {fields: {code: identifier}}
examples:
  Owner: [{full name: A1, "on": yes}, {full name: B2}]
  Pet: [{size: small, keeper: A1, walkers: [A1, B2]}]
"""


def meaning(interview: Interview) -> Any:
    """Everything but where and in what order it was said, and whether it was spelled out."""

    def stripped(value: Any) -> Any:
        if isinstance(value, dict):
            kept = {key: stripped(part) for key, part in value.items() if key not in {"because", "source"}}
            if "relations" in kept:
                kept["relations"].sort(key=lambda relation: relation["name"])
            return kept
        return [stripped(part) for part in value] if isinstance(value, list | tuple) else value

    return stripped(interview.model_dump(exclude={"statements", "not_used"}))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_written_and_read_again(path: Path) -> None:
    interview = read(path.read_text(encoding="utf-8")).interview
    assert meaning(read(written(interview)).interview) == meaning(interview)


def test_everything_that_can_be_spelled_out_is_written() -> None:
    interview = read(EVERYTHING).interview
    again = read(written(interview)).interview
    assert meaning(again) == meaning(interview)
    assert written(again) == written(interview)


def test_two_many_to_many_relations_stay_two() -> None:
    interview = read_jdl(
        "entity A { a String }\nentity B { b String }\n"
        "relationship ManyToMany { A{first} to B\n B{second} to A }\n"
    ).interview
    again = read(written(interview)).interview
    assert [len(entity.relations) for entity in again.entities] == [1, 1]


def test_what_is_read_only_in_jdl_is_written_as_a_sentence() -> None:
    interview = read_jdl("@readOnly entity Pet { name String required }\nentity B { pet String }").interview
    text = written(interview)
    assert "- Everybody who signs in can see every Pet" in text
    assert meaning(read(text).interview) == meaning(interview)


def test_rules_are_written_in_the_words_they_were_read_from() -> None:
    text = (
        "name: X\nidea: Y\npeople: [owner]\nrules: [An owner can edit and delete their own pets]\n"
        "things: {Pet: Has a name. Only owners can create it., Badge: Has a title.}\n"
    )
    interview = read(text).interview
    again = written(interview)
    assert "- An owner can edit and delete their own pets" in again
    assert len(read(again).interview.rules) == len(interview.rules) == 2


@pytest.mark.skipif(not SAMPLES, reason="the sample files are not beside this folder")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_jdl_is_written_as_an_interview_that_means_the_same(path: Path) -> None:
    interview = read_any(path.read_text(encoding="utf-8"), filename=path.name).interview
    assert meaning(read(written(interview)).interview) == meaning(interview)


JDL = [
    "entity Pet { name String }",
    "entity Pet",
    "/* a comment */ // and another\n enum Size { S, M }",
    "MAX = 5\nentity A",
    "@dto(mapstruct)\nentity A",
    "relationship OneToMany { A to B }",
    "application {\n config { baseName x } }",
    "paginate * with pagination",
    "\ufeffentity Pet {}",
]
NO_JDL = [
    "",
    "name: X",
    "entity: Pet",
    "entities:\n  Pet: {}",
    "# entity Pet {}\nname: X",
    '{"name": "X"}',
    "application: x",
    "search is nice: yes",
    "/* name: X",
]


@pytest.mark.parametrize("text", JDL)
def test_jdl_is_known_by_how_it_begins(text: str) -> None:
    assert is_jdl(text)
    assert not is_jdl(text, filename="interview.yaml")


@pytest.mark.parametrize("text", NO_JDL)
def test_what_is_no_jdl_is_read_as_yaml(text: str) -> None:
    assert not is_jdl(text)
    assert is_jdl(text, filename="pets.JH")


def test_jdl_takes_its_name_from_its_file() -> None:
    assert read_any("entity Pet { name String }", filename="vetClinic.jdl").interview.name == "Vet clinic"
