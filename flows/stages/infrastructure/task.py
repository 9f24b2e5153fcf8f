"""The infrastructure stage: the plan becomes image, compose file, CI, scripts and README."""

from __future__ import annotations

from flows.contracts import Blueprint, Part, Plan, Stage
from flows.stages.infrastructure.generate import generate
from flows.work import begin, stage_task


@stage_task(Stage.INFRASTRUCTURE)
def infrastructure(plan: Plan) -> Part:
    """Generate the stage's files of the application."""
    work = begin(Stage.INFRASTRUCTURE)
    files = generate(work.read(plan.blueprint, Blueprint))
    work.say("%d files", len(files.files))
    return Part(files=work.keep(files, project=plan.project, path="files.json"))
