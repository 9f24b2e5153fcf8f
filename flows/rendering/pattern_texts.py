"""Texts that match a pattern, of every length it allows, and texts that just miss it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flows.rendering.patterns import Characters, Either, Node, Repeated, Sequence, matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 256
"""Longest text that is looked at."""

_FAMILIAR = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz0123456789-_.,:/@+ "
_ATTEMPTS = 400


def lengths(node: Node, longest: int = LONGEST) -> list[int]:
    """Every length that a matching text can have, up to the longest, ascending."""
    bits = _lengths(node, min(longest, LONGEST))
    return [length for length in range(bits.bit_length()) if bits >> length & 1]


@lru_cache(maxsize=4096)
def _lengths(node: Node, longest: int) -> int:
    """The lengths as bits."""
    if isinstance(node, Characters):
        return 2 if longest else 0
    if isinstance(node, Sequence):
        return _sums(node.items, longest)
    if isinstance(node, Either):
        bits = 0
        for option in node.options:
            bits |= _lengths(option, longest)
        return bits
    item = _lengths(node.item, longest)
    bits = 1
    for _ in range(node.least):
        bits = _added(bits, item, longest)
    rounds = longest if node.most is None else node.most - node.least
    for _ in range(rounds):
        more = bits | _added(bits, item, longest)
        if more == bits:
            break
        bits = more
    return bits


def _sums(items: Iterable[Node], longest: int) -> int:
    bits = 1
    for item in items:
        bits = _added(bits, _lengths(item, longest), longest)
    return bits


def _added(one: int, other: int, longest: int) -> int:
    """Every sum of two lengths."""
    found = 0
    while other:
        lowest = other & -other
        found |= one << lowest.bit_length() - 1
        other ^= lowest
    return found & (1 << longest + 1) - 1


def texts(node: Node, length: int, count: int) -> list[str]:
    """Up to so many different matching texts of a length; fewer when there are fewer, or they hide."""
    found: dict[str, None] = {}
    if not _lengths(node, min(length, LONGEST)) >> length & 1:
        return []
    for number in range(_ATTEMPTS):
        text, rest = _text(node, length, number)
        found.setdefault(text)
        if len(found) == count or rest:
            break
    return list(found)


def examples(node: Node, least: int, longest: int, count: int) -> list[str]:
    """Up to so many different matching texts within the lengths, all of one length where that is possible."""
    found: dict[str, None] = {}
    for length in lengths(node, longest):
        if length < least:
            continue
        alike = [text for text in texts(node, length, count) if text == text.strip()]
        if len(alike) == count:
            return alike
        found |= dict.fromkeys(alike)
        if len(found) >= count:
            break
    return list(found)[:count]


def _text(node: Node, length: int, number: int) -> tuple[str, int]:
    """The matching text that a number stands for, and what of the number nothing was chosen by."""
    if isinstance(node, Characters):
        letters = _letters(node)
        return letters[number % len(letters)], number // len(letters)
    if isinstance(node, Either):
        options = [option for option in node.options if _lengths(option, length) >> length & 1]
        return _text(options[number % len(options)], length, number // len(options))
    parts = _parts(node, length)
    made = []
    for part, size in reversed(parts):  # the last character changes first, as a counter's does
        text, number = _text(part, size, number)
        made.append(text)
    return "".join(reversed(made)), number


def _parts(node: Sequence | Repeated, length: int) -> list[tuple[Node, int]]:
    """Which parts follow each other in a text of that length, and how long each is."""
    items = list(node.items) if isinstance(node, Sequence) else _times(node, length)
    after = [1]
    for item in reversed(items):
        after.append(_added(after[-1], _lengths(item, length), length))
    parts = []
    left = length
    for item, rest in zip(items, after[-2::-1], strict=True):
        own = _lengths(item, length)
        size = next(size for size in range(left + 1) if own >> size & 1 and rest >> left - size & 1)
        parts.append((item, size))
        left -= size
    return parts


def _times(node: Repeated, length: int) -> list[Node]:
    """The repeated item as often as a text of that length needs it at least."""
    item = _lengths(node.item, length)
    bits = 1
    count = 0
    while count < node.least or not bits >> length & 1:
        bits = _added(bits, item, length)
        count += 1
    return [node.item] * count


@lru_cache(maxsize=512)
def _letters(node: Characters) -> str:
    """Some characters of the class, the familiar ones first."""
    familiar = "".join(letter for letter in _FAMILIAR if matches(node, letter))
    return familiar or "".join(
        chr(code) for first, last in node.ranges for code in range(first, min(last, first + 20) + 1)
    )


def misses(node: Node, text: str) -> list[str]:
    """Texts that differ a little from a matching one and do not match: longer, shorter, other."""
    found: dict[str, None] = {}
    for changes in (_longer(text), (text[:-1], text[1:]), _other(text)):
        missed = next((item for item in changes if _is_usable(item) and not matches(node, item)), None)
        if missed is not None:
            found.setdefault(missed)
    return list(found)


def _longer(text: str) -> Iterator[str]:
    for letter in "xX0-!":
        yield text + letter
        yield letter + text


def _other(text: str) -> Iterator[str]:
    for position in range(len(text)):
        for letter in "xX0-!":
            yield text[:position] + letter + text[position + 1 :]


def _is_usable(text: str) -> bool:
    return bool(text) and text == text.strip()
