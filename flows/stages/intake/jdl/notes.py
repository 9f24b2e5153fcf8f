"""What is understood of a JDL file besides its entities: statements, questions, and what is not used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.contracts import NotUsed, OpenQuestion, Statement

if TYPE_CHECKING:
    from lark import Token


@dataclass(slots=True, kw_only=True)
class Notes:
    """Collected in any order, handed out in the order of the file."""

    _said: list[tuple[int, str, str]] = field(default_factory=list)
    _unused: list[tuple[int, str, str]] = field(default_factory=list)
    _asked: list[tuple[int, str, str]] = field(default_factory=list)

    def say(self, token: Token, where: str, words: str) -> str:
        """A statement of the file; returns its words, for the items that come from it."""
        self._said.append((_position(token), where, words))
        return words

    def leave(self, token: Token, words: str, reason: str) -> None:
        """Something that has no meaning here: a statement of its own."""
        self._said.append((_position(token), "not used", words))
        self._unused.append((_position(token), words, reason))

    def ask(self, token: Token, words: str, question: str) -> None:
        """Something that the founder has to decide; `words`: of the statement it is about."""
        self._asked.append((_position(token), words, question))

    def statements(self) -> tuple[Statement, ...]:
        """One for each words, numbered."""
        first = {words: where for _, where, words in sorted(self._said, reverse=True)}
        ordered = dict.fromkeys(words for _, _, words in sorted(self._said))
        return tuple(
            Statement(number=number, where=first[words], words=words)
            for number, words in enumerate(ordered, start=1)
        )

    def not_used(self) -> tuple[NotUsed, ...]:
        """In the order of the file, nothing twice."""
        found = dict.fromkeys((words, reason) for _, words, reason in sorted(self._unused))
        return tuple(NotUsed(words=words, reason=reason) for words, reason in found)

    def questions(self, others: tuple[OpenQuestion, ...]) -> tuple[OpenQuestion, ...]:
        """In the order of the file, then the others, numbered together."""
        asked = [(words, question) for _, words, question in sorted(self._asked)]
        asked += [(question.words, question.question) for question in others]
        return tuple(
            OpenQuestion(number=number, words=words, question=question)
            for number, (words, question) in enumerate(asked, start=1)
        )


def _position(token: Token) -> int:
    return token.start_pos or 0
