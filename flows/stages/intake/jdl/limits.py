"""Validations of a field, turned into the limits of an interview's field."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from flows.contracts import FieldKind
from flows.stages.intake.jdl.expressions import portable
from flows.stages.intake.patterns import refusal
from flows.stages.intake.problems import quoted
from flows.stages.intake.schema.field import MAX_BYTES, MAX_CHARACTERS, MAX_MAGNITUDE, MAX_PATTERN, NUMBERS

if TYPE_CHECKING:
    from flows.contracts import InterviewField
    from flows.stages.intake.jdl.declarations import Field, Validation
    from flows.stages.intake.jdl.model import Model

_TEXTS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})
_BYTES = frozenset({FieldKind.IMAGE, FieldKind.FILE})
_LIMITS: dict[str, tuple[frozenset[FieldKind], str]] = {
    "min": (NUMBERS, "minimum"),
    "max": (NUMBERS, "maximum"),
    "minlength": (_TEXTS, "min_length"),
    "maxlength": (_TEXTS, "max_length"),
    "minbytes": (_BYTES, "min_bytes"),
    "maxbytes": (_BYTES, "max_bytes"),
}
"""Validation → the kinds it fits, and the name of the limit."""

_WITHIN = f"Stay within {MAX_MAGNITUDE} either way."
_VALIDATIONS = ["required", "unique", *_LIMITS, "pattern"]


def limits(field: Field, read: InterviewField, where: str, model: Model) -> dict[str, Any]:
    """Values of the limits by their names in InterviewField; what does not fit is noted."""
    found: dict[str, Any] = {}
    for validation in field.validations:
        name = validation.name
        if name in _LIMITS and name.type == "LIMIT":
            _limit(validation, field, read, (where, found), model)
        elif name.type == "UNKNOWN":
            model.problem(
                name,
                where,
                f"{quoted(name)} is no validation",
                f"{model.meant(name, _VALIDATIONS)}The validations are: {', '.join(_VALIDATIONS)}.",
            )
    _check_order(field, found, where, model)
    for validation in field.validations:
        if validation.name.type == "PATTERN":
            _pattern(validation, read, where, found, model)
    return found


def _pattern(
    validation: Validation, read: InterviewField, where: str, found: dict[str, Any], model: Model
) -> None:
    """The expression as far as an application may check it, else a question."""
    if read.kind not in _TEXTS:
        _note_misfit(validation, read, where, model)
        return
    pattern = portable(str(validation.value)[1:-1])
    reason = refusal(pattern, longest=found.get("max_length"))
    if len(pattern) > MAX_PATTERN:
        reason = f"it is longer than {MAX_PATTERN} characters"
    if reason is None:
        found["pattern"] = pattern
    else:
        model.notes.ask(
            validation.name,
            read.because,
            f"Which texts may {read.name} hold? The expression is not checked, because {reason}.",
        )


def _limit(
    validation: Validation,
    field: Field,
    read: InterviewField,
    into: tuple[str, dict[str, Any]],
    model: Model,
) -> None:
    where, found = into
    kinds, limit = _LIMITS[validation.name]
    value = _number(validation, where, model)
    if value is None:
        return
    if limit in {"min_bytes", "max_bytes"} and read.kind is FieldKind.LONG_TEXT:
        limit = limit.replace("bytes", "length")
        model.notes.ask(
            validation.name,
            read.because,
            f"{validation.words} of {field.name} counts bytes; is it right to count characters instead?",
        )
    elif read.kind not in kinds:
        _note_misfit(validation, read, where, model)
        return
    if limit in {"minimum", "maximum"}:
        _bound(validation, read, value, (limit, where, found), model)
    else:
        _size(validation, read, value, (limit, where, found), model)


def _number(validation: Validation, where: str, model: Model) -> float | None:
    token = validation.value
    if token is None:
        return None
    if token.type == "NAME":
        constant = model.constants.get(token)
        if constant is None:
            if token not in model.lost:
                otherwise = f"Write a number, or {token} = and its value."
                hint = model.meant(token, model.constants, otherwise=otherwise)
                model.problem(token, where, f"there is no constant {quoted(token)}", hint)
            return None
        model.used.add(token)
        token = constant.value
    value = float(token)
    if not math.isfinite(value):
        model.problem(token, where, f"{quoted(token)} is too big", _WITHIN)
        return None
    return value


def _note_misfit(validation: Validation, read: InterviewField, where: str, model: Model) -> None:
    fitting = [name for name, (kinds, _) in _LIMITS.items() if read.kind in kinds]
    fitting += ["pattern"] if read.kind in _TEXTS else []
    model.problem(
        validation.name,
        where,
        f"{quoted(validation.name)} means nothing for a field of kind '{read.kind.value}'",
        f"Its validations are: {', '.join(['required', 'unique', *fitting])}.",
    )


def _bound(
    validation: Validation,
    read: InterviewField,
    value: float,
    into: tuple[str, str, dict[str, Any]],
    model: Model,
) -> None:
    """A least or greatest value; one beyond every number that can be stored limits nothing."""
    limit, where, found = into
    if abs(value) <= MAX_MAGNITUDE:
        rounded = math.ceil(value) if limit == "minimum" else math.floor(value)
        found[limit] = float(rounded) if read.kind is FieldKind.NUMBER else value
    elif (value < 0) == (limit == "minimum"):
        model.notes.leave(
            validation.name,
            f"{where}: {validation.words}",
            f"numbers stay within {MAX_MAGNITUDE} either way, which JSON can tell apart",
        )
    else:
        model.problem(
            validation.name,
            where,
            f"no number can be within {quoted(validation.words)}",
            _WITHIN,
        )


def _size(
    validation: Validation,
    read: InterviewField,
    value: float,
    into: tuple[str, str, dict[str, Any]],
    model: Model,
) -> None:
    """A number of characters or bytes."""
    limit, where, found = into
    most = MAX_CHARACTERS if limit.endswith("length") else MAX_BYTES
    least = 1 if limit.startswith("max") else 0
    if not value.is_integer() or value < least:
        model.problem(
            validation.name,
            where,
            f"{quoted(validation.words)} is no size",
            f"Write a whole number, {least} or more.",
        )
    elif value <= most:
        found[limit] = int(value)
    elif limit.startswith("max"):
        model.notes.leave(
            validation.name,
            f"{where}: {validation.words}",
            f"no {read.kind.value} is longer than {most} anyway",
        )
    else:
        model.problem(
            validation.name, where, f"{quoted(validation.words)} is too big", f"Use at most {most}."
        )


def _check_order(field: Field, found: dict[str, Any], where: str, model: Model) -> None:
    for low, high in (("minimum", "maximum"), ("min_length", "max_length"), ("min_bytes", "max_bytes")):
        if low in found and high in found and found[low] > found[high]:
            model.problem(
                field.name,
                where,
                f"the least value {found[low]:g} is above the greatest {found[high]:g}",
                "Swap them, or mend one of them.",
            )
            del found[low], found[high]
