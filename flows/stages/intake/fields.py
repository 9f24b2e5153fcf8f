"""One field of an entity: its kind and the limits that make sense for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind, InterviewField
from flows.language.currencies import CURRENCIES
from flows.language.kinds import ALL_KINDS, kind_hint, kind_of
from flows.stages.intake import values
from flows.stages.intake.bounds import read_bounds
from flows.stages.intake.choices import read_choices
from flows.stages.intake.fitting import choice_named, misfit
from flows.stages.intake.patterns import RIGHT, anchorless, refusal
from flows.stages.intake.problems import quoted
from flows.stages.intake.schema import SENTENCE_LENGTH, TEXT_LENGTH, FieldForm, key_of
from flows.stages.intake.schema.field import MAX_PATTERN
from flows.stages.intake.tree import Broken, Scalar

if TYPE_CHECKING:
    from flows.stages.intake.problems import Problems
    from flows.stages.intake.values import Value


def read_field(value: Value, problems: Problems) -> tuple[InterviewField, dict[str, Value]] | None:
    """One field, short (`name: text`) or spelled out, and what was said of it; None without name or kind.

    Comparisons with other fields are left for when those are read.
    """
    name = values.key_text(value, problems)
    said: dict[str, Value] = {}
    if isinstance(value.node, Scalar):
        kind = _kind(value, problems)
    else:
        said = values.group(value, problems, form=FieldForm)
        kind = _stated_kind(value, said, problems)
    if kind is None or name is None:
        for key in ("required", "unique"):
            values.flag(said, key, problems)
        return None
    kept = _fitting(kind, said, problems)
    if kind is FieldKind.CHOICE and "choices" not in said:
        problems.add(
            value.mark,
            value.where,
            "a choice without choices",
            "Add them: {type: choice, choices: [small, big]}.",
        )
    field = _field(name, kind, kept, problems)
    return field.model_copy(update={"default": _default(field, kept, problems)}), kept


def _field(name: str, kind: FieldKind, said: dict[str, Value], problems: Problems) -> InterviewField:
    bounds = read_bounds(kind, said, problems)
    choices, labels = read_choices(said["choices"], problems) if "choices" in said else ((), ())
    longest = _whole(bounds["max_length"])
    return InterviewField(
        name=name,
        kind=kind,
        required=values.flag(said, "required", problems),
        unique=values.flag(said, "unique", problems),
        minimum=bounds["minimum"],
        maximum=bounds["maximum"],
        min_length=_whole(bounds["min_length"]),
        max_length=longest,
        min_bytes=_whole(bounds["min_bytes"]),
        max_bytes=_whole(bounds["max_bytes"]),
        pattern=_pattern(said, longest, problems),
        choices=choices,
        labels=labels,
        status=values.flag(said, "status", problems),
        currency=_currency(said, problems),
        description=values.description(said, problems),
    )


def _stated_kind(value: Value, said: dict[str, Value], problems: Problems) -> FieldKind | None:
    if "type" in said:
        return _kind(said["type"], problems)
    if not isinstance(value.node, Broken):
        mark = value.key.mark if value.key else value.mark
        meant = "Add 'type: choice'." if "choices" in said else "Add one, like 'type: text'."
        problems.add(mark, value.where, "the field has no type", f"{meant} The types are: {ALL_KINDS}.")
    return None


def _kind(value: Value, problems: Problems) -> FieldKind | None:
    if value.missing:
        problems.add(
            value.mark,
            value.where,
            "the field has no type",
            f"Write one, like 'text'. The types are: {ALL_KINDS}.",
        )
        return None
    word = values.text(value, problems, limit=TEXT_LENGTH)
    if word is None:
        return None
    kind = kind_of(word)
    if kind is None:
        problems.add(value.mark, value.where, f"{quoted(word)} is not a field type", kind_hint(word))
    return kind


def _fitting(kind: FieldKind, said: dict[str, Value], problems: Problems) -> dict[str, Value]:
    """What was said without the keys that mean nothing for this kind, which are noted."""
    kept = {}
    for key, value in said.items():
        meaning = key_of(FieldForm, key)
        if kind in meaning.kinds:
            kept[key] = value
        else:
            mark = value.key.mark if value.key else value.mark
            problems.add(
                mark,
                value.where,
                f"'{key}' means nothing for a field of type '{kind.value}'",
                f"Leave it out, or make the field {meaning.wanted}.",
            )
    return kept


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _pattern(said: dict[str, Value], longest: int | None, problems: Problems) -> str | None:
    if "pattern" not in said:
        return None
    value = said["pattern"]
    written = values.text(value, problems, limit=MAX_PATTERN)
    if written is None:
        return None
    reason = refusal(written, longest=longest)
    if reason is not None:
        problems.add(value.mark, value.where, f"the pattern {quoted(written)} is not used: {reason}", RIGHT)
        return None
    return anchorless(written)


def _default(field: InterviewField, said: dict[str, Value], problems: Problems) -> str | None:
    if "default" not in said:
        return None
    value = said["default"]
    several_lines = field.kind is FieldKind.LONG_TEXT
    written = values.text(value, problems, limit=SENTENCE_LENGTH, several_lines=several_lines)
    if written is None:
        return None
    if "unique" in said:
        problems.add(
            value.mark, value.where, "a unique field cannot have a default", "Leave one of the two out."
        )
    wrong = misfit(field, written)
    if wrong is not None:
        message, hint = wrong
        problems.add(value.mark, value.where, f"the default {quoted(written)} {message}", hint)
    return choice_named(field, written) if field.kind is FieldKind.CHOICE else written


def _currency(said: dict[str, Value], problems: Problems) -> str | None:
    if "currency" not in said:
        return None
    value = said["currency"]
    code = values.text(value, problems)
    if code is None:
        return None
    if code.upper() not in CURRENCIES:
        problems.add(
            value.mark,
            value.where,
            f"{quoted(code)} is not a currency",
            "Write its ISO code, like EUR or USD.",
        )
    return code.upper()
