"""Names as a founder writes them: found again in another number, case or spelling."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from flows.contracts import USER
from flows.language.plurals import singular
from flows.language.words import stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_USERS = frozenset(
    {"user", "account", "signed in person", "signed in user", "logged in user", "member of the app"}
)
_ITS = frozenset({"it", "they", "this", "that", "one", "these", "he", "she", "those", "them"})


def key(name: str) -> str:
    """A name as it is compared: singular, without case, humps or punctuation."""
    return " ".join(stems(name)) or " ".join(name.casefold().split())


def is_plural(name: str) -> bool:
    """Whether the last word is a plural that differs from its singular."""
    return bool(name) and singular(name).casefold() != name.casefold()


class Names:
    """The things and people of an interview, to be found by what a sentence calls them."""

    def __init__(self, things: Iterable[str], people: Iterable[str]) -> None:
        self.things = {key(name): name for name in reversed(list(things))}
        self.people = {key(name): name for name in reversed(list(people))}

    def thing(self, words: str) -> str | None:
        """The thing of that name."""
        return self.things.get(key(words))

    def role(self, words: str) -> str | None:
        """The role of that name."""
        return self.people.get(key(words))

    def target(self, words: str) -> str | None:
        """What a relation may lead to: a thing, or the people who sign in."""
        found = self.thing(words)
        if found is not None:
            return found
        return USER if key(words) in self.people or key(words) in _USERS else None

    def target_within(self, words: Sequence[str]) -> tuple[str, int] | None:
        """The thing that the last words name, and how many words stand before it: `home Team`."""
        for start in range(len(words)):
            found = self.target(" ".join(words[start:]))
            if found is not None:
                return found, start
        return None

    def near(self, words: str) -> str | None:
        """The thing spelled most like the words."""
        close = difflib.get_close_matches(key(words)[:60], self.things, n=1, cutoff=0.7)
        return self.things[close[0]] if close else None


def is_pronoun(words: str) -> bool:
    """Whether the words stand for the thing that is being described."""
    return words.casefold() in _ITS
