"""`leanvibe interview`: what it prints of interviews, and what it says of wrong ones."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.stages.intake.document import read
from leanvibe.main import app

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
JDL = """
/** Somebody with a pet */
entity Owner { fullName String required maxlength(80) }
entity Pet {
  name String required
  size PetSize
}
enum PetSize { SMALL, LARGE }
relationship ManyToOne { Pet{owner(fullName) required} to Owner{pets} }
dto * with mapstruct
"""


def shown(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["interview", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_schema_is_json() -> None:
    assert json.loads(shown("schema"))["title"] == "Interview"


def test_check_prints_what_is_understood() -> None:
    text = shown("check", *map(str, EXAMPLES))
    assert f"{ROOT / 'examples' / 'pet_sitting.yaml'}: Pawsitter, 100 % complete" in text
    assert "\n  chip number: identifier, unique, at least 9 characters, at most 15 characters\n" in text
    assert "\n  owner: belongs to Owner, required\n" in text
    assert "\nOpen questions\n  1. Everybody brings cake to the summer party: " in text


def test_check_reads_jdl_too(tmp_path: Path) -> None:
    file = tmp_path / "clinic.jdl"
    file.write_text(JDL, encoding="utf-8")
    text = shown("check", str(file))
    assert "Clinic, " in text
    assert "\nNot used\n  dto * with mapstruct: " in text


def test_from_jdl_prints_an_interview_that_means_the_same(tmp_path: Path) -> None:
    file = tmp_path / "clinic.txt"
    file.write_text(JDL, encoding="utf-8")
    text = shown("from-jdl", str(file))
    assert text.startswith("# Not used: dto * with mapstruct (")
    pet = read(text).interview.entities[1]
    assert [field.name for field in pet.fields] == ["name", "size"]
    assert pet.fields[1].labels == ("Small", "Large")
    assert (pet.relations[0].shows, pet.relations[0].back) == ("full name", "pets")


@pytest.mark.parametrize("command", ["check", "from-jdl"])
def test_a_wrong_file_is_refused_with_every_problem(command: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.jdl"
    file.write_text("entity Pet { name Strin }\nrelationship OneToOne { Pet to Ownr }\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "leanvibe", "interview", command, str(file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "this cannot be used" in done.stderr
    assert f"{file}:1:19:" in done.stderr
    assert f"{file}:2:" in done.stderr
    assert "Traceback" not in done.stderr
