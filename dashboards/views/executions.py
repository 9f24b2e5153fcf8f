"""The page of all executions, the newest first."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboards import words
from dashboards.components.states import nothing, told
from dashboards.components.tables import executions_table
from dashboards.components.text import heading
from dashboards.frames import executions_frame
from dashboards.reading import reading
from db.queries import executions

MOST = 100
REFRESH = dt.timedelta(seconds=3)


@st.fragment(run_every=REFRESH)
def newest() -> None:
    """The table, kept up to date; a selected row opens its execution."""
    with told(), reading() as connection:
        views = executions.newest(connection, limit=MOST)
    if not views:
        nothing(
            "No execution yet",
            "The first one appears here by itself. Start it in a terminal:",
            "leanvibe run examples/pet_sitting.yaml",
        )
        return
    # A selection names a position in the table the reader saw, which may be older than this one.
    seen = st.session_state.get("executions_seen", [])
    st.session_state["executions_seen"] = [str(view.id) for view in views]
    now = dt.datetime.now(dt.UTC)
    selected = executions_table(
        executions_frame(views, now, words.zone(st.context.timezone)), key="executions_table"
    )
    if selected and selected[0] < len(seen):
        st.switch_page("views/execution.py", query_params={"execution": seen[selected[0]]})
    live = sum(not view.final for view in views)
    st.caption(f"{len(views)} shown, {live} under way. Select a row to open it.")


heading("Executions", "Each is one run of the pipeline, from an interview to a tested application.")
newest()
