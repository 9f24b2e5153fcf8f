"""Typed rows turned into what the API answers with."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING

from dashboards.api import cursors, models
from dashboards.words import level_name
from flows.contracts import Stage
from flows.live_logs import Gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.queries.detail import Detail
    from db.queries.executions import ExecutionView, StageView
    from db.queries.logs import LogCount, LogCursor, LogFilter, LogLineView, LogPage

_SHOWN = tuple(name for name in models.Execution.model_fields if name != "duration_s")


def now() -> dt.datetime:
    """The time that durations of what has not ended are counted to."""
    return dt.datetime.now(dt.UTC)


def executions(views: Sequence[ExecutionView], at: dt.datetime) -> models.Executions:
    """A list of executions."""
    return models.Executions(items=[models.Execution.model_validate(_execution(view, at)) for view in views])


def detail(found: Detail, at: dt.datetime) -> models.ExecutionDetail:
    """One execution with everything that is known of it."""
    return models.ExecutionDetail.model_validate(
        {
            **_execution(found.execution, at),
            "stages": [_stage(view, at) for view in found.stages],
            "checks": [models.Check.model_validate(view) for view in found.checks],
            "gate": None if found.gate is None else models.Gate.model_validate(found.gate),
            "archive": found.archive and models.Archive.model_validate(found.archive),
            "partial_archive": found.partial and models.Archive.model_validate(found.partial),
        }
    )


def log_page(page: LogPage, wanted: LogFilter, asked: LogCursor | None) -> models.LogPage:
    """A page, with the cursors of its ends; an empty one ends where it was asked for."""
    first, last = (page.lines[0].cursor, page.lines[-1].cursor) if page.lines else (asked, asked)
    return models.LogPage(
        items=[log_line(view) for view in page.lines],
        previous_cursor=None if first is None else cursors.encode(first, wanted),
        next_cursor=None if last is None else cursors.encode(last, wanted),
        more=page.more,
        degraded=page.degraded,
    )


def log_counts(found: list[LogCount], missing: int) -> models.LogCounts:
    """The counts of a log, by stage and level."""
    return models.LogCounts(
        items=[
            models.LogCount.model_validate(
                {"stage": count.stage, "level": level_name(count.level), "lines": count.lines}
            )
            for count in found
        ],
        missing=missing,
    )


def _execution(view: ExecutionView, at: dt.datetime) -> dict[str, object]:
    return {name: getattr(view, name) for name in _SHOWN} | {"duration_s": view.duration_s(at)}


def _stage(view: StageView, at: dt.datetime) -> models.StageRun:
    values = asdict(view) | {"stage": Stage(view.stage), "duration_s": view.duration_s(at)}
    return models.StageRun.model_validate(values)


def live_row(row: LogLineView | Gap, wanted: LogFilter) -> models.LiveRow:
    """A line as it came, or the gap that stands for lines."""
    if not isinstance(row, Gap):
        return models.LiveRow(line=log_line(row))
    cursor = None if row.after is None else cursors.encode(row.after, wanted)
    return models.LiveRow(gap=models.LogGap(lines=row.lines, cursor=cursor))


def log_line(view: LogLineView) -> models.LogLine:
    """One log line."""
    return models.LogLine.model_validate(
        {
            "occurred_at": view.occurred_at,
            "producer": view.producer,
            "sequence": view.sequence,
            "attempt": view.attempt,
            "stage": view.stage,
            "level": level_name(view.level),
            "logger": view.logger,
            "message": view.message,
            "extras": view.extras,
        }
    )
