"""Regular expressions of Java, which JDL uses, written as the subset that an application may check."""

from __future__ import annotations

import re

from flows.stages.intake.patterns import anchorless

_PARTS = re.compile(
    r"\\Q(?P<literal>.*?)(?:\\E|\Z)|\\p\{(?P<named>\w+)\}|(?P<escape>\\.)"
    r"|(?P<bracket>[\[\]])|(?P<count>[*+?}])\?|(?P<other>.)",
    re.DOTALL,
)
# Java's POSIX classes, which are of ASCII unless a flag says otherwise.
_NAMED = {
    "Lower": "a-z",
    "Upper": "A-Z",
    "Alpha": "A-Za-z",
    "Digit": "0-9",
    "Alnum": "A-Za-z0-9",
    "XDigit": "0-9A-Fa-f",
    "Blank": " \\t",
    "Space": "\\s",
}


def portable(java: str) -> str:
    """The same expression for a whole text: named classes spelled out, quotes and lazy counts resolved.

    What has no equal is left as it is, and refused later by name.
    """
    parts: list[str] = []
    in_set = False
    for found in _PARTS.finditer(java):
        text = found.group()
        if found["bracket"]:
            in_set = text == "["
        elif found["literal"] is not None:
            text = "".join(_escaped(character) for character in found["literal"])
        elif found["named"] in _NAMED:
            text = _NAMED[found["named"]] if in_set else f"[{_NAMED[found['named']]}]"
        elif text == "\\/":
            text = "/"
        elif found["count"] and not in_set:
            # A lazy count only says which match is tried first, and the whole text has to match anyway.
            text = found["count"]
        parts.append(text)
    return anchorless("".join(parts))


def _escaped(character: str) -> str:
    return character if character.isalnum() or character.isspace() or character == "_" else f"\\{character}"
