"""Pages: scripts that Streamlit runs, with no logic of their own."""
