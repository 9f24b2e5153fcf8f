"""Values at the edge of what a field may be, and just beyond: what the application's tests send."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.bounds import SMALLEST_IMAGE, limit, plain
from flows.rendering.layout import laid_out
from flows.rendering.literals import python
from flows.rendering.pattern_texts import lengths, misses, texts
from flows.rendering.plan import LETTERS, NUMBERS, STRINGS, UPLOADS
from flows.stages.backend.samples import pattern_examples

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.rendering import EntityPlan, FieldPlan


LARGEST_SENT = 200_000
"""Bytes of a file beyond which a test that sends it would be slow."""


def accepted(field: FieldPlan) -> list[str]:
    """Values at the edge that must be accepted, as Python expressions; of compared fields, see `ordered`."""
    if field.rung is not None:
        return []
    if field.kind in UPLOADS:
        sizes = [field.min_bytes, field.max_bytes or 0]
        return [_sized(field, size) for size in sizes if size >= _least(field) and size <= LARGEST_SENT]
    if field.kind in LETTERS:
        return _outermost(field)
    if field.kind in NUMBERS:
        bounds = [bound for bound in (field.minimum, field.maximum) if bound is not None]
        return [number(field, bound) for bound in bounds]
    if field.kind in _LONG:
        return [_long(field, field.max_length or 0)]
    return _ALLOWED.get(field.kind) or [python(choice) for choice in field.choices]


def _long(field: FieldPlan, length: int) -> str:
    """A value of that length, of a kind with a form of its own."""
    head, tail = _LONG[field.kind]
    parts = [f'"{head}"', f'"1" * {length - len(head) - len(tail)}', f'"{tail}"']
    return " + ".join(part for part in parts if part != '""')


def _outermost(field: FieldPlan) -> list[str]:
    """A shortest and a longest text; of those that match, where there is a pattern."""
    if not field.pattern:
        return [f'"x" * {field.min_length}', f'"x" * {field.max_length}']
    fitting = [
        length for length in lengths(field.pattern, field.max_length or 0) if length >= field.min_length
    ]
    found = [text for length in (fitting[0], fitting[-1]) for text in texts(field.pattern, length, 1)]
    return [python(text) for text in dict.fromkeys(found) if text == text.strip()]


def refused(field: FieldPlan) -> list[str]:
    """Values that must be refused, as Python expressions; the last one also when a form sends it."""
    found = ["None"] if field.required else []
    found += [] if field.pattern else _WRONG.get(field.kind, [])
    if field.required and field.kind in LETTERS:
        found.append('"   "')
    found += _mismatched(field)
    if field.kind in UPLOADS:
        found += _unfit(field)
    if field.kind in STRINGS:
        found += _beyond_the_lengths(field)
    if field.kind in NUMBERS:
        found += _beyond_the_bounds(field)
    return found


def _least(field: FieldPlan) -> int:
    return SMALLEST_IMAGE if field.kind is FieldKind.IMAGE else 1


def _sized(field: FieldPlan, size: int) -> str:
    """A file of that many bytes."""
    made = f"picture(1, {size})" if field.kind is FieldKind.IMAGE else f"note(1, {size})"
    return f"sent({made})"


def _unfit(field: FieldPlan) -> list[str]:
    """Files that a field does not take: too small, too large, of another kind."""
    found = [_sized(field, field.min_bytes - 1)] if field.min_bytes > 1 else ['sent(b"")']
    if field.max_bytes and field.max_bytes < LARGEST_SENT:
        found.append(_sized(field, field.max_bytes + 1))
    if field.kind is FieldKind.IMAGE:
        found += [f'sent(b"<svg/>".ljust({max(field.min_bytes, 6)}))']
    return found


def _mismatched(field: FieldPlan) -> list[str]:
    """Texts of an allowed length that just miss the pattern."""
    if not field.pattern:
        return []
    missed = misses(field.pattern, pattern_examples(field)[0])
    return [python(text) for text in missed if field.min_length <= len(text) <= (field.max_length or 0)]


def _beyond_the_lengths(field: FieldPlan) -> list[str]:
    longest = field.max_length or 0
    if field.kind not in LETTERS:
        return [_long(field, longest + 1)]
    found = [f'"x" * {longest + 1}']
    if field.min_length > 1:
        found.append(f'"x" * {field.min_length - 1}')
    return found


def _beyond_the_bounds(field: FieldPlan) -> list[str]:
    unit = Decimal(1).scaleb(-field.scale)
    furthest = limit(field.kind, field.scale) + 1
    low, high = field.minimum, field.maximum
    return [
        number(field, -furthest if low is None else low - unit),
        number(field, furthest if high is None else high + unit),
    ]


def number(field: FieldPlan, value: Decimal) -> str:
    """A value of a number field as a Python expression, with the digits that the API shows."""
    return plain(value) if field.kind is FieldKind.NUMBER else f'"{value:.{field.scale}f}"'


_LONG = {
    FieldKind.EMAIL: ("a", "@example.com"),
    FieldKind.PHONE: ("+", ""),
    FieldKind.LINK: ("https://example.com/", ""),
}
"""What stands before and behind the digits of a long value."""

_ALLOWED = {FieldKind.YES_NO: ["True", "False"], FieldKind.DURATION: ['"PT0S"']}
"""Values at the edge of kinds that have no other bounds."""

_WRONG = {
    FieldKind.TEXT: [r'"two\nlines"', r'"nul\x00"'],
    FieldKind.LONG_TEXT: [r'"nul\x00"'],
    FieldKind.NUMBER: ['"many"', "1.5"],
    FieldKind.DECIMAL: ['"much"', '"0.00001"', '"NaN"'],
    FieldKind.MONEY: ['"much"', '"0.0001"', '"Infinity"'],
    FieldKind.DATE: ['"2026-02-30"', '"tomorrow"', "20260331"],
    FieldKind.TIME: ['"25:00"', '"noon"'],
    FieldKind.DATE_AND_TIME: ['"2026-13-01T10:00"', '"2026-03-31T10:00+02:00"'],
    FieldKind.DURATION: ['"a while"', '"-PT1H"', '"P36501D"'],
    FieldKind.YES_NO: ['"perhaps"'],
    FieldKind.CHOICE: [r'"no such choice \u2603"'],
    FieldKind.EMAIL: ['"nobody"', '"a@b"', '"a b@example.com"'],
    FieldKind.PHONE: ['"call me"', '"12"'],
    FieldKind.LINK: ['"javascript:alert(1)"', '"example.com"'],
    FieldKind.IDENTIFIER: ['"two words"'],
    FieldKind.IMAGE: ['"a name"', '{"name": "a.png"}', '{"name": "a.png", "content": "%"}'],
    FieldKind.FILE: ['"a name"', '{"content": "YQ=="}', '{"name": "a", "content": None}'],
}


def edges(entity: EntityPlan, values: Callable[[FieldPlan], list[str]]) -> list[str]:
    """Pairs of a field's name and one of its values, as Python tuples laid out for a list."""
    return [_pair(field.name, value) for field in entity.written for value in values(field)]


def missing_parents(entity: EntityPlan) -> list[str]:
    """The required relations left out."""
    return [
        _pair(relation.key, "[]" if relation.many else "None")
        for relation in entity.relations
        if relation.required
    ]


def _pair(name: str, value: str) -> str:
    return laid_out("(", [f'"{name}"', value], ")", 4, 1)


def wrong_in_forms(entity: EntityPlan) -> list[str]:
    """For each field that a form can fill in wrongly, a dictionary's line with such a text."""
    return [
        laid_out(f'"{field.name}": ', [values[-1]], "", 4, 1)
        for field in entity.written
        if field.kind not in UPLOADS | {FieldKind.YES_NO}
        and (values := refused(field))[-1:] not in ([], ["None"])
    ]


def makers(values: list[str]) -> list[str]:
    """What makes the bytes of the files among them."""
    return [name for name in ("note", "picture") if any(f"({name}(" in value for value in values)]


def listed(head: str, items: list[str]) -> str:
    """A list with one item a line."""
    return head + ("[\n" + "".join(f"    {item},\n" for item in items) + "]" if items else "[]")
