"""Founder's words in Markdown, Mermaid and DOT: always shown, never read as markup."""

from __future__ import annotations

import re
import unicodedata

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LONGEST_LABEL = 60  # signs in a picture; more would hide the rest of it


def escaped(words: str) -> str:
    """One line of Markdown that shows the words and means nothing else."""
    html = "".join(_ENTITIES.get(character, character) for character in _line(words))
    # A backslash keeps Markdown from reading a sign, also the autolinks and mentions some renderers add.
    return re.sub(r"&(?:amp|lt|gt);|[^\w\s]|_", lambda found: _sign(found.group()), html)


def mermaid(words: str) -> str:
    """The inside of a quoted label: signs that Mermaid or HTML could read become numeric entities."""
    return "".join(
        sign if sign.isalnum() or sign in " ,.-" or not sign.isascii() else f"#{ord(sign)};"
        for sign in _clipped(words)
    )


def dot(words: str) -> str:
    """The inside of a quoted DOT string: no escapes of its own, no HTML entities."""
    return _clipped(words).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')


def counted(number: int, one: str, many: str) -> str:
    """A number with what it counts."""
    return f"{number} {one if number == 1 else many}"


def article(word: str) -> str:
    """The word behind `a` or `an`."""
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"


def _clipped(words: str) -> str:
    line = _line(words)
    return line if len(line) <= _LONGEST_LABEL else line[: _LONGEST_LABEL - 1] + "…"


def _line(words: str) -> str:
    return " ".join(_visible(words).split())


def _sign(sign: str) -> str:
    if sign in _ENTITIES.values() or not sign.isascii() or sign in ",;?":
        return sign
    return f"\\{sign}"


def _visible(words: str) -> str:
    """Control signs, line ends of every kind and marks that turn the direction of writing become spaces."""
    unseen = {"Cc", "Cs", "Zl", "Zp"}
    return "".join(
        " " if unicodedata.category(sign) in unseen or sign in _TURNING else sign for sign in words
    )


_TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)))


def done_to(doing: str, what: str) -> str:
    """`confirm` a booking is `confirm booking`, `mark as paid` is `mark booking as paid`."""
    before, tie, after = doing.partition(" as ")
    return f"{before} {what}{tie}{after}"
