"""Real models from elsewhere: each becomes a sound plan with nothing dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.contracts import USER
from flows.stages.blueprint.derive import derive
from flows.stages.blueprint.describe import markdown
from flows.stages.blueprint.diff import differences
from flows.stages.blueprint.relations import unkept
from flows.stages.intake.jdl.document import read_jdl

FOLDER = Path(__file__).parents[3].parent / "shared" / "samples" / "jdl"
SAMPLES = sorted((*FOLDER.glob("*.jdl"), *FOLDER.glob("*.jh")))


@pytest.mark.skipif(not SAMPLES, reason="the sample models are not beside this checkout")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_real_model_becomes_a_sound_plan(path: Path) -> None:
    said = read_jdl(path.read_text("utf-8"))
    plan = derive(said)
    assert len(plan.entities) == len(said.interview.entities)
    classes = {item.name for item in plan.entities} | {USER}
    for item, spelled in zip(plan.entities, said.interview.entities, strict=True):
        assert len(item.fields) == len(spelled.fields)
        assert [part.kind for part in item.fields] == [part.kind for part in spelled.fields]
        assert {part.target for part in item.relations} <= classes
    assert len(plan.traces) == len(said.interview.statements)
    assert all(trace.items for trace in plan.traces)
    assert not [item for item in plan.open_questions if item.question.startswith("Nothing in the plan")]
    assert plan.not_used == (*said.interview.not_used, *unkept(said.interview))
    assert markdown(plan, before=plan).count("- Nothing\n") == 1
    assert differences(plan, derive(said)) == ()
