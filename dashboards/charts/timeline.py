"""The stage timeline: when each stage worked, as a Gantt figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dashboards.charts.colours import colour
from dashboards.words import duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

ROW_PIXELS = 30
FRAME_PIXELS = 92
ROOM = 0.14
"""Share of the time span kept free on the right for the last bar's label."""
LEAST_SPAN_S = 1.0


def timeline(spans: pd.DataFrame, stages: Sequence[str]) -> go.Figure:
    """Bars over time, one row per stage in the given order, stages without a bar included.

    `spans`: stage and phase (str), begin and end (naive datetimes in the reader's zone), seconds (float),
    going_on (bool).
    """
    figure = go.Figure()
    for phase, rows in _labelled(spans).groupby("phase", sort=True):
        figure.add_trace(_bars(str(phase), rows))
    figure.update_layout(
        barmode="overlay",
        bargap=0.35,
        height=FRAME_PIXELS + ROW_PIXELS * len(stages),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        showlegend=True,
        hoverlabel={"align": "left"},
    )
    figure.update_yaxes(
        categoryorder="array", categoryarray=list(stages), range=[len(stages) - 0.5, -0.5], showgrid=False
    )
    figure.update_xaxes(type="date", range=_range(spans), showgrid=True, tickformatstops=_TICKS)
    return figure


_TICKS = [
    {"dtickrange": [None, 1000], "value": "%H:%M:%S.%L"},
    {"dtickrange": [1000, 60_000], "value": "%H:%M:%S"},
    {"dtickrange": [60_000, 86_400_000], "value": "%H:%M\n%d %b"},
    {"dtickrange": [86_400_000, None], "value": "%d %b\n%Y"},
]


def _labelled(spans: pd.DataFrame) -> pd.DataFrame:
    """The last bar of each stage carries how long the stage took in all, or that it still goes on."""
    ordered = spans.sort_values(["stage", "end", "begin"], kind="stable")
    totals = ordered.groupby("stage")["seconds"].transform("sum")
    last = ~ordered.duplicated("stage", keep="last")
    return ordered.assign(
        label=[
            _label(phase, seconds, going_on=going_on) if shown else ""
            for phase, seconds, going_on, shown in zip(
                ordered["phase"], totals, ordered["going_on"], last, strict=True
            )
        ]
    )


def _label(phase: str, seconds: float, *, going_on: bool) -> str:
    return phase if going_on else duration(seconds)


def _bars(phase: str, rows: pd.DataFrame) -> go.Bar:
    return go.Bar(
        name=phase,
        orientation="h",
        y=list(rows["stage"]),
        base=[begin.isoformat() for begin in rows["begin"]],
        x=[seconds * 1000 for seconds in rows["seconds"]],
        text=list(rows["label"]),
        textposition="outside",
        cliponaxis=False,
        # The outline keeps a stage of some milliseconds visible beside one of minutes.
        marker={"color": colour(phase), "line": {"color": colour(phase), "width": 3}, "cornerradius": 3},
        customdata=[
            [f"{begin:%H:%M:%S}", f"{end:%H:%M:%S}", duration(seconds)]
            for begin, end, seconds in zip(rows["begin"], rows["end"], rows["seconds"], strict=True)
        ],
        hovertemplate="<b>%{y}</b>, "
        + phase
        + "<br>%{customdata[0]} to %{customdata[1]}, %{customdata[2]}<extra></extra>",
    )


def _range(spans: pd.DataFrame) -> list[str] | None:
    """From the first begin to a little after the last end, None when nothing has begun."""
    if spans.empty:
        return None
    first, last = spans["begin"].min(), spans["end"].max()
    span_s = max((last - first).total_seconds(), LEAST_SPAN_S)
    unit = type(last - first)
    return [
        (first - unit(seconds=span_s * 0.01)).isoformat(),
        (first + unit(seconds=span_s * (1 + ROOM))).isoformat(),
    ]
