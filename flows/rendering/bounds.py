"""What values a field may have: lengths, least and greatest values, defaults, and how many differ."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.literals import words
from flows.rendering.patterns import matches

if TYPE_CHECKING:
    from flows.contracts import BlueprintField
    from flows.rendering.plan import FieldPlan

DIGITS = 15
"""Digits of a decimal or an amount: as many as SQLite's floating point keeps exactly."""

GREATEST_NUMBER = Decimal(2**53 - 1)
"""Greatest whole number: the greatest that JSON readers keep exactly."""

LONGEST = {
    FieldKind.TEXT: 200,
    FieldKind.LONG_TEXT: 10_000,
    FieldKind.IDENTIFIER: 64,
    FieldKind.EMAIL: 254,
    FieldKind.PHONE: 32,
    FieldKind.LINK: 2_000,
}
"""Characters a string may have when the founder named no number."""

LONGEST_UNIQUE = 600
"""Characters of a unique string: an index entry of Postgres holds 2,704 bytes, a character has up to 4."""

LONGEST_STATED = 100_000
"""Greatest length a founder may ask for."""

DEFAULT_FILE = 5_000_000
"""Bytes an uploaded file may have when nothing else is said."""

LARGEST_FILE = 50_000_000
"""Greatest size a founder may ask for: files pass through memory as base64."""

SMALLEST_PICTURE = 67
"""Bytes of the smallest whole picture that the application makes: one grey dot (PNG)."""

SMALLEST_IMAGE = 12
"""Bytes by which every kind of picture is known."""

_NO_CENTS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "XAF"}
)
_MILLS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})

_YES = frozenset({"yes", "true", "1", "on", "y"})
_NO = frozenset({"no", "false", "0", "off", "n"})


def scale(kind: FieldKind, currency: str | None) -> int:
    """Digits after the decimal point (ISO 4217 for amounts)."""
    if kind is FieldKind.DECIMAL:
        return 4
    if kind is not FieldKind.MONEY:
        return 0
    code = words(currency or "").upper()
    return 0 if code in _NO_CENTS else 3 if code in _MILLS else 2


def value_bounds(
    kind: FieldKind, low: float | None, high: float | None, places: int
) -> tuple[Decimal | None, Decimal | None]:
    """Least and greatest value as exact numbers; none of them when they leave no value."""
    if kind not in {FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY}:
        return None, None
    bound = limit(kind, places)
    step = Decimal(1).scaleb(-places)
    least = _exact(low, step, "ROUND_CEILING", bound)
    greatest = _exact(high, step, "ROUND_FLOOR", bound)
    if least is not None and greatest is not None and least > greatest:
        return None, None
    return least, greatest


def limit(kind: FieldKind, places: int) -> Decimal:
    """The greatest number that a field of that kind can hold at all."""
    return GREATEST_NUMBER if kind is FieldKind.NUMBER else Decimal(10) ** (DIGITS - places) - 1


def _exact(value: float | None, step: Decimal, rounding: str, bound: Decimal) -> Decimal | None:
    if value is None:
        return None
    exact = Decimal(repr(value))
    if not exact.is_finite() or abs(exact) > bound:
        return None
    return exact.quantize(step, rounding=rounding)


def length_bounds(item: BlueprintField, kind: FieldKind) -> tuple[int, int | None]:
    """Least and greatest length of a string kind; (0, None) for the others."""
    if kind not in LONGEST:
        return 0, None
    bounded = kind in {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.IDENTIFIER}
    longest = item.max_length if bounded and item.max_length else LONGEST[kind]
    if bounded and item.max_length is None and item.min_length and item.min_length > longest:
        longest = item.min_length
    longest = min(max(longest, 1), LONGEST_UNIQUE if item.unique else LONGEST_STATED)
    least = max(item.min_length or 0, 0) if bounded else 0
    if least > longest:
        least = 0
    return max(least, 1), longest


def byte_bounds(item: BlueprintField, kind: FieldKind) -> tuple[int, int | None]:
    """Least and greatest size of a file; without a greatest one, the application's setting is the bound."""
    if kind not in {FieldKind.IMAGE, FieldKind.FILE}:
        return 1, None
    least = SMALLEST_IMAGE if kind is FieldKind.IMAGE else 1
    largest = min(item.max_bytes, LARGEST_FILE) if item.max_bytes and item.max_bytes >= least else None
    smallest = max(item.min_bytes or 1, 1)
    if smallest > (largest or DEFAULT_FILE):
        smallest = 1
    return smallest, largest


def default(written: str | None, field: FieldPlan) -> str | None:
    """The default in one plain spelling, None when the field could not have that value."""
    text = words(written or "")
    if not text or field.unique:
        return None
    if field.kind is FieldKind.CHOICE:
        return next((choice for choice in field.choices if choice.casefold() == text.casefold()), None)
    if field.kind is FieldKind.YES_NO:
        folded = text.casefold()
        return "yes" if folded in _YES else "no" if folded in _NO else None
    if field.kind in {FieldKind.DATE, FieldKind.TIME, FieldKind.DATE_AND_TIME}:
        return _moment_default(text, field.kind)
    return _bounded_default(text, field)


def _bounded_default(text: str, field: FieldPlan) -> str | None:
    if field.kind in {FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY}:
        return _number_default(text, field)
    fits = field.min_length <= len(text) <= (field.max_length or len(text))
    fits = fits and (field.pattern is None or matches(field.pattern, text))
    return text if fits and field.kind in {FieldKind.TEXT, FieldKind.LONG_TEXT} else None


def _number_default(text: str, field: FieldPlan) -> str | None:
    try:
        value = Decimal(text.split(maxsplit=1)[0].replace(",", ""))
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) > limit(field.kind, field.scale):
        return None
    if value != value.quantize(Decimal(1).scaleb(-field.scale)):
        return None
    if field.minimum is not None and value < field.minimum:
        return None
    if field.maximum is not None and value > field.maximum:
        return None
    return plain(value)


def _moment_default(text: str, kind: FieldKind) -> str | None:
    if text.casefold() in {"today", "now"}:
        return "now"
    try:
        if kind is FieldKind.DATE:
            return dt.date.fromisoformat(text).isoformat()
        if kind is FieldKind.TIME:
            return dt.time.fromisoformat(text).replace(tzinfo=None).isoformat()
        return dt.datetime.fromisoformat(text).replace(tzinfo=None).isoformat()
    except ValueError:
        return None


def plain(value: Decimal) -> str:
    """A number without exponent and without trailing zeros after the point."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def distinct_values(
    kind: FieldKind,
    choices: tuple[str, ...],
    low: Decimal | None,
    high: Decimal | None,
    places: int,
    longest: int | None,
) -> int | None:
    """How many different values there are; None when there are more than anyone will enter."""
    if kind is FieldKind.YES_NO:
        return 2
    if kind is FieldKind.CHOICE:
        return len(choices)
    if low is not None and high is not None:
        return min(int((high - low).scaleb(places)) + 1, 1_000_000)
    if longest is not None and longest < 3:  # noqa: PLR2004 - below three characters there are few words
        return 10 if longest == 1 else 100
    return None
