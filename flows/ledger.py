"""Prefect's own history of a run → the transitions that no hook saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

from blocks.database import database_url
from db.engine import transaction
from db.records.executions import NewExecution, open_execution
from db.records.transitions import NewTransition, record
from flows.identity import execution_id_of
from flows.state_hooks import transition_of

if TYPE_CHECKING:
    from uuid import UUID

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
