"""Typed rows as data frames that tables and figures show; pure."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from dashboards.charts.colours import AT_THE_GATE
from dashboards.words import NOTHING, clock, duration, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.queries.executions import ExecutionView, StageView
    from db.queries.gates import GateView
    from db.queries.results import CheckView

SHORT = 8
"""Characters of an id that lists show; the command line takes them for the whole."""
UNNAMED = "not named yet"
"""Stands for the project's name until intake has read the interview."""

EXECUTIONS = ["Project", "Status", "Progress", "Blueprint", "Started", "Duration", "Execution"]
STAGES = ["Stage", "Status", "Progress", "Attempt", "Started", "Duration", "Message"]
CHECKS = ["Check", "Result", "Duration", "Detail"]
SPANS = ["stage", "phase", "begin", "end", "seconds"]


def executions_frame(views: Sequence[ExecutionView], now: dt.datetime, tz: dt.tzinfo) -> pd.DataFrame:
    """One row per execution, in the given order; times without zone, as the reader's clock shows them."""
    rows = [
        [
            visible(view.project or UNNAMED),
            [view.status],
            view.progress,
            NOTHING if view.blueprint_version is None else f"version {view.blueprint_version}",
            _local(view.started_at, tz),
            clock(view.duration_s(now)),
            str(view.id)[:SHORT],
        ]
        for view in views
    ]
    return pd.DataFrame(rows, columns=EXECUTIONS).astype({"Started": "datetime64[us]"})


def stages_frame(views: Sequence[StageView], now: dt.datetime, tz: dt.tzinfo) -> pd.DataFrame:
    """One row per stage with its newest attempt."""
    rows = [
        [
            view.stage,
            [view.status],
            view.progress,
            view.attempt or None,
            _local(view.started_at, tz),
            duration(view.duration_s(now)),
            visible(view.message),
        ]
        for view in views
    ]
    return pd.DataFrame(rows, columns=STAGES).astype({"Started": "datetime64[us]", "Attempt": "Int64"})


def checks_frame(views: Sequence[CheckView]) -> pd.DataFrame:
    """One row per check."""
    rows = [
        [
            visible(view.name),
            ["passed" if view.ok else "failed"],
            duration(view.duration_s),
            visible(view.detail),
        ]
        for view in views
    ]
    return pd.DataFrame(rows, columns=CHECKS)


def spans_frame(
    stages: Sequence[StageView], gate: GateView | None, now: dt.datetime, tz: dt.tzinfo
) -> pd.DataFrame:
    """When each stage worked, and when the approval stage waited for the founder."""
    spans = [
        (view.stage, view.status, view.started_at, view.ended_at or now)
        for view in stages
        if view.started_at is not None
    ]
    if gate is not None and not gate.beforehand:
        spans = [span for each in spans for span in _around_gate(each, gate, now)]
    rows = [
        [stage, phase, _local(begin, tz), _local(end, tz), max((end - begin).total_seconds(), 0.0)]
        for stage, phase, begin, end in spans
    ]
    return pd.DataFrame(rows, columns=SPANS)


Span = tuple[str, str, dt.datetime, dt.datetime]


def _around_gate(span: Span, gate: GateView, now: dt.datetime) -> list[Span]:
    """The approval stage's span, with what it spent at the gate as a span of its own."""
    stage, phase, begin, end = span
    if stage != "approval":
        return [span]
    asked = min(max(gate.requested_at, begin), end)
    answered = min(max(gate.decided_at or now, asked), end)
    waited = (stage, AT_THE_GATE, asked, answered)
    worked = [(stage, phase, begin, asked), (stage, phase, answered, end)]
    return [waited, *(each for each in worked if phase != "waiting" and each[3] > each[2])]


def _local(when: dt.datetime | None, tz: dt.tzinfo) -> dt.datetime | None:
    return None if when is None else when.astimezone(tz).replace(tzinfo=None)
