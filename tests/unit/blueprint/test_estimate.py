"""The guess at the gate against what the generators write; off by a third, it is to be fitted anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.stages.blueprint.derive import derive
from flows.stages.blueprint.estimate import estimate
from tests import applications
from tests.unit.blueprint.said import entity, intake

EXAMPLES = sorted(path.stem for path in (Path(__file__).parents[3] / "examples").glob("*.yaml"))
TOLERANCE = 1 / 3


@pytest.mark.parametrize("name", EXAMPLES)
def test_files_and_lines_are_about_right(name: str) -> None:
    plan = applications.blueprint(name)
    written = [file for file in applications.generate(plan).files if "vendor" not in file.path]
    lines = sum(file.text.count("\n") for file in written if file.path != "requirements.lock")
    guess = estimate(plan)
    assert guess.files == pytest.approx(len(written), rel=TOLERANCE)
    assert guess.lines == pytest.approx(lines, rel=TOLERANCE)


def test_more_of_everything_is_estimated_as_more() -> None:
    small = estimate(derive(intake(entity("Pet"))))
    big = estimate(derive(intake(*(entity(f"Pet number {number}") for number in range(60)))))
    assert (small.files, small.lines, small.tests) < (big.files, big.lines, big.tests)
    assert 1 == small.minutes < big.minutes
