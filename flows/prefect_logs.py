"""An execution's log lines as Prefect has them: without our identities, and as far as Prefect kept them."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from typing import TYPE_CHECKING, Any

import httpx
from prefect import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterIdempotencyKey,
    LogFilterFlowRunId,
    LogFilterLevel,
    LogFilterTimestamp,
)
from prefect.client.schemas.filters import LogFilter as PrefectLogFilter
from prefect.client.schemas.sorting import FlowRunSort, LogSort
from prefect.settings import PREFECT_API_URL

from db.queries.logs import LogFilter, LogLineView
from flows.identity import execution_id_of, idempotency_key
from flows.redaction import clean

if TYPE_CHECKING:
    from db.queries.logs import LogCursor

logger = logging.getLogger(__name__)

PAGES = 10
PAGE = 200
"""The most that Prefect gives at once; its pages are counted from the start, so a deep one takes long."""

RECENT_RUNS = 200
_NAMESPACE = uuid.UUID("9a3d2b52-93b0-5f0e-8a52-3d6d6f3f8c11")


def prefect_log_lines(wanted: LogFilter, cursor: LogCursor | None, *, forwards: bool) -> list[LogLineView]:
    """The lines near the cursor, in no order; none when Prefect does not answer either."""
    if not PREFECT_API_URL.value() or wanted.execution_id is None:
        return []
    try:
        with get_client(sync_client=True) as client:
            flow_run_id = _flow_run_id(client, wanted.execution_id)
            if flow_run_id is None:
                return []
            return _lines(
                client,
                wanted.execution_id,
                flow_run_id,
                _asked(flow_run_id, wanted, cursor, forwards=forwards),
                forwards=forwards,
            )
    except (httpx.HTTPError, OSError) as error:
        logger.warning("Prefect's log lines cannot be read either: %s", error)
        return []


def _flow_run_id(client: Any, execution_id: uuid.UUID) -> uuid.UUID | None:
    key = FlowRunFilterIdempotencyKey(any_=[idempotency_key(execution_id)])
    started = client.read_flow_runs(flow_run_filter=FlowRunFilter(idempotency_key=key), limit=1)
    # A run from Prefect's UI or a schedule has no such key; its execution is made from its id.
    recent = started or client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=RECENT_RUNS)
    return next((run.id for run in recent if execution_id_of(run) == execution_id), None)


def _asked(
    flow_run_id: uuid.UUID, wanted: LogFilter, cursor: LogCursor | None, *, forwards: bool
) -> PrefectLogFilter:
    since = cursor.occurred_at if cursor and forwards else wanted.since
    until = cursor.occurred_at if cursor and not forwards else wanted.until
    return PrefectLogFilter(
        flow_run_id=LogFilterFlowRunId(any_=[flow_run_id]),
        level=LogFilterLevel(ge_=wanted.level),
        timestamp=LogFilterTimestamp(after_=since, before_=until),
    )


def _lines(
    client: Any, execution_id: uuid.UUID, flow_run_id: uuid.UUID, asked: PrefectLogFilter, *, forwards: bool
) -> list[LogLineView]:
    sort = LogSort.TIMESTAMP_ASC if forwards else LogSort.TIMESTAMP_DESC
    found: list[Any] = []
    for number in range(PAGES):
        page = client.read_logs(log_filter=asked, limit=PAGE, offset=number * PAGE, sort=sort)
        found += page
        if len(page) < PAGE:
            break
    stages = _stages(client, flow_run_id)
    return [
        LogLineView(
            occurred_at=log.timestamp.astimezone(dt.UTC),
            producer=uuid.uuid5(_NAMESPACE, str(log.id)),
            sequence=0,
            execution_id=execution_id,
            attempt=1,
            stage=stages.get(log.task_run_id),
            level=log.level,
            logger=clean(log.name),
            message=clean(log.message),
            extras=None,
        )
        for log in found
    ]


def _stages(client: Any, flow_run_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """The stage of each task run, which Prefect names by the task and a number."""
    runs = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[flow_run_id])))
    return {run.id: run.name.rpartition("-")[0] for run in runs}
