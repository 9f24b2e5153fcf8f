"""Fields of an entity: their kind and the limits that make sense for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind, InterviewField
from flows.language.currencies import CURRENCIES
from flows.language.kinds import ALL_KINDS, kind_hint, kind_of
from flows.stages.intake import values
from flows.stages.intake.defaults import unfit
from flows.stages.intake.problems import quoted
from flows.stages.intake.tree import Broken, Scalar

if TYPE_CHECKING:
    from flows.stages.intake.problems import Problems
    from flows.stages.intake.values import Value

FIELD_KEYS: dict[str, tuple[str, ...]] = {
    "type": ("kind",),
    "required": ("mandatory",),
    "unique": (),
    "minimum": ("min", "at least"),
    "maximum": ("max", "at most"),
    "min_length": ("minimum length",),
    "max_length": ("maximum length",),
    "choices": ("options", "values", "one of"),
    "default": (),
    "currency": (),
    "description": ("help",),
}
NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY})
TEXTS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.IDENTIFIER})
MAX_CHOICES = 200
MAX_MAGNITUDE = 2**53  # whole numbers beyond this lose digits in JSON
MAX_CHARACTERS = 100_000
_BELONGS: dict[str, tuple[frozenset[FieldKind], str]] = {
    "minimum": (NUMBERS, "a number, decimal or money"),
    "maximum": (NUMBERS, "a number, decimal or money"),
    "min_length": (TEXTS, "a text, long text or identifier"),
    "max_length": (TEXTS, "a text, long text or identifier"),
    "choices": (frozenset({FieldKind.CHOICE}), "a choice"),
    "currency": (frozenset({FieldKind.MONEY}), "money"),
}


def read_field(value: Value, problems: Problems) -> InterviewField | None:
    """One field, short (`name: text`) or spelled out; None when it has no usable name or kind."""
    name = values.key_text(value, problems)
    said: dict[str, Value] = {}
    if isinstance(value.node, Scalar):
        kind = _kind(value, problems)
    else:
        said = values.group(value, problems, keys=FIELD_KEYS)
        kind = _stated_kind(value, said, problems)
    if kind is None or name is None:
        for flag in ("required", "unique"):
            _flag(said, flag, problems)
        return None
    kept = _fitting(kind, said, problems)
    if kind is FieldKind.CHOICE and "choices" not in said:
        problems.add(
            value.mark,
            value.where,
            "a choice without choices",
            "Add them: {type: choice, choices: [small, big]}.",
        )
    numbers = _bounds(kind, kept, problems)
    choices = _choices(kept, problems)
    return InterviewField(
        name=name,
        kind=kind,
        required=_flag(kept, "required", problems),
        unique=_flag(kept, "unique", problems),
        minimum=numbers["minimum"],
        maximum=numbers["maximum"],
        min_length=_whole(numbers["min_length"]),
        max_length=_whole(numbers["max_length"]),
        choices=choices,
        default=_default(kind, kept, choices, numbers, problems),
        currency=_currency(kept, problems),
        description=_description(kept, problems),
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
    word = values.text(value, problems, limit=values.TEXT_LENGTH)
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
        kinds, wanted = _BELONGS.get(key, (frozenset(FieldKind), ""))
        if kind in kinds:
            kept[key] = value
        else:
            mark = value.key.mark if value.key else value.mark
            problems.add(
                mark,
                value.where,
                f"'{key}' means nothing for a field of type '{kind.value}'",
                f"Leave it out, or make the field {wanted}.",
            )
    return kept


def _flag(said: dict[str, Value], key: str, problems: Problems) -> bool:
    return bool(key in said and values.yes_or_no(said[key], problems))


def _bounds(kind: FieldKind, said: dict[str, Value], problems: Problems) -> dict[str, float | None]:
    bounds: dict[str, float | None] = dict.fromkeys(("minimum", "maximum", "min_length", "max_length"))
    for key in bounds:
        if key not in said:
            continue
        length = key.endswith("length")
        least = (1.0 if key == "max_length" else 0.0) if length else None
        whole = length or kind is FieldKind.NUMBER
        found = values.number(said[key], problems, whole=whole, least=least)
        most = MAX_CHARACTERS if length else MAX_MAGNITUDE
        if found is not None and abs(found) > most:
            problems.add(
                said[key].mark, said[key].where, f"'{key}' is too big", f"Stay within {most} either way."
            )
            found = None
        bounds[key] = found
    for low, high in (("minimum", "maximum"), ("min_length", "max_length")):
        least_value, greatest = bounds[low], bounds[high]
        if least_value is not None and greatest is not None and least_value > greatest:
            problems.add(
                said[low].mark,
                said[low].where,
                f"{low} {least_value:g} is above {high} {greatest:g}",
                "Swap them, or mend one of them.",
            )
    return bounds


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _choices(said: dict[str, Value], problems: Problems) -> tuple[str, ...]:
    if "choices" not in said:
        return ()
    noted = len(problems)
    found = values.texts(said["choices"], problems, of="choices", limit=values.NAME_LENGTH)
    if not found and len(problems) == noted:
        problems.add(
            said["choices"].mark, said["choices"].where, "the list of choices is empty", "Write at least one."
        )
    if len(found) > MAX_CHOICES:
        problems.add(
            said["choices"].mark,
            said["choices"].where,
            f"{len(found)} choices are too many",
            f"Use at most {MAX_CHOICES}, or make them an entity of their own.",
        )
    return found


def _default(
    kind: FieldKind,
    said: dict[str, Value],
    choices: tuple[str, ...],
    numbers: dict[str, float | None],
    problems: Problems,
) -> str | None:
    if "default" not in said:
        return None
    value = said["default"]
    written = values.text(
        value, problems, limit=values.SENTENCE_LENGTH, several_lines=kind is FieldKind.LONG_TEXT
    )
    if written is None:
        return None
    if "unique" in said:
        problems.add(
            value.mark, value.where, "a unique field cannot have a default", "Leave one of the two out."
        )
    if kind is FieldKind.CHOICE:
        same = [choice for choice in choices if values.folded(choice) == values.folded(written)]
        if choices and not same:
            problems.add(
                value.mark,
                value.where,
                f"the default {quoted(written)} is not one of the choices",
                f"Use one of: {', '.join(quoted(choice)[1:-1] for choice in choices)}.",
            )
        return same[0] if same else None
    wanted = unfit(kind, written)
    if wanted is not None:
        problems.add(
            value.mark,
            value.where,
            f"the default {quoted(written)} does not fit the type '{kind.value}'",
            f"Write {wanted}.",
        )
    else:
        _note_out_of_bounds(kind, value, written, numbers, problems)
    return written


def _note_out_of_bounds(
    kind: FieldKind, value: Value, written: str, numbers: dict[str, float | None], problems: Problems
) -> None:
    low, high = ("min_length", "max_length") if kind in TEXTS else ("minimum", "maximum")
    size = (
        float(len(written)) if kind in TEXTS else values.parsed_number(written) if kind in NUMBERS else None
    )
    least, most = numbers[low], numbers[high]
    if size is not None and ((least is not None and size < least) or (most is not None and size > most)):
        problems.add(
            value.mark,
            value.where,
            f"the default {quoted(written)} is outside of {low} and {high}",
            "Change the default or the limits.",
        )


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


def _description(said: dict[str, Value], problems: Problems) -> str:
    if "description" not in said or said["description"].missing:
        return ""
    limit = values.SENTENCE_LENGTH
    return values.text(said["description"], problems, limit=limit, several_lines=True) or ""
