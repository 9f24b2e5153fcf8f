"""Tables of executions, stages and checks: which column shows what, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboards.charts.colours import BADGES, colour
from dashboards.words import NOTHING

if TYPE_CHECKING:
    import pandas as pd

PILL_PIXELS = 110
WHEN_PIXELS = 165
WHEN = "YYYY-MM-DD HH:mm:ss"


def executions_table(frame: pd.DataFrame, *, key: str) -> list[int]:
    """Show the executions; returns the positions of the selected rows, none or one."""
    event: Any = st.dataframe(
        frame,
        key=key,
        hide_index=True,
        placeholder=NOTHING,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Project": st.column_config.TextColumn(width="medium"),
            "Status": _pill(),
            "Progress": _percent(),
            "Started": st.column_config.DatetimeColumn(format=WHEN, width=WHEN_PIXELS),
            "Duration": st.column_config.TextColumn(help="hours, minutes and seconds since it was asked for"),
            "Execution": st.column_config.TextColumn(width="small"),
        },
    )
    return list(event.selection.rows)


def stages_table(frame: pd.DataFrame) -> None:
    """Show the stages."""
    st.dataframe(
        frame,
        hide_index=True,
        placeholder=NOTHING,
        column_config={
            "Status": _pill(),
            "Progress": _percent(),
            "Started": st.column_config.DatetimeColumn(format=WHEN, width=WHEN_PIXELS),
            "Message": st.column_config.TextColumn(width="large"),
        },
    )


def checks_table(frame: pd.DataFrame) -> None:
    """Show the verification's checks."""
    st.dataframe(
        frame,
        hide_index=True,
        column_config={"Result": _pill(), "Detail": st.column_config.TextColumn(width="large")},
    )


def _pill() -> Any:
    return st.column_config.MultiselectColumn(
        width=PILL_PIXELS, options=list(BADGES), color=[colour(status) for status in BADGES]
    )


def _percent() -> Any:
    return st.column_config.ProgressColumn(min_value=0, max_value=100, format="%d %%", width="small")
