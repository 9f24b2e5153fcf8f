"""The pipeline: a founder's interview becomes a working, tested application."""

from __future__ import annotations

from typing import Any

from prefect import flow, suspend_flow_run
from prefect.client.schemas.objects import State
from prefect.states import Cancelled

from db.records.transitions import WAITING
from flows.attempts import attempt
from flows.contracts import Decision, Plan, Release, Said
from flows.stages.approval.task import approval
from flows.stages.backend.task import backend
from flows.stages.blueprint.task import blueprint
from flows.stages.frontend.task import frontend
from flows.stages.infrastructure.task import infrastructure
from flows.stages.intake.task import intake
from flows.stages.observability.task import observability
from flows.stages.release.task import release
from flows.stages.verification.task import verification
from flows.state_hooks import on_flow_running, on_flow_state


@flow(
    name="mvp",
    persist_result=True,
    on_running=[on_flow_running],
    on_completion=[on_flow_state],
    on_failure=[on_flow_state],
    on_cancellation=[on_flow_state],
    on_crashed=[on_flow_state],
)
def mvp(
    interview: str,
    tenant: str = "local",  # noqa: ARG001 - this and the next two are read from the run by hooks and stages
    member: str = "founder@localhost",  # noqa: ARG001
    approve: bool = False,  # noqa: ARG001, FBT001, FBT002 - Prefect passes flow parameters by name
) -> Release | State[None]:
    """Turn a founder's interview into a tested application with its archive.

    Args:
        interview: What the founder says: the whole interview in YAML, JSON or JDL, or the id of a stored one.
        tenant: Slug of the tenant the project belongs to.
        member: E-mail address of the member who asks for the run; needs the role founder or collaborator.
        approve: Approve the blueprint beforehand, as that member. Otherwise the run waits at the gate.
    """
    with attempt():
        said = intake(interview)
        plan = agree(said)
        if plan is None:
            return Cancelled(message="the founder rejected the blueprint")
        parts = [stage.submit(plan) for stage in (backend, frontend, infrastructure, observability)]
        verified = verification(plan, [part.result() for part in parts])
        return release(plan, verified)


def agree(said: Said) -> Plan | None:
    """Plan and ask until the founder approves; None when they reject.

    Suspends the run while nobody has decided: the process ends, and a new one comes here again.
    """
    feedback: tuple[str, ...] = ()
    while True:
        plan = blueprint(said, feedback)
        gate: State[Any] = approval(plan, len(feedback) + 1, return_state=True)
        if gate.name == WAITING:
            # A key that was used before would let the run pass, and each entry of the process counts anew.
            # No time-out: Prefect would fail the run, and a gate that expires cancels it.
            suspend_flow_run(timeout=None, key=str(gate.id))
        decision: Decision = gate.result()
        if decision.answer == "approved":
            return plan
        if decision.answer == "rejected":
            return None
        feedback = (*feedback, decision.comment)
