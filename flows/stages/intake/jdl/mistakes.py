"""What to say about a token that does not belong where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.stages.intake.jdl.vocabulary import FIELD_TYPES, OPTIONS
from flows.stages.intake.problems import quoted
from flows.stages.intake.values import nearest

if TYPE_CHECKING:
    from lark import Token

_UNREADABLE = {
    "OPEN_COMMENT": ("a comment begins here and never ends", "Write */ behind it."),
    "OPEN_STRING": ("a text in quotes begins here and does not end on its line", 'Write " behind it.'),
    "OPEN_REGEX": (
        "an expression between slashes does not end on its line",
        "Write it as pattern(/[a-z]+/), or a comment with two slashes.",
    ),
}
_EXPECTED = {
    "ENTITY": "a declaration like 'entity Pet { … }', 'enum', 'relationship' or an option",
    "REQUIRED": "a validation like required or maxlength(20)",
    "LBRACE": "{",
    "TO": "the word 'to'",
    "FOR": "the word 'for'",
    "NUMBER": "a number",
    "STRING": "a text in quotes",
    "REGEX": "an expression between slashes like /[a-z]+/",
    "EQUAL": "=",
    "LPAR": "(",
    "RPAR": ")",
    "RSQB": "]",
    "NAME": "a name",
    "RBRACE": "}",
}
_DECLARATIONS = ["entity", "enum", "relationship", "application", "deployment", "use", *OPTIONS]


def missing_type(field: Token) -> tuple[str, str]:
    """Message and hint for a field that is only a name."""
    return (
        f"the field {quoted(field)} has no type",
        f"Write one behind it: {', '.join(FIELD_TYPES)} or an enum.",
    )


def missing(previous: Token, choices: frozenset[str]) -> tuple[str, str]:
    """Message and hint for a line that ends too early."""
    return f"something is missing behind {quoted(previous)}", _hint(choices)


def mistake(token: Token, line_starts_with: str, choices: frozenset[str]) -> tuple[str, str]:
    """Message and hint; `choices`: terminals that the grammar allows in place of the token."""
    if token.type in _UNREADABLE:
        return _UNREADABLE[token.type]
    if token.type == "STRAY" and not token.isprintable():
        return f"the invisible character U+{ord(token):04X} does not belong here", "Remove it."
    hint = _hint(choices)
    if token.type == "NAME" and choices == {"RPAR"}:
        hint += " A text of several words needs quotes around it."
    if token.type == "END":
        return "the file ends in the middle of a declaration", hint
    near = nearest(line_starts_with, _DECLARATIONS)
    if token.type == "LBRACE" and near not in {None, line_starts_with}:
        return f"{quoted(line_starts_with)} begins no declaration", f"Did you mean '{near}'?"
    if token.type == "RBRACE" and "ENTITY" in choices:
        return "this } closes nothing", "Leave it out."
    return f"{quoted(token)} does not belong here", hint


def _hint(choices: frozenset[str]) -> str:
    expected = {terminal: words for terminal, words in _EXPECTED.items() if terminal in choices}
    if "ENTITY" in expected:
        expected.pop("NAME", None)
    if "UNIQUE" not in choices and "REQUIRED" in expected:
        expected["REQUIRED"] = "required"
    return f"Here stands {' or '.join(expected.values())}."
