"""Open questions: asked in any order, numbered in the order of the statements they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import OpenQuestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.contracts import Statement


class Asked:
    """Collects what an interview leaves open."""

    def __init__(self) -> None:
        self._asked: list[tuple[str, str, str]] = []
        self._words: set[str] = set()

    def ask(self, words: str, question: str, *, about: str | None = None) -> None:
        """Ask about these words; `about`: words of the statement, when they are not the words themselves."""
        self._asked.append((about or words, words, question))
        self._words.add(words)

    def asks_about(self, words: str) -> bool:
        """Whether anything is asked about these words already."""
        return words in self._words

    def numbered(self, statements: Sequence[Statement]) -> tuple[OpenQuestion, ...]:
        """All of them, each once, where their statement stands in the document."""
        place: dict[str, int] = {}
        for statement in statements:
            place.setdefault(statement.words, statement.number)
        ordered = sorted(
            dict.fromkeys(self._asked), key=lambda asked: place.get(asked[0].split("\n")[0], len(statements))
        )
        return tuple(
            OpenQuestion(number=number, words=words, question=question)
            for number, (_, words, question) in enumerate(ordered, start=1)
        )
