"""The API's routes of log lines: pages, counts, and all of them as a stream."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid  # noqa: TC003 - FastAPI reads the annotations of the routes
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from blocks.database import database_url
from dashboards.api import answers, cursors, models, problems
from dashboards.reading import reading
from dashboards.words import LEVELS
from db.errors import DatabaseUnavailable
from db.queries import executions, logs
from db.queries.log_tail import POLL_SECONDS
from db.queries.logs import LogFilter, every_line
from flows import live_logs
from flows.contracts import Stage  # noqa: TC001 - FastAPI reads the annotation
from flows.log_reading import read_logs

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from flows.live_logs import Subscription

MOST_LINES = 1000
NDJSON = "application/x-ndjson"

_RESPONSES = problems.responses(
    HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE
)

router = APIRouter(prefix="/executions/{execution_id}/logs", tags=["executions"], responses=_RESPONSES)


def _wanted(
    execution_id: uuid.UUID,
    *,
    level: Annotated[models.LevelName, Query(description="of at least this level")] = "debug",
    stage: Annotated[Stage | None, Query(description="of this stage alone")] = None,
    since: Annotated[dt.datetime | None, Query(description="from this time on")] = None,
    until: Annotated[dt.datetime | None, Query(description="before this time")] = None,
    words: Annotated[
        str | None, Query(min_length=1, max_length=200, description="that hold these words")
    ] = None,
) -> LogFilter:
    return LogFilter(
        execution_id=execution_id,
        level=LEVELS[level],
        stage=None if stage is None else stage.value,
        since=_aware(since),
        until=_aware(until),
        words=None if words is None else words.replace("\x00", ""),
    )


def _aware(when: dt.datetime | None) -> dt.datetime | None:
    """A time that names no zone is meant in UTC."""
    return when if when is None or when.tzinfo else when.replace(tzinfo=dt.UTC)


Wanted = Annotated[LogFilter, Depends(_wanted)]


@router.get("")
def list_log_lines(
    execution_id: uuid.UUID,
    wanted: Wanted,
    *,
    limit: Annotated[int, Query(ge=1, le=MOST_LINES, description="how many")] = 200,
    cursor: Annotated[str | None, Query(description="`next_cursor` or `previous_cursor` of a page")] = None,
    direction: Annotated[
        Literal["after", "before"], Query(description="of the cursor; before none: the newest lines")
    ] = "after",
) -> models.LogPage:
    """List the log lines of an execution, oldest first, page by page.

    While the database is away, the lines are those that Prefect and the spool have, marked as degraded.
    """
    place = None if cursor is None else cursors.decode(cursor, wanted)
    _must_exist(execution_id)
    page = read_logs(wanted, place, limit=limit, forwards=direction == "after")
    return answers.log_page(page, wanted, place)


@router.get("/counts")
def count_log_lines(execution_id: uuid.UUID, wanted: Wanted) -> models.LogCounts:
    """Count the log lines of an execution, by stage and level."""
    with reading() as connection:
        executions.execution(connection, execution_id)
        return answers.log_counts(logs.counts(connection, wanted), logs.missing(connection, execution_id))


@router.get("/export", response_class=StreamingResponse, responses={200: {"content": {NDJSON: {}}}})
def export_log_lines(execution_id: uuid.UUID, wanted: Wanted) -> StreamingResponse:
    """Stream all log lines of an execution, oldest first: one JSON object on each line."""
    with reading() as connection:
        executions.execution(connection, execution_id)
    headers = {"Content-Disposition": f"attachment; filename={execution_id}.ndjson"}
    return StreamingResponse(_rows(wanted), media_type=NDJSON, headers=headers)


@router.get("/live", response_class=StreamingResponse, responses={200: {"content": {NDJSON: {}}}})
def follow_log_lines(execution_id: uuid.UUID, wanted: Wanted) -> StreamingResponse:
    """Stream the lines that are stored from now on, until the execution has ended.

    Each row is a JSON object with either `line` or, for a reader that was too slow, `gap`: how many lines are
    left out, and the cursor from which pages lead to them.
    """
    with reading() as connection:
        executions.execution(connection, execution_id)
    reader, leave = live_logs.join(database_url(), wanted)
    return StreamingResponse(_coming(reader, leave, wanted), media_type=NDJSON)


async def _coming(reader: Subscription, leave: Callable[[], None], wanted: LogFilter) -> AsyncIterator[str]:
    """Asks the queue now and then and holds no thread: readers may be many."""
    try:
        while not reader.over:
            rows = [answers.live_row(row, wanted).model_dump_json() + "\n" for row in reader.take(0)]
            if rows:
                yield "".join(rows)
            else:
                await asyncio.sleep(POLL_SECONDS)
    finally:
        leave()


def _rows(wanted: LogFilter) -> Iterator[str]:
    for line in every_line(database_url(), wanted):
        yield answers.log_line(line).model_dump_json() + "\n"


def _must_exist(execution_id: uuid.UUID) -> None:
    """Raises NotFound, unless the database is away and nobody can tell."""
    try:
        with reading() as connection:
            executions.execution(connection, execution_id)
    except DatabaseUnavailable:
        return
