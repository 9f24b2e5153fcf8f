"""Valid values of fields, made from a number: what an attack sends."""

from __future__ import annotations

import base64
import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flows.contracts import FieldKind
from flows.rendering.bounds import plain
from flows.rendering.plan import LETTERS, NUMBERS, UPLOADS

if TYPE_CHECKING:
    from flows.rendering import EntityPlan, FieldPlan

START = dt.datetime(2026, 5, 4, 6)  # noqa: DTZ001 - the application's times are local
STEP = 15  # minutes from a moment to one that comes after it
MINUTES_TOGETHER = 120
SPAN = 500  # different numbers tried where nothing bounds them
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def values(entity: EntityPlan, number: int) -> dict[str, Any]:
    """A value for every required or uploaded field; another number gives others, where there are any."""
    return {
        field.name: value(field, number) for field in entity.fields if field.required or field.kind in UPLOADS
    }


def value(field: FieldPlan, number: int) -> Any:
    """A value as the application's JSON API takes it."""
    if field.kind in LETTERS:
        return _text(field, number)
    if field.kind in NUMBERS:
        return _number(field, number)
    if field.kind is FieldKind.CHOICE:
        return field.choices[number % len(field.choices)]
    if field.kind is FieldKind.YES_NO:
        return number % 2 == 0
    if field.kind in UPLOADS:
        return _upload(field, number)
    return _shaped(field, number)


def _shaped(field: FieldPlan, number: int) -> str:
    """Of fields that are compared with others, the later one is later by its rung, whatever the number."""
    rung = int(field.rung or 0)
    if field.rung is not None and field.kind is FieldKind.TIME:
        number %= MINUTES_TOGETHER  # no two of them with midnight between
    moment = START + dt.timedelta(minutes=number + STEP * rung)
    return {
        FieldKind.EMAIL: f"attempt{number}@example.com",
        FieldKind.PHONE: f"+44 20 {7000000 + number}",
        FieldKind.LINK: f"https://example.com/attempts/{number}",
        FieldKind.DATE: (START + dt.timedelta(days=number + rung)).date().isoformat(),
        FieldKind.TIME: moment.time().isoformat(),
        FieldKind.DATE_AND_TIME: moment.isoformat(),
        FieldKind.DURATION: f"{number + 1 + STEP * rung} min",
    }[field.kind]


def _text(field: FieldPlan, number: int) -> str:
    """The number to the base of 36, as long as the field wants it."""
    digits = ""
    while number or not digits:
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    longest = field.max_length or len(digits)
    return ("v" * (field.min_length - len(digits)) + digits)[-longest:]


def _number(field: FieldPlan, number: int) -> int | str:
    step = Decimal(1).scaleb(-field.scale)
    if field.rung is not None:  # compared with others, which move up by the same steps
        amount = field.rung + number % (field.room + 1) * step
        return int(amount) if field.kind is FieldKind.NUMBER else plain(amount)
    low, high = field.minimum, field.maximum
    if low is None:
        low = Decimal(1) if high is None or high >= 1 else high - SPAN * step
    room = int((high - low) / step) + 1 if high is not None else None
    amount = low + (number if room is None else number % room) * step
    return int(amount) if field.kind is FieldKind.NUMBER else plain(amount)


def _upload(field: FieldPlan, number: int) -> dict[str, str]:
    is_image = field.kind is FieldKind.IMAGE
    content = PIXEL if is_image else f"attempt {number}".encode()
    content += b" " * (field.min_bytes - len(content))  # what follows an image is not looked at
    name = f"attempt{number}.{'png' if is_image else 'txt'}"
    return {"name": name, "content": base64.b64encode(content).decode()}
