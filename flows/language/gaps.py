"""What could not be used of a sentence, with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.language.reading import Unread
from flows.language.sentences import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.tokens import Token

_IDLE = frozenset({"SEP", "OR", "COLON", "COMMA", "SEMI", "STOP"})
"""Terminals at the edges of a part that say nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Saying:
    """A sentence in the text it stands in."""

    place: str | int
    """The thing it describes, or its number in a list."""
    text: str
    start: int
    end: int
    words: str
    """On one line: what `because` repeats."""

    @classmethod
    def of(cls, place: str | int, text: str, start: int = 0, end: int | None = None) -> Saying:
        """The sentence between two places of a text."""
        last = len(text) if end is None else end
        return cls(place=place, text=text, start=start, end=last, words=one_line(text[start:last]))


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A part of a sentence that is unread."""

    saying: Saying
    start: int
    end: int
    nearest: str

    @property
    def unread(self) -> Unread:
        """What the caller is told."""
        words = one_line(self.saying.text[self.start : self.end])
        return Unread(words=words, nearest=self.nearest, offset=self.start)


class Gaps:
    """Everything that could not be used."""

    def __init__(self) -> None:
        self.found: list[Gap] = []

    def note(self, saying: Saying, tokens: Sequence[Token], nearest: str) -> None:
        """Keep the words of neighbouring tokens; nothing when they hold no word."""
        said = [*tokens]
        while said and said[0].type in _IDLE:
            del said[0]
        while said and said[-1].type in _IDLE:
            del said[-1]
        if any(character.isalnum() for token in said for character in token.text):
            gap = Gap(saying=saying, start=said[0].start, end=said[-1].end, nearest=nearest)
            self.found.append(gap)

    def forget(self, saying: Saying, tokens: Sequence[Token]) -> None:
        """Take back what was noted of these tokens: what follows them made sense of them."""
        start, end = tokens[0].start, tokens[-1].end
        self.found = [
            gap for gap in self.found if gap.saying != saying or (gap.start, gap.end) != (start, end)
        ]

    def cut(self, saying: Saying, cut: Sequence[Token], among: Sequence[Token], nearest: str) -> None:
        """Keep the words of scattered tokens, neighbours among the others together."""
        place = {id(token): number for number, token in enumerate(among)}
        groups: list[list[Token]] = []
        for token in cut:
            if groups and place[id(token)] == place[id(groups[-1][-1])] + 1:
                groups[-1].append(token)
            else:
                groups.append([token])
        for group in groups:
            self.note(saying, group, nearest)

    def whole(self, saying: Saying, nearest: str) -> None:
        """Keep a whole sentence."""
        self.found.append(Gap(saying=saying, start=saying.start, end=saying.end, nearest=nearest))

    def listed(self) -> list[Gap]:
        """Everything in the order of the texts; parts that touch each other are one."""
        places = list(dict.fromkeys(gap.saying.place for gap in self.found))
        merged: list[Gap] = []
        for gap in sorted(self.found, key=lambda gap: (places.index(gap.saying.place), gap.start, -gap.end)):
            if merged and merged[-1].saying == gap.saying and _touch(merged[-1], gap):
                merged[-1] = replace(merged[-1], end=max(merged[-1].end, gap.end))
            else:
                merged.append(gap)
        return merged


def _touch(before: Gap, after: Gap) -> bool:
    return not before.saying.text[before.end : after.start].strip()
