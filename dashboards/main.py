"""The script that Streamlit runs for every page: which pages there are, and what they share."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

IMAGES = Path(__file__).parent / "images"

st.set_page_config(page_title="LeanVibe", page_icon=str(IMAGES / "icon.svg"), layout="wide")
st.logo(str(IMAGES / "logo.svg"), size="large")

page = st.navigation(
    [
        st.Page("views/executions.py", title="Executions", icon=":material/list:", default=True),
        st.Page("views/execution.py", title="Execution", url_path="execution", visibility="hidden"),
    ],
    position="top",
)
if page.title == "Executions" and "execution" in st.query_params:
    st.switch_page("views/execution.py", query_params={"execution": st.query_params["execution"]})
page.run()
