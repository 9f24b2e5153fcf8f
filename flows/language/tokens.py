"""A sentence to tokens: words, numbers, quoted texts and signs, each with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.language.currencies import SIGNS
from flows.language.sentences import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_TOKENS = 400  # a longer sentence is not read: nobody writes one, and the work stays bounded


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A piece of a sentence; `type` is a terminal of the grammar."""

    type: str
    text: str
    start: int
    end: int
    value: str = ""
    """What the piece means: a number's digits, a currency's code, a quoted text without its quotes."""

    @property
    def low(self) -> str:
        """The text without case."""
        return self.text.casefold().replace("\u2019", "'")


_SIGNS = "".join(re.escape(sign) for sign in SIGNS if len(sign) == 1)
_TOKEN = re.compile(
    rf"""
      (?P<STRING>"[^"\n]{{0,300}}"|\u201c[^\u201c\u201d]{{0,300}}\u201d|\u201e[^\u201c\u201d]{{0,300}}[\u201c\u201d]
        |\u00ab[^\u00ab\u00bb]{{0,300}}\u00bb|(?<!\w)'[^'\n]{{1,300}}'(?!\w)|(?<!\w)\u2018[^\u2018\u2019\n]{{1,300}}\u2019)
    | (?P<MOMENT>(?<![\w.:])(?:[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:[T\ ][0-9]{{2}}:[0-9]{{2}})?
        |[0-9]{{1,2}}:[0-9]{{2}})(?![\w:]))
    | (?P<NUMBER>(?<![\w.])[-+\u2212]?(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+
        |(?<![0-9],)[0-9]+,[0-9]{{1,2}}(?!,?[0-9])|[0-9]+)(?!-?[^\W0-9]|[0-9])%?)
    | (?P<CURRENCY>[{_SIGNS}])
    | (?P<WORD>°?\w+(?:[-'\u2019/&.+]\w+)*)
    | (?P<LEAST>>=|\u2265)|(?P<MOST><=|\u2264)|(?P<MORE>>)|(?P<LESS><)
    | (?P<COMMA>,)|(?P<SEMI>;)|(?P<COLON>:)|(?P<LPAR>[(\[])|(?P<RPAR>[)\]])
    | (?P<DASH>--|[\u2013\u2014\u2212-])|(?P<AMPERSAND>&)|(?P<SLASH>/)|(?P<STOP>[.!\u2026\u3002\uff01])
    | (?P<OTHER>\S)
    """,
    re.VERBOSE,
)


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """The tokens of a sentence, at most one more than MOST_TOKENS."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        kind, written = match.lastgroup or "OTHER", match.group()
        if kind == "OTHER" and _says_nothing(written):
            continue
        value = _value(kind, written)
        kind = "STRING" if kind == "MOMENT" else kind  # as if it stood in quotes: a value, never a word
        found.append(Token(type=kind, text=written, start=match.start(), end=match.end(), value=value))
        if len(found) > MOST_TOKENS:
            break
    return found


def _says_nothing(character: str) -> bool:
    """Invisible characters, such as marks for the direction of writing."""
    return unicodedata.category(character) in {"Cf", "Cc", "Zl", "Zp", "Mn"}


def _value(kind: str, written: str) -> str:
    if kind == "STRING":
        return " ".join(written[1:-1].split())
    if kind == "MOMENT":
        return written
    if kind == "CURRENCY":
        return SIGNS[written]
    if kind == "NUMBER":
        return plain_number(written)
    return ""


def joined(tokens: Sequence[Token], terminal: str, text: str, *, value: str = "") -> Token:
    """Several tokens of a text as one terminal."""
    start, end = tokens[0].start, tokens[-1].end
    words = one_line(text[start:end])
    return Token(type=terminal, text=words, start=start, end=end, value=value or words)


def plain_number(written: str) -> str:
    """`1,000.50` → `1000.50`, `12,5` → `12.5`, `50%` → `50`."""
    digits = written.removesuffix("%").replace("\u2212", "-").removeprefix("+")
    if re.fullmatch(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", digits):
        return digits.replace(",", "")
    return digits.replace(",", ".")
