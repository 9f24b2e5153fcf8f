"""Words add to what is spelled out, and never change it: what they say otherwise becomes a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import InterviewEntity, InterviewField
from flows.stages.intake.comparisons import Order, named_field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.stages.intake.asked import Asked

_ADDED_TO = frozenset({"source", "because", "comparisons"})


def kept_exact(
    exact: Sequence[InterviewEntity], read: Sequence[InterviewEntity], asked: Asked
) -> tuple[InterviewEntity, ...]:
    """The entities as they were read, with everything exact as it was; what was said otherwise is asked."""
    spelled = {entity.name: entity for entity in exact}
    kept = (
        _kept_entity(spelled[entity.name], entity, asked) if entity.name in spelled else entity
        for entity in read
    )
    return tuple(consistent(entity, asked) for entity in kept)


def consistent(entity: InterviewEntity, asked: Asked) -> InterviewEntity:
    """The entity without comparisons that no row could satisfy; what said them is asked about."""
    order = Order()
    fields = []
    for field in entity.fields:
        kept = []
        for comparison in field.comparisons:
            other = named_field(comparison.field, entity.fields)
            wrong = None if other is None else order.refusal(field, other, comparison.how)
            if wrong is None:
                kept.append(comparison)
            else:
                message, hint = wrong
                asked.ask(field.because.split("\n")[-1], f"This was not used: {message}. {hint}")
        fields.append(field.model_copy(update={"comparisons": tuple(kept)}))
    return entity.model_copy(update={"fields": tuple(fields)})


def _kept_entity(exact: InterviewEntity, read: InterviewEntity, asked: Asked) -> InterviewEntity:
    spelled = {field.name: field for field in exact.fields}
    fields = [
        _kept_field(exact.name, spelled[field.name], field, asked) if field.name in spelled else field
        for field in read.fields
    ]
    return read.model_copy(
        update={
            "fields": tuple(fields),
            "description": exact.description or read.description,
            "shown_by": exact.shown_by or read.shown_by,
        }
    )


def _kept_field(entity: str, exact: InterviewField, read: InterviewField, asked: Asked) -> InterviewField:
    restored = {}
    for key, part in InterviewField.model_fields.items():
        before, after = getattr(exact, key), getattr(read, key)
        if key not in _ADDED_TO and before != after and (key == "kind" or before != part.default):
            restored[key] = before
    if not restored:
        return read
    said = [line for line in read.because.split("\n") if line not in exact.because.split("\n")]
    for words in said or [exact.because]:
        asked.ask(
            words,
            f"{exact.name} of {entity} is spelled out in another way ({exact.because}), and that was kept: "
            "which of the two is right?",
        )
    return (
        exact.model_copy(update={"because": read.because})
        if "kind" in restored
        else read.model_copy(update=restored)
    )
