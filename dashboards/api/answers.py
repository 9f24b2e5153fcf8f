"""Typed rows turned into what the API answers with."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING

from dashboards.api import cursors, models
from dashboards.words import level_name
from flows.contracts import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.queries.detail import Detail
    from db.queries.executions import ExecutionView, StageView
    from db.queries.log_lines import LogCursor, LogLineView

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


def log_page(views: Sequence[LogLineView], *, limit: int, after: LogCursor | None) -> models.LogPage:
    """A page of at most `limit` lines out of one line more."""
    page = views[:limit]
    last = page[-1].cursor if page else after
    return models.LogPage(
        items=[_line(view) for view in page],
        next_cursor=None if last is None else cursors.encode(last),
        more=len(views) > limit,
    )


def _execution(view: ExecutionView, at: dt.datetime) -> dict[str, object]:
    return {name: getattr(view, name) for name in _SHOWN} | {"duration_s": view.duration_s(at)}


def _stage(view: StageView, at: dt.datetime) -> models.StageRun:
    values = asdict(view) | {"stage": Stage(view.stage), "duration_s": view.duration_s(at)}
    return models.StageRun.model_validate(values)


def _line(view: LogLineView) -> models.LogLine:
    return models.LogLine.model_validate(
        {
            "occurred_at": view.occurred_at,
            "stage": view.stage,
            "level": level_name(view.level),
            "logger": view.logger,
            "message": view.message,
        }
    )
