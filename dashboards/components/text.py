"""Founder's text on a page: shown as it is, never read as Markdown or HTML."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboards.words import visible


def heading(text: str, note: str = "") -> None:
    """The page's heading with a small note below; both are escaped, whatever they hold."""
    small = (
        f'<p style="margin:0.15rem 0 0;opacity:0.7;font-size:0.9rem">{escape(visible(note))}</p>'
        if note
        else ""
    )
    style = "margin:0;padding:0;font-size:1.75rem;font-weight:650;line-height:1.25;overflow-wrap:anywhere"
    st.html(f'<h1 style="{style}">{escape(visible(text))}</h1>{small}')


def fact(label: str, value: str) -> None:
    """A small label above a value; both are escaped."""
    st.html(
        f'<div style="opacity:0.7;font-size:0.8rem">{escape(label)}</div>'
        f'<div style="font-size:1.05rem;overflow-wrap:anywhere">{escape(visible(value))}</div>'
    )
