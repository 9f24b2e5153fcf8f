"""The limits of a field: of numbers, of characters, of bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.stages.intake import values
from flows.stages.intake.problems import quoted
from flows.stages.intake.schema import FieldForm, limits
from flows.stages.intake.schema.field import MAX_BYTES
from flows.stages.intake.tree import Broken, Scalar

if TYPE_CHECKING:
    from flows.stages.intake.problems import Problems
    from flows.stages.intake.values import Value

_PAIRS = (("minimum", "maximum"), ("min_length", "max_length"), ("min_bytes", "max_bytes"))
BOUNDS = tuple(key for pair in _PAIRS for key in pair)
_SIZE = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*(?:([kKmMgG])(i?)[bB]|(?:bytes?|[bB])?)")
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3}


def read_bounds(kind: FieldKind, said: dict[str, Value], problems: Problems) -> dict[str, float | None]:
    """Every limit by its key, None where it was not said or is not usable."""
    bounds: dict[str, float | None] = dict.fromkeys(BOUNDS)
    for key in BOUNDS:
        if key in said:
            read = _size if key.endswith("bytes") else _number
            bounds[key] = read(kind, key, said[key], problems)
    for low, high in _PAIRS:
        least, greatest = bounds[low], bounds[high]
        if least is not None and greatest is not None and least > greatest:
            problems.add(
                said[low].mark,
                said[low].where,
                f"{low} {least:.15g} is above {high} {greatest:.15g}",
                "Swap them, or mend one of them.",
            )
    return bounds


def _number(kind: FieldKind, key: str, value: Value, problems: Problems) -> float | None:
    length = key.endswith("length")
    least, most = limits(FieldForm, key)
    found = values.number(
        value,
        problems,
        whole=length or kind is FieldKind.NUMBER,
        least=least if length else None,
    )
    if found is not None and most is not None and abs(found) > most:
        problems.add(value.mark, value.where, f"'{key}' is too big", f"Stay within {most:.0f} either way.")
        return None
    return found


def _size(kind: FieldKind, key: str, value: Value, problems: Problems) -> float | None:
    del kind
    if isinstance(value.node, Broken):
        return None
    written = value.node.text.strip() if isinstance(value.node, Scalar) else ""
    found = _SIZE.fullmatch(written)
    if found is None:
        message = f"{quoted(written)} is not a size" if written else "this is not a size"
        problems.add(value.mark, value.where, message, "Write bytes like 500000, or 500 kB, or 5 MB.")
        return None
    unit = 1024 if found[3] else 1000
    size = round(float(found[1]) * unit ** _POWERS[(found[2] or "").lower()])
    if size > MAX_BYTES or (size == 0 and key == "max_bytes"):
        problems.add(
            value.mark, value.where, f"'{key}' is too {'big' if size else 'small'}", "Write 1 byte to 1 GB."
        )
        return None
    return float(size)
