"""Dead attempts are found by their leases, marked crashed in Prefect too, and their executions resumed."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from prefect.exceptions import ObjectNotFound
from prefect.states import AwaitingRetry, Cancelled, Crashed

from blocks.database import database_url
from blocks.settings import settings
from db.engine import transaction
from db.locks import only_one
from db.queries.leases import LeaseView, times_lost, unsettled
from db.records import leases
from flows.control import prefect
from flows.ledger import reconcile

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import State

logger = logging.getLogger(__name__)

STARTING_SECONDS = 60.0
"""How long a process may take from Prefect's Running to its lease."""

Found = Literal["alive", "settled", "resumed", "given up"]


@dataclass(frozen=True, kw_only=True)
class Recovered:
    """What became of the attempts that seemed dead."""

    resumed: int = 0
    given_up: int = 0
    """Crashed, and resumed as often as the settings allow."""


def recover() -> Recovered:
    """Look after every attempt that seems dead; two at once do it once. Raises PrefectUnavailable."""
    found: list[Found] = []
    with only_one(database_url(), "recovery") as mine:
        if mine:
            with transaction(database_url()) as connection:
                suspects = unsettled(connection)
            if suspects:
                with prefect() as client:
                    found = [_look_at(client, lease) for lease in suspects]
    return Recovered(resumed=found.count("resumed"), given_up=found.count("given up"))


def _look_at(client: SyncPrefectClient, lease: LeaseView) -> Found:
    try:
        state = client.read_flow_run(lease.flow_run_id).state
    except ObjectNotFound:
        state = None
    if state is None or not (state.is_running() or state.is_cancelling() or state.is_crashed()):
        # It ended well, waits at the gate, or is on its way to another process.
        _settle(lease)
        return "settled"
    if not state.is_crashed() and _is_another_attempts(state, lease):
        return "alive"
    with transaction(database_url()) as connection:
        if not leases.revoke(connection, lease.token, crashed=state.is_crashed()):
            return "alive"
        lost = times_lost(connection, lease.execution_id)
    may_go_on = lease.outcome == "handed back" or lost <= settings().automatic_resumes
    why = _why(lease, lost, may_go_on=may_go_on)
    if state.is_cancelling():
        client.set_flow_run_state(lease.flow_run_id, Cancelled(message=f"cancelled; {why}"), force=True)
    elif not state.is_crashed():
        client.set_flow_run_state(lease.flow_run_id, Crashed(message=why), force=True)
    # Both sides agree on the crash, and open stage runs are closed, before anything begins anew.
    reconcile(client, lease.flow_run_id)
    if not state.is_cancelling() and may_go_on:
        client.set_flow_run_state(lease.flow_run_id, AwaitingRetry(message=why))
        reconcile(client, lease.flow_run_id)
    _settle(lease)
    logger.warning("execution %s: %s", lease.execution_id, why)
    return "resumed" if may_go_on else "given up"


def _is_another_attempts(state: State[Any], lease: LeaseView) -> bool:
    """Whether the run began anew since, and its new process has not come as far as its lease yet."""
    age = (dt.datetime.now(dt.UTC) - state.timestamp).total_seconds()
    return state.is_running() and state.timestamp > lease.acquired_at and age < STARTING_SECONDS


def _why(lease: LeaseView, lost: int, *, may_go_on: bool) -> str:
    who = f"the process of attempt {lease.attempt} (pid {lease.pid} on {lease.host})"
    if lease.outcome == "handed back":
        return f"{who} was told to stop and handed the run back; it goes on from the last finished stage"
    died = f"{who} gave no sign of life since {lease.renewed_at:%Y-%m-%d %H:%M:%S} UTC"
    if may_go_on:
        limit = settings().automatic_resumes
        return f"{died}; resumed from the last finished stage ({lost} of {limit})"
    return f"{died}; it was resumed {lost - 1} times already, so it stays crashed"


def _settle(lease: LeaseView) -> None:
    with transaction(database_url()) as connection:
        leases.settle(connection, lease.token)
