"""Remote control: only members who may, only what can be, and a clear word when Prefect is away."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

import pytest
from prefect import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import Pause
from prefect.flow_engine import run_flow
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Suspended
from sqlalchemy import select

from db.engine import transaction
from db.errors import NotFound, Refused
from db.models import LogLine
from db.queries import executions
from db.records import gates
from db.records.projects import store_blueprint
from db.records.tenants import ensure_member
from flows import control, ledger, steering
from flows.errors import NotDeployed, NotPossible, PrefectUnavailable
from flows.gatekeeping import look_after_gates
from flows.maintenance import reconcile_runs, start_submitted
from flows.mvp import mvp
from flows.stages.intake.document import read
from flows.submission import submit
from tests.integration.flows.test_pipeline import INTERVIEW

if TYPE_CHECKING:
    from collections.abc import Iterator

FOUNDER = control.Actor(tenant="local", email="founder@localhost")
COLLEAGUE = control.Actor(tenant="local", email="colleague@localhost")


@pytest.fixture
def deployed(factory: str) -> Iterator[str]:
    """The pipeline is deployed, with no worker: a started run stays scheduled."""
    with get_client(sync_client=True) as client:
        flow_id = client.create_flow(mvp)
        pool = f"pool-{uuid.uuid4().hex[:8]}"
        client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
        deployment_id = client.create_deployment(flow_id, name="mvp", work_pool_name=pool)
        yield factory
        client.delete_deployment(deployment_id)


def _start(*, approve: bool = False, by: control.Actor = FOUNDER) -> uuid.UUID:
    return control.start(words=INTERVIEW, intake=read(INTERVIEW), by=by, approve=approve)


def test_starting_keeps_the_interview_and_names_the_flow_run(deployed: str) -> None:
    first, second = _start(), _start()
    with transaction(deployed) as connection:
        one, two = (executions.execution(connection, identity) for identity in (first, second))
    assert (one.status, one.project, one.requested_by) == ("scheduled", "Tea club", "founder@localhost")
    assert one.flow_run_id != two.flow_run_id
    assert (one.project_id, one.interview_id) == (two.project_id, two.interview_id)
    with get_client(sync_client=True) as client:
        assert one.flow_run_id is not None
        run = client.read_flow_run(one.flow_run_id)
    assert run.parameters == {
        "interview": str(one.interview_id),
        "tenant": "local",
        "member": "founder@localhost",
        "approve": False,
    }


def test_a_collaborator_starts_but_does_not_approve(deployed: str) -> None:
    with pytest.raises(Refused, match="collaborator may not approve"):
        _start(approve=True, by=COLLEAGUE)
    assert _start(by=COLLEAGUE)
    with pytest.raises(Refused, match="no member"):
        _start(by=control.Actor(tenant="local", email="stranger@example.org"))
    assert deployed


def test_a_scheduled_run_is_cancelled_at_once(deployed: str) -> None:
    execution_id = _start()
    assert control.cancel(execution_id, by=FOUNDER, why="a change of mind")
    assert not control.cancel(execution_id, by=FOUNDER, why="again")
    with transaction(deployed) as connection:
        view = executions.execution(connection, execution_id)
    assert (view.status, view.message) == ("cancelled", "a change of mind")


def test_another_tenants_execution_is_not_there(deployed: str) -> None:
    execution_id = _start()
    with transaction(deployed) as connection:
        ensure_member(connection, tenant="other", email="eve@example.org", role="founder")
    with pytest.raises(NotFound):
        control.cancel(
            execution_id, by=control.Actor(tenant="other", email="eve@example.org"), why="mischief"
        )


def test_there_is_nothing_to_decide_before_the_gate(deployed: str) -> None:
    execution_id = _start()
    with pytest.raises(NotPossible, match="has not come to the gate"):
        control.decide(execution_id, "approved", by=FOUNDER)
    with pytest.raises(Refused):
        control.decide(execution_id, "approved", by=COLLEAGUE)
    assert deployed


def test_a_suspended_run_is_resumed_once(deployed: str) -> None:
    execution_id = _start()
    with transaction(deployed) as connection:
        flow_run_id = executions.execution(connection, execution_id).flow_run_id
    assert flow_run_id is not None
    with get_client(sync_client=True) as client:
        client.set_flow_run_state(flow_run_id, Suspended(timeout_seconds=60), force=True)
    assert control.settle(execution_id).known >= 2
    for _ in range(2):
        control.let_go_on(execution_id)
    with transaction(deployed) as connection:
        assert executions.execution(connection, execution_id).status == "scheduled"


def test_without_a_deployment_the_execution_is_kept_as_failed(factory: str) -> None:
    with pytest.raises(NotDeployed, match="deploy --all"):
        _start()
    with transaction(factory) as connection:
        view = executions.newest(connection, limit=1)[0]
    assert (view.status, view.flow_run_id) == ("failed", None)
    assert "deploy --all" in view.message
    with pytest.raises(NotPossible, match="never reached Prefect"):
        control.let_go_on(view.id)


def test_an_absent_prefect_server_is_named(factory: str) -> None:
    with (
        temporary_settings({PREFECT_API_URL: "http://127.0.0.1:1/api"}),
        pytest.raises(PrefectUnavailable) as told,
    ):
        _start()
    assert "http://127.0.0.1:1/api" in str(told.value)
    assert "PREFECT_API_URL" in str(told.value)
    assert factory


def test_submitted_interviews_start_by_themselves_and_once(deployed: str) -> None:
    with transaction(deployed) as connection:
        who = control.authorise(connection, FOUNDER, "interview:submit")
        submission = submit(connection, words=INTERVIEW, intake=read(INTERVIEW), by=who)
    assert start_submitted(limit=5) == 1
    assert start_submitted(limit=5) == 0
    with transaction(deployed) as connection:
        view = executions.newest(connection, limit=1)[0]
    assert (view.interview_id, view.status, view.requested_by) == (
        submission.interview_id,
        "scheduled",
        "founder@localhost",
    )


def test_the_reconciler_finds_what_no_hook_saw(deployed: str) -> None:
    execution_id = _start()
    assert reconcile_runs() >= 1
    assert reconcile_runs() == 0
    with transaction(deployed) as connection:
        flow_run_id = executions.execution(connection, execution_id).flow_run_id
    assert flow_run_id is not None
    with get_client(sync_client=True) as client:
        client.set_flow_run_state(flow_run_id, Suspended(timeout_seconds=60), force=True)
    assert reconcile_runs() == 1
    with transaction(deployed) as connection:
        assert executions.execution(connection, execution_id).status == "paused"


def _at_the_gate(url: str, *, days: int) -> uuid.UUID:
    """An execution that was suspended at its gate that many days ago."""
    execution_id = _start()
    with transaction(url) as connection:
        view = executions.execution(connection, execution_id)
        assert view.project_id is not None
        assert view.interview_id is not None
        assert view.flow_run_id is not None
        blueprint = store_blueprint(
            connection,
            tenant_id=view.tenant_id,
            project_id=view.project_id,
            interview_id=view.interview_id,
            sha256="ab" * 32,
            document={"name": "Tea club"},
            generator_version="1",
        )
        gates.ask(
            connection,
            execution_id=execution_id,
            round_number=1,
            blueprint_id=blueprint.id,
            at=dt.datetime.now(dt.UTC) - dt.timedelta(days=days),
        )
    with get_client(sync_client=True) as client:
        client.set_flow_run_state(view.flow_run_id, Suspended(), force=True)
    control.catch_up(execution_id)
    return execution_id


def test_a_gate_that_nobody_decides_ends_its_execution_as_cancelled(deployed: str) -> None:
    execution_id = _at_the_gate(deployed, days=31)
    with transaction(deployed) as connection:
        assert executions.execution(connection, execution_id).status == "waiting"
    assert look_after_gates() == 1
    assert look_after_gates() == 0
    with transaction(deployed) as connection:
        view = executions.execution(connection, execution_id)
    assert view.status == "cancelled"
    assert "nobody decided on blueprint version 1 within 30 days" in view.message
    with pytest.raises(NotPossible, match="has ended"):
        control.decide(execution_id, "approved", by=FOUNDER)


def test_a_gate_that_waits_long_is_reminded_of_once(deployed: str) -> None:
    execution_id = _at_the_gate(deployed, days=8)
    _at_the_gate(deployed, days=1)
    for _ in range(2):
        assert look_after_gates() == 0
    with transaction(deployed) as connection:
        lines = connection.execute(select(LogLine.execution_id, LogLine.message)).all()
        assert executions.execution(connection, execution_id).status == "waiting"
    [(whose, said)] = lines
    assert whose == execution_id
    assert "has waited 8 days for a decision" in said


def test_a_waiting_execution_is_not_resumed_without_a_decision(deployed: str) -> None:
    execution_id = _at_the_gate(deployed, days=1)
    with pytest.raises(NotPossible, match="waits for a decision"):
        steering.resume(execution_id, by=FOUNDER)


def test_the_ledger_is_verified_state_by_state(deployed: str) -> None:
    execution_id = _start()
    now = dt.datetime.now(dt.UTC)
    with transaction(deployed) as connection:
        flow_run_id = executions.execution(connection, execution_id).flow_run_id
    assert flow_run_id is not None
    with get_client(sync_client=True) as client:
        before = ledger.verify(client, since=now - dt.timedelta(minutes=5))
        assert not before.passes
        theirs = {state.id for state in client.read_flow_run_states(flow_run_id)}
        assert theirs <= set(before.missing)

        reconcile_runs()
        after = ledger.verify(client, since=now - dt.timedelta(minutes=5))
        assert (after.missing, after.extra, after.passes) == ((), (), True)
        assert after.transitions >= 1
        assert after.lag > dt.timedelta()

        client.delete_flow_run(flow_run_id)
        assert set(ledger.verify(client, since=now - dt.timedelta(minutes=5)).extra) == theirs


def test_resumed_in_prefects_own_interface_without_a_decision_it_waits_again_and_says_why(
    deployed: str,
) -> None:
    execution_id = _start()
    with transaction(deployed) as connection:
        flow_run_id = executions.execution(connection, execution_id).flow_run_id
    assert flow_run_id is not None
    with get_client(sync_client=True) as client:
        for entry in range(2):
            with pytest.raises(Pause):
                run_flow(mvp, flow_run=client.read_flow_run(flow_run_id))
            control.settle(execution_id)
            with transaction(deployed) as connection:
                assert executions.execution(connection, execution_id).status == "waiting"
                lines = connection.execute(select(LogLine.message).where(LogLine.stage == "approval"))
                said = [line for line in lines.scalars() if "went on without a decision" in line]
            assert len(said) == entry
            client.resume_flow_run(flow_run_id)
