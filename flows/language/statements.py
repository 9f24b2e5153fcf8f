"""What a clause says of a thing: the fields it has, what it belongs to, what it is, what it is known by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.language.choices import choice_text, is_default_mark, nameless
from flows.language.fields import is_status
from flows.language.gaps import Gaps
from flows.language.having import Having
from flows.language.lexicon import PREPOSITIONS
from flows.language.measures import quantity
from flows.language.names import key
from flows.language.notes import NoteMaker
from flows.language.nouns import fits, is_end
from flows.language.predicates import divided
from flows.language.subjects import possessed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.drafts import FieldDraft, Note
    from flows.language.tokens import Token
    from flows.language.tree import Clause, Item, Part

_ALL = frozenset({"all", "everything", "all field", "all of them", "both", "each field", "they all", "these"})


class Statements(Having):
    """Reads the clauses of one sentence about one thing, in their order."""

    def read(self, clause: Clause) -> None:
        """Take in a clause; what cannot be used goes to the gaps."""
        parts, subject = clause.parts, clause.subject
        if not parts and (names := nameless(subject, self.story.names)):
            tokens = [token for item in subject for token in item.tokens]
            self._gap(tokens, f"What is chosen here? Write it like 'kind: {names}'.")
            return
        if not parts:
            self._have_all(subject, must=self.must)
            return
        if subject:
            self.topic = []
        if subject and parts[0].relative:
            counts = "COUNT" in subject[-1].determiners
            self._have_all(subject if counts else subject[:-1], must=self.must)
            subject = subject[-1:]
        if len(parts) == 2 and self._asked(subject, *parts):  # noqa: PLR2004 - what is asked, and the answers
            return
        for number, part in enumerate(parts):
            names_thing = part.relative and number + 1 < len(parts) and not parts[number + 1].relative
            self._part(subject, part, names_thing=names_thing)
            several = number + 1 < len(parts) and any(token.low == "are" for token in parts[number + 1].marks)
            subject = part.items if several else part.items[-1:]

    def _asked(self, subject: Sequence[Item], asking: Part, answers: Part) -> bool:
        """`The deposit is paid: yes or no` is one question."""
        notes = NoteMaker(self.saying, Gaps()).of_predicate(answers)
        whole = answers.relative and {note.kind for note in notes} == {FieldKind.YES_NO}
        if not whole or asking.verb != "be" or asking.negated or len(asking.items) != 1 or len(subject) != 1:
            return False
        item = asking.items[0]
        before = "is" if self._thing(subject) is not None else subject[0].text
        if not item.words or item.said or not subject[0].words:
            return False
        self.thing.field(f"{before} {item.text}").hear(self.saying, self.notes.of_predicate(answers))
        return True

    def _part(self, subject: Sequence[Item], part: Part, *, names_thing: bool) -> None:
        colon = part.marks[0].type == "COLON"
        if colon and self.relating.name_counted(part.items):
            self._have_all(part.items[self.relating.named :], must=self.must)
            return
        thing = self._thing(subject)
        self.thing = thing or self.thing
        if names_thing and thing is not None:
            return  # in "Booking: price is required" the colon only names the thing
        if colon and subject and thing is not None:
            self._have_all(part.items, must=False)
        elif thing is None and not part.relative and part.verb in {"have", "need", "belong", "shown"}:
            self._misplaced(subject, part)
        else:
            self._said(subject, part, about_thing=thing is not None and not part.relative)

    def _said(self, subject: Sequence[Item], part: Part, *, about_thing: bool) -> None:
        if not part.items:
            self._gap(part.tokens, f"What does {self.thing.name} have, or belong to?")
        match part.verb:
            case "have" | "need":
                self.must = part.verb == "need" or part.modal == "must"
                self._have_all(part.items, must=self.must, needs=part.verb == "need", new=True)
            case "belong":
                self._belong(part)
            case "be":
                self._be(subject, part, about_thing=about_thing)
            case "shown":
                self._shown(part)
            case "starts":
                self._starts(subject, part, about_thing=about_thing)
            case "share":
                self._share(part)

    def _misplaced(self, subject: Sequence[Item], part: Part) -> None:
        words = " ".join(item.text for item in subject)
        near = self.story.names.near(words)
        meant = f"Did you mean '{near}'?" if near else f"Did you mean '{self.thing.name} …'?"
        self._gap([*(token for item in subject for token in item.tokens), *part.tokens], meant)

    # ---- being

    def _be(self, subject: Sequence[Item], part: Part, *, about_thing: bool) -> None:
        named = subject[-1:] if part.relative else subject
        fits_in = not about_thing and not any(item.words and self._no_name(item) for item in named)
        if named and (fits_in or is_end(named[0])) and self.relating.identifies(self.thing, named, part):
            self.last = []
            self._have_all(part.items[1:], must=self.must)
            return
        said, rest = divided(part.items, relative=part.relative)
        part = replace(part, items=said)
        if not subject and self.topic:
            self._be_last(self.topic, part)  # "Email is required and must be unique"
        elif about_thing:
            self._be_thing(part)
        elif part.relative and self.last and subject[-1:] and self.last[-1].heard(subject[-1].text):
            self._be_last(self.last[-1:], part)
        else:
            self._be_fields(subject, part)
        self._have_all(rest, must=self.must)

    def _be_last(self, drafts: list[FieldDraft], part: Part) -> None:
        for draft in drafts:
            draft.hear(self.saying, self.notes.of_predicate(part))

    def _be_fields(self, subject: Sequence[Item], part: Part) -> None:
        heard: list[FieldDraft] = []
        if len(subject) == 1 and key(subject[0].text) in _ALL:
            heard = self.listed or list(self.thing.fields.values())
            self._be_last(heard, part)
        else:
            for item in subject:
                heard += self._be_field(item, part)
        self.topic = heard
        self._spoke_of(heard)

    def _be_field(self, item: Item, part: Part) -> list[FieldDraft]:
        """`Price is at least 0`: of a field that is known, or that becomes known by it."""
        thing, name = possessed(item, self.thing, self.story)
        tokens = [*item.tokens, *part.tokens]
        if not item.words or (self._no_name(item) and not is_end(item)):
            self._gap(tokens, f"Which field of {self.thing.name} is meant?")
            return []
        gaps = Gaps()
        notes = NoteMaker(self.saying, gaps).of_predicate(part)
        if not notes and part.modal == "can" and not part.negated:
            more = self._more_choices(thing.known_field(name), part)
            notes, gaps = (more, Gaps()) if more else (notes, gaps)
        if not notes and thing.known_field(name) is None:
            self._gap(tokens, f"Did you mean '{thing.name} has {name}'?")
            return []
        self.story.gaps.found += gaps.found
        draft = thing.field(name)
        draft.hear(self.saying, [*self.notes.of_facets(item.said), *notes])
        return [draft]

    def _more_choices(self, draft: FieldDraft | None, part: Part) -> list[Note]:
        """`status may also be paused`: one more of the choices."""
        if draft is None or not all(item.words and not item.said for item in part.items):
            return []
        chosen = draft.base is not None and draft.base.choices
        if not chosen and not any(note.what == "choices" for note in draft.notes):
            return []
        texts = tuple(item.text for item in part.items)
        return [self.notes.note("choices", part.tokens, texts=texts)]

    def _be_thing(self, part: Part) -> None:
        """`is requested, confirmed or done` are its statuses; `is paid` is a question with yes or no."""
        gaps = Gaps()
        notes = NoteMaker(self.saying, gaps).of_predicate(part)
        first = part.items[0] if part.items else None
        measured = any(quantity(item.text) for item in part.items)  # "is sold in litres or kilograms"
        states = any(note.what == "choices" for note in notes) and len(part.items) > 1 and not measured
        at_first = first is not None and any(is_default_mark(facet) for facet in first.facets)
        if states or (at_first and notes):
            self.story.gaps.found += gaps.found
            self._hear_status(notes)
        elif part.modal == "can" and (more := self._more_choices(self._known_status(), part)):
            self._hear_status(more)
        elif first and first.words and len(part.items) == 1 and _asks(part) and fits(first):
            draft = self.thing.field(f"is {first.text}")
            draft.hear(self.saying, self.notes.of_facets(first.said))
            self._spoke_of([draft])
        else:
            self._gap(part.tokens, f"Did you mean 'Status is …', or '{self.thing.name} has …'?")

    def _status(self) -> FieldDraft:
        return self._known_status() or self.thing.field("status")

    def _known_status(self) -> FieldDraft | None:
        drafts = self.thing.fields.values()
        return next((draft for draft in drafts if draft.status or is_status(draft.name)), None)

    def go_through(self, statuses: Sequence[Token]) -> None:
        """Statuses in their order, of a thing that has none yet."""
        if statuses and self._known_status() is None:
            texts = tuple(dict.fromkeys(token.text for token in statuses))
            self._hear_status([self.notes.note("choices", statuses, texts=texts)])

    def _hear_status(self, notes: list[Note]) -> None:
        draft = self._status()
        draft.hear(self.saying, notes)
        self._spoke_of([draft])

    # ---- the rest

    def _shown(self, part: Part) -> None:
        if not part.items or not part.items[0].words:
            self._gap(part.tokens, f"By which field is {self.thing.name} known?")
            return
        first, *rest = part.items
        draft = self.thing.field(first.text)
        draft.hear(self.saying, self.notes.of_facets(first.said))
        self.thing.shown_by = draft.name
        for item in rest:
            self._gap(item.tokens, "One field stands for it: which one?")

    def _starts(self, subject: Sequence[Item], part: Part, *, about_thing: bool) -> None:
        if not part.items:
            self._gap(part.tokens, "With which value does it start?")
            return
        first, *rest = part.items
        if about_thing and not first.words and self._known_status() is None:
            draft = self.thing.field(" ".join(token.text for token in part.marks))  # "starts at 09:00"
            draft.hear(self.saying, [self.notes.note("default", first.tokens, texts=(choice_text(first),))])
            self._spoke_of([draft])
            self._have_all(rest, must=False)
            return
        named = [] if about_thing else [self.thing.field(item.text) for item in subject if item.words]
        for draft in [self._status()] if about_thing else named:
            note = self.notes.note("default", first.tokens, texts=(choice_text(first),))
            draft.hear(
                self.saying, [note, *self.notes.of_facets(item for item in first.facets if first.words)]
            )
        for item in rest:
            self._gap(item.tokens, "A new one starts with one value: which one?")

    def _share(self, part: Part) -> None:
        if len(part.items) != 1 or not part.items[0].words:
            self._gap(part.tokens, "Did you mean 'No two share a name'?")
            return
        draft = self.thing.field(part.items[0].text)
        draft.hear(self.saying, [self.notes.note("unique", part.items[0].tokens)])
        self._spoke_of([draft])


def _asks(part: Part) -> bool:
    """Whether `is …` is a question with yes or no: what must be, or must not, is none, nor is `is from`."""
    words = part.items[0].words
    return not part.negated and part.modal != "must" and (len(words) > 1 or words[0].low not in PREPOSITIONS)
