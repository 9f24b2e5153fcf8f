"""Steer executions that are under way or have ended: pause, resume, retry, restart from a stage.

Each is done once: whoever comes second, at the same moment or later, finds that it is done and is told so.
"""

from __future__ import annotations

import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import State
from prefect.states import AwaitingRetry, Suspended

from blocks.database import database_url
from db.engine import transaction
from db.locks import one_after_another
from db.queries.gates import gate
from db.queries.leases import at_work
from db.queries.members import MemberView
from db.records.restarts import restart_from
from flows.contracts import Stage
from flows.control import POLL_SECONDS, SUSPEND_SECONDS, Actor, authorise, flow_run_of, own, prefect
from flows.errors import NotPossible
from flows.ledger import reconcile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.policy.permissions import Action


@dataclass(frozen=True, kw_only=True)
class _Steered:
    """An execution in the hands of one person alone."""

    client: SyncPrefectClient
    execution_id: uuid.UUID
    flow_run_id: uuid.UUID
    who: MemberView
    state: State[Any]

    def set(self, state: State[Any], *, force: bool = False) -> None:
        """Have Prefect take the state, and make both sides equal; raises NotPossible when it does not."""
        result = self.client.set_flow_run_state(self.flow_run_id, state, force=force)
        reconcile(self.client, self.flow_run_id)
        if result.status.value != "ACCEPT":
            reason = getattr(result.details, "reason", "") or "it has just changed"
            raise NotPossible(f"execution {self.execution_id} is as it was: {reason}")


def pause(execution_id: uuid.UUID, *, by: Actor) -> None:
    """Have the execution leave its process at the next stage boundary; raises Refused, NotPossible."""
    with _steering(execution_id, by, "pipeline:pause") as steered:
        if steered.state.is_paused():
            raise NotPossible(f"execution {execution_id} is paused already, or waits at the gate")
        if not steered.state.is_running():
            raise NotPossible(f"only what runs can be paused; execution {execution_id} is {_named(steered)}")
        steered.set(
            Suspended(pause_key=str(uuid.uuid4()), timeout_seconds=None, message=f"paused by {by.email}")
        )


def resume(execution_id: uuid.UUID, *, by: Actor) -> None:
    """Let a paused execution go on from its last finished stage; raises Refused, NotPossible."""
    with _steering(execution_id, by, "pipeline:resume") as steered:
        if not steered.state.is_paused():
            raise NotPossible(f"execution {execution_id} is not paused; it is {_named(steered)}")
        with transaction(database_url()) as connection:
            asked = gate(connection, execution_id)
        if asked is not None and asked.decision is None:
            raise NotPossible(
                f"execution {execution_id} waits for a decision; `leanvibe decide` makes it go on"
            )
        _wait_until_left(execution_id)
        steered.client.resume_flow_run(steered.flow_run_id)
        reconcile(steered.client, steered.flow_run_id)


def retry(execution_id: uuid.UUID, *, by: Actor) -> None:
    """Try an execution that failed, crashed or was cancelled again, from the stage that did not finish."""
    with _steering(execution_id, by, "pipeline:retry") as steered:
        if not steered.state.is_final() or steered.state.is_completed():
            raise NotPossible(f"there is nothing to retry: execution {execution_id} is {_named(steered)}")
        steered.set(AwaitingRetry(message=f"retried by {by.email}"))


def restart(execution_id: uuid.UUID, stage: Stage, *, by: Actor) -> None:
    """Do an execution that has ended anew from that stage on; raises Refused, NotPossible."""
    if stage is Stage.APPROVAL:
        raise NotPossible("a decision stands; restart from another stage, or start the interview anew")
    with _steering(execution_id, by, "pipeline:restart") as steered:
        if not steered.state.is_final():
            raise NotPossible(
                f"execution {execution_id} has not ended; it is {_named(steered)}: cancel it first"
            )
        with transaction(database_url()) as connection:
            restart_from(connection, execution_id, stage.value, by=steered.who.id)
        # By force, for Prefect lets no run leave Completed whose result it has.
        steered.set(AwaitingRetry(message=f"restarted from {stage.value} by {by.email}"), force=True)


@contextmanager
def _steering(execution_id: uuid.UUID, by: Actor, action: Action) -> Iterator[_Steered]:
    """The execution as it is now, while nobody else steers it."""
    with transaction(database_url()) as connection:
        who = authorise(connection, by, action)
        own(connection, who, execution_id)
    flow_run_id = flow_run_of(execution_id)
    with one_after_another(database_url(), f"steering {execution_id}"), prefect() as client:
        state = client.read_flow_run(flow_run_id).state
        if state is None:
            raise NotPossible(f"Prefect gives no state of execution {execution_id}")
        yield _Steered(
            client=client, execution_id=execution_id, flow_run_id=flow_run_id, who=who, state=state
        )


def _named(steered: _Steered) -> str:
    return (steered.state.name or steered.state.type.value).lower()


def _wait_until_left(execution_id: uuid.UUID) -> None:
    """Until the stage that ran while the execution was paused has come to its end."""
    end = time.monotonic() + SUSPEND_SECONDS
    while True:
        with transaction(database_url()) as connection:
            if not at_work(connection, execution_id):
                return
        if time.monotonic() > end:
            raise NotPossible(
                f"a stage of execution {execution_id} still runs; resume it when that has ended"
            )
        time.sleep(POLL_SECONDS)
