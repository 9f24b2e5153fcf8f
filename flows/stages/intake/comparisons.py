"""Fields that are bounded by other fields of their entity, and the contradictions among them."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.contracts import Comparing, Comparison, FieldKind
from flows.stages.intake import values
from flows.stages.intake.problems import quoted
from flows.stages.intake.schema.field import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flows.contracts import InterviewField
    from flows.stages.intake.fitting import Measure
    from flows.stages.intake.problems import Problems
    from flows.stages.intake.values import Value

HOW: dict[str, Comparing] = {
    "after": "after",
    "not_before": "not before",
    "before": "before",
    "not_after": "not after",
}
"""Key of a field → how it stands to the one that is named."""

_PLAIN_NUMBERS = NUMBERS - {FieldKind.MONEY}


_HOLDS: dict[Comparing, Callable[[Any, Any], bool]] = {
    "after": operator.gt,
    "not before": operator.ge,
    "before": operator.lt,
    "not after": operator.le,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Above:
    """One field is never below another one; `strict`: always above it."""

    high: str
    low: str
    strict: bool


def holds(how: Comparing, one: Measure, other: Measure) -> bool:
    """Whether two values of the same kind stand to each other as was said."""
    return _HOLDS[how](one, other)


def compared(
    fields: Sequence[InterviewField],
    said: dict[str, dict[str, Value]],
    problems: Problems,
    *,
    spoken: Sequence[InterviewField] = (),
) -> tuple[InterviewField, ...]:
    """The fields with what was said of each other; `said`: name of a field → its keys.

    `spoken`: fields of the entity that were described in words, to compare with.
    """
    order = Order()
    return tuple(
        field.model_copy(
            update={
                "comparisons": _comparisons(
                    field, said.get(field.name, {}), (*fields, *spoken), order, problems
                )
            }
        )
        for field in fields
    )


def _comparisons(
    field: InterviewField,
    said: dict[str, Value],
    known: Sequence[InterviewField],
    order: Order,
    problems: Problems,
) -> tuple[Comparison, ...]:
    found: list[Comparison] = []
    for key, how in HOW.items():
        for item in values.items(said[key], problems, of="fields") if key in said else ():
            other = _named(item, known, problems)
            if other is None:
                continue
            wrong = order.refusal(field, other, how)
            if wrong is not None:
                problems.add(item.mark, item.where, *wrong)
            else:
                found.append(Comparison(how=how, field=other.name))
    return tuple(found)


def _named(item: Value, known: Sequence[InterviewField], problems: Problems) -> InterviewField | None:
    written = values.text(item, problems)
    if written is None:
        return None
    field = named_field(written, known)
    if field is None:
        note_unknown_field(item, written, known, problems)
    return field


def named_field(written: str, fields: Sequence[InterviewField]) -> InterviewField | None:
    """The field of that name, however it is spelled."""
    return next((one for one in fields if values.folded(one.name) == values.folded(written)), None)


def note_unknown_field(
    value: Value, written: str, fields: Sequence[InterviewField], problems: Problems
) -> None:
    """Note that an entity has no field of that name."""
    names = [one.name for one in fields]
    near = values.nearest(written, names)
    problems.add(
        value.mark,
        value.where,
        f"there is no field {quoted(written)} in this entity",
        f"{f'Did you mean {quoted(near)}? ' if near else ''}The fields are: {values.listed(names)}.",
    )


def _incomparable(field: InterviewField, other: InterviewField, how: Comparing) -> tuple[str, str] | None:
    if field.name == other.name:
        return f"{quoted(field.name)} cannot be {how} itself", "Name another field of this entity."
    same = field.kind is other.kind or {field.kind, other.kind} <= _PLAIN_NUMBERS
    if not same:
        return (
            f"the types '{field.kind.value}' and '{other.kind.value}' cannot be compared",
            "Compare fields of the same type.",
        )
    if field.currency and other.currency and field.currency != other.currency:
        return f"{field.currency} cannot be compared with {other.currency}", "Use one currency for both."
    return None


class Order:
    """How the fields of one entity stand to each other, as far as it was said."""

    def __init__(self) -> None:
        self._above: list[_Above] = []

    def refusal(self, field: InterviewField, other: InterviewField, how: Comparing) -> tuple[str, str] | None:
        """Why a comparison cannot be used, and what would be right; None when it can, and then it is kept."""
        wrong = _incomparable(field, other, how)
        if wrong is not None:
            return wrong
        high, low = (field, other) if how in {"after", "not before"} else (other, field)
        strict = how in {"after", "before"}
        if self._reaches(low.name, high.name, strict=strict):
            return (
                f"{quoted(field.name)} {how} {quoted(other.name)} contradicts what is said before",
                "Keep one direction: no row could be right.",
            )
        self._above.append(_Above(high=high.name, low=low.name, strict=strict))
        most, least = high.maximum, low.minimum
        if most is not None and least is not None and (most < least or (strict and most == least)):
            return (
                f"{quoted(field.name)} can never be {how} {quoted(other.name)}: no value is left",
                "Change the limits of one of them.",
            )
        return None

    def _reaches(self, start: str, end: str, *, strict: bool) -> bool:
        """Whether `start` is said to be above `end`; when not `strict`, whether it is truly above."""
        ways = [(start, strict)]
        seen = set(ways)
        while ways:
            at, above = ways.pop()
            if at == end and above:
                return True
            for step in self._above:
                further = (step.low, above or step.strict)
                if step.high == at and further not in seen:
                    seen.add(further)
                    ways.append(further)
        return False
