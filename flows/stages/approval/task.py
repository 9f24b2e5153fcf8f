"""The approval stage: the gate is a row; only an authorised decision in it lets the run go on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from prefect.states import Completed

from blocks.database import database_url
from db.engine import transaction
from db.errors import Refused
from db.policy.permissions import allows
from db.queries.executions import execution
from db.queries.gates import GateView, gate, gate_of
from db.queries.members import member
from db.records import gates
from db.records.transitions import WAITING
from flows.contracts import Decision, Plan, Stage
from flows.work import Work, begin, stage_task

if TYPE_CHECKING:
    import uuid

    from prefect.client.schemas.objects import State

    from db.engine import Connection


def _settled(execution_id: uuid.UUID, parameters: dict[str, Any]) -> bool:
    """Whether the answer of that round is known: a question without one has to be asked again."""
    with transaction(database_url()) as connection:
        asked = gate(connection, execution_id, parameters["round_number"])
        if asked is not None and asked.decision is not None:
            return True
        view = execution(connection, execution_id)
        who = member(connection, tenant=view.tenant, email=view.requested_by)
    return view.approve_beforehand and who is not None and allows(who.role, "blueprint:approve")


@stage_task(Stage.APPROVAL, settled=_settled)
def approval(plan: Plan, round_number: int) -> Decision | State[Any]:
    """The decision on that blueprint; a state named Waiting while there is none."""
    work = begin(Stage.APPROVAL)
    with transaction(database_url()) as connection:
        before = gate(connection, work.execution_id, round_number)
    asked = _ask(work, plan, round_number)
    if asked.decision is None:
        if before is not None:
            work.say("The run went on without a decision; only a member who may decide can give one")
        work.say("Blueprint version %d waits for a decision", plan.version)
        return Completed(
            name=WAITING, message=f"blueprint version {plan.version} waits for a founder's decision"
        )
    work.say("Blueprint version %d: %s by %s", plan.version, asked.decision, asked.decided_by)
    return Decision.model_validate(
        {"answer": asked.decision, "by": asked.decided_by, "comment": asked.comment}
    )


def _ask(work: Work, plan: Plan, round_number: int) -> GateView:
    """The gate of that round, asked and, when its founder said so beforehand, answered."""
    now = dt.datetime.now(dt.UTC)
    with transaction(database_url()) as connection:
        gates.ask(
            connection,
            execution_id=work.execution_id,
            round_number=round_number,
            blueprint_id=plan.blueprint_id,
            at=now,
        )
        view = gate_of(connection, work.execution_id, round_number)
        if view.decision is None and execution(connection, work.execution_id).approve_beforehand:
            _approve_beforehand(connection, work, view.id, now)
            view = gate_of(connection, work.execution_id, round_number)
    return view


def _approve_beforehand(connection: Connection, work: Work, gate_id: uuid.UUID, now: dt.datetime) -> None:
    """Record the starter's approval as theirs; one that may not approve leaves the gate waiting."""
    who = member(connection, tenant=work.tenant, email=work.member)
    if who is None:
        work.say("Not approved beforehand: %s is no member of the tenant %s", work.member, work.tenant)
        return
    decision = gates.Decision(answer="approved", member_id=who.id, role=who.role, beforehand=True, at=now)
    try:
        gates.decide(connection, gate_id, decision)
    except Refused as refused:
        work.say("Not approved beforehand: %s", refused)
