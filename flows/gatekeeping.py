"""Gates that nobody decides: a reminder after a while, and the end of the execution after a longer one."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from typing import TYPE_CHECKING

from prefect.states import Cancelled

from blocks.database import database_url
from blocks.settings import settings
from db.engine import transaction
from db.queries.gates import UndecidedGate, undecided
from db.records import gates
from db.records.log_lines import NewLogLine
from flows.control import prefect
from flows.ledger import reconcile
from flows.recording import recorder

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient


def look_after_gates() -> int:
    """Remind of gates that wait, end executions whose gate has expired; returns how many ended.

    Raises PrefectUnavailable. What was begun and not finished is found again the next time.
    """
    now = dt.datetime.now(dt.UTC)
    with transaction(database_url()) as connection:
        waiting = undecided(connection)
    over = [gate for gate in waiting if now >= _expires(gate)]
    for gate in waiting:
        if gate not in over and now - gate.requested_at >= dt.timedelta(days=settings().gate_reminder_days):
            _remind(gate, now)
    if not over:
        return 0
    with prefect() as client:
        return sum(_expire(client, gate, now) for gate in over)


def _expires(gate: UndecidedGate) -> dt.datetime:
    return gate.requested_at + dt.timedelta(days=settings().gate_days)


def _remind(gate: UndecidedGate, now: dt.datetime) -> None:
    """Say once, in the execution's log, that it waits, and until when."""
    with transaction(database_url()) as connection:
        if not gates.remind(connection, gate.id, at=now):
            return
    days = (now - gate.requested_at).days
    recorder().log_lines(
        [
            NewLogLine(
                producer=uuid.uuid5(gate.id, "reminder"),
                sequence=0,
                execution_id=gate.execution_id,
                stage="approval",
                task_run_id=None,
                level=logging.WARNING,
                logger=__name__,
                message=f"Blueprint version {gate.blueprint_version} has waited {days} days for a decision; "
                f"the gate expires on {_expires(gate):%Y-%m-%d}",
                extras=None,
                occurred_at=now,
            )
        ]
    )


def _expire(client: SyncPrefectClient, gate: UndecidedGate, now: dt.datetime) -> bool:
    """Close the gate and cancel its run; False when somebody decided in this moment."""
    with transaction(database_url()) as connection:
        if not gates.expire(connection, gate.id, at=now):
            return False
    why = (
        f"nobody decided on blueprint version {gate.blueprint_version} within {settings().gate_days} days: "
        "the gate expired"
    )
    client.set_flow_run_state(gate.flow_run_id, Cancelled(message=why), force=True)
    reconcile(client, gate.flow_run_id)
    return True
