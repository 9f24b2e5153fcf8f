"""Fields of an entity: a column, a form input and an API property at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import BlueprintComparison, BlueprintField, FieldKind
from flows.language.words import folded, label
from flows.stages.blueprint.stored import stored

if TYPE_CHECKING:
    from flows.contracts import Interview, InterviewEntity, InterviewField
    from flows.stages.blueprint.members import Named

HOUSE_CURRENCY = "EUR"
_TITLES = ("name", "title", "full_name", "label", "subject", "headline", "number", "reference", "code")
_SPEAKING_KINDS = (
    *(FieldKind.TEXT, FieldKind.EMAIL, FieldKind.PHONE, FieldKind.IDENTIFIER, FieldKind.DATE_AND_TIME),
    *(FieldKind.DATE, FieldKind.CHOICE, FieldKind.NUMBER, FieldKind.LINK),
)


def usual_currency(interview: Interview) -> str:
    """The currency of amounts that name none: the interview's own when it knows one, else the house's."""
    known = {field.currency for entity in interview.entities for field in entity.fields if field.currency}
    return known.pop() if len(known) == 1 else HOUSE_CURRENCY


def blueprint_field(
    field: InterviewField, *, entity: InterviewEntity, member: str, named: Named, currency: str
) -> BlueprintField:
    """The field under its repaired name; its default in the form the application stores."""
    return BlueprintField(
        name=member,
        label=label(field.name),
        kind=field.kind,
        required=field.required,
        unique=field.unique,
        minimum=field.minimum,
        maximum=field.maximum,
        min_length=field.min_length,
        max_length=field.max_length,
        min_bytes=field.min_bytes,
        max_bytes=field.max_bytes,
        pattern=field.pattern,
        choices=field.choices,
        labels=field.labels,
        comparisons=_comparisons(field, entity, named),
        default=None if field.default is None else stored(field, field.default),
        currency=(field.currency or currency) if field.kind is FieldKind.MONEY else None,
        description=field.description,
        source=field.source,
        because=field.because or f"{entity.name} has {field.name} ({field.kind.value})",
    )


def _comparisons(
    field: InterviewField, entity: InterviewEntity, named: Named
) -> tuple[BlueprintComparison, ...]:
    """The bounds that are other fields; one that names no other field of the entity bounds nothing."""
    found = [
        BlueprintComparison(how=comparison.how, field=other)
        for comparison in field.comparisons
        if (other := named.field(entity.name, comparison.field)) is not None
        and folded(comparison.field) != folded(field.name)
    ]
    return tuple(dict.fromkeys(found))


def display_field(fields: tuple[BlueprintField, ...]) -> str:
    """The name of the field that stands for a row: a name or title, else the first text, else what speaks.

    An entity that only connects others may have no field at all; then it is empty.
    """
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
    return fields[0].name if fields else ""
