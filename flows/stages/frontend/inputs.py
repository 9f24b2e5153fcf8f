"""Fields as form inputs and as table cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.bounds import plain
from flows.rendering.literals import jinja
from flows.rendering.pattern_texts import examples
from flows.rendering.patterns import written

if TYPE_CHECKING:
    from flows.rendering import EntityPlan, FieldPlan

COLUMNS = 6
"""Columns a list shows; the rest is on the page of the row."""

_INPUT_TYPES = {
    FieldKind.DATE: "date",
    FieldKind.TIME: "time",
    FieldKind.DATE_AND_TIME: "datetime-local",
    FieldKind.EMAIL: "email",
    FieldKind.PHONE: "tel",
    FieldKind.LINK: "url",
}

_NUMERIC = frozenset({FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY})


def initial(name: str) -> str:
    """The letter that stands for the product on its icon."""
    return next((character.upper() for character in name if character.isalnum()), "•")


def across(field: FieldPlan) -> bool:
    """Whether the field takes the whole width."""
    return field.kind is FieldKind.LONG_TEXT


def control(field: FieldPlan, entity: EntityPlan) -> str:
    """The call of the form macro that renders the field's input."""
    settings = [f'form, "{field.name}", {jinja(field.label)}']
    if field.required and field.kind is not FieldKind.YES_NO:
        settings.append("required=true")
    if field.description:
        settings.append(f"hint={jinja(field.description)}")
    if field.name == entity.display and _macro(field) in {"line", "choice"}:
        settings.append("across=true")
    settings += _bounds(field)
    return f"fields.{_macro(field)}({', '.join(settings)})"


def _macro(field: FieldPlan) -> str:
    if field.kind is FieldKind.LONG_TEXT:
        return "area"
    if field.kind is FieldKind.YES_NO:
        return "checkbox"
    return "choice" if field.kind is FieldKind.CHOICE else "line"


def _bounds(field: FieldPlan) -> list[str]:
    bounds = []
    if field.kind in _INPUT_TYPES:
        bounds.append(f'type="{_INPUT_TYPES[field.kind]}"')
    if field.kind in _NUMERIC:
        step = "1" if not field.scale else f"0.{'0' * (field.scale - 1)}1"
        bounds += ['type="number"', f'step="{step}"']
    if field.minimum is not None:
        bounds.append(f'min="{plain(field.minimum)}"')
    if field.maximum is not None:
        bounds.append(f'max="{plain(field.maximum)}"')
    if field.max_length is not None:
        bounds.append(f"maxlength={field.max_length}")
    if field.min_length > 1:
        bounds.append(f"minlength={field.min_length}")
    return bounds + _shape(field)


def _shape(field: FieldPlan) -> list[str]:
    """What an answer looks like, beyond its size."""
    if field.pattern and _macro(field) == "line":
        like = examples(field.pattern, field.min_length, field.max_length or 0, 1)[0]
        return [f"pattern={jinja(written(field.pattern))}", f"title={jinja(f'like {like}')}"]
    if field.kind is FieldKind.MONEY:
        return [f"unit={jinja(field.currency)}"]
    if field.kind is FieldKind.DURATION:
        return ['placeholder="1:30 or 90 min"']
    if field.kind is FieldKind.CHOICE:
        options = zip(field.choices, field.labels or field.choices, strict=True)
        pairs = (f"({jinja(choice)}, {jinja(label)})" for choice, label in options)
        return [f"options=[{', '.join(pairs)}]"]
    return []


def cell(field: FieldPlan) -> str:
    """The expression that shows the field of `row`."""
    value = f"row.{field.name}"
    shown = {
        FieldKind.MONEY: f"{value} | money({jinja(field.currency)})",
        FieldKind.EMAIL: f'show.link({value}, "mailto:")',
        FieldKind.PHONE: f'show.link({value}, "tel:")',
        FieldKind.LINK: f"show.link({value})",
        FieldKind.CHOICE: f"show.badge({value})",
        FieldKind.LONG_TEXT: f"show.prose({value})",
    }
    return shown.get(field.kind, f"{value} | plain")


def numeric(field: FieldPlan) -> bool:
    """Whether the column is aligned to the right."""
    return field.kind in _NUMERIC


def listed(entity: EntityPlan) -> list[FieldPlan]:
    """The columns of the list: what stands for the row first, then the shorter fields in their order."""
    first = [entity.display_field] if entity.display_field else []
    rest = [
        field
        for field in entity.fields
        if field.name != entity.display and field.kind is not FieldKind.LONG_TEXT
    ]
    room = max(COLUMNS - len(first) - min(len(entity.relations), 2), 1)
    return [*first, *rest[:room]]
