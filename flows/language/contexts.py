"""Whether a phrase carries structure where it stands, or is only part of a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.language.currencies import code_of
from flows.language.lexicon import ARTICLES, NUMBERS
from flows.language.measures import quantity
from flows.language.tokens import Token
from flows.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Callable


VERBS = frozenset(
    {"HAVE", "NEED", "BE", "RANGE", "BELONG", "BELONGED", "SHOWN", "SHARE", "STARTS", "COLON", "MUST", "CAN"}
)
SEPARATORS = frozenset({"SEP", "OR"})
OPENING = frozenset({"START", "LPAR", "NOT", "ONE_OF", "NO_TWO", "WITH"}) | SEPARATORS | VERBS
"""Terminals after which an item begins."""
_ENDINGS = frozenset({"END", "COMMA", "SEMI", "RPAR", "STOP"})
_BOUND_NOUNS = frozenset({"minimum", "maximum", "min", "max", "above", "over", "below", "under", "beyond"})
_NOUN_VERBS = word_set(
    "stores store records record tracks track shows features holds keep needs need requires require "
    "share shares goes go ranges range runs run lies lie counts contain hold"
)
_TURNING = frozenset({"is", "are", "must", "can", "cannot", "may", "has", "have", "should"})
"""Verbs after `which` that say something of what stands before it."""
_SAID_OF_ALL = word_set("required optional mandatory unique at between up from positive non-negative")
_FLAG_WORDS = frozenset({"needed", "necessary", "there", "set", "present", "known", "named", "a must"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a phrase stands: what came before it, as tagged, and what follows it, as written."""

    phrase: str
    before: Sequence[Token]
    after: Sequence[Token]
    depth: int
    """Brackets around it."""
    has_verb: bool
    """Whether the clause has a verb before it."""

    @property
    def last(self) -> str:
        """The terminal before it, or START."""
        return self.before[-1].type if self.before else "START"

    @property
    def following(self) -> str:
        """The raw type of what follows, or END."""
        return self.after[0].type if self.after else "END"

    @property
    def next_word(self) -> str:
        """What follows, in lower case."""
        return self.after[0].low if self.after else ""

    @property
    def begins(self) -> bool:
        """Whether an item begins here."""
        return self.last in OPENING or self.last == "ARTICLE"

    @property
    def before_number(self) -> bool:
        """Whether a number follows, perhaps with the sign of a currency."""
        return self.following in {"NUMBER", "CURRENCY"} or self.next_word in NUMBERS

    @property
    def before_word(self) -> bool:
        """Whether a word follows that is no conjunction."""
        return self.following == "WORD" and self.next_word not in {"and", "or"}


def _verb(place: Place) -> bool:
    if place.last in {"ARTICLE", "ONE", "MANY"}:
        return False
    if place.phrase in _NOUN_VERBS:
        free = place.last in {"WORD", "START", "THAT", "CAN", "MUST", "RPAR", "SEP"}
        fresh = not place.has_verb or place.last in {"THAT", "CAN", "MUST", "SEP"}
        return (
            free and fresh and place.following not in _ENDINGS and place.next_word not in {"and", "or", "is"}
        )
    return True


def _modal(place: Place) -> bool:
    if place.phrase in {"always", "optionally", "sometimes", "occasionally"}:
        return place.next_word in {"has", "have", "belongs", "belong", "needs", "keeps"} or (
            place.last in {"MUST", "CAN"} and place.before_word
        )
    return place.before_word and place.last != "ARTICLE"


def _bound(place: Place) -> bool:
    if place.phrase in _BOUND_NOUNS:
        return place.before_number or (place.following == "COLON" and place.depth > 0)
    return place.before_number or (place.next_word in ARTICLES and place.last not in OPENING - {"LPAR", "BE"})


def _compared(place: Place) -> bool:
    free = place.last not in (OPENING - {"LPAR", "BE", "SEP", "NOT"}) | {"ARTICLE", "START"}
    return free and (place.before_word or place.before_number)


def _default(place: Place) -> bool:
    if place.phrase in {"by default", "set to"} and not (place.before_word or place.before_number):
        return False
    if place.phrase in {"usually", "normally", "initially"}:
        return place.following in {"NUMBER", "STRING", "CURRENCY", "WORD"}
    if place.last == "ARTICLE" or (place.last in OPENING and place.depth == 0 and place.last != "BE"):
        return place.last == "SEP" and place.following in {"NUMBER", "STRING", "CURRENCY", "COLON"}
    return place.following in {"NUMBER", "STRING", "CURRENCY", "WORD", "COLON"}


def _said(place: Place) -> bool:
    """What is said of a field with a word that may be part of a name as well."""
    if place.phrase in _FLAG_WORDS:
        return place.last in {"BE", "NOT"} or (place.depth > 0 and place.phrase in {"needed", "necessary"})
    return place.last in {"BE", "NOT"} or place.depth > 0


def _choices(place: Place) -> bool:
    if place.phrase in {"choices", "options", "values", "the values", "possible values", "choice of"}:
        return place.following == "COLON" or place.depth > 0
    return place.following in {"WORD", "NUMBER", "STRING", "COLON"}


def _counted(place: Place) -> bool:
    """Whether things are counted: `at least one Author`, and not `at least one euro`."""
    measured = quantity(place.next_word) or (place.after and code_of(place.after[0].text, certain=True))
    return place.begins and place.before_word and not measured


def _numbered(place: Place) -> bool:
    return place.last in {"NUMBER", "CURRENCY", "UNIT"}


def _ends(place: Place) -> bool:
    return place.last in {"WORD", "NUMBER", "STRING", "UNIT"} and (
        place.following in _ENDINGS or place.next_word in {"and", "or"}
    )


def _from(place: Place) -> bool:
    """`from 2 to 9`, and not `from one user to another`."""
    ahead = [token.low for token in place.after[:4]]
    to = next((at for at, word in enumerate(ahead) if word in {"to", "until", "through"}), len(ahead))
    ends = place.after[to + 1 : to + 2]
    return place.before_number and all(
        token.type in {"NUMBER", "CURRENCY"} or token.low in NUMBERS for token in ends
    )


def _role(place: Place) -> bool:
    return (
        place.last in {"WORD", "RPAR", "USER", "ANOTHER_ALONE"}
        and place.before_word
        and place.next_word != "well"
    )


def _always(_: Place) -> bool:
    return True


CONDITIONS: dict[str, Callable[[Place], bool]] = {
    **dict.fromkeys(("HAVE", "NEED", "BE", "RANGE", "BELONG", "SHARE"), _verb),
    "STARTS": lambda place: _verb(place) and place.following in {"WORD", "NUMBER", "STRING"},
    "ALL_OF": lambda place: place.begins and (place.next_word in _SAID_OF_ALL or place.following == "NUMBER"),
    **dict.fromkeys(("MUST", "CAN"), _modal),
    **dict.fromkeys(("AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN"), _bound),
    **dict.fromkeys(("AFTER", "BEFORE", "NOT_BEFORE", "NOT_AFTER"), _compared),
    **dict.fromkeys(("EXACTLY", "BETWEEN"), lambda place: place.before_number),
    "FROM": _from,
    **dict.fromkeys(("OR_MORE", "OR_LESS", "UNIT"), _numbered),
    "BELONGED": lambda place: place.last == "BE",
    "SHOWN": lambda place: place.last in {"BE", "START"},
    **dict.fromkeys(("EMPTY", "GIVEN", "REPEATED", "POSITIVE", "NEGATIVE", "NON_NEGATIVE"), _said),
    **dict.fromkeys(("ONE", "MANY", "MANY_REQUIRED"), _counted),
    "TO": lambda place: _numbered(place) and place.before_number,
    "REQUIRED": lambda place: place.phrase not in _FLAG_WORDS or _said(place),
    "DEFAULT": _default,
    "AT_FIRST": _ends,
    "ONE_OF": _choices,
    "AS": _role,
    "WITH": lambda place: place.next_word in {"many", "several", "multiple"} and place.last == "WORD",
    "THAT": lambda place: (
        place.last in {"WORD", "RPAR"} or (place.last == "SEP" and place.next_word in _TURNING)
    ),
    "ANOTHER_ALONE": lambda place: place.begins or place.last == "TO",
    "ANOTHER": lambda place: place.begins or place.last == "TO",
    "NO_TWO": lambda place: place.last == "START",
    "USER": lambda place: place.begins,
    "NOT": _always,
}
"""When a phrase becomes a terminal; the terminals that are not here always do."""
