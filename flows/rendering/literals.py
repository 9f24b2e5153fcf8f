"""A founder's words as literals of every language the application is written in: no way out of the quotes."""

from __future__ import annotations

import html as html_escaping
import json
import re
import shlex
import textwrap
import unicodedata
from functools import lru_cache

from flows.rendering.layout import WIDTH, columns

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories escaped in literals: control, formatting (text direction), surrogates, separators."""

_JOINERS = frozenset("\u200c\u200d")
"""Invisible, and part of how a word is written: in Persian, in Hindi, in signs made of several."""

_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~&$^-])")


@lru_cache(maxsize=4096)
def words(text: str) -> str:
    """One line: white space collapsed, control and direction marks removed, surrogates replaced."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (
        " " if character.isspace() else character if _is_shown(character) else ""
        for character in text.encode("utf-8", "replace").decode()
    )
    return " ".join("".join(kept).split())


def _is_shown(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in _INVISIBLE


def shortened(text: str, length: int) -> str:
    """`words(text)`, cut to that many characters with an ellipsis."""
    line = words(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _escaped(text: str, quote: str) -> str:
    out = []
    for character in text:
        code = ord(character)
        if character in {quote, "\\"}:
            out.append("\\" + character)
        elif character == "\n":
            out.append("\\n")
        elif unicodedata.category(character) not in _INVISIBLE:
            out.append(character)
        elif code < 0x100:  # noqa: PLR2004 - the three forms of an escape are by code size
            out.append(f"\\x{code:02x}")
        else:
            out.append(f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")  # noqa: PLR2004 - same
    return "".join(out)


def python(text: str) -> str:
    """A Python string literal on one line, with the quotes that the formatter would choose."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + _escaped(text, quote) + quote


def raw(text: str) -> str:
    """A raw Python string literal: its back slashes as they are, where no quote is in the way."""
    return python(text) if '"' in text or text.endswith("\\") or not text.isprintable() else f'r"{text}"'


def jinja(text: str) -> str:
    """A Jinja string literal: as Python's, with the characters of Jinja's own syntax escaped."""
    literal = '"' + _escaped(text, '"') + '"'
    return re.sub(r"[{}%#<>]", lambda match: f"\\x{ord(match[0]):02x}", literal)


def html(text: str) -> str:
    """Words as HTML text or attribute inside a Jinja template: markup and template syntax escaped."""
    escaped = html_escaping.escape(words(text), quote=True)
    return escaped.replace("{", "&#123;").replace("}", "&#125;").replace("%", "&#37;")


def yaml(text: str) -> str:
    """A double-quoted YAML (and JSON) string on one line."""
    return json.dumps(words(text), ensure_ascii=False)


def toml(text: str) -> str:
    """A basic TOML string on one line."""
    return json.dumps(words(text), ensure_ascii=False)


def markdown(text: str) -> str:
    """Words as plain Markdown text: every character that could start markup is escaped."""
    return _MARKDOWN_SPECIAL.sub(r"\\\1", words(text))


def shell(text: str) -> str:
    """A quoted shell word."""
    return shlex.quote(words(text))


def sql(text: str) -> str:
    """A standard SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def docstring(text: str, indent: int = 0) -> str:
    """Words as a docstring, wrapped; nothing in them can end it or escape a character."""
    safe = words(text).replace("\\", "\N{REVERSE SOLIDUS OPERATOR}").replace('"', "'") or "Nameless."
    if indent + columns(safe) + 6 <= WIDTH:
        return f'"""{safe}"""'
    margin = " " * indent
    lines = textwrap.wrap(safe, WIDTH - indent - 3, break_on_hyphens=False)
    return '"""' + f"\n{margin}".join(lines) + f'\n{margin}"""'
