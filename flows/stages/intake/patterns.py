"""Regular expressions that are safe to give to an application: a subset that cannot be made to run for long.

Taken is what every engine reads the same way: letters, sets, groups, alternatives and counts. What is left
out either means something else in another engine (flags, lookaround, names, back references) or lets a short
text be matched in so many ways that refusing it takes minutes.
"""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError, UnexpectedInput, UnexpectedToken

if TYPE_CHECKING:
    from collections.abc import Sequence

RIGHT = (
    "Use letters, sets like [A-Z0-9], \\d \\w \\s and a dot, groups, | and the counts ? * + {2} {2,5}; "
    "the whole text has to match."
)
UNSTATED_LENGTH = 255  # what a text without a limit of its own may have
MOST_BRACKETS = 40  # deeper nesting means nothing, and costs the stack
MOST_WAYS = 100_000_000  # tried one by one they take about a second
_REASONS = (
    (r"\(\?[=!]|\(\?<[=!]", "it looks ahead or behind"),
    (r"\(\?P?<|\(\?P?=", "it names a group"),
    (r"\(\?", "it sets a flag"),
    (r"\\[1-9]|\\k", "it refers back to a group"),
    (r"\\[bBAZzG]|\^|\$", "it holds an anchor within the text"),
    (r"\\[pPuxXNcC0]", "it holds an escape that not every engine knows"),
    (r"[*+?{][*+?]?|\{", "a count stands where nothing is to be counted"),
    (r"\[[^\]]*&&", "a set [ ] holds &&, which means something else in other engines"),
    (r"[\[\]]", "a set [ ] is not closed, is empty or holds a bare bracket"),
    (r"[()]|\Z", "a group ( ) is not closed, or was not opened"),
)
_GRAMMAR = r"""
    start: "^"? options "$"?
    options: sequence ("|" sequence)*
    sequence: repeated*
    repeated: (CHARACTER | ANY | group) COUNT?
    group: "(" "?:"? options ")"
    COUNT: /[*+?]/ | /\{[0-9]{1,4}(,[0-9]{0,4})?\}/
    ANY: "." | /\\[dDwWsS]/ | /\[\^?(\\[dDwWsSnrt]|\\[^A-Za-z0-9\s]|&(?!&)|[^\\\[\]&])+\]/
    CHARACTER: /[^\\^$.|?*+()\[\]{}]/ | /\\[nrt]/ | /\\[^A-Za-z0-9\s]/
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """In how many ways a part can match at one place, at most, and what it certainly begins with."""

    ways: float
    first: str | None = None


class _Ways(Transformer[Token, _Shape]):
    """Counts the ways bottom-up; infinity where a count without end repeats what already has several."""

    def __init__(self, longest: int) -> None:
        super().__init__()
        self._longest = longest

    def repeated(self, parts: Sequence[_Shape | Token]) -> _Shape:
        """A character, set or group with its count."""
        one = parts[0]
        if isinstance(one, Token):
            one = _Shape(ways=1, first=str(one) if one.type == "CHARACTER" else None)
        if len(parts) == 1:
            return one
        least, most = _count(str(parts[1]))
        return _Shape(ways=self._repeated_ways(one.ways, least, most), first=one.first if least else None)

    def _repeated_ways(self, ways: float, least: int, most: int | None) -> float:
        if most is None:
            return float(self._longest + 1) if ways == 1 else math.inf
        if ways == 1:
            return float(max(1, min(most, self._longest) - least + 1))
        total = 0.0
        for times in range(least, most + 1):
            total += ways ** min(times, 64)  # past 64 it is beyond any limit already
            if total > MOST_WAYS:
                break
        return total

    def sequence(self, parts: Sequence[_Shape]) -> _Shape:
        """One after the other."""
        return _Shape(ways=math.prod(part.ways for part in parts), first=parts[0].first if parts else None)

    def options(self, parts: Sequence[_Shape]) -> _Shape:
        """One of several; when each begins with a character of its own, only one of them can match."""
        firsts = [part.first for part in parts]
        apart = None not in firsts and len(set(firsts)) == len(firsts)
        ways = [part.ways for part in parts]
        return _Shape(ways=max(ways) if apart else sum(ways), first=firsts[0] if len(parts) == 1 else None)

    def group(self, parts: Sequence[_Shape]) -> _Shape:
        """What stands in brackets."""
        return parts[0]

    start = group


def _count(written: str) -> tuple[int, int | None]:
    simple = {"*": (0, None), "+": (1, None), "?": (0, 1)}
    if written in simple:
        return simple[written]
    least, comma, most = written[1:-1].partition(",")
    return int(least), int(most) if most else None if comma else int(least)


@functools.cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="contextual")


def anchorless(pattern: str) -> str:
    """The pattern without the ^ and $ around it, which say nothing where the whole text has to match."""
    inner = pattern.removeprefix("^")
    escaped = len(inner) - len(inner[:-1].rstrip("\\")) - 1 if inner.endswith("$") else 1
    return inner if escaped % 2 else inner[:-1]


def refusal(pattern: str, *, longest: int | None = None) -> str | None:
    """Why a pattern is not used, for texts of at most that many characters; None when it is."""
    if pattern.count("(") > MOST_BRACKETS:
        return f"it holds more than {MOST_BRACKETS} brackets"
    try:
        shape = _Ways(longest or UNSTATED_LENGTH).transform(_parser().parse(pattern))
        re.compile(pattern)
    except UnexpectedInput as error:
        return _reason(pattern, _place(error, pattern))
    except (LarkError, re.error, OverflowError) as error:
        return str(error).partition("\n")[0]
    if shape.ways == math.inf:
        return "a part that is repeated without end holds counts or alternatives of its own"
    if shape.ways > MOST_WAYS:
        return "it holds so many counts that a text can be matched in too many ways"
    return None


def _place(error: UnexpectedInput, pattern: str) -> int:
    at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    return len(pattern) if at_end else error.pos_in_stream or 0


def _reason(pattern: str, at: int) -> str:
    start = (
        at - 1 if pattern[at - 1 : at + 1] == "(?" else at
    )  # the bracket was read before the sign behind it
    found = (reason for signs, reason in _REASONS if re.compile(signs).match(pattern, start))
    return f"{next(found, 'it cannot be read')} (character {at + 1})"
