"""One colour for each status, the same in figures, tables and badges."""

from __future__ import annotations

from typing import Literal

Badge = Literal["green", "blue", "orange", "red", "gray", "violet"]

AT_THE_GATE = "at the gate"
"""Time that a founder takes to decide, apart from the time that stages work."""

BADGES: dict[str, Badge] = {
    "scheduled": "gray",
    "pending": "gray",
    "running": "blue",
    "waiting": "orange",
    AT_THE_GATE: "orange",
    "paused": "violet",
    "cancelling": "gray",
    "completed": "green",
    "failed": "red",
    "cancelled": "gray",
    "crashed": "red",
    "passed": "green",
}
"""Streamlit's name of each status's colour."""

_HEX: dict[Badge, str] = {
    "green": "#0f9d76",
    "blue": "#2f7fd6",
    "orange": "#d9962b",
    "red": "#d1495b",
    "gray": "#8a938f",
    "violet": "#7b61c9",
}
"""Told apart on light and dark ground, also by most people who do not see red and green."""


def badge(status: str) -> Badge:
    """Streamlit's name of the colour; grey for a status that is not known here."""
    return BADGES.get(status, "gray")


def colour(status: str) -> str:
    """The colour as hexadecimal RGB."""
    return _HEX[badge(status)]
