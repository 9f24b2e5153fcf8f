"""Prefect's own history of the runs: what no hook saw is stored, and both sides are compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterId,
)
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound

from blocks.database import database_url
from db.engine import transaction
from db.queries.transitions import flow_runs, recorded
from db.records.executions import NewExecution, open_execution
from db.records.transitions import NewTransition, record
from flows.identity import execution_id_of
from flows.state_hooks import transition_of

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun

PAGE = 200
"""Task runs asked for at once; Prefect's own limit for a page."""


@dataclass(frozen=True, kw_only=True)
class Reconciled:
    """What reconciling one flow run found."""

    known: int
    """Transitions that Prefect holds."""
    added: int
    """Of these, how many were missing here."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How the ledger compares with Prefect's history."""

    runs: int
    transitions: int
    """That both sides have."""
    missing: tuple[UUID, ...]
    """State ids that Prefect has and the ledger has not."""
    extra: tuple[UUID, ...]
    """State ids that the ledger has and Prefect has not."""
    lag: dt.timedelta
    """The longest time from a state to its row."""

    @property
    def passes(self) -> bool:
        """Whether nothing is missing and nothing is extra."""
        return not self.missing and not self.extra


def history(client: SyncPrefectClient, flow_run: FlowRun) -> list[NewTransition]:
    """Every state of the flow run and its task runs, oldest first."""
    execution_id = execution_id_of(flow_run)
    rows = [
        transition_of(state, execution_id=execution_id, flow_run_id=flow_run.id, task=None, by_hook=False)
        for state in client.read_flow_run_states(flow_run.id)
    ]
    for task_run_id, stage in _task_runs(client, flow_run.id):
        rows += [
            transition_of(
                state,
                execution_id=execution_id,
                flow_run_id=flow_run.id,
                task=(task_run_id, stage),
                by_hook=False,
            )
            for state in client.read_task_run_states(task_run_id)
        ]
    return sorted(rows, key=lambda row: (row.occurred_at, row.state_id))


def _task_runs(client: SyncPrefectClient, flow_run_id: UUID) -> list[tuple[UUID, str]]:
    """Id and stage of each task run; Prefect names a task run for its task, a dash and three characters."""
    found: list[tuple[UUID, str]] = []
    while True:
        page = client.read_task_runs(
            flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[flow_run_id])),
            limit=PAGE,
            offset=len(found),
        )
        found += [(run.id, run.name.rpartition("-")[0]) for run in page]
        if len(page) < PAGE:
            return found


def pipeline_runs(client: SyncPrefectClient, *, since: dt.datetime | None = None) -> set[UUID]:
    """Every flow run of the pipeline that was to start since then; all of them when that is not said."""
    wanted = None
    if since is not None:
        wanted = FlowRunFilter(expected_start_time=FlowRunFilterExpectedStartTime(after_=since))
    found: set[UUID] = set()
    offset = 0
    while True:
        page = client.read_flow_runs(
            flow_filter=FlowFilter(name=FlowFilterName(any_=["mvp"])),
            flow_run_filter=wanted,
            sort=FlowRunSort.EXPECTED_START_TIME_ASC,
            limit=PAGE,
            offset=offset,
        )
        found |= {run.id for run in page}
        offset += len(page)
        if len(page) < PAGE:
            return found


def verify(client: SyncPrefectClient, *, since: dt.datetime | None = None) -> Verdict:
    """Compare the ledger with Prefect's history, state by state; changes nothing."""
    with transaction(database_url()) as connection:
        runs = flow_runs(connection, since=since)
    runs |= pipeline_runs(client, since=since)
    missing: set[UUID] = set()
    extra: set[UUID] = set()
    lags: list[dt.timedelta] = []
    for flow_run_id in sorted(runs):
        try:
            theirs = {row.state_id for row in history(client, client.read_flow_run(flow_run_id))}
        except ObjectNotFound:
            theirs = set()
        with transaction(database_url()) as connection:
            ours = recorded(connection, flow_run_id)
        missing |= theirs - ours.keys()
        extra |= ours.keys() - theirs
        lags += [lag for state_id, lag in ours.items() if state_id in theirs]
    return Verdict(
        runs=len(runs),
        transitions=len(lags),
        missing=tuple(sorted(missing)),
        extra=tuple(sorted(extra)),
        lag=max(lags, default=dt.timedelta()),
    )


def reconcile(client: SyncPrefectClient, flow_run_id: UUID) -> Reconciled:
    """Store what Prefect knows of the run and we do not; opens the execution of a run that never began."""
    flow_run = client.read_flow_run(flow_run_id)
    rows = history(client, flow_run)
    with transaction(database_url()) as connection:
        open_execution(
            connection,
            NewExecution(
                id=execution_id_of(flow_run),
                tenant=flow_run.parameters.get("tenant", "local"),
                member=flow_run.parameters.get("member", "founder@localhost"),
                flow_run_id=flow_run.id,
                approve_beforehand=flow_run.parameters.get("approve", False),
                at=flow_run.created or rows[0].occurred_at,
            ),
        )
        added = sum(record(connection, row) for row in rows)
    return Reconciled(known=len(rows), added=added)
