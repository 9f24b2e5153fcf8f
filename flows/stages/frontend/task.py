"""The frontend stage: the plan becomes pages, forms and styles."""

from __future__ import annotations

from flows.contracts import Blueprint, Part, Plan, Stage
from flows.stages.frontend.generate import generate
from flows.work import begin, stage_task


@stage_task(Stage.FRONTEND)
def frontend(plan: Plan) -> Part:
    """Generate the stage's files of the application."""
    work = begin(Stage.FRONTEND)
    files = generate(work.read(plan.blueprint, Blueprint))
    work.say("%d files", len(files.files))
    return Part(files=work.keep(files, project=plan.project, path="files.json"))
