"""What is wrong with an interview document: collected in full, raised once, shown beside its line."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from flows.contracts import Problem

if TYPE_CHECKING:
    from flows.stages.intake.tree import Mark

MAX_LISTED = 1000  # beyond this nobody reads on, and a hostile document would only cost memory
QUOTED_LENGTH = 60
SHOWN_WIDTH = 100
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class InterviewProblems(Exception):
    """The document cannot be used as an interview; `problems` holds every reason, in line order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(problems)

    def __str__(self) -> str:
        count = len(self.problems)
        head = f"The interview has {count} problem{'' if count == 1 else 's'}:"
        return "\n".join([head, *(f"- {_sentence(problem)}" for problem in self.problems)])


class Problems:
    """Collects problems while a document is read."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._unlisted = 0

    def add(self, mark: Mark, where: str, message: str, hint: str) -> None:
        """Note one problem at a place of the document; `where` is neutralised here."""
        if len(self._found) >= MAX_LISTED:
            self._unlisted += 1
            return
        self._found.append(
            Problem(line=mark.line, column=mark.column, where=clean(where), message=message, hint=hint)
        )

    def __len__(self) -> int:
        return len(self._found) + self._unlisted

    def listed(self) -> tuple[Problem, ...]:
        """What was noted, in line order."""
        ordered = sorted(self._found, key=lambda problem: (problem.line or 0, problem.column or 0))
        if self._unlisted:
            ordered.append(
                Problem(
                    where="document",
                    message=f"{self._unlisted} more problems are not listed",
                    hint="Mend the ones above first.",
                )
            )
        return tuple(ordered)


def refused(character: str) -> bool:
    """Whether a character may not stand in an interview: control, surrogate, line separator, bidi control."""
    if character in "\n\t":
        return False
    return character in BIDI_CONTROLS or unicodedata.category(character) in _REFUSED_CATEGORIES


def clean(text: str) -> str:
    """The text with every character that a terminal may act on replaced, one for one."""
    return "".join("\ufffd" if character in "\n\t" or refused(character) else character for character in text)


def quoted(text: str) -> str:
    """Founder's words for use inside a message: neutralised, clipped, in quotes."""
    words = clean(text)
    return f"'{words if len(words) <= QUOTED_LENGTH else words[: QUOTED_LENGTH - 1] + '…'}'"


def render(problems: tuple[Problem, ...], *, file: str, text: str) -> str:
    """Plain text for a terminal: per problem its place, the line, a caret, what is wrong and right."""
    lines = _LINE_BREAK.split(text)
    return "\n\n".join(_block(problem, file=clean(file), lines=lines) for problem in problems) + "\n"


def _block(problem: Problem, *, file: str, lines: list[str]) -> str:
    place = file
    shown: list[str] = []
    if problem.line is not None:
        column = problem.column or 1
        place = f"{file}:{problem.line}:{column}"
        if problem.line <= len(lines):
            shown = _pointed(lines[problem.line - 1], number=problem.line, column=column)
    return "\n".join([f"{place}: {clean(problem.message)}", *shown, f"  {clean(problem.hint)}"])


def _pointed(line: str, *, number: int, column: int) -> list[str]:
    start = max(0, column - 1 - SHOWN_WIDTH // 2) if len(line) > SHOWN_WIDTH else 0
    part = clean(line[start : start + SHOWN_WIDTH].replace("\t", " "))
    gutter = f"  {number} | "
    offset = sum(_width(character) for character in part[: column - 1 - start])
    return [f"{gutter}{part}".rstrip(), f"{' ' * (len(gutter) - 2)}| {' ' * offset}^"]


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _sentence(problem: Problem) -> str:
    place = "" if problem.line is None else f"line {problem.line}, column {problem.column}: "
    return f"{place}{problem.where}: {problem.message}. {problem.hint}"
