"""Founder's words to identifiers: ASCII, unreserved, unique; every change that shows becomes a repair."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.contracts import Repair
from flows.language.words import ascii_words

if TYPE_CHECKING:
    from collections.abc import Callable

    Taken = Callable[[list[str]], bool]

LONGEST = 48  # leaves room in PostgreSQL's 63 bytes for what constraints and indexes add


def is_plain(written: str) -> bool:
    """Whether turning the name into an identifier loses nothing but case, spaces and punctuation."""
    return written.isascii()


def snake(words: list[str]) -> str:
    """`pet_sitter`."""
    return "_".join(words)


def pascal(words: list[str]) -> str:
    """`PetSitter`."""
    return "".join(word[:1].upper() + word[1:] for word in words)


def kebab(words: list[str]) -> str:
    """`pet-sitter`."""
    return "-".join(words)


def clipped(words: list[str]) -> list[str]:
    """As many words as fit into the longest identifier, at least a piece of the first one."""
    kept: list[str] = []
    for word in words:
        if len(snake([*kept, word])) > LONGEST:
            break
        kept.append(word)
    return kept or [words[0][:LONGEST]]


@dataclass(slots=True, kw_only=True)
class Repairs:
    """The repairs made so far, in order."""

    made: list[Repair] = field(default_factory=list)

    def note(self, *, written: str, used: str, reason: str) -> None:
        """Record that a name is not used as it was written."""
        self.made.append(Repair(written=written, used=used, reason=reason))


def usable_words(written: str, *, fallback: str, number: int) -> tuple[list[str], str]:
    """The words of an identifier that starts with a letter and is not too long; and why they were changed."""
    words = ascii_words(written)
    if not words:
        return [fallback, str(number)], "it has no letter from a to z"
    if words[0][0].isdigit():
        return clipped([fallback, *words]), "an identifier cannot begin with a digit"
    fitting = clipped(words)
    if fitting != words:
        return fitting, "it is too long for a database identifier"
    return words, "" if is_plain(written) else "identifiers use the letters a to z only"


def free(words: list[str], *, taken: Taken) -> list[str]:
    """The words, with the first number from 2 on behind them that makes them free when they are taken."""
    candidate, number = words, 1
    while taken(candidate):
        number += 1
        candidate = [*words, str(number)]
    return candidate
