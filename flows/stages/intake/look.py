"""How the application looks: the name people see, and its colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.contracts import Look
from flows.stages.intake import values
from flows.stages.intake.problems import quoted
from flows.stages.intake.schema import LookForm
from flows.stages.intake.schema.interview import MAX_COLOURS

if TYPE_CHECKING:
    from flows.stages.intake.problems import Problems
    from flows.stages.intake.statements import Statements
    from flows.stages.intake.values import Value

_NAMED = """
    black #000000, white #ffffff, grey #6b7280, gray #6b7280, dark grey #374151, red #dc2626,
    dark red #991b1b, orange #ea580c, yellow #eab308, gold #ca8a04, green #16a34a,
    dark green #166534, light green #4ade80, olive #4d7c0f, teal #0f766e, turquoise #0d9488,
    blue #2563eb, dark blue #1e3a8a, light blue #38bdf8, navy #1e3a8a, purple #7e22ce,
    violet #7c3aed, pink #db2777, brown #78350f, beige #d6c7a1, maroon #7f1d1d, indigo #4338ca
"""
COLOURS = {name: code for name, _, code in (part.strip().rpartition(" ") for part in _NAMED.split(","))}
"""What a colour that is called by its name becomes."""

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def read_look(value: Value, problems: Problems, statements: Statements) -> Look:
    """The look; what cannot be used is noted."""
    said = values.group(value, problems, form=LookForm)
    name = values.text(said["name"], problems) if "name" in said and not said["name"].missing else None
    found = values.texts(said["colours"], problems, of="colours", limit=60) if "colours" in said else ()
    if len(found) > MAX_COLOURS:
        place = said["colours"]
        message = f"{len(found)} colours are too many"
        problems.add(place.mark, place.where, message, f"Use at most {MAX_COLOURS}.")
    colours = [_colour(place, words, problems) for place, words in found]
    parts = [f"called {name}"] if name else []
    parts += [f"in {', '.join(words for _, words in found)}"] if found else []
    because = statements.add(value.mark, value.where, f"look: {', '.join(parts)}") if parts else ""
    return Look(name=name or "", colours=tuple(filter(None, colours)), because=because)


def _colour(place: Value, written: str, problems: Problems) -> str | None:
    known = COLOURS.get(values.folded(written))
    if known is not None:
        return known
    if not _HEX.fullmatch(written):
        near = values.nearest(written, list(COLOURS))
        problems.add(
            place.mark,
            place.where,
            f"{quoted(written)} is not a colour",
            f"{f'Did you mean {quoted(near)}? ' if near else ''}Write it as '#0f766e', or by a common name.",
        )
        return None
    digits = written[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))  # noqa: PLR2004
