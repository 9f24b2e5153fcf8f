"""The value a new row begins with, in the form its kind is written in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.language.names import key

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOW = {
    **dict.fromkeys(("today", "the day", "today's date", "the current date", "current date"), "today"),
    **dict.fromkeys(("now", "the current time", "current time", "the moment"), "now"),
}
_YES = {
    **dict.fromkeys(("yes", "true", "on", "ticked"), "yes"),
    **dict.fromkeys(("no", "false", "off"), "no"),
}
_FORMS: dict[FieldKind, tuple[re.Pattern[str], str]] = {
    FieldKind.NUMBER: (re.compile(r"-?\d{1,15}"), "a whole number like 2"),
    FieldKind.DECIMAL: (re.compile(r"-?\d{1,15}(?:\.\d{1,6})?"), "a number like 2.5"),
    FieldKind.MONEY: (re.compile(r"-?\d{1,15}(?:\.\d{1,2})?"), "an amount like 12.50"),
    FieldKind.YES_NO: (re.compile(r"yes|no"), "yes or no"),
    FieldKind.DATE: (re.compile(r"today|\d{4}-\d{2}-\d{2}"), "today, or a date like 2026-05-31"),
    FieldKind.TIME: (re.compile(r"now|(?:[01]\d|2[0-3]):[0-5]\d"), "now, or a time like 14:30"),
    FieldKind.DATE_AND_TIME: (re.compile(r"now"), "now"),
    FieldKind.DURATION: (re.compile(r"\d{1,5}h(?: [0-5]?\dm)?|\d{1,5}m"), "a duration like 30 minutes"),
}
_UNFIT = frozenset({FieldKind.IMAGE, FieldKind.FILE, FieldKind.EMAIL, FieldKind.PHONE, FieldKind.LINK})
_EARLY = re.compile(r"\d:[0-5]\d")
_LASTING = re.compile(r"(\d{1,5}) ?(h|hours?|m|mins?|minutes?)", re.IGNORECASE)


def default_of(written: str, kind: FieldKind, choices: Sequence[str]) -> tuple[str | None, str]:
    """The default, or None and what would be right."""
    if kind is FieldKind.CHOICE:
        same = [choice for choice in choices if key(choice) == key(written)]
        return (
            (same[0], "") if same else (None, f"Is '{written[:60]}' one more of the choices? Add it to them.")
        )
    if kind in _UNFIT:
        return None, f"A field of the kind '{kind.value}' begins empty."
    value = written.strip()
    if kind in {FieldKind.DATE, FieldKind.TIME, FieldKind.DATE_AND_TIME}:
        value = _NOW.get(value.casefold(), value)
        value = f"0{value}" if _EARLY.fullmatch(value) else value
    elif kind is FieldKind.YES_NO:
        value = _YES.get(value.casefold(), value)
    elif kind is FieldKind.DURATION and (lasting := _LASTING.fullmatch(value)):
        value = lasting.group(1) + lasting.group(2)[0].lower()
    elif kind in {FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY}:
        value = value.partition(" ")[0]  # the unit behind it is the field's own
    form, right = _FORMS.get(kind, (None, ""))
    if form is not None and not form.fullmatch(value):
        return None, f"Write {right} as the default."
    return value, ""
