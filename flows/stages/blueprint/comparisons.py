"""Bounds that are other fields: left out, and asked about, where no row could ever keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.stages.blueprint.comparing import lowered
from flows.stages.blueprint.relations import reaches
from flows.stages.blueprint.rules import Unused

if TYPE_CHECKING:
    from flows.contracts import BlueprintComparison, BlueprintEntity, BlueprintField

_NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY})
_LATER = frozenset({"after", "not before"})


def keepable(
    entities: tuple[BlueprintEntity, ...],
) -> tuple[tuple[BlueprintEntity, ...], list[Unused]]:
    """The entities without bounds that go round in a circle or compare what cannot be compared."""
    unused: list[Unused] = []
    return tuple(_keepable(entity, unused) for entity in entities), unused


def _keepable(entity: BlueprintEntity, unused: list[Unused]) -> BlueprintEntity:
    by_name = {field.name: field for field in entity.fields}
    later: dict[str, set[str]] = {field.name: set() for field in entity.fields}
    fields = []
    for field in entity.fields:
        kept: list[BlueprintComparison] = []
        for comparison in field.comparisons:
            other = by_name[comparison.field]
            pair = (other.name, field.name) if comparison.how in _LATER else (field.name, other.name)
            if _comparable(field, other) and not reaches(later, pair[1], pair[0]):
                later[pair[0]].add(pair[1])
                kept.append(comparison)
            else:
                how = f"{lowered(field.label)} {comparison.how} {lowered(other.label)}"
                asked = f"No {lowered(entity.label)} could keep this: {how}. What should hold instead?"
                unused.append(Unused(words=field.because, question=asked))
        fields.append(field.model_copy(update={"comparisons": tuple(kept)}))
    return entity.model_copy(update={"fields": tuple(fields)})


def _comparable(field: BlueprintField, other: BlueprintField) -> bool:
    return field.kind is other.kind or {field.kind, other.kind} <= _NUMBERS
