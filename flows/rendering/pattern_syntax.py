"""Reads a founder's regular expression, as far as it is safe and means the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from flows.rendering.patterns import ANY, LAST, Characters, Either, Node, Repeated, Sequence, others, ranges

LONGEST = 500
"""Characters of an expression."""

LARGEST = 2_000
"""Characters and classes of an expression with every count written out."""

DEEPEST = 20
"""Groups within groups."""

MOST_TIMES = 1_000

_DIGITS = ((0x30, 0x39),)
_WORD = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_SPACE = ((0x09, 0x0D), (0x20, 0x20))
_CLASSES = {
    "d": _DIGITS,
    "w": _WORD,
    "s": _SPACE,
    "D": others(_DIGITS),
    "W": others(_WORD),
    "S": others(_SPACE),
}
_CONTROLS = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D}
_SURROGATES = range(0xD800, 0xE000)
_HEX_DIGITS = {"x": 2, "u": 4}


class UnsafePattern(ValueError):
    """An expression that we do not take; the text says what is in the way."""


def parse(expression: str) -> Node:
    """The tree of an expression that has to match a whole text; raises UnsafePattern."""
    if len(expression) > LONGEST:
        raise UnsafePattern(f"it has more than {LONGEST} characters")
    reader = _Reader(expression)
    node = reader.either(0)
    if reader.place < len(expression):
        raise UnsafePattern("a ) has no (")
    if _size(node) > LARGEST:
        raise UnsafePattern("its counts make it too large")
    return node


def _size(node: Node) -> int:
    if isinstance(node, Characters):
        return 1
    if isinstance(node, Sequence):
        return 1 + sum(map(_size, node.items))
    if isinstance(node, Either):
        return 1 + sum(map(_size, node.options))
    return 1 + _size(node.item) * max(node.most or node.least, 1)


@dataclass
class _Reader:
    """Reads from left to right; `place` is what comes next."""

    text: str
    place: int = 0

    def peek(self, length: int = 1) -> str:
        return self.text[self.place : self.place + length]

    def take(self, wanted: str) -> bool:
        if self.peek(len(wanted)) != wanted:
            return False
        self.place += len(wanted)
        return True

    def next(self) -> str:
        character = self.peek()
        if not character:
            raise UnsafePattern("it ends too early")
        self.place += 1
        return character

    def either(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise UnsafePattern("its groups are nested too deeply")
        options = [self.sequence(depth)]
        while self.take("|"):
            options.append(self.sequence(depth))
        return options[0] if len(options) == 1 else Either(tuple(options))

    def sequence(self, depth: int) -> Node:
        items: list[Node] = []
        if depth == 0:
            self.take("^")
        while self.peek() not in {"", "|", ")"}:
            if depth == 0 and self.peek() == "$" and self.peek(2) in {"$", "$|"}:
                self.place += 1
                continue
            items.append(self.repeated(depth))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def repeated(self, depth: int) -> Node:
        node = self.atom(depth)
        times = self.times()
        if times is None:
            return node
        if self.take("+"):
            raise UnsafePattern("it uses a possessive quantifier")
        self.take("?")
        if self.times() is not None:
            raise UnsafePattern("it repeats a repetition")
        return Repeated(node, *times)

    def times(self) -> tuple[int, int | None] | None:
        for mark, times in {"*": (0, None), "+": (1, None), "?": (0, 1)}.items():
            if self.take(mark):
                return times
        if not self.take("{"):
            return None
        least = self.number()
        most: int | None = least
        if self.take(","):
            most = None if self.peek() == "}" else self.number()
        if not self.take("}") or (most is not None and most < least):
            raise UnsafePattern("a count in braces is not one")
        return least, most

    def number(self) -> int:
        digits = ""
        while self.peek().isascii() and self.peek().isdigit():
            digits += self.next()
        if not digits or len(digits) > len(str(MOST_TIMES)) or int(digits) > MOST_TIMES:
            raise UnsafePattern(f"a count in braces is not a number up to {MOST_TIMES}")
        return int(digits)

    def atom(self, depth: int) -> Node:
        character = self.next()
        if character == "(":
            return self.group(depth)
        if character == "[":
            return Characters(self.set())
        if character == ".":
            return ANY
        if character == "\\":
            return Characters(self.escape())
        if character in "^$":
            raise UnsafePattern(f"it has a {character} in the middle")
        if character in "*+?{":
            raise UnsafePattern(f"there is nothing for the {character} to repeat")
        return Characters(((ord(character), ord(character)),))

    def group(self, depth: int) -> Node:
        if self.take("?") and not self.take(":"):
            raise UnsafePattern("it looks ahead or behind, names a group or sets a flag")
        node = self.either(depth + 1)
        if not self.take(")"):
            raise UnsafePattern("a ( has no )")
        return node

    def escape(self) -> tuple[tuple[int, int], ...]:
        character = self.next()
        if character in _CLASSES:
            return _CLASSES[character]
        code = self.code(character)
        return ((code, code),)

    def code(self, character: str) -> int:
        """The character that an escape stands for."""
        if character in _CONTROLS:
            return _CONTROLS[character]
        if character in _HEX_DIGITS:
            digits = "".join(self.next() for _ in range(_HEX_DIGITS[character]))
            if not all(digit in "0123456789abcdefABCDEF" for digit in digits):
                raise UnsafePattern(f"\\{character} is not followed by hexadecimal digits")
            return int(digits, 16)
        if character.isalnum():
            raise UnsafePattern(f"it uses \\{character}")
        return ord(character)

    def set(self) -> tuple[tuple[int, int], ...]:
        negated = self.take("^")
        found: list[tuple[int, int]] = []
        while not self.take("]"):
            found += self.span()
        spans = ranges(found)
        spans = others(spans) if negated else spans
        if not spans:
            raise UnsafePattern("its brackets hold no character")
        return spans

    def span(self) -> tuple[tuple[int, int], ...]:
        first = self.member()
        if self.peek() != "-" or self.peek(2) in {"-]", "-"}:
            return first
        self.place += 1
        last = self.member()
        if len(first) > 1 or len(last) > 1 or first[0][0] != first[0][1] or last[0][0] != last[0][1]:
            raise UnsafePattern("a range in brackets does not go from a character to a character")
        start, end = first[0][0], last[0][0]
        if start > end or start in _SURROGATES or end in _SURROGATES or end > LAST:
            raise UnsafePattern("a range in brackets goes backwards")
        return ((start, end),)

    def member(self) -> tuple[tuple[int, int], ...]:
        character = self.next()
        if character == "\\":
            return self.escape()
        if character == "[" or self.text[self.place - 1 : self.place + 1] == "&&":
            raise UnsafePattern("its brackets hold brackets")
        return ((ord(character), ord(character)),)
