"""What is said of a field, item by item, as notes on its kind, bounds, choices and default."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.contracts import Comparing, FieldKind
from flows.language.bounds import counts_letters
from flows.language.choices import FLAGS, alternatives, are_parts, choice_text, is_default_mark, said_of_all
from flows.language.drafts import Note, What
from flows.language.kinds import kind_of
from flows.language.names import key
from flows.language.sentences import one_line
from flows.language.tree import Amount
from flows.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.language.gaps import Gaps, Saying
    from flows.language.tokens import Token
    from flows.language.tree import Clause, Facet, Item, Part

LONG_ASIDE = 3  # words: an aside this long explains the field, a shorter one that is unknown may be a slip
_LIMITS: dict[str, What] = {
    "AT_LEAST": "least",
    "FROM": "least",
    "AT_MOST": "most",
    "MORE_THAN": "more",
    "LESS_THAN": "less",
    "EXACTLY": "exact",
    "AFTER": "more",
    "BEFORE": "less",
    "NOT_BEFORE": "least",
    "NOT_AFTER": "most",
}
_OPEN_ENDED: dict[str, What] = {"or_more": "least", "or_less": "most"}
_COMPARING: dict[str, Comparing] = {
    "AFTER": "after",
    "MORE_THAN": "after",
    "BEFORE": "before",
    "LESS_THAN": "before",
    "NOT_BEFORE": "not before",
    "AT_LEAST": "not before",
    "NOT_AFTER": "not after",
    "AT_MOST": "not after",
}
_OPPOSITE: dict[Comparing, Comparing] = {
    "after": "not after",
    "before": "not before",
    "not after": "after",
    "not before": "before",
}
_SIGNED: dict[tuple[str, bool], What] = {
    ("POSITIVE", False): "more",
    ("POSITIVE", True): "most",
    ("NEGATIVE", False): "less",
    ("NEGATIVE", True): "least",
    ("NON_NEGATIVE", False): "least",
}
"""(flag, negated) → which bound zero is."""
_MOMENT = re.compile(r"[0-9:T -]+")
"""A date or a time that stands without quotes."""
_PARTS = "Is each of these a field of its own? Then list them behind 'has'."
_NAMED = word_set("place town city village street location name")
"""What is written as its name: a text."""
_YES_NO = frozenset({("yes", "no"), ("no", "yes"), ("true", "false")})
_SAYABLE = (
    "Did you mean one of: required, optional, unique, at least 1, at most 10, default 1, "
    "a type like 'number', or choices like 'small, medium or large'?"
)


def nearest_said(words: str) -> str:
    """The nearest thing that can be said of a field."""
    known = (*FLAGS, *(kind.value for kind in FieldKind))
    near = difflib.get_close_matches(words[:60].casefold(), known, n=1, cutoff=0.7)
    return f"Did you mean '{near[0]}'?" if near else _SAYABLE


@dataclass(frozen=True, kw_only=True, slots=True)
class Tone:
    """How a verb speaks: `must be`, `cannot be`."""

    modal: str = ""
    negated: bool = False


PLAIN = Tone()


class NoteMaker:
    """Makes notes of what one sentence says of a field."""

    def __init__(self, saying: Saying, gaps: Gaps) -> None:
        self.saying, self.gaps = saying, gaps

    def note(self, what: What, tokens: Sequence[Token], **values: Any) -> Note:
        """A note of this sentence."""
        return Note(what=what, saying=self.saying, tokens=tuple(tokens), **values)

    def of_facets(self, facets: Iterable[Facet], tone: Tone = PLAIN) -> list[Note]:
        """What stands beside the name of a field."""
        return [note for facet in facets for note in self._facet(facet, tone)]

    def of_predicate(self, part: Part) -> list[Note]:
        """What a verb says of a field: `must be at least 0`."""
        return self.of_items(part.items, Tone(modal=part.modal, negated=part.negated))

    def of_items(self, items: Sequence[Item], tone: Tone = PLAIN) -> list[Note]:
        """A list of kinds, flags, bounds or choices."""
        if are_parts(items):
            tokens = [token for item in items for token in item.tokens]
            self.gaps.note(self.saying, tokens, _PARTS)
            return []
        chosen = alternatives(items)
        made = self._choice(chosen) if chosen else []
        for item in items:
            if item not in chosen:
                made += self._item(item, tone)
        return made

    def _choice(self, items: Sequence[Item]) -> list[Note]:
        texts = tuple(dict.fromkeys(choice_text(item) for item in items))
        tokens = tuple(token for item in items for token in item.tokens)
        if tuple(text.casefold() for text in texts) in _YES_NO:
            return [self.note("kind", tokens, kind=FieldKind.YES_NO)]
        first = [item for item in items if any(is_default_mark(facet) for facet in item.said)]
        return [
            self.note("choices", tokens, texts=texts),
            *(self.note("default", item.tokens, texts=(choice_text(item),)) for item in first),
            *self.of_facets(said_of_all(items)),
        ]

    def _item(self, item: Item, tone: Tone) -> list[Note]:
        if any(is_default_mark(facet) for facet in item.said):
            first = item.said[0]
            value = _default_text(first) if first.amounts and not item.words else choice_text(item)
            return [self.note("default", item.tokens, texts=(value,))]
        made = self._phrase(item) if item.words else []
        return made + self.of_facets(item.said, tone)

    def _phrase(self, item: Item) -> list[Note]:
        kind = kind_of(item.text)
        if kind is not None:
            return [self.note("kind", item.words, kind=kind)]
        if key(item.text) in _NAMED:
            return [self.note("kind", item.words, kind=FieldKind.TEXT)]
        if len(item.words) >= LONG_ASIDE or "ARTICLE" in item.determiners:
            written = one_line(self.saying.text[item.tokens[0].start : item.words[-1].end])
            return [self.note("description", item.tokens, texts=(written,))]
        return self._refuse(item.words)

    def _refuse(self, tokens: Sequence[Token]) -> list[Note]:
        words = self.saying.text[tokens[0].start : tokens[-1].end]
        self.gaps.note(self.saying, tokens, nearest_said(words))
        return []

    def _facet(self, facet: Facet, tone: Tone) -> list[Note]:
        if facet.kind == "flag":
            return self._flag(facet, tone)
        if facet.kind == "value" and counts_letters(facet.amounts[0].unit):
            return [self.note("exact", facet.tokens, amount=facet.amounts[0])]  # "a pin (4 digits)"
        if facet.kind == "value" and not tone.modal:
            words = self.saying.text[facet.tokens[0].start : facet.tokens[-1].end]
            self.gaps.note(
                self.saying, facet.tokens, f"Did you mean '{words} by default', or 'at most {words}'?"
            )
            return []
        if facet.kind in {"limit", "range", *_OPEN_ENDED}:
            return self._bounds(facet, tone)
        if facet.clause is not None:
            return self.of_aside(facet.clause)
        return self._text(facet, tone)

    def _text(self, facet: Facet, tone: Tone) -> list[Note]:
        match facet.kind:
            case "comparison":
                words = " ".join(token.text for token in facet.words)
                how = _COMPARING[facet.word]
                if facet.negated != tone.negated:
                    how = _OPPOSITE[how]
                return [self.note("compared", facet.tokens, how=how, texts=(words,))]
            case "default" if facet.word != "AT_FIRST":
                return [self.note("default", facet.tokens, texts=(_default_text(facet),))]
            case "currency":
                return [self.note("currency", facet.tokens, texts=(facet.tokens[0].value,))]
            case "quote":
                return self._explanation(facet)
        return self._refuse(facet.tokens)

    def _explanation(self, facet: Facet) -> list[Note]:
        said = facet.tokens[0].value
        if facet.tokens[0].text == said and _MOMENT.fullmatch(said):
            self.gaps.note(self.saying, facet.tokens, f"Did you mean '{said} by default'?")
            return []
        made = [self.note("description", facet.tokens, texts=(said,))]
        if said.casefold().startswith(("whether ", "if ")):
            made.append(self.note("kind", facet.tokens, kind=FieldKind.YES_NO))
        return made

    def of_aside(self, clause: Clause) -> list[Note]:
        """What stands in brackets."""
        made = self.of_items(clause.subject)
        for part in clause.parts:
            if part.verb == "be":
                made += self.of_predicate(part)
            elif part.verb == "starts" and part.items:
                made.append(self.note("default", part.tokens, texts=(choice_text(part.items[0]),)))
            else:
                made += self._refuse(part.tokens)
        return made

    def _flag(self, facet: Facet, tone: Tone) -> list[Note]:
        no = facet.negated != tone.negated
        if (facet.word, no) in _SIGNED:
            return [self.note(_SIGNED[facet.word, no], facet.tokens, amount=Amount(number="0"))]
        match facet.word:
            case "OPTIONAL" | "EMPTY":
                return [self.note("required", facet.tokens, flag=no)]
            case "REQUIRED" | "GIVEN":
                return [self.note("required", facet.tokens, flag=not no and tone.modal != "can")]
            case "UNIQUE":
                return [self.note("unique", facet.tokens, flag=not no)]
            case "REPEATED" if no:
                return [self.note("unique", facet.tokens)]
        return self._refuse(facet.tokens)

    def _bounds(self, facet: Facet, tone: Tone) -> list[Note]:
        if tone.negated:
            return self._refuse(facet.tokens)
        codes = sorted({amount.currency for amount in facet.amounts if amount.currency})
        priced = [self.note("currency", facet.tokens, texts=(code,)) for code in codes[:1]]
        if facet.kind == "range":
            low, high = facet.amounts
            low = Amount(number=low.number, unit=low.unit or high.unit, currency=low.currency)
            ends: tuple[tuple[What, Amount], ...] = (("least", low), ("most", high))
            return [self.note(what, facet.tokens, amount=amount) for what, amount in ends] + priced
        what = _OPEN_ENDED.get(facet.kind) or _LIMITS[facet.word]
        return [self.note(what, facet.tokens, amount=facet.amounts[0]), *priced]


def _default_text(facet: Facet) -> str:
    if facet.amounts:
        amount = facet.amounts[0]
        return f"{amount.number} {amount.unit}".strip()
    return " ".join(token.value if token.type == "STRING" else token.text for token in facet.words)
