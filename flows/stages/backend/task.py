"""The backend stage: the plan becomes API, data model, migrations and tests."""

from __future__ import annotations

from flows.contracts import Blueprint, Part, Plan, Stage
from flows.stages.backend.generate import generate
from flows.work import begin, stage_task


@stage_task(Stage.BACKEND)
def backend(plan: Plan) -> Part:
    """Generate the stage's files of the application."""
    work = begin(Stage.BACKEND)
    files = generate(work.read(plan.blueprint, Blueprint))
    work.say("%d files", len(files.files))
    return Part(files=work.keep(files, project=plan.project, path="files.json"))
