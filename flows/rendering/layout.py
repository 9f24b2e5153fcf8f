"""Python code laid out as the formatter would: one line when it fits, else one item a line."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 100
"""Line length of the generated Python code."""


def columns(text: str) -> int:
    """Columns that a text takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def laid_out(head: str, items: Sequence[str], tail: str, indent: int = 0, after: int = 0) -> str:
    """`head item, item tail` on one line when that fits, else one item a line with a trailing comma.

    The indent is the column of the first line; the caller has written that white space already. `after` is
    how many characters the caller writes behind it, like a comma.
    """
    flat = head + ", ".join(items) + tail
    if indent + columns(flat) + after <= WIDTH and "\n" not in flat:
        return flat
    margin = " " * indent
    lines = "".join(f"{margin}    {item},\n" for item in items)
    return f"{head}\n{lines}{margin}{tail}"


def sequence(head: str, items: Sequence[str], indent: int = 0, after: int = 0) -> str:
    """`head(item, item)`: a tuple, with the comma that a single item needs."""
    if len(items) == 1 and indent + columns(f"{head}({items[0]},)") + after <= WIDTH:
        return f"{head}({items[0]},)"
    return laid_out(f"{head}(", items, ")", indent, after)


def prefixed(prefix: str, names: Iterable[str]) -> list[str]:
    """Every name with the prefix before it."""
    return [f"{prefix}{name}" for name in names]


def quoted(names: Iterable[str]) -> list[str]:
    """Every identifier in double quotes."""
    return [f'"{name}"' for name in names]


def assigned(target: str, value: str, indent: int = 0) -> str:
    """`target = value`, with the parentheses the formatter would add when only they make the line fit."""
    flat = f"{target} = {value}"
    if indent + columns(flat) <= WIDTH or indent + 4 + columns(value) > WIDTH:
        return flat
    margin = " " * indent
    return f"{target} = (\n{margin}    {value}\n{margin})"


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key that counts numbers as numbers, as the import sorter does."""
    parts = re.findall(r"\d+|\D", name)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def import_line(module: str, names: Iterable[str], indent: int = 0) -> str:
    """`from module import names`, in the import sorter's order: constants, classes, the rest."""

    def order(name: str) -> tuple[object, ...]:
        kind = 0 if len(name) > 1 and name.isupper() else 1 if name[:1].isupper() else 2
        return (kind, natural(name.lower()), natural(name))

    ordered = sorted(set(names), key=order)
    flat = f"from {module} import {', '.join(ordered)}"
    if indent + columns(flat) <= WIDTH:
        return flat
    return laid_out(f"from {module} import (", ordered, ")", indent)


def imports(modules: dict[str, Iterable[str]], indent: int = 0) -> str:
    """One line per module, in the import sorter's order."""
    margin = " " * indent
    lines = (import_line(module, modules[module], indent) for module in sorted(modules, key=natural))
    return f"\n{margin}".join(lines)
