"""What people and programs see of the factory in a browser: the Streamlit pages and the HTTP API."""
