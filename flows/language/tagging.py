"""Tokens to terminals of the grammar: each word in its context."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.language.asides import after_dash, clause_end, closes, in_brackets, question_end
from flows.language.contexts import CONDITIONS, OPENING, VERBS, Place
from flows.language.currencies import code_of
from flows.language.lexicon import (
    ARTICLES,
    CONJUNCTIONS,
    CONTRACTIONS,
    FILLERS,
    LONGEST_PHRASE,
    NUMBERS,
    PHRASES,
    STOPS,
)
from flows.language.measures import quantity
from flows.language.names import is_plural
from flows.language.statuses import is_participle
from flows.language.tokens import Token, joined
from flows.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

DEEPEST = 6  # brackets in brackets: nobody writes more, and the reading stays shallow
_COMPOUNDS = word_set(
    "date|time terms|conditions pros|cons bed|breakfast food|drink research|development likes|dislikes "
    "strengths|weaknesses profit|loss lost|found arts|crafts health|safety"
)
_ANYBODY = frozenset({"person", "one", "user", "somebody", "someone", "account", "individual"})
_SEVERAL = frozenset({"many", "several", "multiple", "one", "exactly"})
_RELATIVE = frozenset({"who", "that", "which"})
_ONWARD = frozenset({"for", "in", "on", "at", "with", "about"})
"""What leads on to another thing: `given by a juror for a film`."""
_OPENING = frozenset({"a", "an", "its", "their"})
_ATTRIBUTES = frozenset({"of", "for", "per"})
"""What goes on with a name: `points for a win`."""
_AMOUNT = frozenset({"NUMBER", "CURRENCY"})
_OF_EACH = frozenset({"has", "have", "is", "belongs", "needs", "must", "can", "may"})
_PASSIVE = frozenset({"by", "to", "for", "on", "in", "at", "with", "from"})
_QUESTIONS = frozenset({"how", "whether", "when", "where", "why", "what", "who"})
_PRONOUNS = frozenset({"it", "they", "he", "she", "one"})
_BOUNDS = word_set("at up less more fewer between max maximum min minimum exactly default")
_NO_COLON = VERBS | {"DEFAULT", "ONE_OF", "START", "SEP", "LPAR"}
"""Terminals after which a colon only opens a list."""
_SIGNS = {"LEAST": "AT_LEAST", "MOST": "AT_MOST", "MORE": "MORE_THAN", "LESS": "LESS_THAN"}


def tagged(raw: Sequence[Token], text: str) -> list[Token]:
    """The terminals of a sentence of the text, in order; words that change nothing are left out."""
    return _Tagger(raw, text).run()


class _Tagger:
    def __init__(self, raw: Sequence[Token], text: str) -> None:
        self.raw, self.text = raw, text
        self.at = 0
        self.depth = 0
        self.has_verb = False
        self.asks = False
        """Whether what was said so far begins with a question like `how long it was`."""
        self.made: list[Token] = []

    def run(self) -> list[Token]:
        while self.at < len(self.raw):
            token = self.raw[self.at]
            if token.type == "WORD":
                self._word()
            elif token.type == "NUMBER" and not self._phrase():
                self._emit(token, "COUNT" if self._counts() else "NUMBER")
            elif token.type != "NUMBER":
                self._sign(token)
        return self.made

    @property
    def last(self) -> str:
        return self.made[-1].type if self.made else "START"

    def _join(self, end: int, terminal: str, *, start: int | None = None, value: str = "") -> None:
        """Everything up to the end as one terminal; `start`: without what comes before it."""
        first = self.at if start is None else start
        token = joined(self.raw[first:end], terminal, self.text, value=value)
        self._emit(token, terminal, length=end - self.at)

    def _emit(self, token: Token, terminal: str, *, length: int = 1) -> None:
        self.made.append(replace(token, type=terminal))
        self.at += length
        self.has_verb = (self.has_verb or terminal in VERBS) and terminal != "SEMI"

    def _separate(self, token: Token, terminal: str) -> None:
        """Separators that follow one another are one; `or` outweighs the comma before it."""
        if self.last in {"SEP", "OR"}:
            before = self.made.pop()
            terminal = "OR" if "OR" in {before.type, terminal} else "SEP"
            token = joined((before, token), terminal, self.text)
        self._emit(token, terminal)

    def _sign(self, token: Token) -> None:
        kind = token.type
        if kind in {"COMMA", "SEMI", "AMPERSAND"}:
            self._separate(token, "SEP")
        elif kind == "SLASH":
            self._separate(token, "OR")
        elif kind == "LPAR" and self.depth < DEEPEST and closes(self.raw, self.at):
            self._open(token)
        elif kind == "RPAR" and self.depth:
            self.depth -= 1
            self._emit(token, "RPAR")
        elif kind == "COLON":
            self._colon(token)
        elif kind == "DASH":
            self._dash(token)
        elif kind == "STOP":
            self.at += 1
        else:
            self._emit(token, _SIGNS.get(kind, kind))

    def _open(self, token: Token) -> None:
        end = in_brackets(self.raw, self.at + 1)
        if end < 0:
            self.depth += 1
            self._emit(token, "LPAR")
        else:
            words = joined(self.raw[self.at + 1 : end], "STRING", self.text)
            self._emit(words, "STRING", length=end + 1 - self.at)

    def _colon(self, token: Token) -> None:
        if self.last in _NO_COLON:
            self.at += 1
        else:
            self._emit(token, "COLON")

    def _dash(self, token: Token) -> None:
        """Between numbers a range, before a list nothing, else it begins an explanation."""
        following = self.raw[self.at + 1] if self.at + 1 < len(self.raw) else None
        leads_in = self.last in {"START", "SEP", "OR", "LPAR", "COLON"} or self.last in VERBS
        if following is None or following.type == "DASH" or leads_in:
            self.at += 1
        elif self.last in {"NUMBER", "UNIT", "CURRENCY"} and following.type in {"NUMBER", "CURRENCY"}:
            self._emit(token, "TO")
        else:
            end = after_dash(self.raw, self.at, inside=self.depth > 0)
            self._join(end, "STRING", start=self.at + 1)

    def _word(self) -> None:
        token = self.raw[self.at]
        if self._currency() or self._person() or self._question() or self._passive() or self._phrase():
            return
        low = token.low
        if low in CONJUNCTIONS:
            if self._is_compound():
                self._emit(token, "WORD")
            else:
                self._separate(token, CONJUNCTIONS[low])
        elif low in CONTRACTIONS:
            self._emit(token, CONTRACTIONS[low])
            self.made.append(replace(token, type="NOT"))
        elif self._says_nothing(low) or self._leads_nowhere(low):
            self.at += 1
        else:
            self._emit(*self._plain(token, low))

    def _plain(self, token: Token, low: str) -> tuple[Token, str]:
        """A word without a structure of its own, and the terminal it is here."""
        joined_to = self.last == "WORD" and len(self.made) > 1 and self.made[-1].low in _ATTRIBUTES
        if low in ARTICLES and (self.last != "WORD" or (low in _OPENING and not joined_to)):
            return token, "ARTICLE"
        if low == "always" and self.depth:
            return token, "REQUIRED"
        if low in NUMBERS and self.last not in {"WORD", "ARTICLE"}:
            return replace(token, value=NUMBERS[low]), "COUNT" if self._counts() else "NUMBER"
        if low in STOPS:
            return token, "SUBORDINATE"
        return token, "UNIT" if self.last == "NUMBER" and self._measures() else "WORD"

    def _says_nothing(self, low: str) -> bool:
        """Words that change nothing, and `each` when it stands for the thing: `each has a code`."""
        each = low == "each" and self._word_at(1) in _OF_EACH
        return low in FILLERS or each or (low == "always" and self.last == "BE")

    def _leads_nowhere(self, low: str) -> bool:
        """`to` before another target of a relation; `with` and `of` before a bound."""
        following = self._word_at(1)
        if low == "to":
            return self.last in {"SEP", "OR"} and self._relates()
        if (low, following) == ("as", "well") or (low == "well" and self._word_at(-1) == "as"):
            return True
        if low == "with" and following in {"a", "the"}:
            return self._word_at(2) in _BOUNDS
        ahead = self.raw[self.at + 1 : self.at + 2]
        measures = low == "of" and self.last == "WORD" and any(token.type in _AMOUNT for token in ahead)
        return measures or (low in {"with", "of"} and following in _BOUNDS and self._number_ahead())

    def _number_ahead(self) -> bool:
        ahead = self.raw[self.at + 1 : self.at + 5]
        return any(token.type in {"NUMBER", "CURRENCY"} or token.low in NUMBERS for token in ahead)

    def _relates(self) -> bool:
        """Whether the clause tells what a thing belongs to."""
        return any(token.type in {"BELONG", "BELONGED"} for token in self.made)

    def _person(self) -> bool:
        """`the person who bought it` signs in; `the member who borrows it` is a member, explained."""
        low = self.raw[self.at].low
        noun = self._word_at(1) if low in {"the", "a", "one"} else low
        start = self.at + (low in {"the", "a", "one"})
        if noun in _ANYBODY and self._begins() and self._word_at(start + 1 - self.at) in _RELATIVE:
            self._join(clause_end(self.raw, start), "USER", value=noun)
            return True
        if low == "who" and self.last in {"WORD", "SEP"} and self._relates():
            if self.last == "SEP":
                self.made.pop()
            self._join(clause_end(self.raw, self.at), "STRING")
            return True
        if (
            low in _ONWARD
            and self.last == "WORD"
            and self._relates()
            and self._word_at(1) in ARTICLES | _SEVERAL
        ):
            self._separate(self.raw[self.at], "SEP")
            return True
        return False

    def _begins(self) -> bool:
        return self.last in OPENING or self.last in {"BELONGED", "TO"}

    def _question(self) -> bool:
        """`how long the walk was` in a list of what a thing has."""
        low = self.raw[self.at].low
        lists = self.has_verb or self.asks
        if low not in _QUESTIONS or self.last not in {"SEP", "HAVE", "START", "NEED"}:
            return False
        if low == "who" and self._word_at(1) in {"is", "are"} and self._word_at(2) in ARTICLES:
            return False  # "an assignee, who is a Member" says whom the name before it stands for
        if self.last == "START" and low not in {"how", "whether"}:
            return False
        end = question_end(self.raw, self.at)
        if end - self.at < 3 or not (lists or self.last == "START"):  # noqa: PLR2004 - a question, who, and what
            return False
        self.asks = self.asks or self.last == "START"
        if low == "whether" and self._word_at(1) in _PRONOUNS and end - self.at > 3:  # noqa: PLR2004 - it is sold
            self.at += 2  # the name of `whether it is sold out` is `is sold out`
        for _ in range(self.at, end):
            self._emit(self.raw[self.at], "WORD")
        return True

    def _passive(self) -> bool:
        """`rented by a gardener`, with or without its `is`."""
        ahead = self.raw[self.at : self.at + 3]
        if len(ahead) < 3 or self.last not in {"BE", "START", "SEP"}:  # noqa: PLR2004 - verb, preposition, thing
            return False
        verb, preposition, thing = ahead
        leads = thing.low in ARTICLES | _SEVERAL or thing.text[:1].isupper()
        known = PHRASES.get((verb.low, preposition.low), ("BELONGED",)) != ("BELONGED",)
        if preposition.low in _PASSIVE and leads and not known and is_participle(verb.low):
            self._join(self.at + 2, "BELONGED")
            return True
        return False

    def _word_at(self, ahead: int) -> str:
        return self.raw[self.at + ahead].low if self.at + ahead < len(self.raw) else ""

    def _counts(self) -> bool:
        """Whether a number tells how many of something there are: `two Teams`."""
        begins = self.last in {"START", "SEP", "HAVE", "NEED"} and self.depth == 0
        begins = begins and not quantity(self._word_at(1))
        following = self.raw[self.at + 1] if self.at + 1 < len(self.raw) else None
        plural = following is not None and following.type == "WORD" and is_plural(following.text)
        ranges = any(token.type == "BETWEEN" for token in self.made[-3:])
        return begins and not ranges and plural and not PHRASES.get((following.low if following else "",))

    def _measures(self) -> bool:
        """Whether the word after a number is its unit: a number that begins an item counts things instead."""
        bounded = any(token.type in {"BETWEEN", "FROM", "TO"} for token in self.made[-4:])
        counts = len(self.made) > 1 and self.made[-2].type in {"SEP", "HAVE", "START", "ARTICLE"}
        measured = bool(quantity(self._word_at(0)))
        return len(self.made) > 1 and (bounded or measured or not counts or self.depth > 0)

    def _is_compound(self) -> bool:
        if not self.made or self.last != "WORD":
            return False
        return f"{self.made[-1].low}|{self._word_at(1)}" in _COMPOUNDS

    def _phrase(self) -> bool:
        for length in range(min(LONGEST_PHRASE, len(self.raw) - self.at), 0, -1):
            part = self.raw[self.at : self.at + length]
            for terminal in PHRASES.get(tuple(token.low for token in part), ()):
                place = Place(
                    phrase=" ".join(token.low for token in part),
                    before=self.made,
                    after=self.raw[self.at + length :],
                    depth=self.depth,
                    has_verb=self.has_verb,
                )
                condition = CONDITIONS.get(terminal)
                if condition is None or condition(place):
                    self._join(self.at + length + self._belonging(terminal, place), terminal)
                    return True
        return False

    def _belonging(self, terminal: str, place: Place) -> int:
        """How many words behind a phrase belong to it: `optionally a`, `different for each booking`."""
        if terminal == "OPTIONAL":
            return int(place.begins and place.next_word in ARTICLES)
        return int(place.phrase.endswith((" each", " every")) and place.before_word)

    def _currency(self) -> bool:
        """A currency by its code or name, with the `in` before it."""
        leads = self.raw[self.at].low == "in" and self.last != "START"
        certain = leads or self.last == "NUMBER" or self.depth > 0
        start = self.at + leads
        for length in (2, 1):
            part = self.raw[start : start + length]
            code = code_of(" ".join(token.text for token in part), certain=certain)
            if code and len(part) == length:
                self._join(start + length, "CURRENCY", value=code)
                return True
        return False
