"""Example rows: what fills an empty database where the founder gave no examples."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.bounds import SMALLEST_PICTURE, plain
from flows.rendering.layout import laid_out
from flows.rendering.literals import python
from flows.rendering.pattern_texts import examples
from flows.rendering.patterns import matches
from flows.rendering.plan import LETTERS, MANY, NUMBERS, STRINGS, UPLOADS
from flows.stages.backend.phrases import SENTENCES, phrase

if TYPE_CHECKING:
    from flows.rendering import EntityPlan, FieldPlan

SMALLEST_EXAMPLE = 10
"""Bytes that an example file has at least."""

LARGEST_EXAMPLE = 200
"""Bytes that an example file has at most, unless it is to have more."""

FIRST_DAY = dt.date(2026, 3, 2)
"""Day the example dates start from; fixed, so that the same blueprint gives the same files."""


def named_by(entity: EntityPlan) -> list[str]:
    """The fields that stand for a row in pickers, beside those that a search looks at anyway."""
    shown = [entity.display, *(dependant.relation.shows for dependant in entity.dependants)]
    wanted = {field.name for field in entity.plain_fields if not field.searchable}
    return [name for name in dict.fromkeys(shown) if name in wanted]


def literal(entity: EntityPlan, field: FieldPlan, number: int, count: int) -> str:
    """The field's value in the example row of that number, of so many, as a Python literal."""
    if field.kind in UPLOADS:
        return "None" if stays_empty(field) else _file(field, number)
    if field.kind in STRINGS:
        return python(_string(entity, field, number))
    if field.kind in NUMBERS:
        value = plain(number_value(field, number, count))
        return value if field.kind is FieldKind.NUMBER else f'"{value}"'
    if field.kind is FieldKind.CHOICE:
        return python(field.choices[number % len(field.choices)])
    if field.kind is FieldKind.YES_NO:
        return str(number % 2 == 0)
    return f'"{_moment(field, number)}"'


def stays_empty(field: FieldPlan) -> bool:
    """Whether examples leave the field empty, as no whole picture fits into it."""
    small = field.max_bytes is not None and field.max_bytes < SMALLEST_PICTURE
    return field.kind is FieldKind.IMAGE and small and not field.required


def _file(field: FieldPlan, number: int) -> str:
    made, ending = ("picture", "png") if field.kind is FieldKind.IMAGE else ("note", "txt")
    size = f", {file_size(field)}" if file_size(field) else ""
    name = f'"{field.name[:40]}-{number + 1}.{ending}"'
    return laid_out("SentFile(", [name, f"{made}({number}{size})"], ")", 8, len(field.name) + 5)


def file_size(field: FieldPlan) -> int:
    """Bytes that an example has to have exactly; 0 when as many as it has are right."""
    if field.min_bytes > SMALLEST_EXAMPLE:
        return field.min_bytes
    return field.max_bytes if field.max_bytes and field.max_bytes < LARGEST_EXAMPLE else 0


def _moment(field: FieldPlan, number: int) -> str:
    """Later from row to row, and later than the fields that this one comes after."""
    start = dt.datetime.combine(FIRST_DAY, dt.time(9))
    steps = int(field.rung or 0)
    if field.kind is FieldKind.DATE:
        return (start + dt.timedelta(days=9 * number + steps)).date().isoformat()
    if field.kind is FieldKind.TIME:
        return (start + dt.timedelta(minutes=30 * number + 15 * steps)).time().isoformat()
    if field.kind is FieldKind.DATE_AND_TIME:
        return (start + dt.timedelta(days=4 * number, minutes=30 * number, hours=steps)).isoformat()
    return f"{(number + 1) * 30 + 15 * steps} min"


def number_value(field: FieldPlan, number: int, count: int) -> Decimal:
    """The number's example: starts at the least value and steps by one where there is room for it."""
    unit = Decimal(1).scaleb(-field.scale)
    if field.rung is not None:
        return field.rung + unit * min(number, field.room)
    low, high = field.minimum, field.maximum
    if low is None:
        low = Decimal(1) if high is None or high >= count else high - (count - 1)
    elif low == 0 and (high is None or high > count):
        low = Decimal(1)
    step = next(
        (step for step in (Decimal(10), Decimal(1)) if high is None or low + step * count <= high), unit
    )
    value = low + step * number
    return value if high is None or value <= high else low


def _string(entity: EntityPlan, field: FieldPlan, number: int) -> str:
    shaped = {
        FieldKind.EMAIL: f"{entity.attribute[:30].replace('_', '.').strip('.')}{number + 1}@example.com",
        FieldKind.PHONE: f"+44 20 7946 0{number + 100}",
        FieldKind.LINK: f"https://example.com/{entity.slug[:60]}/{number + 1}",
    }
    return shaped.get(field.kind) or _fitted(_letters(entity, field, number), field, number)


def _letters(entity: EntityPlan, field: FieldPlan, number: int) -> str:
    if field.kind is FieldKind.IDENTIFIER:
        return f"{entity.attribute[:3].upper()}-{number + 1:04}"
    if field.kind is FieldKind.LONG_TEXT:
        return SENTENCES[number % len(SENTENCES)]
    return phrase(entity, field, number)


def _fitted(text: str, field: FieldPlan, number: int) -> str:
    """The text if it may stand there, else another that may."""
    longest = field.max_length or len(text)
    if field.pattern:
        wanted = [text] if not field.unique and matches(field.pattern, text) else []
        texts = wanted or pattern_examples(field)
        return texts[number % len(texts)]
    if field.min_length <= len(text) <= longest:
        return text
    return str(number + 1).zfill(field.min_length)[-longest:]


def pattern_examples(field: FieldPlan) -> list[str]:
    """Texts that match the field's pattern; of a field without one, none."""
    if field.kind not in LETTERS or not field.pattern:
        return []
    return examples(field.pattern, field.min_length, field.max_length or 0, MANY)
