"""The blueprint that a gate asks about: in words, as a picture, and as text to copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.states import told
from dashboards.reading import reading
from dashboards.words import unlinked
from db.queries.gates import blueprint_before, blueprint_document
from flows.stages.blueprint.describe import markdown
from flows.stages.blueprint.diagrams import er_diagram, graph
from flows.stages.blueprint.versions import read_blueprint

if TYPE_CHECKING:
    import uuid

    from db.queries.gates import GateView

KEPT = 50  # blueprints; a page that refreshes itself asks for the same one every two seconds


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is shown of one blueprint, all of the founder's words escaped."""

    summary: str
    graph: str
    mermaid: str


def blueprint_of(gate: GateView) -> None:
    """A fold with the blueprint; closed once it is decided on."""
    with st.expander(f"Blueprint version {gate.blueprint_version}", expanded=gate.decision is None):
        with told():
            shown = _shown(gate.blueprint_id)
        if shown is None:
            st.caption("Another version of LeanVibe wrote this blueprint; it is not shown here.")
            return
        words, picture, text = st.tabs(["Summary", "Picture", "Mermaid"])
        words.markdown(shown.summary)
        picture.graphviz_chart(shown.graph)
        text.code(shown.mermaid, language=None)


@st.cache_data(max_entries=KEPT, show_spinner=False)
def _shown(blueprint_id: uuid.UUID) -> Shown | None:
    """A blueprint never changes, so it is read once."""
    with reading() as connection:
        found = read_blueprint(blueprint_document(connection, blueprint_id))
        before = read_blueprint(blueprint_before(connection, blueprint_id))
    if found is None:
        return None
    return Shown(
        summary=unlinked(markdown(found, before=before, pictures=False)),
        graph=graph(found),
        mermaid=er_diagram(found),
    )
