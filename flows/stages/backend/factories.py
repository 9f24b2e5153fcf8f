"""Calls in the application's test factory that make valid values from a number."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.bounds import plain
from flows.rendering.layout import WIDTH, laid_out
from flows.rendering.literals import python
from flows.rendering.plan import LETTERS, MOMENTS, NUMBERS
from flows.stages.backend.samples import file_size, pattern_examples, stays_empty

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.rendering import ApplicationPlan, EntityPlan, FieldPlan, RelationPlan

_MOMENTS = {
    FieldKind.DATE: "day",
    FieldKind.TIME: "clock",
    FieldKind.DATE_AND_TIME: "moment",
    FieldKind.DURATION: "span",
}


def parent(relation: RelationPlan) -> str:
    """The expression that finds or makes what a new row leads to."""
    number = f'{"make" if relation.unique else "any"}_{relation.target.attribute}(client)["id"]'
    return f"[{number}]" if relation.many else number


def factory(field: FieldPlan) -> str:
    """The call that makes a valid value from a number `n`."""
    if field.pattern:
        texts = [python(text) for text in pattern_examples(field)]
        return _argument(field, "pick(", ["n", _tuple(texts)])
    if field.kind in LETTERS:
        return f"text(n, {field.min_length}, {field.max_length})"
    if field.kind in NUMBERS:
        return _number(field)
    if field.kind in MOMENTS:
        later = f", {int(field.rung)}" if field.rung else ""
        return f"{_MOMENTS[field.kind]}(n{later})"
    size = f", {file_size(field)}" if file_size(field) else ""
    if field.kind is FieldKind.CHOICE:
        return _argument(field, "pick(", ["n", field.enum])
    return {
        FieldKind.IMAGE: f"sent(picture(n{size}))",
        FieldKind.FILE: f"sent(note(n{size}))",
        FieldKind.YES_NO: "n % 2 == 0",
        FieldKind.EMAIL: 'f"person{n}@example.com"',
        FieldKind.PHONE: 'f"+44 20 {7946000 + n}"',
        FieldKind.LINK: 'f"https://example.com/{n}"',
    }[field.kind]


def _argument(field: FieldPlan, head: str, items: list[str]) -> str:
    """A call that stands behind the field's name in a dictionary."""
    name = f'"{field.name}": '
    return laid_out(name + head, items, ")", 8, 1).removeprefix(name)


def _tuple(texts: list[str]) -> str:
    """A tuple on one line, or one text a line where it does not fit."""
    flat = f"({', '.join(texts)}{',' if len(texts) == 1 else ''})"
    if len(flat) <= WIDTH - 13:
        return flat
    lines = "".join(f"                {text},\n" for text in texts)
    return f"(\n{lines}            )"


def _number(field: FieldPlan) -> str:
    low, high = _range(field)
    kind = "whole" if field.kind is FieldKind.NUMBER else "amount"
    scale = "" if field.kind is FieldKind.NUMBER else f", {field.scale}"
    return f'{kind}(n, "{plain(low)}", "{plain(high)}"{scale})'


def _range(field: FieldPlan) -> tuple[Decimal, Decimal]:
    """Where the values lie; those of compared fields move up together, so that their order stays."""
    if field.rung is not None:
        return field.rung, field.rung + Decimal(field.room).scaleb(-field.scale)
    low, high = field.minimum, field.maximum
    if low is None:
        low = Decimal(1) if high is None else min(high - 100, Decimal(1))
    return low, low + 100_000 if high is None else high


def makers(entities: Iterable[EntityPlan], *, seeded: bool = False) -> list[str]:
    """What makes the bytes of their files: of all, or of those that the examples have."""
    uploads = (field for entity in entities for field in entity.uploads)
    kinds = {field.kind for field in uploads if not (seeded and stays_empty(field))}
    made = {FieldKind.FILE: "note", FieldKind.IMAGE: "picture"}
    return [name for kind, name in made.items() if kind in kinds]


def helpers(app: ApplicationPlan) -> list[str]:
    """What the factory takes from the tests' `values` module."""
    calls = (factory(field) for entity in app.entities for field in entity.written)
    known = {"amount", "clock", "day", "moment", "pick", "sent", "span", "text", "whole"}
    return sorted(known & {call.split("(")[0] for call in calls})
