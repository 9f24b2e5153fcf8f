"""Names of a JDL file in a founder's words."""

from __future__ import annotations

import re

from flows.language.plurals import plural, singular

_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[0-9])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][^\W\d_A-Z])")
_SEPARATOR = re.compile(r"[_\-]+")
_SHORT = 3  # letters: XL and EUR stay as they are, OPEN becomes Open


def in_words(name: str) -> str:
    """`firstName` and `first_name` → `first name`; `URLPath` → `URL path`; no letters: as it is."""
    parts = [part for word in _SEPARATOR.split(name) for part in _HUMP.split(word) if part]
    words = " ".join(part if part.isupper() and len(part) > 1 else part.lower() for part in parts)
    return words or name


def entity_words(name: str) -> str:
    """`ProductCategory` → `Product category`."""
    words = in_words(name)
    return words[:1].upper() + words[1:]


def choice_label(value: str) -> str:
    """`IN_PROGRESS` → `In progress`; `XXL` and other short words in capitals stay."""
    if value.isupper() and (len(value) > _SHORT or "_" in value):
        return entity_words(value.lower())
    return entity_words(value)


def many(name: str) -> str:
    """The name of a relation in the plural, unless it is in the plural already."""
    return name if plural(singular(name)) == name else plural(name)
