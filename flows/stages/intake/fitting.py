"""Whether a value that was written, as a default or in an example, fits a field."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, TypeAlias

from flows.contracts import FieldKind
from flows.stages.intake.patterns import UNSTATED_LENGTH
from flows.stages.intake.problems import quoted
from flows.stages.intake.schema.field import NUMBERS, TEXTS, UPLOADS
from flows.stages.intake.values import NO, YES, folded, parsed_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.contracts import InterviewField

Measure: TypeAlias = float | date | datetime | time
"""A value as it is compared with one of the same kind."""

_DURATION = re.compile(r"(?=\S)(?:(\d{1,5})\s*h)?\s*(?:(\d{1,5})\s*m(?:in)?)?|(\d{1,4}):([0-5]\d)", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[0-9 ()/.\-]{3,30}", re.ASCII)
_LINK = re.compile(r"https?://[^\s/]+\S*")
_NOW = {FieldKind.DATE: "today", FieldKind.TIME: "now", FieldKind.DATE_AND_TIME: "now"}

_RIGHT: dict[FieldKind, str] = {
    FieldKind.NUMBER: "a whole number like 12",
    FieldKind.DECIMAL: "a number like 12.5",
    FieldKind.MONEY: "an amount like 12.50, without the currency",
    FieldKind.DATE: "a date like 2026-05-31, or today",
    FieldKind.TIME: "a time like 14:30, or now",
    FieldKind.DATE_AND_TIME: "a date and time like 2026-05-31 14:30, or now",
    FieldKind.DURATION: "a duration like 1h 30m or 1:30",
    FieldKind.YES_NO: "yes or no",
    FieldKind.EMAIL: "an address like ada@example.org",
    FieldKind.PHONE: "a number like +49 30 123456",
    FieldKind.LINK: "an address like https://example.org",
}


def measured(kind: FieldKind, written: str) -> Measure | None:
    """The value of a number, date, time or duration (in minutes); None for all else, also for `now`."""
    try:
        if kind is FieldKind.DATE:
            return date.fromisoformat(written)
        if kind is FieldKind.TIME:
            return time.fromisoformat(written).replace(tzinfo=None)
        if kind is FieldKind.DATE_AND_TIME:
            return datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        return None
    if kind is FieldKind.DURATION:
        return _minutes(written)
    return parsed_number(written) if kind in NUMBERS else None


def _minutes(written: str) -> float | None:
    found = _DURATION.fullmatch(written)
    if found is None:
        return None
    return float(int(found[1] or found[3] or 0) * 60 + int(found[2] or found[4] or 0))


def _is_whole(written: str) -> bool:
    number = parsed_number(written)
    return number is not None and number.is_integer()


_FITS: dict[FieldKind, Callable[[str], object]] = {
    FieldKind.NUMBER: _is_whole,
    FieldKind.YES_NO: lambda written: written.casefold() in YES | NO,
    FieldKind.EMAIL: _EMAIL.fullmatch,
    FieldKind.PHONE: _PHONE.fullmatch,
    FieldKind.LINK: _LINK.fullmatch,
}


def _is_of(kind: FieldKind, written: str) -> bool:
    if kind not in _RIGHT or written.casefold() == _NOW.get(kind):
        return True
    if kind in _FITS:
        return bool(_FITS[kind](written))
    return measured(kind, written) is not None


def choice_named(field: InterviewField, written: str) -> str | None:
    """The choice that is meant, by what is stored or by what people see; None when there is none."""
    for shown in (field.choices, field.labels):
        for choice, words in zip(field.choices, shown, strict=False):
            if folded(words) == folded(written):
                return choice
    return None


def misfit(field: InterviewField, written: str) -> tuple[str, str] | None:
    """What is wrong with a value, and what would be right; None when the field can have it."""
    if field.kind is FieldKind.CHOICE:
        return _unknown_choice(field, written)
    if field.kind in UPLOADS:
        return f"cannot be written for the type '{field.kind.value}'", "Leave it out; it is uploaded later."
    if not _is_of(field.kind, written):
        return f"does not fit the type '{field.kind.value}'", f"Write {_RIGHT[field.kind]}."
    return _out_of_bounds(field, written)


def _unknown_choice(field: InterviewField, written: str) -> tuple[str, str] | None:
    if not field.choices or choice_named(field, written) is not None:
        return None
    allowed = ", ".join(quoted(choice)[1:-1] for choice in field.choices)
    return "is not one of the choices", f"Use one of: {allowed}."


def _out_of_bounds(field: InterviewField, written: str) -> tuple[str, str] | None:
    longest = field.max_length or (UNSTATED_LENGTH if field.pattern else None)
    if field.kind in TEXTS and not _within(len(written), field.min_length, longest):
        return "is outside of min_length and max_length", "Change it or the limits."
    number = parsed_number(written) if field.kind in NUMBERS else None
    if number is not None and not _within(number, field.minimum, field.maximum):
        return "is outside of minimum and maximum", "Change it or the limits."
    if field.pattern is not None and not re.fullmatch(field.pattern, written):
        return f"does not match the pattern {quoted(field.pattern)}", "Change it or the pattern."
    return None


def _within(size: float, least: float | None, most: float | None) -> bool:
    return (least is None or size >= least) and (most is None or size <= most)
