"""The words of a rule to terminals: people, things, statuses, verbs, each told apart by where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.contracts import ANYONE, MEMBERS
from flows.language import verbs
from flows.language.lexicon import FILLERS, STOPS
from flows.language.names import Names, key
from flows.language.plurals import singular
from flows.language.rule_lexicon import LONGEST, MODALS, PHRASES
from flows.language.statuses import is_participle, reached_by
from flows.language.tokens import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.tokens import Token

_ARTICLES = frozenset({"a", "an", "the", "this"})
_JOINING = frozenset({"and", "or", "and/or", "nor", "&"})
_OPPOSITE = {"CAN": "CANNOT", "CANNOT": "CAN"}
_ADMINS = frozenset({"admin", "administrator"})
_ACTING = frozenset({"ROLE", "ANYONE", "MEMBERS", "NOBODY", "CAN", "CANNOT", "JOIN", "AGAIN"})
"""Terminals after which a verb is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleNames:
    """What a rule may name."""

    names: Names
    statuses: dict[str, str]
    """Of all things: a status as it is compared → as it is spelled."""


class RuleTagger:
    """Tags one sentence."""

    def __init__(self, raw: Sequence[Token], known: RuleNames, text: str) -> None:
        self.text = text
        self.raw = [token for token in raw if token.type != "STOP" and not _is_filler(token)]
        self.neither = any(token.low == "can" for token in raw) and raw[0].low == "neither"
        """`Neither owners nor sitters can delete …`: what they can is what they cannot."""
        self.raw = self.raw[self.neither :]
        self.known = known
        self.at = 0
        self.made: list[Token] = []

    def run(self) -> list[Token]:
        """The terminals, in order."""
        while self.at < len(self.raw):
            token = self.raw[self.at]
            if token.type in {"COMMA", "SEMI", "AMPERSAND", "SLASH"} or token.low in _JOINING:
                self._separate(token)
            elif token.type not in {"WORD", "STRING"}:
                self._emit(1, token.type)
            else:
                self._word(token)
        if self.neither:
            self.made = [replace(token, type=_OPPOSITE.get(token.type, token.type)) for token in self.made]
        return self.made

    @property
    def last(self) -> str:
        """The terminal before, or START."""
        return self.made[-1].type if self.made else "START"

    def _emit(self, length: int, terminal: str, value: str = "") -> None:
        self.made.append(joined(self.raw[self.at : self.at + length], terminal, self.text, value=value))
        self.at += length

    def _separate(self, token: Token) -> None:
        terminal = "OR" if token.low in {"or", "and/or", "nor"} or token.type == "SLASH" else "SEP"
        if self.last in {"SEP", "OR"}:
            before = self.made.pop()
            token = joined((before, token), terminal, self.text)
            self.made.append(replace(token, type="OR" if "OR" in {before.type, terminal} else "SEP"))
            self.at += 1
        else:
            self._emit(1, terminal)

    def _word(self, token: Token) -> None:
        steps = (self._verb, self._status, self._phrase, self._name, self._done)
        if self.last not in _ACTING | {"SEP", "OR"} or self._lists_statuses():
            steps = (self._phrase, self._status, self._name, self._done, self._verb)
        if any(step() for step in steps):
            return
        if token.low in _ARTICLES:
            self._emit(1, "ARTICLE")
        elif self.last in {"CAN", "CANNOT"} and token.low not in {"be", "have"}:
            self._emit(1, "VERB", token.low)  # nobody knows the verb: what it means is asked later
        elif token.low in {"its", "their", "his", "her"}:
            self._emit(1, "ITS")
        else:
            self._emit(1, "SUBORDINATE" if token.low in STOPS else "WORD")

    def _lists_statuses(self) -> bool:
        """Whether a separator follows a status: `requested and confirmed bookings`."""
        return len(self.made) > 1 and self.made[-2].type == "STATUS"

    def _spoken(self, length: int) -> str:
        return " ".join(token.low for token in self.raw[self.at : self.at + length])

    def _lengths(self, most: int) -> range:
        """How many words a phrase may have here, the most first: signs end it."""
        ahead = self.raw[self.at : self.at + most]
        words = next(
            (number for number, token in enumerate(ahead) if token.type not in {"WORD", "STRING"}), len(ahead)
        )
        return range(words, 0, -1)

    def _phrase(self) -> bool:
        for length in self._lengths(LONGEST):
            for terminal in PHRASES.get(
                tuple(token.low for token in self.raw[self.at : self.at + length]), ()
            ):
                if self._fits(terminal, length):
                    value = {"ANYONE": ANYONE, "MEMBERS": MEMBERS}.get(terminal, self._spoken(length))
                    self._emit(length, terminal, value)
                    return True
        return False

    def _fits(self, terminal: str, length: int) -> bool:
        """Whether a phrase carries structure here: `users` may be the people of that name."""
        following = self.raw[self.at + length : self.at + length + 3]
        fits = {
            "ALL": bool(following),
            "TO": self.last not in {"START", "WHEN"},
            "OF": self._spoken(length) == "of"
            or any(token.low in {"their", "own", "his", "her"} for token in following),
            "BE": self.last not in {"START", "SEP", "OR"},
            "OWN": self.last != "BY",  # `edited by their owner`
            "OWN_ROWS": not self._names_thing(length),  # `the pets of their own bookings`
        }
        if terminal in {"ANYONE", "MEMBERS", "NOBODY"}:
            free = self.last in {"START", "SEP", "OR", "BY", "ONLY", "WHEN"}
            return free and self.known.names.role(self._spoken(length)) is None
        return fits.get(terminal, True)

    def _names_thing(self, start: int) -> bool:
        """Whether a thing is named that many words ahead."""
        ahead = [token.text for token in self.raw[self.at + start : self.at + start + 6]]
        return any(self.known.names.thing(" ".join(ahead[:end])) for end in range(1, len(ahead) + 1))

    def _name(self) -> bool:
        """A person where somebody acts, a thing elsewhere."""
        for length in self._lengths(6):
            words = " ".join(token.text for token in self.raw[self.at : self.at + length])
            role, thing = self._role(words), self.known.names.thing(words)
            acts = self.last == "BY" or self._by() or self._is_subject(length)
            if role is not None and (acts or thing is None) and self.last != "OF":
                self._emit(length, "ROLE", role)
                return True
            if thing is not None:
                self._emit(length, "THING", thing)
                return True
        return False

    def _is_subject(self, length: int) -> bool:
        """Whether nothing has been done yet, or something is about to be."""
        following = self.raw[self.at + length].low if self.at + length < len(self.raw) else ""
        if following in MODALS or not any(token.type in {"VERB", "BE"} for token in self.made):
            return True
        before = next((token.type for token in reversed(self.made) if token.type != "ARTICLE"), "")
        return before in {"SEP", "OR"} and any(map(self._acts, verbs.bases(following)))

    def _by(self) -> bool:
        """Whether the list of those who did it goes on: `by owners and sitters`."""
        for token in reversed(self.made):
            if token.type not in {"ROLE", "SEP", "OR", "ARTICLE", "ONLY"}:
                return token.type == "BY"
        return False

    def _role(self, words: str) -> str | None:
        return self.known.names.role(words) or (singular(words.lower()) if key(words) in _ADMINS else None)

    def _status(self) -> bool:
        """A status beside a thing, or after a word that a status follows."""
        after = {
            "WHEN",
            "BE",
            "FROM",
            "TO",
            "AS",
            "THAT_ARE",
            "NOT",
            "IT",
            "ALL",
            "ARTICLE",
            "VERB",
            "OWN",
            "ONLY",
        }
        for length in self._lengths(3):
            status = self.known.statuses.get(key(self._spoken(length)))
            if status is None:
                continue
            passive = self.last == "BE" and not any(token.type in {"WHEN", "THAT_ARE"} for token in self.made)
            if self.last in after | {"SEP", "OR", "START"} and not passive:
                self._emit(length, "STATUS", status)
                return True
        return False

    def _verb(self) -> bool:
        if self.last not in _ACTING | {"ONLY"} and not self._goes_on():
            return False
        bare = self._after_modal()
        for length in self._lengths(verbs.LONGEST):
            for base in verbs.bases(self._spoken(length)):
                if bare and base != self._spoken(length):
                    continue  # `can see bookings and reviews`, `can edit pets, requested bookings and ...`
                if self._acts(base) or self._makes(base):
                    self._emit(length, "VERB", base)
                    return True
        return False

    def _after_modal(self) -> bool:
        """Whether a verb has to stand in its bare form here, as behind `can`, or behind such a verb."""
        deciding = (token.type for token in reversed(self.made) if token.type in _ACTING - {"JOIN", "AGAIN"})
        bare = any(token.type == "VERB" and token.low == token.value for token in self.made)
        return bare or next(deciding, "") in {"CAN", "CANNOT"}

    def _acts(self, verb: str) -> bool:
        return verb in verbs.ACTIONS or self._moves(verb)

    def _moves(self, verb: str) -> bool:
        if is_participle(verb) and key(verb) in self.known.statuses:
            return False  # `requested bookings`: the status, not what leads to it
        return reached_by(verb, tuple(self.known.statuses.values())) is not None

    def _makes(self, verb: str) -> bool:
        """`book` makes a Booking."""
        itself = (verb,) if self.last in {"CAN", "CANNOT"} else ()
        forms = (f"{verb}ing", f"{verb}ation", *itself)
        return any(self.known.names.thing(form) is not None for form in forms)

    def _goes_on(self) -> bool:
        """Whether a separator joins another verb: something has to be done to something behind it."""
        if self.last not in {"SEP", "OR"} or not any(token.type == "VERB" for token in self.made):
            return False
        before = self.made[-2].type
        following = self.raw[self.at + 1] if self.at + 1 < len(self.raw) else None
        if following is None or following.type != "WORD" or following.low in _JOINING:
            return before == "VERB"
        somebody = self._role(self.raw[self.at].text) is not None
        return not (somebody and (following.low in MODALS or before != "VERB"))

    def _done(self) -> bool:
        """What is done to a thing: `confirmed`, `deleted`."""
        if not any(token.type == "BE" for token in self.made):
            return False
        for length in self._lengths(2):
            spoken = self._spoken(length)
            if key(spoken) in self.known.statuses:
                self._emit(length, "DONE", spoken)
                return True
            verb = verbs.DONE.get(spoken)
            if verb is not None:
                self._emit(length, "DONE", spoken)
                return True
        return False


def _is_filler(token: Token) -> bool:
    return token.low in FILLERS - {"just", "both"} or token.low in {"themselves", "always", "also"}
