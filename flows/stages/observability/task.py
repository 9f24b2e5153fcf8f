"""The observability stage: the plan becomes health, metrics, logs and alerts."""

from __future__ import annotations

from flows.contracts import Blueprint, Part, Plan, Stage
from flows.stages.observability.generate import generate
from flows.work import begin, stage_task


@stage_task(Stage.OBSERVABILITY)
def observability(plan: Plan) -> Part:
    """Generate the stage's files of the application."""
    work = begin(Stage.OBSERVABILITY)
    files = generate(work.read(plan.blueprint, Blueprint))
    work.say("%d files", len(files.files))
    return Part(files=work.keep(files, project=plan.project, path="files.json"))
