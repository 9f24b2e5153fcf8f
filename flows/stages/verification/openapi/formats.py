"""The formats that answers are held to: ours, for jsonschema's depend on what else is installed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from jsonschema import FormatChecker

if TYPE_CHECKING:
    from collections.abc import Callable


def _is_date(text: str) -> bool:
    return bool(dt.date.fromisoformat(text))


def _is_moment(text: str) -> bool:
    """RFC 3339: with its distance to UTC."""
    return dt.datetime.fromisoformat(text).tzinfo is not None


def _is_local_moment(text: str) -> bool:
    return dt.datetime.fromisoformat(text).tzinfo is None


def _is_time(text: str) -> bool:
    """RFC 3339: with its distance to UTC."""
    return dt.time.fromisoformat(text).tzinfo is not None


def _is_local_time(text: str) -> bool:
    return dt.time.fromisoformat(text).tzinfo is None


CHECKS: dict[str, Callable[[str], bool]] = {
    "date": _is_date,
    "date-time": _is_moment,
    "date-time-local": _is_local_moment,
    "time": _is_time,
    "time-local": _is_local_time,
}
"""Those of JSON Schema, and the two of OpenAPI's registry for times without a zone."""


def _checker() -> FormatChecker:
    made = FormatChecker(formats=())
    for name, check in CHECKS.items():

        def holds(value: object, check: Callable[[str], bool] = check) -> bool:
            return not isinstance(value, str) or check(value)

        made.checks(name, raises=ValueError)(holds)
    return made


FORMATS = _checker()
