"""Settles the fields of an entity: kinds, bounds, patterns, choices and defaults that agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering import bounds, names
from flows.rendering.comparisons import compared
from flows.rendering.literals import words
from flows.rendering.pattern_syntax import UnsafePattern, parse
from flows.rendering.pattern_texts import examples
from flows.rendering.plan import LETTERS, UPLOADS, FieldPlan

if TYPE_CHECKING:
    from flows.contracts import BlueprintEntity, BlueprintField
    from flows.rendering.patterns import Node


def settled_fields(
    entity: BlueprintEntity, owner: str, called: dict[str, str], classes: set[str], notes: list[str]
) -> tuple[FieldPlan, ...]:
    """Every field of the entity; what had to be decided is added to the notes."""
    fields = [_field(item, called[item.name], owner, classes, notes) for item in entity.fields]
    if entity.states is not None:
        initial = words(entity.states.initial)
        fields = [_as_status(item, called[entity.states.field], initial) for item in fields]
    wanted = {called[item.name]: item.comparisons for item in entity.fields if item.comparisons}
    return compared(fields, wanted, called, owner, notes)


def _field(item: BlueprintField, name: str, owner: str, classes: set[str], notes: list[str]) -> FieldPlan:
    where = f"{owner}.{name}"
    choices, labels = _choices(item)
    kind = FieldKind.TEXT if item.kind is FieldKind.CHOICE and not choices else item.kind
    is_choice = kind is FieldKind.CHOICE
    scale = bounds.scale(kind, item.currency)
    low, high = bounds.value_bounds(kind, item.minimum, item.maximum, scale)
    if (item.minimum is not None and low is None) or (item.maximum is not None and high is None):
        notes.append(f"The bounds of {where} contradict each other or its kind and are left out.")
    least, longest = bounds.length_bounds(item, kind)
    smallest, largest = bounds.byte_bounds(item, kind)
    if kind is FieldKind.IMAGE and largest is not None and largest < bounds.SMALLEST_PICTURE:
        examples_are = "only begin like pictures" if item.required else "leave it empty"
        notes.append(f"No whole picture fits into {where} ({largest} bytes): examples {examples_are}.")
    settled = FieldPlan(
        name=name,
        label=words(item.label) or name,
        kind=kind,
        required=item.required or kind is FieldKind.YES_NO,
        unique=item.unique and kind not in UPLOADS,
        minimum=low,
        maximum=high,
        min_length=least,
        max_length=longest,
        min_bytes=smallest,
        max_bytes=largest,
        scale=scale,
        choices=choices if is_choice else (),
        labels=labels if is_choice else (),
        members=names.member_names(choices) if is_choice else (),
        enum=names.enum_name(owner, name, classes) if is_choice else "",
        currency=words(item.currency or "EUR")[:3].upper() if kind is FieldKind.MONEY else "",
        description=words(item.description),
    )
    if item.pattern:
        settled = replace(settled, pattern=_pattern(item.pattern, settled, where, notes))
    default = bounds.default(item.default, settled)
    if item.default and default is None:
        notes.append(f"The default of {where} is not a value it may have and is left out.")
    return replace(settled, default=default)


def _as_status(item: FieldPlan, name: str, initial: str) -> FieldPlan:
    """The field with the status of a new row, when it is the one that holds the status."""
    if item.name != name or initial not in item.choices:
        return item
    return replace(item, status=True, required=True, unique=False, default=initial)


def _pattern(expression: str, field: FieldPlan, where: str, notes: list[str]) -> Node | None:
    """What the text has to match; None, and a note, when that cannot be checked safely or matches nothing."""
    if field.kind not in LETTERS:
        notes.append(f"The pattern of {where} is left out: a {field.kind.value} has a form of its own.")
        return None
    try:
        pattern = parse(expression)
    except UnsafePattern as error:
        notes.append(f"The pattern of {where} is left out: {error}.")
        return None
    texts = examples(pattern, field.min_length, field.max_length or 0, 1)
    if not texts or not texts[0].isprintable():
        notes.append(f"The pattern of {where} is left out: no text of an allowed length matches it.")
        return None
    return pattern


def _choices(item: BlueprintField) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The distinct choices, and what people see for each; no labels when they say the same."""
    shown: dict[str, str] = {}
    labels = item.labels if len(item.labels) == len(item.choices) else item.choices
    for choice, label in zip(item.choices, labels, strict=True):
        value = words(choice)
        if value:
            shown.setdefault(value, words(label) or value)
    choices = tuple(shown)
    labels = tuple(shown.values())
    return choices, () if labels == choices else labels
