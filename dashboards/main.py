"""The script that Streamlit runs for every page: which pages there are, and what they share."""

from __future__ import annotations

import streamlit as st

st.set_page_config(page_title="LeanVibe", page_icon=":material/factory:", layout="wide")

page = st.navigation(
    [
        st.Page("views/executions.py", title="Executions", icon=":material/list:", default=True),
        st.Page("views/execution.py", title="Execution", icon=":material/timeline:", url_path="execution"),
    ],
    position="top",
)
if page.title == "Executions" and "execution" in st.query_params:
    st.switch_page("views/execution.py", query_params={"execution": st.query_params["execution"]})
page.run()
