"""Remote control of executions: authorise → act through Prefect → keep the row."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.exceptions import ObjectNotFound
from prefect.settings import PREFECT_API_URL
from prefect.states import Cancelled, Cancelling

from blocks.database import database_url
from db.engine import Connection, transaction
from db.errors import NotFound, Refused
from db.policy.permissions import allows
from db.queries.executions import ExecutionView, execution
from db.queries.gates import gate
from db.queries.interviews import claim_waiting
from db.queries.members import MemberView, member
from db.records import gates
from db.records.executions import NewExecution, attach_flow_run, end_unstarted, open_execution
from flows.errors import NotDeployed, NotPossible, PrefectUnavailable
from flows.identity import idempotency_key
from flows.ledger import Reconciled, reconcile
from flows.submission import submit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prefect.client.schemas.objects import FlowRun

    from db.policy.permissions import Action
    from flows.contracts import Intake

DEPLOYMENT = "mvp/mvp"
SUSPEND_SECONDS = 60.0
"""How long a run may take from asking at the gate to having left its process."""
CANCEL_SECONDS = 20.0
"""How long the worker may take to end a cancelled run before it is marked cancelled over its head."""
POLL_SECONDS = 0.2


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts, and in which tenant."""

    tenant: str
    email: str


@contextmanager
def prefect() -> Iterator[SyncPrefectClient]:
    """Prefect's API; raises PrefectUnavailable when it does not answer."""
    try:
        with get_client(sync_client=True) as client:
            yield client
    except httpx.TransportError as error:
        raise PrefectUnavailable(str(PREFECT_API_URL.value())) from error


def start(*, words: str, intake: Intake, by: Actor, approve: bool = False) -> uuid.UUID:
    """Submit the interview and start the pipeline; returns the execution's id.

    Raises Refused when that member may not, PrefectUnavailable and NotDeployed when it cannot start:
    then the execution is kept as failed, with the reason.
    """
    execution_id = uuid.uuid4()
    now = dt.datetime.now(dt.UTC)
    with transaction(database_url()) as connection:
        who = authorise(connection, by, "pipeline:start")
        if approve and not allows(who.role, "blueprint:approve"):
            raise Refused(f"a {who.role} may not approve a blueprint; start without approving beforehand")
        submission = submit(connection, words=words, intake=intake, by=who)
        open_execution(
            connection,
            NewExecution(
                id=execution_id,
                tenant=by.tenant,
                member=by.email,
                project_id=submission.project_id,
                interview_id=submission.interview_id,
                approve_beforehand=approve,
                at=now,
            ),
        )
    _start_flow_run(execution_id, interview_id=submission.interview_id, by=by, approve=approve)
    return execution_id


def start_waiting_interviews(*, limit: int) -> list[uuid.UUID]:
    """Start every submitted interview that has no execution, as its author; two callers start it once."""
    opened: list[tuple[uuid.UUID, uuid.UUID, Actor]] = []
    with transaction(database_url()) as connection:
        for waiting in claim_waiting(connection, limit=limit):
            execution_id = uuid.uuid4()
            new = NewExecution(
                id=execution_id,
                tenant=waiting.tenant,
                member=waiting.email,
                project_id=waiting.project_id,
                interview_id=waiting.id,
                at=dt.datetime.now(dt.UTC),
            )
            open_execution(connection, new)
            opened.append((execution_id, waiting.id, Actor(tenant=waiting.tenant, email=waiting.email)))
    for execution_id, interview_id, by in opened:
        _start_flow_run(execution_id, interview_id=interview_id, by=by, approve=False)
    return [execution_id for execution_id, _, _ in opened]


def _start_flow_run(execution_id: uuid.UUID, *, interview_id: uuid.UUID, by: Actor, approve: bool) -> None:
    parameters = {
        "interview": str(interview_id),
        "tenant": by.tenant,
        "member": by.email,
        "approve": approve,
    }
    try:
        with prefect() as client:
            try:
                deployment = client.read_deployment_by_name(DEPLOYMENT)
            except ObjectNotFound as error:
                raise NotDeployed(DEPLOYMENT) from error
            flow_run = client.create_flow_run_from_deployment(
                deployment.id, parameters=parameters, idempotency_key=idempotency_key(execution_id)
            )
    except (NotDeployed, PrefectUnavailable) as error:
        with transaction(database_url()) as connection:
            end_unstarted(connection, execution_id, at=dt.datetime.now(dt.UTC), why=str(error))
        raise
    with transaction(database_url()) as connection:
        attach_flow_run(connection, execution_id, flow_run.id)


def decide(execution_id: uuid.UUID, answer: gates.Answer, *, by: Actor, comment: str = "") -> None:
    """Write the decision at the gate and let the run go on; raises Refused, NotPossible."""
    with transaction(database_url()) as connection:
        who = authorise(connection, by, gates.PERMISSION[answer])
        view = own(connection, who, execution_id)
        question = gate(connection, execution_id)
        if question is None:
            raise NotPossible(f"execution {execution_id} has not come to the gate; it is {view.status}")
        if view.final:
            raise NotPossible(f"execution {execution_id} has ended: {view.status}")
        gates.decide(
            connection,
            question.id,
            gates.Decision(
                answer=answer, member_id=who.id, role=who.role, comment=comment, at=dt.datetime.now(dt.UTC)
            ),
        )
    let_go_on(execution_id)


def let_go_on(execution_id: uuid.UUID) -> None:
    """Let a suspended run go on, once it has left its process; does nothing when it goes on already."""
    flow_run_id = flow_run_of(execution_id)
    with prefect() as client:
        run = _wait_for(
            client,
            flow_run_id,
            lambda run: run.state is not None and not run.state.is_running(),
            SUSPEND_SECONDS,
        )
        if run.state is not None and run.state.is_paused():
            client.resume_flow_run(flow_run_id)
        # No hook sees that a run resumes, and whoever watches must not find it waiting any more.
        reconcile(client, flow_run_id)


def cancel(execution_id: uuid.UUID, *, by: Actor, why: str) -> bool:
    """End the execution as cancelled; returns when it has ended, False when it had ended before.

    The worker ends a running process; a run without a process, or one whose worker is gone, is marked
    cancelled at once.
    """
    with transaction(database_url()) as connection:
        own(connection, authorise(connection, by, "pipeline:cancel"), execution_id)
    flow_run_id = flow_run_of(execution_id)
    with prefect() as client:
        state = client.read_flow_run(flow_run_id).state
        if state is None or state.is_final():
            return False
        if state.is_running() or state.is_pending():
            client.set_flow_run_state(flow_run_id, Cancelling(message=why))
            run = _wait_for(
                client,
                flow_run_id,
                lambda run: run.state is not None and run.state.is_final(),
                CANCEL_SECONDS,
            )
            if run.state is not None and run.state.is_final():
                reconcile(client, flow_run_id)
                return True
        client.set_flow_run_state(flow_run_id, Cancelled(message=why), force=True)
        reconcile(client, flow_run_id)
    return True


def settle(execution_id: uuid.UUID) -> Reconciled:
    """Wait until Prefect too says that the run has ended or left its process, and make both sides equal."""
    flow_run_id = flow_run_of(execution_id)
    with prefect() as client:
        _wait_for(
            client,
            flow_run_id,
            lambda run: run.state is not None and (run.state.is_final() or run.state.is_paused()),
            SUSPEND_SECONDS,
        )
        return reconcile(client, flow_run_id)


def catch_up(execution_id: uuid.UUID) -> Reconciled:
    """Store what Prefect knows of this execution and no hook saw."""
    with prefect() as client:
        return reconcile(client, flow_run_of(execution_id))


def authorise(connection: Connection, by: Actor, action: Action) -> MemberView:
    """The member, when they may do that; raises Refused."""
    who = member(connection, tenant=by.tenant, email=by.email)
    if who is None:
        raise Refused(f"{by.email} is no member of the tenant {by.tenant}")
    if not allows(who.role, action):
        raise Refused(f"a {who.role} may not do that ({action})")
    return who


def own(connection: Connection, who: MemberView, execution_id: uuid.UUID) -> ExecutionView:
    """The execution, when it is of that member's tenant; another tenant's is as if it were not there."""
    view = execution(connection, execution_id)
    if view.tenant_id != who.tenant_id:
        raise NotFound(f"there is no execution {execution_id}")
    return view


def flow_run_of(execution_id: uuid.UUID) -> uuid.UUID:
    """Prefect's flow run of the execution; raises NotPossible when it has none."""
    with transaction(database_url()) as connection:
        flow_run_id = execution(connection, execution_id).flow_run_id
    if flow_run_id is None:
        raise NotPossible(f"execution {execution_id} never reached Prefect; start it anew")
    return flow_run_id


def _wait_for(
    client: SyncPrefectClient,
    flow_run_id: uuid.UUID,
    reached: Callable[[FlowRun], bool],
    seconds: float,
) -> FlowRun:
    """The flow run once `reached`, or as it is when the time is over."""
    end = time.monotonic() + seconds
    while True:
        run = client.read_flow_run(flow_run_id)
        if reached(run) or time.monotonic() > end:
            return run
        time.sleep(POLL_SECONDS)
