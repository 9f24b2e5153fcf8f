"""What a clause says of a thing: the fields it has, what it belongs to, what it is, what it is known by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.language.bounds import counts_bytes, counts_letters
from flows.language.choices import choice_text, is_default_mark
from flows.language.fields import is_status
from flows.language.gaps import Gaps, Saying
from flows.language.names import key
from flows.language.notes import NoteMaker
from flows.language.nouns import fits, no_name, question
from flows.language.predicates import divided, shared
from flows.language.relating import Relating, Story
from flows.language.subjects import possessed, thing_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.drafts import FieldDraft, Note, ThingDraft
    from flows.language.tokens import Token
    from flows.language.tree import Clause, Item, Part

_ALL = frozenset({"all", "everything", "all field", "all of them", "both", "each field", "they all", "these"})


class Statements:
    """Reads the clauses of one sentence about one thing, in their order."""

    def __init__(self, story: Story, thing: ThingDraft, saying: Saying) -> None:
        self.story, self.thing, self.saying = story, thing, saying
        self.relating = Relating(story, saying)
        self.notes = NoteMaker(saying, story.gaps)
        self.last: list[FieldDraft] = []
        """The field that was spoken of last, or several at once."""
        self.listed: list[FieldDraft] = []
        """All fields of the sentence so far."""
        self.topic: list[FieldDraft] = []
        """The fields that the sentence is about; none when it is about the thing."""
        self.must = False
        """Whether the list that goes on is one of what the thing must have."""

    def read(self, clause: Clause) -> None:
        """Take in a clause; what cannot be used goes to the gaps."""
        parts, subject = clause.parts, clause.subject
        if not parts:
            self._have_all(subject, must=self.must)
            return
        if subject:
            self.topic = []
        if subject and parts[0].relative:
            counts = "COUNT" in subject[-1].determiners
            self._have_all(subject if counts else subject[:-1], must=self.must)
            subject = subject[-1:]
        for number, part in enumerate(parts):
            names_thing = part.relative and number + 1 < len(parts) and not parts[number + 1].relative
            self._part(subject, part, names_thing=names_thing)
            subject = part.items

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
                self._have_all(part.items, must=self.must, needs=part.verb == "need")
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

    def _gap(self, tokens: Sequence[Token], nearest: str) -> None:
        self.story.gaps.note(self.saying, tokens, nearest)

    def _thing(self, subject: Sequence[Item]) -> ThingDraft | None:
        return thing_of(subject, self.thing, self.story)

    def _misplaced(self, subject: Sequence[Item], part: Part) -> None:
        words = " ".join(item.text for item in subject)
        near = self.story.names.near(words)
        meant = f"Did you mean '{near}'?" if near else f"Did you mean '{self.thing.name} …'?"
        self._gap([*(token for item in subject for token in item.tokens), *part.tokens], meant)

    def _spoke_of(self, drafts: list[FieldDraft]) -> None:
        self.last = drafts
        self.listed += drafts

    # ---- belonging and having

    def _belong(self, part: Part) -> None:
        """Targets of a relation; an item that holds a value instead is a field."""
        for item in part.items:
            kinds = {note.kind for note in NoteMaker(self.saying, Gaps()).of_facets(item.said)} - {None}
            if not kinds or self.relating.target(self.thing, item) is not None:
                self.relating.belongs(self.thing, item, required=part.modal != "can")
                continue
            done = [f"is {token.text}" for token in part.marks if token.type == "BELONGED"]
            asked = done if kinds == {FieldKind.YES_NO} and item is part.items[0] else []
            draft = self.thing.field(" ".join([*asked, item.text]))  # "is allowed in the house (yes/no)"
            draft.hear(self.saying, self.notes.of_facets(item.said))
            self._spoke_of([draft])

    def _have_all(self, items: Sequence[Item], *, must: bool, needs: bool = False) -> None:
        for item in shared(items):
            self._have(item, must=must, needs=needs)

    def _have(self, item: Item, *, must: bool, needs: bool) -> None:
        if not item.words:
            self._more_of_last(item)
        elif self.relating.has(self.thing, item, required=must):
            self.last = []
        elif (reason := self._no_name(item)) != "":
            self._gap(item.tokens, reason)
        else:
            asked = question(item, self.thing, needs=needs)
            draft = self.thing.field(asked or item.text)
            draft.hear(self.saying, self.notes.of_facets(item.said))
            if must and not asked:
                draft.hear(self.saying, [self.notes.note("required", item.tokens)])
            if asked:
                draft.hear(self.saying, [self.notes.note("kind", item.tokens, kind=FieldKind.YES_NO)])
            self._spoke_of([draft])

    def _no_name(self, item: Item) -> str:
        notes = NoteMaker(self.saying, Gaps()).of_facets(item.said)
        return no_name(item, self.thing.name, kind_said=any(note.kind for note in notes))

    def _more_of_last(self, item: Item) -> None:
        """`…, required`: said of the field before it; `all required`: of every field before it."""
        drafts = self.listed if "ALL_OF" in item.determiners else self.last
        unit = next((amount.unit for facet in item.said for amount in facet.amounts if amount.unit), "")
        if not drafts and unit and not (counts_letters(unit) or counts_bytes(unit)):
            drafts = [self.thing.field(unit)]  # "1 to 5 stars"
            self._spoke_of(drafts)
        if not drafts:
            self._gap(item.tokens, "Which field is this said of?")
        for draft in drafts:
            draft.hear(self.saying, self.notes.of_items([item]))

    # ---- being

    def _be(self, subject: Sequence[Item], part: Part, *, about_thing: bool) -> None:
        said, rest = divided(part.items)
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
        if not item.words or self._no_name(item):
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
        states = any(note.what == "choices" for note in notes) and len(part.items) > 1
        at_first = first is not None and any(is_default_mark(facet) for facet in first.facets)
        if states or (at_first and notes):
            self.story.gaps.found += gaps.found
            self._hear_status(notes)
        elif first and first.words and len(part.items) == 1 and not part.negated and fits(first):
            draft = self.thing.field(f"is {first.text}")
            draft.hear(self.saying, self.notes.of_facets(first.said))
            self._spoke_of([draft])
        else:
            self._gap(part.tokens, f"Did you mean 'Status is …', or '{self.thing.name} has …'?")

    def _status(self) -> FieldDraft:
        for draft in self.thing.fields.values():
            if draft.status or is_status(draft.name):
                return draft
        return self.thing.field("status")

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
