"""Patterns a text has to match: a tree of what regular expressions mean alike in every language we write.

Python, Rust (which checks in the application, in linear time) and a browser's `pattern` attribute read the
text of such a tree alike. Where they differ, as in the digits beyond ASCII, it has no word for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

LAST = 0x10FFFF
"""The last character of Unicode."""

_OUTSIDE = frozenset("^$\\.*+?()[]{}|/")
_INSIDE = frozenset("^-\\()[]{}|/")
_FIRST_PRINTABLE, _DELETE, _FOUR_DIGITS = 0x20, 0x7F, 0xFFFF


@dataclass(frozen=True)
class Characters:
    """One character out of some ranges, which are sorted and apart."""

    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Sequence:
    """One after the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Either:
    """One of several."""

    options: tuple[Node, ...]


@dataclass(frozen=True)
class Repeated:
    """The same several times over; without an end when `most` is None."""

    item: Node
    least: int
    most: int | None


Node = Characters | Sequence | Either | Repeated


def ranges(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The same characters in sorted ranges that do not touch."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def others(found: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Every character that is in none of the ranges."""
    gaps = []
    start = 0
    for first, last in found:
        if start < first:
            gaps.append((start, first - 1))
        start = last + 1
    if start <= LAST:
        gaps.append((start, LAST))
    return tuple(gaps)


ANY = Characters(others(((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))))
"""Any character of a line, as a browser understands it."""


def matches(node: Node, text: str) -> bool:
    """Whether the whole text is one of the pattern's; the time is bounded by both their sizes."""
    return len(text) in _ends(node, text, frozenset({0}))


def _ends(node: Node, text: str, starts: frozenset[int]) -> frozenset[int]:
    """Where a match can end that begins at one of the places."""
    if isinstance(node, Characters):
        return frozenset(
            place + 1 for place in starts if place < len(text) and _holds(node.ranges, ord(text[place]))
        )
    if isinstance(node, Sequence):
        for item in node.items:
            starts = _ends(item, text, starts)
        return starts
    if isinstance(node, Either):
        return frozenset().union(*(_ends(option, text, starts) for option in node.options))
    return _repeated_ends(node, text, starts)


def _repeated_ends(node: Repeated, text: str, starts: frozenset[int]) -> frozenset[int]:
    for _ in range(node.least):
        starts = _ends(node.item, text, starts)
    found, fresh = starts, starts
    rounds = len(text) + 1 if node.most is None else node.most - node.least
    for _ in range(rounds):
        fresh = _ends(node.item, text, fresh) - found
        if not fresh:
            break
        found |= fresh
    return found


def _holds(spans: tuple[tuple[int, int], ...], code: int) -> bool:
    return any(first <= code <= last for first, last in spans)


@lru_cache(maxsize=512)
def written(node: Node) -> str:
    """The pattern as every language reads it, without marks for start and end."""
    if isinstance(node, Characters):
        return _characters(node)
    if isinstance(node, Sequence):
        return "".join(_grouped(item, isinstance(item, Either)) for item in node.items)
    if isinstance(node, Either):
        return "|".join(map(written, node.options))
    single = isinstance(node.item, Characters)
    return _grouped(node.item, not single) + _times(node.least, node.most)


def _grouped(node: Node, needed: bool) -> str:  # noqa: FBT001 - a private helper with two arguments
    return f"(?:{written(node)})" if needed else written(node)


def _times(least: int, most: int | None) -> str:
    short = {(0, None): "*", (1, None): "+", (0, 1): "?"}
    if (least, most) in short:
        return short[least, most]
    if least == most:
        return f"{{{least}}}"
    return f"{{{least},{'' if most is None else most}}}"


def _characters(node: Characters) -> str:
    if node == ANY:
        return "."
    if len(node.ranges) == 1 and node.ranges[0][0] == node.ranges[0][1]:
        return _escaped(node.ranges[0][0], _OUTSIDE)
    negated = bool(node.ranges) and node.ranges[-1][1] == LAST
    spans = others(node.ranges) if negated else node.ranges
    return f"[{'^' if negated else ''}{''.join(map(_span, spans))}]"


def _span(span: tuple[int, int]) -> str:
    first, last = span
    if first == last:
        return _escaped(first, _INSIDE)
    between = "" if last == first + 1 else "-"
    return f"{_escaped(first, _INSIDE)}{between}{_escaped(last, _INSIDE)}"


def _escaped(code: int, special: frozenset[str]) -> str:
    if _FIRST_PRINTABLE <= code < _DELETE:
        return f"\\{chr(code)}" if chr(code) in special else chr(code)
    if code <= 0xFF:  # noqa: PLR2004 - what two hexadecimal digits can say
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _FOUR_DIGITS else chr(code)
