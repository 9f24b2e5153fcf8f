"""Values as the application stores them, from how a founder writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.contracts import FieldKind

if TYPE_CHECKING:
    from flows.contracts import InterviewField

_YES = frozenset({"true", "yes", "on", "y"})
_NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY})
_HOURS_MINUTES = re.compile(r"(\d+):(\d{2})|(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?", re.ASCII)


def stored(field: InterviewField, written: str) -> str:
    """`true` or `false`, plain numbers, ISO 8601 dates, times and durations; texts as they were written."""
    if field.kind is FieldKind.YES_NO:
        return "true" if written.casefold() in _YES else "false"
    if field.kind in _NUMBERS:
        plain = written.replace("_", "").removeprefix("+")
        return str(int(float(plain))) if field.kind is FieldKind.NUMBER else plain
    if field.kind is FieldKind.DURATION:
        return _iso_duration(written)
    return written


def _iso_duration(written: str) -> str:
    found = _HOURS_MINUTES.fullmatch(written)
    if found is None:
        return written
    hours = int(found.group(1) or found.group(3) or 0)
    minutes = int(found.group(2) or found.group(4) or 0)
    hours, minutes = hours + minutes // 60, minutes % 60
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes or not hours else "")
