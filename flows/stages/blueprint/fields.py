"""Fields of an entity: a column, a form input and an API property at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.contracts import BlueprintField, FieldKind
from flows.language import words

if TYPE_CHECKING:
    from flows.contracts import Interview, InterviewEntity, InterviewField

HOUSE_CURRENCY = "EUR"
_TITLES = ("name", "title", "full_name", "label", "subject", "headline", "number", "reference", "code")
_SPEAKING_KINDS = (
    *(FieldKind.TEXT, FieldKind.EMAIL, FieldKind.PHONE, FieldKind.IDENTIFIER, FieldKind.DATE_AND_TIME),
    *(FieldKind.DATE, FieldKind.CHOICE, FieldKind.NUMBER, FieldKind.LINK),
)
_YES = frozenset({"true", "yes", "on", "y"})
_HOURS_MINUTES = re.compile(r"(\d+):(\d{2})|(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?", re.ASCII)


def usual_currency(interview: Interview) -> str:
    """The currency of amounts that name none: the interview's own when it knows one, else the house's."""
    known = {field.currency for entity in interview.entities for field in entity.fields if field.currency}
    return known.pop() if len(known) == 1 else HOUSE_CURRENCY


def blueprint_field(
    field: InterviewField, *, entity: InterviewEntity, member: str, currency: str
) -> BlueprintField:
    """The field under its repaired name; its default in the form the application stores."""
    said = f"{entity.name} has {field.name} ({field.kind.value})"
    assumed = field.kind is FieldKind.MONEY and field.currency is None
    return BlueprintField(
        name=member,
        label=words.label(field.name),
        kind=field.kind,
        required=field.required,
        unique=field.unique,
        minimum=field.minimum,
        maximum=field.maximum,
        min_length=field.min_length,
        max_length=field.max_length,
        choices=field.choices,
        default=_stored(field.kind, field.default),
        currency=(field.currency or currency) if field.kind is FieldKind.MONEY else None,
        description=field.description,
        source="stated",
        because=f"{said}; no currency was named, so {currency} is used" if assumed else said,
    )


def _stored(kind: FieldKind, default: str | None) -> str | None:
    """`true` or `false`, plain numbers, ISO 8601 dates, times and durations; texts as they were written."""
    if default is None:
        return None
    if kind is FieldKind.YES_NO:
        return "true" if default.casefold() in _YES else "false"
    if kind in {FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY}:
        plain = default.replace("_", "").removeprefix("+")
        return str(int(float(plain))) if kind is FieldKind.NUMBER else plain
    if kind is FieldKind.DURATION:
        return _iso_duration(default)
    return default


def _iso_duration(written: str) -> str:
    found = _HOURS_MINUTES.fullmatch(written)
    if found is None:
        return written
    hours = int(found.group(1) or found.group(3) or 0)
    minutes = int(found.group(2) or found.group(4) or 0)
    hours, minutes = hours + minutes // 60, minutes % 60
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes or not hours else "")


def display_field(fields: tuple[BlueprintField, ...]) -> str:
    """The name of the field that stands for a row: a name or title, else the first text, else what speaks."""
    texts = [field for field in fields if field.kind is FieldKind.TEXT]
    for title in _TITLES:
        for field in texts:
            if field.name == title:
                return field.name
    for field in texts:
        if field.required or field.name.endswith(("_name", "_title")):
            return field.name
    required = [field for field in fields if field.required]
    for candidates in (required, fields):
        for kind in _SPEAKING_KINDS:
            for field in candidates:
                if field.kind is kind:
                    return field.name
    return fields[0].name
