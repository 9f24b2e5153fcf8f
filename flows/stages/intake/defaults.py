"""Whether a field's default value fits its kind."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.stages.intake.values import NO, YES, parsed_number

if TYPE_CHECKING:
    from collections.abc import Callable

DURATION = re.compile(r"(?=\S)(?:(\d{1,5})\s*h)?\s*(?:(\d{1,5})\s*m(?:in)?)?|(\d{1,4}):([0-5]\d)", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[0-9 ()/.\-]{3,30}", re.ASCII)
_LINK = re.compile(r"https?://[^\s/]+\S*")


def _parses(parse: Callable[[str], object], *, now: str) -> Callable[[str], bool]:
    def fits(written: str) -> bool:
        if written.casefold() == now:
            return True
        try:
            parse(written)
        except ValueError:
            return False
        return True

    return fits


def _is_number(written: str) -> bool:
    return parsed_number(written) is not None


def _is_whole(written: str) -> bool:
    found = parsed_number(written)
    return found is not None and found.is_integer()


_FITS: dict[FieldKind, tuple[Callable[[str], bool], str]] = {
    FieldKind.NUMBER: (_is_whole, "a whole number like 12"),
    FieldKind.DECIMAL: (_is_number, "a number like 12.5"),
    FieldKind.MONEY: (_is_number, "an amount like 12.50, without the currency"),
    FieldKind.DATE: (_parses(date.fromisoformat, now="today"), "a date like 2026-05-31, or today"),
    FieldKind.TIME: (_parses(time.fromisoformat, now="now"), "a time like 14:30, or now"),
    FieldKind.DATE_AND_TIME: (
        _parses(datetime.fromisoformat, now="now"),
        "a date and time like 2026-05-31 14:30, or now",
    ),
    FieldKind.DURATION: (lambda written: bool(DURATION.fullmatch(written)), "a duration like 1h 30m or 1:30"),
    FieldKind.YES_NO: (lambda written: written.casefold() in YES | NO, "yes or no"),
    FieldKind.EMAIL: (lambda written: bool(_EMAIL.fullmatch(written)), "an address like ada@example.org"),
    FieldKind.PHONE: (lambda written: bool(_PHONE.fullmatch(written)), "a number like +49 30 123456"),
    FieldKind.LINK: (lambda written: bool(_LINK.fullmatch(written)), "an address like https://example.org"),
}


def unfit(kind: FieldKind, written: str) -> str | None:
    """What would be right in place of a default that does not fit its kind; None when it fits."""
    fits, right = _FITS.get(kind, (lambda _: True, ""))
    return None if fits(written) else right
