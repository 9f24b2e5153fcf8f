"""The parts of an execution's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import words
from dashboards.api.application import PREFIX
from dashboards.charts.colours import badge
from dashboards.charts.timeline import timeline
from dashboards.components.blueprint import blueprint_of
from dashboards.components.tables import checks_table, stages_table
from dashboards.components.text import fact, heading
from dashboards.frames import UNNAMED, checks_frame, spans_frame, stages_frame

if TYPE_CHECKING:
    import datetime as dt

    from db.queries.detail import Detail
    from db.queries.executions import ExecutionView
    from db.queries.gates import GateView
    from db.queries.results import ArtifactView, CheckView

MARGIN_PIXELS = 16
UNHAPPY = frozenset({"failed", "crashed", "cancelled"})


def everything(found: Detail, now: dt.datetime, tz: dt.tzinfo) -> None:
    """All parts, in the order a reader asks for them."""
    _head(found.execution, now, tz)
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, height="stretch"):
        _gate(found.gate, found.execution, tz)
    with right.container(border=True, height="stretch"):
        _application(found)
    if found.gate is not None:
        blueprint_of(found.gate)
    st.subheader("Timeline", anchor=False)
    _timeline(found, now, tz)
    st.subheader("Stages", anchor=False)
    stages_table(stages_frame(found.stages, now, tz))
    st.subheader("Verification", anchor=False)
    _checks(found.checks)


def _head(view: ExecutionView, now: dt.datetime, tz: dt.tzinfo) -> None:
    heading(view.project or UNNAMED, f"execution {view.id}")
    facts = {
        "Blueprint": words.NOTHING if view.blueprint_version is None else f"version {view.blueprint_version}",
        "Started": words.moment(view.started_at, tz),
        "Duration": words.duration(view.duration_s(now)),
        "Asked for by": view.requested_by,
    }
    with st.container(horizontal=True, vertical_alignment="center", gap="large"):
        st.badge(view.status, color=badge(view.status))
        for label, value in facts.items():
            fact(label, value)
    st.progress(view.progress, text=f"{view.progress} % of the work is done")
    if view.message and view.status in UNHAPPY:
        st.error(f"The execution {view.status}." if view.status != "cancelled" else "It was cancelled.")
        st.code(words.visible(view.message), language=None, wrap_lines=True)


def _gate(gate: GateView | None, view: ExecutionView, tz: dt.tzinfo) -> None:
    st.subheader("Decision at the gate", anchor=False)
    if gate is None:
        st.caption("No blueprint has come to the gate yet.")
        return
    if gate.decision is None:
        st.badge("waiting for a decision", color="orange")
        st.caption(
            f"Blueprint version {gate.blueprint_version}, since {words.moment(gate.requested_at, tz)}."
        )
        if not view.final:
            st.code(f"leanvibe decide {view.id} approve", language=None)
        return
    st.badge(gate.decision, color="green" if gate.decision == "approved" else "orange")
    when = "beforehand" if gate.beforehand else f"on {words.moment(gate.decided_at, tz)}"
    st.text(f"Blueprint version {gate.blueprint_version}, by {words.visible(gate.decided_by or '')}, {when}")
    if gate.comment:
        st.text("\n".join(words.visible(row) for row in gate.comment.split("\n")))


def _application(found: Detail) -> None:
    st.subheader("The application", anchor=False)
    address = f"{PREFIX}/executions/{found.execution.id}/archive"
    if found.archive is not None:
        _archive("Download", found.archive, address)
    elif found.partial is not None:
        st.caption("It failed its verification. What was generated is kept, for whoever finds out why.")
        _archive("Download what was generated", found.partial, f"{address}?partial=true")
    elif found.execution.final:
        st.caption("No archive was released.")
    else:
        st.caption("The archive is here once it is released.")


def _archive(label: str, archive: ArtifactView, address: str) -> None:
    st.link_button(
        f"{label} ({words.size(archive.bytes)})", address, icon=":material/download:", type="primary"
    )
    st.caption("sha256")
    st.code(archive.sha256, language=None, wrap_lines=True)


def _timeline(found: Detail, now: dt.datetime, tz: dt.tzinfo) -> None:
    spans = spans_frame(found.stages, found.gate, now, tz)
    if spans.empty:
        st.caption("No stage has begun yet.")
        return
    figure = timeline(spans, [stage.stage for stage in found.stages])
    with st.container(height=figure.layout.height + MARGIN_PIXELS, border=False):  # no jump while it is drawn
        st.plotly_chart(figure, key="timeline", config={"displayModeBar": False})


def _checks(checks: list[CheckView]) -> None:
    if not checks:
        st.caption("The application has not been verified yet.")
        return
    passed = sum(check.ok for check in checks)
    st.caption(f"{passed} of {len(checks)} checks passed.")
    checks_table(checks_frame(checks))
