"""The page of one execution: how far it is, what each stage did, what was decided, what came out."""

from __future__ import annotations

import datetime as dt
import uuid

import streamlit as st

from dashboards import words
from dashboards.components import execution as parts
from dashboards.components.logs import log
from dashboards.components.states import nothing, told
from dashboards.reading import reading
from db.queries.detail import detail

REFRESH = dt.timedelta(seconds=2)
ENDED = "ended_executions"  # session state: by execution id, whether it was seen to have ended


def chosen() -> uuid.UUID | None:
    """The execution that the address names, None when it names none."""
    try:
        return uuid.UUID(st.query_params.get("execution", ""))
    except ValueError:
        return None


def whole(execution_id: uuid.UUID, tz: dt.tzinfo) -> None:
    """Everything but the log."""
    with told(), reading() as connection:
        found = detail(connection, execution_id)
    if found.execution.final != _ended(execution_id):
        st.session_state[ENDED] = {**st.session_state.get(ENDED, {}), execution_id: found.execution.final}
        st.rerun()  # the whole page, which then stops to refresh itself, or begins to
    parts.everything(found, dt.datetime.now(dt.UTC), tz)


def _ended(execution_id: uuid.UUID) -> bool:
    """Whether this reader has seen it end; what is not known refreshes itself until it is."""
    return bool(st.session_state.get(ENDED, {}).get(execution_id, False))


def page(execution_id: uuid.UUID) -> None:
    """Both halves, refreshed as long as the execution lives or the database is away."""
    every = None if _ended(execution_id) else REFRESH
    tz = words.zone(st.context.timezone)
    st.fragment(whole, run_every=every)(execution_id, tz)
    st.fragment(log, run_every=every)(execution_id, tz)


st.page_link("views/executions.py", label="All executions", icon=":material/arrow_back:")
if (execution_id := chosen()) is None:
    nothing("No execution is chosen", "Open one from the list of all executions.", None)
else:
    page(execution_id)
