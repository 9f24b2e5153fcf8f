"""The log of an execution: its newest lines, filtered by level and stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import words
from dashboards.components.states import told
from db.policy.progress import STAGES
from db.queries.logs import LogFilter
from flows.log_reading import read_logs

if TYPE_CHECKING:
    import datetime as dt
    import uuid

MOST = 300
HEIGHT_PIXELS = 420


def log(execution_id: uuid.UUID, tz: dt.tzinfo) -> None:
    """The filters and the lines, newest first."""
    st.subheader("Log", anchor=False)
    with st.container(horizontal=True):
        level = st.selectbox("At least", list(words.LEVELS), index=1, key="log_level", width=180)
        stage = st.selectbox(
            "Stage", STAGES, index=None, placeholder="all stages", key="log_stage", width=220
        )
    with told():
        wanted = LogFilter(execution_id=execution_id, level=words.LEVELS[level], stage=stage)
        page = read_logs(wanted, limit=MOST, forwards=False)
    if page.degraded:
        st.warning("The database does not answer: these are the lines that Prefect and the spool have.")
    lines = page.lines[::-1]
    if not lines:
        st.caption("No line of this kind yet.")
        return
    count = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
    st.caption(f"{'The newest ' if page.more else ''}{count}, the newest first.")
    st.code(words.log_text(lines, tz), language=None, height=HEIGHT_PIXELS)
