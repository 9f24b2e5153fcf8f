"""Typed rows as data frames that tables and figures show; pure."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, NamedTuple

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
SPANS = ["stage", "phase", "begin", "end", "seconds", "going_on"]

STEPS = 16
"""At most so many times is the timeline drawn while an execution's age doubles."""


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
    begun = [view for view in stages if view.started_at is not None]
    until = _steady(now, [view.started_at for view in begun if view.started_at])
    spans = [
        _Span(view.stage, view.status, view.started_at, view.ended_at or until, view.ended_at is None)
        for view in begun
        if view.started_at
    ]
    if gate is not None and not gate.beforehand:
        spans = [span for each in spans for span in _around_gate(each, gate, until)]
    rows = [
        [
            span.stage,
            span.phase,
            _local(span.begin, tz),
            _local(max(span.begin, span.end), tz),
            max((span.end - span.begin).total_seconds(), 0.0),
            span.going_on,
        ]
        for span in spans
    ]
    return pd.DataFrame(rows, columns=SPANS)


class _Span(NamedTuple):
    stage: str
    phase: str
    begin: dt.datetime
    end: dt.datetime
    going_on: bool


def _around_gate(span: _Span, gate: GateView, now: dt.datetime) -> list[_Span]:
    """The approval stage's span, with what it spent at the gate as a span of its own."""
    if span.stage != "approval":
        return [span]
    asked = min(max(gate.requested_at, span.begin), span.end)
    answered = min(max(gate.decided_at or now, asked), span.end)
    waited = span._replace(phase=AT_THE_GATE, begin=asked, end=answered, going_on=gate.decided_at is None)
    worked = [span._replace(end=asked, going_on=False), span._replace(begin=answered)]
    return [waited, *(each for each in worked if span.phase != "waiting" and each.end > each.begin)]


def _steady(now: dt.datetime, begun: Sequence[dt.datetime]) -> dt.datetime:
    """Now, or a little before: it moves in steps, as Streamlit draws a figure anew for any change."""
    total = (now - min(begun, default=now)).total_seconds()
    if total <= 0:
        return now
    step = 2.0 ** math.ceil(math.log2(total / STEPS))
    return min(begun) + dt.timedelta(seconds=math.floor(total / step) * step)


def _local(when: dt.datetime | None, tz: dt.tzinfo) -> dt.datetime | None:
    return None if when is None else when.astimezone(tz).replace(tzinfo=None)
