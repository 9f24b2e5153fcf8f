"""The statements of a document: every sentence and every entry, numbered where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import Statement

if TYPE_CHECKING:
    from flows.stages.intake.tree import Mark


class Statements:
    """Collects what the document says while it is read, in any order."""

    def __init__(self) -> None:
        self._said: list[tuple[Mark, str, str]] = []

    def add(self, mark: Mark, where: str, words: str) -> str:
        """Keep one statement; returns its words on one line, which items read from it repeat."""
        line = one_line(words)
        self._said.append((mark, where, line))
        return line

    def listed(self) -> tuple[Statement, ...]:
        """All of them, in the order of the document."""
        ordered = sorted(self._said, key=lambda said: (said[0].line, said[0].column))
        return tuple(
            Statement(number=number, where=where, words=words)
            for number, (_, where, words) in enumerate(ordered, start=1)
        )


def one_line(words: str) -> str:
    """The words with single spaces in place of line breaks and runs of spaces."""
    return " ".join(words.split())
