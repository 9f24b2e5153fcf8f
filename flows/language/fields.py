"""Notes on a field to the field itself: its kind first, then what makes sense for that kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.contracts import Comparison, FieldKind, InterviewField, Source
from flows.language.bounds import NUMBERS, bound, counts_letters
from flows.language.currencies import CURRENCIES
from flows.language.defaults import default_of
from flows.language.guessing import guessed_kind
from flows.language.names import key
from flows.language.statuses import FIELD_NAMES

if TYPE_CHECKING:
    from flows.language.drafts import FieldDraft, Note, ThingDraft
    from flows.language.gaps import Gaps

MAX_CHOICES = 200
_ORDERED = NUMBERS | {FieldKind.DATE, FieldKind.TIME, FieldKind.DATE_AND_TIME, FieldKind.DURATION}
_LETTERED = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.IDENTIFIER})
_SINGLE = ("minimum", "maximum", "min_length", "max_length", "min_bytes", "max_bytes", "default", "currency")
_TWICE = "A unique field cannot have a default: which of the two do you mean?"


def is_status(name: str) -> bool:
    """Whether a field's name says that its changes are explicit actions."""
    return key(name).split(" ")[-1] in FIELD_NAMES


def joined(before: str, sentences: list[str]) -> str:
    """Sentences as `because` holds several: one on a line, each once."""
    return "\n".join(dict.fromkeys([*filter(None, before.split("\n")), *sentences]))


def made_field(draft: FieldDraft, thing: ThingDraft, gaps: Gaps) -> InterviewField:
    """The field; what makes no sense for its kind is unread."""
    return _Maker(draft, thing).make(gaps)


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


class _Maker:
    """One field in the making."""

    def __init__(self, draft: FieldDraft, thing: ThingDraft, *, looks_around: bool = True) -> None:
        base = draft.base
        self.draft, self.thing = draft, thing
        self.looks_around = looks_around
        self.values: dict[str, Any] = base.model_dump(exclude={"because", "source", "kind"}) if base else {}
        self.said: set[str] = set()
        """What these sentences settled, of what has one value only."""
        self.kind, self.source = self._kind()

    def make(self, gaps: Gaps) -> InterviewField:
        for note in sorted(self.draft.notes, key=lambda note: note.what == "default"):
            settled = {name: self.values.get(name) for name in _SINGLE}
            reason = self._apply(note) or self._contradiction(settled)
            if reason:
                gaps.note(note.saying, note.tokens, reason)
        status = self.kind is FieldKind.CHOICE and (
            self.draft.status or is_status(self.draft.name) or self.values.get("status", False)
        )
        before = self.draft.base.because if self.draft.base else ""
        values = self.values | {
            "name": self.draft.name,
            "kind": self.kind,
            "status": status,
            "source": self.source,
            "because": joined(before, self.draft.because),
        }
        return InterviewField.model_validate(values)

    def _contradiction(self, before: dict[str, Any]) -> str:
        """What was said first counts; what says something else afterwards is asked about."""
        for name, value in before.items():
            now = self.values.get(name)
            if now != value and name in self.said:
                self.values[name] = value
                return f"{self.draft.name}: is its {name.replace('_', ' ')} {_shown(value)} or {_shown(now)}?"
            if now != value:
                self.said.add(name)
        return ""

    def _kind(self) -> tuple[FieldKind, Source]:
        """Stated when something that was said settles it; inferred when its name alone does."""
        notes, base = self.draft.notes, self.draft.base
        said = [note.kind for note in notes if note.kind not in {None, FieldKind.CHOICE}]
        whats = {note.what for note in notes}
        if "choices" in whats and not self._priced():
            return FieldKind.CHOICE, "stated"
        if said and said[-1] is not None:
            return said[-1], "stated"
        if "currency" in whats:
            return FieldKind.MONEY, "stated"
        if base is not None:
            return base.kind, base.source
        return self._guessed()

    def _priced(self) -> bool:
        """Whether the choices are currencies of an amount: `price: EUR or USD`."""
        texts = {text for note in self.draft.notes if note.what == "choices" for text in note.texts}
        money = guessed_kind(self.draft.name) is FieldKind.MONEY
        return money and texts <= CURRENCIES and not key(self.draft.name).endswith("currency")

    def _guessed(self) -> tuple[FieldKind, Source]:
        """By what it is compared with, by its bounds, or by its name."""
        guess = self._kind_of_compared() or guessed_kind(self.draft.name)
        amounts = [note.amount for note in self.draft.notes if note.amount is not None]
        if any(counts_letters(amount.unit) for amount in amounts):
            return (guess, "inferred") if guess in _LETTERED else (FieldKind.TEXT, "stated")
        if guess is FieldKind.IDENTIFIER and amounts:
            return FieldKind.NUMBER, "inferred"  # "a shirt number between 1 and 99" is counted with
        begins = [note.texts[0] for note in self.draft.notes if note.what == "default"]
        if guess in {None, FieldKind.DATE_AND_TIME} and begins and ":" in begins[-1]:
            return FieldKind.TIME, "inferred"  # "starts at 09:00"
        if guess is None and begins and begins[-1].isdecimal():
            return FieldKind.NUMBER, "inferred"
        if guess is None and amounts:
            whole = all(float(amount.number).is_integer() for amount in amounts)
            return (FieldKind.NUMBER if whole else FieldKind.DECIMAL), "stated"
        return guess or FieldKind.TEXT, "inferred"

    def _kind_of_compared(self) -> FieldKind | None:
        """An end time after a start that is a date and time is one, too."""
        for note in self.draft.notes if self.looks_around else ():
            other = self._meant(note.texts[0]) if note.what == "compared" else None
            if other is not None and other is not self.draft:
                kind = _Maker(other, self.thing, looks_around=False).kind
                return kind if kind in _ORDERED else None
        return None

    def _apply(self, note: Note) -> str:
        """Keep what a note says; the nearest meaning when it makes no sense here."""
        if note.what == "compared":
            return self._compared(note)
        if note.what == "default":
            return self._default(note)
        if note.amount is not None:
            return bound(note, self.kind, self.values)
        return self._settle(note)

    def _settle(self, note: Note) -> str:
        if note.what in {"required", "unique"}:
            self.values[note.what] = note.flag
            clash = note.what == "unique" and note.flag and self.values.pop("default", None) is not None
            return _TWICE if clash else ""
        if note.what == "description":
            self.values["description"] = "; ".join(
                filter(None, (self.values.get("description"), *note.texts))
            )
        elif note.what == "choices":
            return self._choose(note)
        elif note.what == "currency" and self.kind is FieldKind.MONEY:
            self.values["currency"] = note.texts[0]
        elif note.what == "currency":
            return f"A currency belongs to money: is {self.draft.name} an amount of money?"
        elif note.kind is FieldKind.CHOICE and self.kind is not FieldKind.CHOICE:
            return f"What can be chosen for {self.draft.name}? Write it like '(small, medium or large)'."
        elif note.kind not in {None, self.kind, FieldKind.CHOICE} and note.kind is not None:
            plain = note.kind is FieldKind.TEXT and self.kind is FieldKind.CHOICE
            return "" if plain else f"Is {self.draft.name} {note.kind.value} or {self.kind.value}?"
        return ""

    def _choose(self, note: Note) -> str:
        if self.kind is not FieldKind.CHOICE:
            return f"An amount has one currency: in which is {self.draft.name}?"
        choices = tuple(dict.fromkeys((*self.values.get("choices", ()), *note.texts)))
        if len(choices) > MAX_CHOICES:
            return f"Use at most {MAX_CHOICES} choices, or make them a thing of their own."
        labels = self.values.get("labels", ())
        self.values["labels"] = (*labels, *choices[len(labels) :]) if labels else ()
        self.values["choices"] = choices
        return ""

    def _meant(self, words: str) -> FieldDraft | None:
        """The field of that name, or the one whose name begins so: `after the start`, `after it begins`."""
        known = self.thing.known_field(words)
        begins = key(words).removeprefix("it ") + " "
        others = [
            draft
            for name, draft in self.thing.fields.items()
            if name.startswith(begins) and draft is not self.draft
        ]
        return others[0] if known is None and len(others) == 1 else known

    def _compared(self, note: Note) -> str:
        other = self._meant(note.texts[0])
        names = ", ".join(field.name for field in self.thing.fields.values() if field is not self.draft)
        if other is None or other is self.draft or note.how is None:
            return (
                f"Which field of {self.thing.name} is meant: {names}?"
                if names
                else "It is compared with no field."
            )
        if self.kind not in _ORDERED:
            return f"Only dates, times and numbers can be compared: is {self.draft.name} one?"
        before = self.values.get("comparisons", ())
        self.values["comparisons"] = (*before, Comparison(how=note.how, field=other.name))
        return ""

    def _default(self, note: Note) -> str:
        if self.values.get("unique"):
            return _TWICE
        default, reason = default_of(note.texts[0], self.kind, self.values.get("choices", ()))
        if default is not None:
            self.values["default"] = default
        return reason
