"""Regular expressions of Java, which JDL uses, written as the subset that an application may check."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTS = re.compile(
    r"\\Q.*?(?:\\E|\Z)|\\[pP]\{\w+\}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\."
    r"|\(\?<[A-Za-z]\w*>|\(\?:|[*+?}]\?|.",
    re.DOTALL,
)
# Java's classes by name, which are of ASCII unless a flag says otherwise.
_NAMED = {
    "Lower": "a-z",
    "Upper": "A-Z",
    "Alpha": "A-Za-z",
    "Digit": "0-9",
    "Alnum": "A-Za-z0-9",
    "XDigit": "0-9A-Fa-f",
    "Punct": "!-\\/:-@\\[-`\\{-~",
    "Blank": " \\t",
    "Space": "\\s",
}
_GROUPS = frozenset({"(", "(?:"})
_STARTS, _ENDS = frozenset({"^", "\\A"}), frozenset({"$", "\\z", "\\Z"})
_IGNORING = "(?i)"
_MEMBERS = r"[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|\\[dws]|\\[^\w\s]|[^\\\[\]&^-]"
_MEMBER = re.compile(_MEMBERS)
_PLAIN_SET = re.compile(rf"\[\^?(?:{_MEMBERS})+-?\]")
_LETTERS = re.compile(r"[A-Za-z](-[A-Za-z])?")
_ASCII = 0x80


def portable(java: str) -> str:
    """The same expression for a whole text: classes spelled out, quotes, names and lazy counts resolved.

    What has no equal is left as it is, and refused later by name.
    """
    ignoring = java.startswith((_IGNORING, f"^{_IGNORING}"))
    parts = _parts(java.replace(_IGNORING, "", 1) if ignoring else java)
    if ignoring:
        parts = _in_either_case(parts) or [_IGNORING, *parts]
    return "".join(_anchorless(parts))


def _parts(java: str) -> list[str]:
    """A whole set, a sign or what stands for one, each."""
    found: list[str] = []
    in_set = False
    for part in _PARTS.findall(java):
        texts = _resolved(part, in_set=in_set)
        if in_set:
            found[-1] += "".join(texts)
        else:
            found += texts
        if part in {"[", "]"}:
            in_set = part == "["
    return found


def _resolved(part: str, *, in_set: bool) -> list[str]:
    """What the part is in the subset; itself when there is nothing to do or to be done."""
    if part.startswith("\\Q"):
        return [_escaped(character) for character in part.removeprefix("\\Q").removesuffix("\\E")]
    return [_spelled(part, in_set=in_set)]


def _spelled(part: str, *, in_set: bool) -> str:
    kind, named = part[:2], part[3:-1]
    if kind in {"\\u", "\\x"} and len(part) > len("\\u"):
        return _character(int(part.lstrip("\\ux"), 16), part)
    if kind == "\\p" and named in _NAMED:
        return _NAMED[named] if in_set else f"[{_NAMED[named]}]"
    if kind == "\\P" and named in _NAMED and not in_set:
        return f"[^{_NAMED[named]}]"
    if part.startswith("(?<") and not in_set:
        return "("  # its name is for who reads the groups, which nobody does here
    if part[1:] == "?" and part[0] in "*+?}" and not in_set:
        # A lazy count only says which match is tried first, and the whole text has to match anyway.
        return part[0]
    return "/" if part == "\\/" else part


def _character(code: int, written: str) -> str:
    """The character of that number, when one can see it."""
    return _escaped(chr(code)) if chr(code).isprintable() else written


def _escaped(character: str) -> str:
    plain = character.isalnum() or character.isspace() or character == "_" or ord(character) >= _ASCII
    return character if plain else f"\\{character}"


def _anchorless(parts: Sequence[str]) -> list[str]:
    """Without marks for start and end, which say nothing where the whole text has to match."""
    made: list[str] = []
    for number, option in enumerate(_options(parts)):
        made += ["|"] if number else []
        inner = list(option)
        while inner and inner[0] in _STARTS:
            del inner[0]
        while inner and inner[-1] in _ENDS:
            del inner[-1]
        if inner and inner[0] in _GROUPS and _end_of_group(inner) == len(inner) - 1:
            inner[1:-1] = _anchorless(inner[1:-1])
        made += inner
    return made


def _options(parts: Sequence[str]) -> list[list[str]]:
    """What stands between the bars that are in no group."""
    options: list[list[str]] = [[]]
    depth = 0
    for part in parts:
        depth += (part.startswith("(")) - (part == ")")
        if part == "|" and depth == 0:
            options.append([])
        else:
            options[-1].append(part)
    return options


def _end_of_group(parts: Sequence[str]) -> int:
    """Where the group ends that the parts begin with, -1 when nowhere."""
    depth = 0
    for at, part in enumerate(parts):
        depth += (part.startswith("(")) - (part == ")")
        if depth == 0:
            return at
    return -1


def _in_either_case(parts: Sequence[str]) -> list[str] | None:
    """Every ASCII letter as a set of its two cases; None when a set holds more than letters and ranges."""
    made: list[str] = []
    for part in parts:
        if part.startswith("["):
            if _PLAIN_SET.fullmatch(part) is None:
                return None
            found = [member for member in _MEMBER.findall(part[1:-1]) if _LETTERS.fullmatch(member)]
            made.append(
                f"{part[:-1].removesuffix('-')}{''.join(found).swapcase()}{'-' * part.endswith('-]')}]"
            )
        elif len(part) == 1 and _LETTERS.fullmatch(part):
            made.append(f"[{part}{part.swapcase()}]")
        else:
            made.append(part)
    return made
