"""Least and greatest of a field, as its kind has them: a value, characters, or bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.contracts import FieldKind

if TYPE_CHECKING:
    from flows.language.drafts import Note
    from flows.language.tree import Amount

NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY})
TEXTS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.IDENTIFIER})
UPLOADS = frozenset({FieldKind.IMAGE, FieldKind.FILE})
MAX_MAGNITUDE = 2**53  # whole numbers beyond this lose digits in JSON
MAX_CHARACTERS = 100_000
MAX_BYTES = 2**31
LETTERS = frozenset({"characters", "character", "letters", "letter", "chars", "char", "signs", "symbols"})
DIGITS = frozenset({"digits", "digit"})
_BYTES = {
    "byte": 1,
    "kb": 2**10,
    "kilobyte": 2**10,
    "mb": 2**20,
    "megabyte": 2**20,
    "gb": 2**30,
    "gigabyte": 2**30,
}
_STEPS = {FieldKind.NUMBER: 1.0, FieldKind.MONEY: 0.01, FieldKind.DECIMAL: 0.0001}
"""What lies between a number and the next one that is kept: `more than 0` is at least this."""


def counts_letters(unit: str) -> bool:
    """Whether an amount of this unit is the length of a text."""
    return unit.partition(" ")[0] in LETTERS | DIGITS


def counts_bytes(unit: str) -> bool:
    """Whether an amount of this unit is the size of a file."""
    return unit.removesuffix("s") in _BYTES or unit in _BYTES


def bound(note: Note, kind: FieldKind, values: dict[str, Any]) -> str:
    """Keep a bound among the values of a field; what would be right, when it makes no sense for the kind."""
    amount = note.amount
    if amount is None:
        return ""
    names, scale = _limits(kind, _unit(amount))
    if names is None:
        return f"A bound like this means nothing for a field of the kind '{kind.value}'."
    if len(amount.number) > len(str(MAX_MAGNITUDE)) or abs(float(amount.number)) > MAX_MAGNITUDE:
        return f"Stay within {MAX_MAGNITUDE} either way."
    number = float(amount.number) * scale
    if note.what in {"more", "less"}:
        step = _STEPS.get(kind, 1.0)
        number = round(number + (step if note.what == "more" else -step), 6)
    reason = _wrong_number(number, kind) or _keep(note, values, names=names, number=number)
    if not reason and _unit(amount) in DIGITS and kind in TEXTS:
        values["pattern"] = "[0-9]*"
    return reason


def _wrong_number(number: float, kind: FieldKind) -> str:
    if kind is FieldKind.NUMBER and not number.is_integer():
        return "Write a whole number, or say that it is a decimal."
    most = MAX_BYTES if kind in UPLOADS else MAX_CHARACTERS
    if kind not in NUMBERS and not (number.is_integer() and 0 <= number <= most):
        return "Write a whole number, like 'up to 80 characters' or 'up to 5 MB'."
    return ""


def _unit(amount: Amount) -> str:
    return amount.unit.partition(" ")[0]


def _keep(note: Note, values: dict[str, Any], *, names: tuple[str, str], number: float) -> str:
    low, high = names
    if low != "minimum":
        number = int(number)
    least = number if note.what in {"least", "more", "exact"} else values.get(low)
    most = number if note.what in {"most", "less", "exact"} else values.get(high)
    if least is not None and most is not None and least > most:
        return f"Nothing is at least {least:g} and at most {most:g}: which of the two is meant?"
    values |= {low: least, high: most}
    return ""


def _limits(kind: FieldKind, unit: str) -> tuple[tuple[str, str] | None, int]:
    """The names of the least and the greatest, and what one of the unit is; None when it makes no sense."""
    if kind in UPLOADS:
        scale = _BYTES.get(unit if unit in _BYTES else unit.removesuffix("s"))
        return (("min_bytes", "max_bytes"), scale) if scale else (None, 1)
    if kind in TEXTS and (not unit or unit in LETTERS | DIGITS):
        return ("min_length", "max_length"), 1
    if kind in NUMBERS and unit not in LETTERS | DIGITS | _BYTES.keys():
        return ("minimum", "maximum"), 1
    return None, 1
