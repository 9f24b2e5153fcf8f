"""The scheduled flows: start submitted interviews, keep rows equal to Prefect's history, drop old logs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from prefect import flow, get_client, get_run_logger
from prefect.exceptions import ObjectNotFound

from blocks.database import database_url
from blocks.settings import settings
from db.engine import transaction
from db.errors import Refused
from db.queries.executions import live
from db.records.log_partitions import drop_partitions, make_partitions
from flows.control import start_waiting_interviews
from flows.gatekeeping import look_after_gates
from flows.ledger import pipeline_runs, reconcile
from flows.recording import recorder
from flows.recovery import recover

if TYPE_CHECKING:
    from uuid import UUID

    from prefect.client.orchestration import SyncPrefectClient


@flow(name="intake")
def start_submitted(limit: int = 10) -> int:
    """Start the pipeline for every submitted interview that has no execution yet.

    Args:
        limit: How many to start at most; the rest is started the next time.
    """
    started = start_waiting_interviews(limit=limit)
    get_run_logger().info("%d executions started", len(started))
    return len(started)


@flow(name="reconcile")
def reconcile_runs(hours: int = 24) -> int:
    """Look after dead attempts and gates, store transitions that no hook could see, write what is spooled.

    Args:
        hours: How far back to look for runs that ended; runs that have not ended are always looked at.
    """
    logger = get_run_logger()
    replayed = recorder().drain()
    recovered = recover()
    expired = look_after_gates()
    with transaction(database_url()) as connection:
        open_runs = {view.flow_run_id for view in live(connection) if view.flow_run_id is not None}
    with get_client(sync_client=True) as client:
        recent = pipeline_runs(client, since=dt.datetime.now(dt.UTC) - dt.timedelta(hours=hours))
        added = sum(_added(client, run_id) for run_id in open_runs | recent)
    logger.info(
        "%d transitions added, %d spooled records written, %d dead executions resumed, "
        "%d given up, %d gates expired",
        added,
        replayed,
        recovered.resumed,
        recovered.given_up,
        expired,
    )
    return added


def _added(client: SyncPrefectClient, flow_run_id: UUID) -> int:
    """What reconciling one run added; a run that has no place here keeps nobody from the others."""
    try:
        return reconcile(client, flow_run_id).added
    except (ObjectNotFound, Refused) as error:
        get_run_logger().warning("flow run %s is left alone: %s", flow_run_id, error)
        return 0


@flow(name="log partitions", retries=3, retry_delay_seconds=20)
def keep_log_partitions() -> list[str]:
    """Make the coming weeks' partitions of the log lines, and drop those older than LEANVIBE_LOG_DAYS."""
    now, logger = dt.datetime.now(dt.UTC), get_run_logger()
    made = make_partitions(database_url(), now=now)
    dropped = drop_partitions(database_url(), before=now - dt.timedelta(days=settings().log_days))
    logger.info(
        "partitions made: %s; dropped: %s; %d old lines and %d batches deleted",
        ", ".join(made) or "none",
        ", ".join(dropped.partitions) or "none",
        dropped.default_lines,
        dropped.batches,
    )
    return made
