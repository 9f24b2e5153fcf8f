"""The blueprint stage: an interview becomes a numbered, immutable plan."""

from __future__ import annotations

from prefect.artifacts import create_markdown_artifact

from blocks.database import database_url
from db.engine import transaction
from db.queries.executions import execution
from db.queries.gates import blueprint_before
from db.records.executions import know_blueprint
from db.records.projects import store_blueprint
from flows.contracts import GENERATOR_VERSION, Intake, Plan, Said, Stage, json_object
from flows.stages.blueprint.derive import derive
from flows.stages.blueprint.describe import markdown
from flows.stages.blueprint.versions import read_blueprint
from flows.work import begin, stage_task


@stage_task(Stage.BLUEPRINT)
def blueprint(said: Said, feedback: tuple[str, ...]) -> Plan:
    """Derive the plan, with every change that was asked for at the gate so far, and number it."""
    work = begin(Stage.BLUEPRINT)
    plan = derive(work.read(said.intake, Intake), feedback=feedback)
    with transaction(database_url()) as connection:
        version = store_blueprint(
            connection,
            tenant_id=execution(connection, work.execution_id).tenant_id,
            project_id=said.project_id,
            interview_id=said.interview_id,
            sha256=plan.digest(),
            document=json_object(plan),
            generator_version=GENERATOR_VERSION,
        )
        know_blueprint(connection, work.execution_id, version.id)
        before = read_blueprint(blueprint_before(connection, version.id))
    create_markdown_artifact(
        markdown(plan, before=before),
        key=f"blueprint-{work.execution_id}",
        description=f"Blueprint version {version.version}, {plan.digest()[:12]}",
    )
    work.say(
        "Blueprint version %d: %d entities, %d pages, %d endpoints, %d open questions, %d not built",
        version.version,
        len(plan.entities),
        len(plan.pages),
        len(plan.endpoints),
        len(plan.open_questions),
        len(plan.not_built),
    )
    return Plan(
        project=said.project,
        blueprint_id=version.id,
        version=version.version,
        sha256=plan.digest(),
        blueprint=work.keep(plan, project=said.project, path=f"blueprint-{version.version}.json"),
    )
