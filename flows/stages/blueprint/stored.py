"""Values as the application stores them, from how a founder writes them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from flows.contracts import FieldKind

if TYPE_CHECKING:
    from flows.contracts import InterviewField

_YES_NO = {
    **dict.fromkeys(("true", "yes", "on", "y"), "true"),
    **dict.fromkeys(("false", "no", "off", "n"), "false"),
}
_NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY})
_DIGITS = 40
_HOURS_MINUTES = re.compile(r"(\d+):(\d{2})|(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?", re.ASCII)


def stored(field: InterviewField, written: str) -> str:
    """`true` or `false`, plain numbers, ISO 8601 dates, times and durations; all else as it was written."""
    if field.kind is FieldKind.YES_NO:
        return _YES_NO.get(written.strip().casefold(), written)
    if field.kind in _NUMBERS:
        return _number(written.replace("_", "").removeprefix("+"), whole=field.kind is FieldKind.NUMBER)
    if field.kind is FieldKind.DURATION:
        return _iso_duration(written)
    return written


def _number(plain: str, *, whole: bool) -> str:
    """A whole number without a point or exponent, any other one as it is."""
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return plain
    short = number.is_finite() and number.adjusted() < _DIGITS
    return str(int(number)) if whole and short and number == int(number) else plain


def _iso_duration(written: str) -> str:
    found = _HOURS_MINUTES.fullmatch(written)
    if found is None or not written.strip():
        return written
    hours = int(found.group(1) or found.group(3) or 0)
    minutes = int(found.group(2) or found.group(4) or 0)
    hours, minutes = hours + minutes // 60, minutes % 60
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes or not hours else "")
