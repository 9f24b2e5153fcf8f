"""Whatever an interview holds, the generated code comes out as linter and formatter want it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.stages.blueprint.derive import derive
from flows.stages.intake.document import read
from tests.applications import generate, write

RUFF = Path(sys.executable).parent / "ruff"
INTERVIEWS = 40
THINGS = ["Pet", "Owner", "Booking", "Care report", "Plot", "Extraordinarily long thing", "Job", "Box"]
FIELDS = [
    "pet",
    "title",
    "status",
    "x",
    "q",
    "kind",
    "name",
    "very_long_name_of_a_thing_that_goes_on",
    "team",
]
KINDS = ["text", "long text", "number", "decimal", "money", "date", "time", "date and time", "duration"]
KINDS += ["yes/no", "email", "phone", "link", "identifier", "image", "file", "choice"]
CHOICES = [["a"], ["yes", "no", "maybe"], ["requested", "confirmed", "cancelled"], ["draft", "published"]]
NUMBERS = {"number", "decimal", "money"}
NEVER_UNIQUE = {"image", "file", "yes/no", "long text"}


def field(chance: random.Random) -> dict[str, Any]:
    kind = chance.choice(KINDS)
    made: dict[str, Any] = {"type": kind, "required": chance.random() < 0.4}
    if kind == "choice":
        made["choices"] = chance.choice(CHOICES)
    if kind not in NEVER_UNIQUE and chance.random() < 0.2:
        made["unique"] = True
    if kind in NUMBERS and chance.random() < 0.5:
        made |= {"minimum": chance.choice([0, 1, -5]), "maximum": chance.choice([10, 100])}
    return made


def thing(chance: random.Random, name: str, names: list[str]) -> dict[str, Any]:
    fields = {name: field(chance) for name in chance.sample(FIELDS, chance.choice([1, 2, 4, 9]))}
    targets = chance.sample([*names, "user"], chance.choice([0, 1, 2]))
    relations = {
        f"{chance.choice(['main', 'other', 'keeper'])} {target.lower()}": {
            "entity": target,
            "required": target != name and chance.random() < 0.5,
        }
        for target in targets
    }
    kind = chance.choice(["belongs_to", "has_one", "many_to_many"])
    return {"fields": fields} | ({kind: relations} if relations else {})


def interview(number: int) -> str:
    chance = random.Random(number)  # noqa: S311 - varied, not secret
    names = chance.sample(THINGS, chance.choice([1, 2, 3, 5]))
    document = {
        "name": f"Product {number}",
        "idea": "We keep things.",
        "profile": chance.choice(["web", "web", "api"]),
        "people": chance.sample(["owner", "sitter", "office"], chance.choice([0, 1, 3])),
        "entities": {name: thing(chance, name, names) for name in names},
    }
    return json.dumps(document)


@pytest.mark.slow
def test_generated_code_is_clean_and_formatted(tmp_path: Path) -> None:
    for number in range(INTERVIEWS):
        write(generate(derive(read(interview(number)))), tmp_path / str(number))
    for command in (["check", "--output-format", "concise"], ["format", "--diff"]):
        done = subprocess.run(
            [RUFF, *command, "--no-cache", "--quiet", "."],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[:4000] + done.stderr[:1000]
