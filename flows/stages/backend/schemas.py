"""Fields as Pydantic annotations: what a form or the API may send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.bounds import DIGITS, GREATEST_NUMBER, plain
from flows.rendering.filters import filters
from flows.rendering.layout import WIDTH, laid_out
from flows.rendering.layout import columns as width
from flows.rendering.literals import python, raw, shortened
from flows.rendering.patterns import written
from flows.rendering.plan import MOMENTS, STRINGS, UPLOADS
from flows.stages.backend.columns import python_type

if TYPE_CHECKING:
    from flows.rendering import EntityPlan, FieldPlan, RelationPlan
    from flows.rendering.filters import FilterPlan
    from flows.rendering.plan import ComparisonPlan

_CLEANING = {
    FieldKind.TEXT: ("ONE_LINE",),
    FieldKind.LONG_TEXT: ("UNIX_LINES", "PROSE"),
    FieldKind.EMAIL: ("EMAIL",),
    FieldKind.PHONE: ("PHONE",),
    FieldKind.LINK: ("LINK",),
    FieldKind.IDENTIFIER: ("IDENTIFIER",),
}

_MOMENTS = {
    FieldKind.DATE: "Date",
    FieldKind.TIME: "Time",
    FieldKind.DATE_AND_TIME: "DateAndTime",
    FieldKind.DURATION: "Duration",
}


def _cleaning(field: FieldPlan) -> tuple[str, ...]:
    """What is checked of a text beyond its length; a pattern says itself what an identifier is."""
    if field.pattern and field.kind is FieldKind.IDENTIFIER:
        return ("ONE_LINE",)
    return _CLEANING.get(field.kind, ())


def _parts(field: FieldPlan) -> list[str]:
    """The type and what narrows it."""
    if field.kind in STRINGS:
        narrow = [f"min_length={field.min_length}", f"max_length={field.max_length}"]
        if field.pattern:
            narrow.append(f"pattern={raw(f'^(?:{written(field.pattern)})$')}")
        return ["str", laid_out("Field(", narrow, ")", 8 if field.required else 12, 1), *_cleaning(field)]
    if field.kind in UPLOADS:
        return ["SentFile", _file_rule(field)]
    if field.kind is FieldKind.NUMBER:
        low = plain(field.minimum if field.minimum is not None else -GREATEST_NUMBER)
        high = plain(field.maximum if field.maximum is not None else GREATEST_NUMBER)
        return ["int", f"Field(ge={low}, le={high})"]
    if field.kind in {FieldKind.DECIMAL, FieldKind.MONEY}:
        narrow = [f"max_digits={DIGITS}", f"decimal_places={field.scale}"]
        if field.maximum is not None:
            narrow.insert(0, f'le=Decimal("{plain(field.maximum)}")')
        if field.minimum is not None:
            narrow.insert(0, f'ge=Decimal("{plain(field.minimum)}")')
        return ["Decimal", laid_out("Field(", narrow, ")", 12, 1)]
    return [_MOMENTS.get(field.kind, python_type(field))]


def _file_rule(field: FieldPlan) -> str:
    """What is checked of a file; without a greatest size, the setting's."""
    rules = [f"least={field.min_bytes}"] if field.min_bytes > 1 else []
    rules += [f"most={field.max_bytes}"] if field.max_bytes else []
    rules += ["image=True"] if field.kind is FieldKind.IMAGE else []
    return f"FileRule({', '.join(rules)})"


def letters(entity: EntityPlan) -> int:
    """How long the texts of a row may be together."""
    return sum(field.max_length or 0 for field in entity.written if field.kind in STRINGS)


def file_limits(entity: EntityPlan) -> list[str]:
    """Bytes that each file of a row may have, as Python writes it; None where the setting says it."""
    return [str(field.max_bytes or None) for field in entity.uploads]


def sent(field: FieldPlan) -> str:
    """The field's line in the schema of what may be sent."""
    parts = _parts(field)
    default = _default(field)
    optional = "" if field.required else " | None"
    tail = f"{optional} = {default}" if default else ""
    if len(parts) == 1:
        if field.kind in _MOMENTS and field.default is not None:
            factory = f"default_factory={_moment(field)}"
            return laid_out(f"{field.name}: {parts[0]}{optional} = Field(", [factory], ")", 4)
        line = f"{field.name}: {parts[0]}{tail}"
        if default and width(line) + 4 > WIDTH:
            return f"{field.name}: {parts[0]}{optional} = (\n        {default}\n    )"
        return line
    flat = laid_out(f"{field.name}: Annotated[", parts, f"]{tail}", 4)
    if "\n" not in flat or field.required:
        return flat
    items = "".join(f"            {part},\n" for part in parts)
    return f"{field.name}: (\n        Annotated[\n{items}        ]\n        | None\n    ) = {default}"


def _default(field: FieldPlan) -> str:
    """The default of a kind that is written out, as a Python expression."""
    if field.default is None:
        return "False" if field.kind is FieldKind.YES_NO else "" if field.required else "None"
    if field.kind is FieldKind.CHOICE:
        return f"{field.enum}.{field.default_member}"
    if field.kind is FieldKind.YES_NO:
        return str(field.default == "yes")
    if field.kind is FieldKind.NUMBER:
        return field.default
    exact = field.kind in {FieldKind.DECIMAL, FieldKind.MONEY}
    return f'Decimal("{field.default}")' if exact else python(field.default)


def _moment(field: FieldPlan) -> str:
    if field.default != "now":
        return f'lambda: {python_type(field)}.fromisoformat("{field.default}")'
    return {
        FieldKind.DATE: "dt.date.today",
        FieldKind.TIME: "lambda: dt.datetime.now().time().replace(microsecond=0)",
        FieldKind.DATE_AND_TIME: "lambda: dt.datetime.now().replace(second=0, microsecond=0)",
    }[field.kind]


def orders(entity: EntityPlan) -> list[str]:
    """What holds between fields, one call each."""
    return [
        laid_out("Order(", _order(field, comparison), ")", 12, 1)
        for field in entity.fields
        for comparison in field.comparisons
    ]


def _order(field: FieldPlan, comparison: ComparisonPlan) -> list[str]:
    how = comparison.how if field.kind in MOMENTS else _THAN[comparison.how]
    message = python(f"Must be {how} {shortened(comparison.label, 60)}.")
    return [f'"{field.name}"', f'"{comparison.sign}"', f'"{comparison.other}"', message]


_THAN = {
    "after": "greater than",
    "not before": "at least",
    "before": "less than",
    "not after": "at most",
}
"""How numbers are compared, in words."""


def changed(field: FieldPlan) -> str:
    """The field's line in the schema of a partial change: its type alone."""
    if field.kind in UPLOADS:
        return f"{field.name}: Annotated[SentFile, {_file_rule(field)}] | None = None"
    kind = _MOMENTS.get(field.kind, python_type(field))
    return f"{field.name}: {kind} | None = None"


def shown(field: FieldPlan) -> str:
    """The field's line in the schema of what the API answers."""
    if field.kind in UPLOADS:
        return f"{field.name}: ShownFile{'' if field.required else ' | None'}"
    return f"{field.name}: {python_type(field)}{'' if field.required else ' | None'}"


def chosen(relation: RelationPlan) -> str:
    """The relation's line in the schema of what may be sent."""
    if not relation.many:
        return f"{relation.column}: Reference{'' if relation.asked else ' | None = None'}"
    kind = "Annotated[References, Field(min_length=1)]" if relation.required else "References = []"
    return f"{relation.key}: {kind}"


_NARROWING = {FieldKind.NUMBER: "Whole", FieldKind.DECIMAL: "Amount", FieldKind.MONEY: "Amount"}


def narrowing(filter_: FilterPlan) -> str:
    """The type of a filter's value."""
    field = filter_.field
    if field is None:
        return "Reference"
    return _NARROWING.get(field.kind) or _MOMENTS.get(field.kind) or python_type(field)


def imported(entity: EntityPlan) -> list[str]:
    """What the schema module takes from `app.fields`."""
    names = {"Input", "Output"} | {narrowing(item) for item in filters(entity)} - {"bool"}
    names -= {field.enum for field in entity.choice_fields}
    for field in entity.fields:
        names.update(_cleaning(field))
        if field.comparisons:
            names.update(("Order", "in_order"))
        if field.kind in _MOMENTS:
            names.add(_MOMENTS[field.kind])
    if entity.references:
        names.add("Reference")
    if entity.links:
        names.add("References")
    return sorted(names)


def _has_required_links(entity: EntityPlan) -> bool:
    return any(relation.required for relation in entity.links)


def narrowed(entity: EntityPlan) -> bool:
    """Whether anything is more than its type."""
    return _has_required_links(entity) or any(len(_parts(field)) > 1 for field in entity.fields)


def uses_field(entity: EntityPlan) -> bool:
    """Whether the module needs Pydantic's `Field`."""
    return _has_required_links(entity) or any(
        (field.kind in _MOMENTS and field.default is not None)
        or any(part.startswith("Field(") for part in _parts(field))
        for field in entity.fields
    )
