"""The whole pipeline in this process: what it makes, and that our rows agree with Prefect's own history."""

from __future__ import annotations

import io
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from prefect import get_client
from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled
from sqlalchemy import select

from blocks.artifacts import artifact_store
from db.engine import transaction
from db.models import LogLine, Transition
from db.policy.progress import STAGES
from db.queries import executions, gates, results
from db.queries.detail import detail
from flows.contracts import FileSet, Release
from flows.ledger import history, reconcile
from flows.mvp import mvp
from flows.stages.backend.generate import generate

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun

    from flows.contracts import Blueprint

INTERVIEW = """
name: Tea club
idea: A tea club keeps its teas and who tasted them.
entities:
  Tea:
    fields:
      name: {type: text, required: true, unique: true}
      grams: {type: number, minimum: 0}
"""

pytestmark = pytest.mark.slow


def _newest_run() -> FlowRun:
    with get_client(sync_client=True) as client:
        return client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=1)[0]


def _wait_until_prefect_has_recorded(client: SyncPrefectClient, run: FlowRun) -> None:
    """Prefect records task runs and log lines a moment after they happen."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        final = [row for row in history(client, run) if row.task_run_id and row.state_type == "COMPLETED"]
        logs = client.read_logs(
            log_filter=LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run.id])), limit=200
        )
        if len(final) == len(STAGES) and sum("Finished in state" in log.message for log in logs) > len(
            STAGES
        ):
            return
        time.sleep(0.1)
    pytest.fail("Prefect did not record the run within a minute")


def test_an_interview_becomes_an_archive_and_every_step_of_it_a_row(factory: str) -> None:
    release = mvp(INTERVIEW, approve=True)
    assert isinstance(release, Release)
    with zipfile.ZipFile(io.BytesIO(artifact_store().get(release.archive.key))) as archive:
        assert len(archive.namelist()) == release.files
        assert "tea-club/README.md" in archive.namelist()

    run = _newest_run()
    with get_client(sync_client=True) as client:
        _wait_until_prefect_has_recorded(client, run)
        assert reconcile(client, run.id).added > 0
        assert reconcile(client, run.id).added == 0
        theirs = {
            (row.state_id, row.task_run_id, row.stage, row.state_type, row.state_name, row.occurred_at)
            for row in history(client, run)
        }
        logged = client.read_logs(
            log_filter=LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run.id])), limit=200
        )

    with transaction(factory) as connection:
        ours = {
            (row.state_id, row.task_run_id, row.stage, row.state_type, row.state_name, row.occurred_at)
            for row in connection.execute(select(Transition.__table__))
        }
        view = executions.execution_of_flow_run(connection, run.id)
        assert view is not None
        stages = executions.stages(connection, view.id)
        checks = results.checks(connection, view.id)
        lines = connection.execute(
            select(LogLine.task_run_id, LogLine.level, LogLine.message).where(LogLine.stage.is_not(None))
        ).all()

    assert ours == theirs
    assert (view.status, view.progress, view.project) == ("completed", 100, "Tea club")
    assert (view.started_at, view.ended_at) == (run.start_time, run.end_time)
    assert [stage.stage for stage in stages] == list(STAGES)
    assert {(stage.status, stage.attempt, stage.progress) for stage in stages} == {("completed", 1, 100)}
    for stage in stages:
        states = {kind: time for _, _, name, kind, _, time in theirs if name == stage.stage}
        assert (stage.started_at, stage.ended_at) == (states["RUNNING"], states["COMPLETED"])
    assert checks
    assert all(check.ok for check in checks)
    assert sorted((str(line.task_run_id), line.level, line.message) for line in lines) == sorted(
        (str(log.task_run_id), log.level, log.message) for log in logged if log.task_run_id is not None
    )


def test_an_application_that_does_not_start_fails_with_its_reason_and_is_kept(
    factory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the generator: one of its modules raises as soon as it is imported."""
    fault = 'raise RuntimeError("a fault in the generator")\n'

    def faulty(blueprint: Blueprint) -> FileSet:
        texts = {file.path: file.text for file in generate(blueprint).files}
        return FileSet.of(texts | {"app/paging.py": texts["app/paging.py"] + fault})

    monkeypatch.setattr("flows.stages.backend.task.generate", faulty)
    state = mvp(INTERVIEW, approve=True, return_state=True)
    assert state.is_failed()
    with transaction(factory) as connection:
        view = executions.newest(connection, limit=1)[0]
        found = detail(connection, view.id)
    statuses = {stage.stage: stage.status for stage in found.stages}
    assert (view.status, statuses["verification"], statuses["release"]) == ("failed", "failed", "pending")
    red = [check.name for check in found.checks if not check.ok]
    assert {"import", "boot", "tests"} <= set(red)
    assert f"{len(red)} of {len(found.checks)} checks failed; boot: " in view.message
    assert "a fault in the generator" in view.message
    assert "\n" not in view.message
    assert found.archive is None
    assert found.partial is not None
    with zipfile.ZipFile(io.BytesIO(artifact_store().get(found.partial.key))) as archive:
        assert archive.read("tea-club/app/paging.py").decode().endswith(fault)
        assert "tea-club/Dockerfile" in archive.namelist()


def test_a_wrong_interview_fails_intake_with_its_problems(factory: str) -> None:
    state = mvp("name: Tea\nidea: Tea\nentities: {Tea: {fields: {name: txet}}}", return_state=True)
    assert state.is_failed()
    with transaction(factory) as connection:
        view = executions.newest(connection, limit=1)[0]
        intake = executions.stages(connection, view.id)[0]
    assert (view.status, view.project, intake.status) == ("failed", None, "failed")
    assert "txet" in view.message


def test_a_collaborators_run_is_not_approved_beforehand(factory: str) -> None:
    """Without a deployment a run cannot suspend: it fails at the gate, which is what we want to see."""
    state = mvp(INTERVIEW, member="colleague@localhost", approve=True, return_state=True)
    assert not state.is_completed()
    with transaction(factory) as connection:
        view = executions.newest(connection, limit=1)[0]
        gate = gates.gate(connection, view.id)
        lines = connection.execute(select(LogLine.message).where(LogLine.stage == "approval")).scalars().all()
    assert gate is not None
    assert gate.decision is None
    assert any("a collaborator may not decide at the gate" in line for line in lines)


def test_a_cancelled_state_from_outside_reaches_the_execution(factory: str) -> None:
    state = mvp("no interview", return_state=True)
    assert state.is_failed()
    run = _newest_run()
    with get_client(sync_client=True) as client:
        client.set_flow_run_state(run.id, Cancelled(message="an operator"), force=True)
        reconcile(client, run.id)
    with transaction(factory) as connection:
        view = executions.execution_of_flow_run(connection, run.id)
    assert view is not None
    assert (view.status, view.message) == ("cancelled", "an operator")
