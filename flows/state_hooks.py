"""Prefect state → rows: called by Prefect on the spot, never raising into the run.

Parameter names are Prefect's: its crash path calls hooks by keyword. What no hook sees (scheduled,
pending, suspended, killed processes) the reconciler fills in, keyed by the same state ids.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Any

from prefect import get_client
from prefect.context import FlowRunContext

from db.records.executions import NewExecution
from db.records.transitions import NewTransition
from flows import attempts, run_logs
from flows.identity import execution_id_of
from flows.recording import recorder

if TYPE_CHECKING:
    import uuid

    from prefect import Flow, Task
    from prefect.client.schemas.objects import FlowRun, State, TaskRun

logger = logging.getLogger(__name__)


def on_flow_running(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Open the execution, ship the run's logs from here on, and store the transition."""
    try:
        parameters = {**_defaults(flow), **flow_run.parameters}
        recorder().execution(
            NewExecution(
                id=execution_id_of(flow_run),
                tenant=parameters["tenant"],
                member=parameters["member"],
                flow_run_id=flow_run.id,
                approve_beforehand=parameters["approve"],
                at=flow_run.created or state.timestamp,
            )
        )
        run_logs.install(execution_id_of(flow_run))
    except Exception:
        logger.exception("the execution of flow run %s could not be opened", flow_run.id)
    on_flow_state(flow, flow_run, state)


def on_flow_state(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Store a transition of the flow run."""
    del flow
    _store(transition_of(state, execution_id=execution_id_of(flow_run), flow_run_id=flow_run.id, task=None))
    if state.is_final():
        run_logs.flush()
        # A crash is looked after: the execution may be resumed.
        if not state.is_crashed():
            attempts.finish(execution_id_of(flow_run))


def on_task_state(task: Task[..., Any], task_run: TaskRun, state: State[Any]) -> None:
    """Store a transition of a task run: of a stage."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        logger.warning("task run %s has no flow run; the reconciler will store its transition", task_run.id)
        return
    _store(
        transition_of(
            state,
            execution_id=execution_id_of(context.flow_run),
            flow_run_id=context.flow_run.id,
            task=(task_run.id, task.name),
        )
    )
    if state.is_final():
        run_logs.flush()
        _heed_a_pause(context)


def _heed_a_pause(context: FlowRunContext) -> None:
    """Have a suspended run leave before its next stage; Prefect itself may notice ten seconds later."""
    try:
        if context.flow_run is None:
            return
        with get_client(sync_client=True) as client:
            state = client.read_flow_run(context.flow_run.id).state
        if state is not None and state.is_paused():
            context.flow_run_suspension_request.mark_requested(state)
    except Exception as error:  # noqa: BLE001 - a hook never raises into the run, and Prefect looks by itself
        logger.warning("whether the run was paused is not known: %s", error)


def transition_of(
    state: State[Any],
    *,
    execution_id: uuid.UUID,
    flow_run_id: uuid.UUID,
    task: tuple[uuid.UUID, str] | None,
    by_hook: bool = True,
) -> NewTransition:
    """A Prefect state as a row; `task` is the task run's id and the name of its stage."""
    return NewTransition(
        state_id=state.id,
        execution_id=execution_id,
        flow_run_id=flow_run_id,
        task_run_id=task[0] if task else None,
        stage=task[1] if task else None,
        state_type=state.type.value,
        state_name=state.name or state.type.value.title(),
        message=state.message or "",
        occurred_at=state.timestamp.astimezone(dt.UTC),
        recorded_by="hook" if by_hook else "reconciler",
    )


def _defaults(flow: Flow[..., Any]) -> dict[str, Any]:
    return {
        name: schema["default"] for name, schema in flow.parameters.properties.items() if "default" in schema
    }


def _store(row: NewTransition) -> None:
    try:
        recorder().transition(row)
    except Exception:
        logger.exception("a transition could not be stored; the reconciler will find it again")
