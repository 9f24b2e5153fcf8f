"""Whole interviews as founders write them: read as a person would, nothing dropped, and well-formed code."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from flows.stages.blueprint.derive import derive
from flows.stages.intake.document import read
from tests.applications import generate, write
from tests.unit.blueprint.meaning import meaning

if TYPE_CHECKING:
    from flows.contracts import Blueprint

FOLDER = Path(__file__).parent / "founders"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.fixture(scope="module")
def plans() -> dict[str, Blueprint]:
    return {name: derive(read((FOLDER / f"{name}.yaml").read_text("utf-8"))) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_it_means_what_a_person_would_say(name: str, plans: dict[str, Blueprint]) -> None:
    meant = yaml.safe_load((FOLDER / "meant" / f"{name}.yaml").read_text("utf-8"))
    assert meaning(plans[name]) == meant


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_came_to_something_or_is_asked_about(name: str, plans: dict[str, Blueprint]) -> None:
    written = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    plan = plans[name]
    assert all(trace.items for trace in plan.traces)
    wheres = {trace.where for trace in plan.traces}
    for part in ("rules", "features"):
        assert {f"{part}[{number}]" for number in range(1, len(written[part]) + 1)} <= wheres
    for thing in written["things"]:
        assert any(where.startswith(f"things.{thing}") for where in wheres), thing
    assert not [asked for asked in plan.open_questions if asked.question.startswith("Nothing in the plan")]


def test_the_code_is_well_formed(plans: dict[str, Blueprint], tmp_path: Path) -> None:
    for name, plan in plans.items():
        files = generate(plan)
        for file in files.files:
            if file.path.endswith(".py"):
                ast.parse(file.text, file.path)
        write(files, tmp_path / name)
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", *NAMES],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:]
