"""The stage timeline: its spans, and the figure made from them."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from dashboards.charts.colours import AT_THE_GATE, badge, colour
from dashboards.charts.timeline import timeline
from dashboards.frames import spans_frame
from db.models.executions import STATUSES
from db.policy.progress import STAGES
from db.queries.executions import StageView
from db.queries.gates import GateView

START = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)


def at(seconds: float) -> dt.datetime:
    return START + dt.timedelta(seconds=seconds)


def _stage(stage: str, status: str, begin: float | None, end: float | None) -> StageView:
    return StageView(
        stage=stage,
        status=status,
        attempt=0 if begin is None else 1,
        progress=0,
        message="",
        started_at=None if begin is None else at(begin),
        ended_at=None if end is None else at(end),
    )


def _gate(asked: float, answered: float | None, *, beforehand: bool = False) -> GateView:
    return GateView(
        id=uuid.UUID(int=1),
        round=1,
        blueprint_id=uuid.UUID(int=2),
        blueprint_version=1,
        requested_at=at(asked),
        decision=None if answered is None else "approved",
        decided_by=None,
        decided_at=None if answered is None else at(answered),
        beforehand=beforehand,
        comment="",
    )


def _spans(stages: list[StageView], gate: GateView | None, now: float) -> list[tuple[str, str, float]]:
    frame = spans_frame(stages, gate, at(now), dt.UTC)
    return list(frame[["stage", "phase", "seconds"]].itertuples(index=False, name=None))


def test_a_stage_that_has_not_begun_has_no_span() -> None:
    assert _spans([_stage("intake", "pending", None, None)], None, 5) == []


def test_a_running_stage_lasts_until_now() -> None:
    assert _spans([_stage("intake", "running", 1, None)], None, 5) == [("intake", "running", 4.0)]


def test_time_at_the_gate_is_apart_from_work() -> None:
    spans = _spans([_stage("approval", "completed", 0, 100)], _gate(2, 95), 500)
    assert spans == [
        ("approval", AT_THE_GATE, 93.0),
        ("approval", "completed", 2.0),
        ("approval", "completed", 5.0),
    ]


def test_a_stage_that_waits_is_only_at_the_gate() -> None:
    assert _spans([_stage("approval", "waiting", 0, None)], _gate(0, None), 64) == [
        ("approval", AT_THE_GATE, 64.0)
    ]


@pytest.mark.parametrize("gate", [None, _gate(1, 1, beforehand=True)])
def test_a_decision_beforehand_is_no_time_at_the_gate(gate: GateView | None) -> None:
    assert _spans([_stage("approval", "completed", 0, 3)], gate, 9) == [("approval", "completed", 3.0)]


def test_what_goes_on_is_drawn_in_steps_and_never_longer_than_it_is() -> None:
    drawn = [_spans([_stage("intake", "running", 0, None)], None, now)[0][2] for now in range(1, 65)]
    assert all(0 <= now - seconds <= now / 8 for now, seconds in enumerate(drawn, start=1))
    assert len(set(drawn[32:])) <= 17


def test_what_goes_on_says_so_in_place_of_a_time() -> None:
    stages = [_stage("intake", "completed", 0, 2), _stage("backend", "running", 9.9, None)]
    figure = timeline(spans_frame(stages, None, at(10), dt.UTC), STAGES)
    assert [list(trace.text) for trace in figure.data] == [["2.0 s"], ["running"]]


def test_times_are_those_of_the_readers_clock() -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    frame = spans_frame([_stage("intake", "completed", 0, 1)], None, at(9), zone)
    assert frame["begin"][0].isoformat() == "2026-03-01T11:00:00"


def test_the_figure_has_a_row_for_each_stage_and_a_trace_for_each_phase() -> None:
    stages = [_stage("intake", "completed", 0, 2), _stage("approval", "completed", 2, 100)]
    figure = timeline(spans_frame(stages, _gate(3, 99), at(500), dt.UTC), STAGES)
    assert [trace.name for trace in figure.data] == [AT_THE_GATE, "completed"]
    assert list(figure.layout.yaxis.categoryarray) == list(STAGES)
    gate, work = figure.data
    assert (list(gate.base), list(gate.x)) == (["2026-03-01T09:00:03"], [96_000])
    assert gate.marker.color == colour("waiting")
    assert sorted(text for text in [*gate.text, *work.text] if text) == ["1 min 38 s", "2.0 s"]


def test_all_bars_and_room_for_the_last_label_are_in_view() -> None:
    figure = timeline(spans_frame([_stage("intake", "completed", 0, 100)], None, at(0), dt.UTC), STAGES)
    first, last = (dt.datetime.fromisoformat(each) for each in figure.layout.xaxis.range)
    assert first < START.replace(tzinfo=None)
    assert last >= at(110).replace(tzinfo=None)


def test_no_span_makes_an_empty_figure() -> None:
    figure = timeline(spans_frame([], None, at(0), dt.UTC), STAGES)
    assert len(figure.data) == 0


def test_the_same_spans_make_the_same_figure() -> None:
    spans = spans_frame([_stage("intake", "completed", 0, 2)], None, at(9), dt.UTC)
    assert timeline(spans, STAGES).to_json() == timeline(spans, STAGES).to_json()


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_a_colour(status: str) -> None:
    assert badge(status)
    assert colour(status).startswith("#")


def test_a_status_nobody_knows_is_grey() -> None:
    assert badge("new") == "gray"
