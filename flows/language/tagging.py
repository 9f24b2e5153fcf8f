"""Tokens to terminals of the grammar: each word in its context."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.language.contexts import CONDITIONS, VERBS, Place
from flows.language.currencies import CURRENCIES, NAMES
from flows.language.lexicon import ARTICLES, FILLERS, LIKE, LONGEST_PHRASE, NUMBERS, PHRASES, STOPS
from flows.language.plurals import singular
from flows.language.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

DEEPEST = 6  # brackets in brackets: nobody writes more, and the reading stays shallow
_COMPOUNDS = frozenset(
    [
        "date|time",
        "terms|conditions",
        "pros|cons",
        "bed|breakfast",
        "food|drink",
        "research|development",
        "likes|dislikes",
        "strengths|weaknesses",
        "profit|loss",
        "lost|found",
        "arts|crafts",
        "health|safety",
    ]
)
_CONJUNCTIONS = {"and": "SEP", "plus": "SEP", "or": "OR", "and/or": "OR"}
_CONTRACTIONS = {
    **dict.fromkeys(("cannot", "can't"), "CAN"),
    **dict.fromkeys(("isn't", "aren't"), "BE"),
    **dict.fromkeys(("mustn't", "shouldn't"), "MUST"),
}
"""Words that hold a `not`."""
_NO_COLON = VERBS | {"DEFAULT", "ONE_OF", "START", "SEP", "LPAR"}
"""Terminals after which a colon only opens a list."""
_SIGNS = {"LEAST": "AT_LEAST", "MOST": "AT_MOST", "MORE": "MORE_THAN", "LESS": "LESS_THAN"}
_AMBIGUOUS_CODES = frozenset({"ALL", "TOP", "TRY", "CUP", "MAD", "BOB", "LAK", "ANG", "GEL", "PEN", "SOS"})


def tagged(raw: Sequence[Token]) -> list[Token]:
    """The terminals of a sentence, in order; words that change nothing are left out."""
    return _Tagger(raw).run()


def joined(tokens: Sequence[Token], terminal: str, *, value: str = "") -> Token:
    """Several tokens as one terminal."""
    text = " ".join(token.text for token in tokens)
    return Token(type=terminal, text=text, start=tokens[0].start, end=tokens[-1].end, value=value or text)


class _Tagger:
    def __init__(self, raw: Sequence[Token]) -> None:
        self.raw = raw
        self.at = 0
        self.depth = 0
        self.has_verb = False
        self.made: list[Token] = []

    def run(self) -> list[Token]:
        while self.at < len(self.raw):
            token = self.raw[self.at]
            if token.type == "WORD":
                self._word()
            elif token.type == "NUMBER" and not self._phrase():
                self._emit(token, "NUMBER")
            elif token.type != "NUMBER":
                self._sign(token)
        return self.made

    @property
    def last(self) -> str:
        return self.made[-1].type if self.made else "START"

    def _emit(self, token: Token, terminal: str, *, length: int = 1) -> None:
        self.made.append(replace(token, type=terminal))
        self.at += length
        self.has_verb = (self.has_verb or terminal in VERBS) and terminal != "SEMI"

    def _separate(self, token: Token, terminal: str) -> None:
        """Separators that follow one another are one; `or` outweighs the comma before it."""
        if self.last in {"SEP", "OR"}:
            before = self.made.pop()
            terminal = "OR" if "OR" in {before.type, terminal} else "SEP"
            token = joined((before, token), terminal)
        self._emit(token, terminal)

    def _sign(self, token: Token) -> None:
        kind = token.type
        if kind in {"COMMA", "SEMI", "AMPERSAND"}:
            self._separate(token, "SEP")
        elif kind == "SLASH":
            self._separate(token, "OR")
        elif kind == "LPAR" and self.depth < DEEPEST:
            self.depth += 1
            if not self._explained(start=self.at + 1):
                self._emit(token, "LPAR")
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

    def _explained(self, *, start: int) -> bool:
        """An aside like (e.g. Rex): one quoted text."""
        end = start
        while end < len(self.raw) and self.raw[end].type not in {"RPAR", "LPAR"}:
            end += 1
        inner = [token for token in self.raw[start:end] if token.type != "STOP"]
        if end == len(self.raw) or self.raw[end].type != "RPAR" or not inner:
            return False
        if not any(" ".join(token.low for token in inner[:2]).startswith(f"{word} ") for word in LIKE):
            return False
        self.depth -= 1
        words = joined(inner, "STRING")
        self._emit(
            replace(words, start=self.raw[start - 1].start, end=self.raw[end].end),
            "STRING",
            length=end - start + 2,
        )
        return True

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
            end = self._aside_end()
            self._emit(joined(self.raw[self.at + 1 : end], "STRING"), "STRING", length=end - self.at)

    def _aside_end(self) -> int:
        """Where an explanation ends: at the bracket around it, or before the next item with a dash."""
        later = [at for at in range(self.at + 1, len(self.raw)) if self.raw[at].type == "DASH"]
        end = later[0] if later else len(self.raw)
        kinds = {"COMMA", "SEMI"} if later else {"SEMI"}
        stops = [at for at in range(self.at + 2, end) if self.raw[at].type in kinds]
        closing = [at for at in range(self.at + 2, end) if self.raw[at].type == "RPAR"] if self.depth else []
        return min([*stops[-1:], *closing[:1], end] if later else [*stops[:1], *closing[:1], end])

    def _word(self) -> None:
        token = self.raw[self.at]
        if self._currency() or self._phrase():
            return
        low = token.low
        if low in _CONJUNCTIONS:
            if self._is_compound():
                self._emit(token, "WORD")
            else:
                self._separate(token, _CONJUNCTIONS[low])
        elif low in _CONTRACTIONS:
            self._emit(token, _CONTRACTIONS[low])
            self.made.append(replace(token, type="NOT"))
        elif low in FILLERS or (low == "always" and self.last == "BE") or self._leads_nowhere(low):
            self.at += 1
        else:
            self._emit(*self._plain(token, low))

    def _plain(self, token: Token, low: str) -> tuple[Token, str]:
        """A word without a structure of its own, and the terminal it is here."""
        if low in ARTICLES and (self.last != "WORD" or low in {"a", "an", "its", "their"}):
            return token, "ARTICLE"
        if low == "always" and self.depth:
            return token, "REQUIRED"
        if low in NUMBERS and self.last not in {"WORD", "ARTICLE"}:
            return replace(token, value=NUMBERS[low]), "NUMBER"
        if low in STOPS:
            return token, "SUBORDINATE"
        return token, "UNIT" if self.last == "NUMBER" and self._measures() else "WORD"

    def _leads_nowhere(self, low: str) -> bool:
        """`to` before another target of a relation, `with` before a bound, `in` at the end of a list."""
        following = self.raw[self.at + 1].low if self.at + 1 < len(self.raw) else ""
        if low == "to":
            return self.last in {"SEP", "OR"} and any(token.type == "BELONG" for token in self.made)
        if low == "with":
            return following in {"at", "default", "minimum", "maximum", "max", "min", "up", "between"} or (
                following in {"a", "the"} and self._word_at(2) in {"default", "minimum", "maximum", "length"}
            )
        return False

    def _word_at(self, ahead: int) -> str:
        return self.raw[self.at + ahead].low if self.at + ahead < len(self.raw) else ""

    def _measures(self) -> bool:
        """Whether the word after a number is its unit: a number that begins an item counts things instead."""
        return len(self.made) > 1 and (
            self.made[-2].type not in {"SEP", "HAVE", "START", "ARTICLE"} or self.depth > 0
        )

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
                    self._emit(joined(part, terminal), terminal, length=length)
                    return True
        return False

    def _currency(self) -> bool:
        """A currency by its code or name, with the `in` before it."""
        leads = self.raw[self.at].low == "in" and self.last != "START"
        start = self.at + leads
        for length in (2, 1):
            part = self.raw[start : start + length]
            if len(part) == length and (
                code := _code(part, certain=leads or self.last == "NUMBER" or self.depth > 0)
            ):
                whole = self.raw[self.at : start + length]
                self._emit(joined(whole, "CURRENCY", value=code), "CURRENCY", length=len(whole))
                return True
        return False


def _code(part: Sequence[Token], *, certain: bool) -> str:
    """The code of a currency, '' when the words name none; `certain`: nothing but a currency fits here."""
    text = " ".join(token.text for token in part)
    upper = text.upper()
    if upper in CURRENCIES and (text == upper or (certain and upper not in _AMBIGUOUS_CODES)):
        return upper if certain or upper not in _AMBIGUOUS_CODES else ""
    if part[-1].type == "CURRENCY" and len(part) == 1:
        return part[0].value
    return NAMES.get(singular(text.lower()), "") if certain else ""
