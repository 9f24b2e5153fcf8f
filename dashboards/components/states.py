"""What a page says when there is nothing to show: empty, not found, or the database away."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.errors import SchemaOutdated
from db.errors import DatabaseError, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

WAS_AWAY = "database_was_away"
"""Session state: the reader was last told that the database cannot be read."""


@contextmanager
def told() -> Iterator[None]:
    """Say in plain words when the database is away or outdated, and end this run of the page there."""
    try:
        yield
    except NotFound:
        nothing("There is no such execution", "It may have been mistyped, or removed since.", None)
    except SchemaOutdated:
        _away("The database is not up to date", "Bring it to the newest migration:", "leanvibe db upgrade")
    except DatabaseError as error:
        _away(
            "The database does not answer",
            "Nothing is lost: what runs keeps its rows until it is back. This page tries again by itself.",
            str(error),
        )
    else:
        if st.session_state.pop(WAS_AWAY, False):
            st.rerun()  # the whole page: what stood below the error was never reached
        return
    st.stop()


def nothing(title: str, hint: str, command: str | None) -> None:
    """An empty state: what is missing, why, and the command that changes it; all in our own words."""
    with st.container(border=True, horizontal_alignment="center"):
        st.subheader(title, anchor=False)
        st.caption(hint)
        if command is not None:
            st.code(command, language=None, width="content")


def _away(title: str, hint: str, detail: str) -> None:
    st.session_state[WAS_AWAY] = True
    st.error(f"**{title}.** {hint}", icon=":material/cloud_off:")
    st.code(detail, language=None, wrap_lines=True)
