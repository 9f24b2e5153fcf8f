"""What a clause says that a thing has or belongs to: fields, relations, and amounts without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.language.bounds import NUMBERS
from flows.language.gaps import Gaps, Saying
from flows.language.guessing import guessed_kind
from flows.language.lexicon import ARTICLES, PHRASES, PREPOSITIONS
from flows.language.measures import measured, quantity
from flows.language.moments import MOMENTS
from flows.language.notes import NoteMaker
from flows.language.nouns import no_name, question, typed
from flows.language.predicates import shared
from flows.language.relating import Relating, Story
from flows.language.subjects import thing_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.drafts import FieldDraft, ThingDraft
    from flows.language.tokens import Token
    from flows.language.tree import Item, Part


class Having:
    """One sentence about one thing: whom it speaks of so far, and what it gives the thing."""

    def __init__(self, story: Story, thing: ThingDraft, saying: Saying) -> None:
        self.story, self.thing, self.saying = story, thing, saying
        self.described = thing
        """The thing that the sentence stands with; `thing` is the one it speaks of."""
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

    def _gap(self, tokens: Sequence[Token], nearest: str) -> None:
        self.story.gaps.note(self.saying, tokens, nearest)

    def _thing(self, subject: Sequence[Item]) -> ThingDraft | None:
        return thing_of(subject, self.thing, self.story)

    def _spoke_of(self, drafts: list[FieldDraft]) -> None:
        self.last = drafts
        self.listed += drafts

    def _belong(self, part: Part) -> None:
        """Targets of a relation; an item that holds a value instead is a field."""
        guessed = any(
            tuple(token.low.split()) not in PHRASES for token in part.marks if token.type == "BELONGED"
        )
        for item in part.items:
            found = self.relating.target(self.thing, item)
            if found is None and self._is_value(item, first=item is part.items[0]):
                self._belonging_value(part, item)
            elif guessed and found and self.described.name not in {self.thing.name, found[0]}:
                meant = f"Is this said of {self.thing.name}? Then say it there."
                self._gap([*part.marks, *item.tokens], meant)  # "Wines are poured in an order", of a Tasting
            else:
                self.relating.belongs(self.thing, item, required=part.modal != "can")

    def _is_value(self, item: Item, *, first: bool) -> bool:
        """Whether an item of `belongs to` holds a value: it says its kind or its bounds, or is a date."""
        notes = NoteMaker(self.saying, Gaps()).of_facets(item.said)
        told = any(note.kind is not None or note.amount is not None for note in notes)
        return told or (not first and bool(item.words) and guessed_kind(item.text) in MOMENTS)

    def _belonging_value(self, part: Part, item: Item) -> None:
        notes = self.notes.of_facets(item.said)
        done = [f"is {token.text}" for token in part.marks if token.type == "BELONGED"]
        asked = done if FieldKind.YES_NO in {note.kind for note in notes} and item is part.items[0] else []
        words = [token.text for token in item.words]
        while words and not asked and words[0].casefold() in PREPOSITIONS | ARTICLES:
            del words[0]  # "in the minute (1 to 90)"
        draft = self.thing.field(" ".join([*asked, *words]))  # "is allowed in the house (yes/no)"
        draft.hear(self.saying, notes)
        self._spoke_of([draft])

    def _have_all(self, items: Sequence[Item], *, must: bool, needs: bool = False, new: bool = False) -> None:
        for at, item in enumerate(shared(items)):
            name = measured(item, self.story.names) if not item.words else ""
            if name and ((new and not at) or not self._measures_last(name)):
                self._measured(item, name)
            else:
                self._have(item, must=must, needs=needs)

    def _measures_last(self, name: str) -> bool:
        """Whether an amount is said of the field before it: of a name, `up to 5 seats` cannot be."""
        counts = quantity(name.rpartition(" in ")[2]) == "" and name != "price"
        return bool(self.last) and not (counts and guessed_kind(self.last[-1].name) not in NUMBERS)

    def _measured(self, item: Item, name: str) -> None:
        """`between 1 and 8 seats`: an amount that no name stands before."""
        draft = self.thing.field(name)
        draft.hear(self.saying, self.notes.of_items([item]))
        self._spoke_of([draft])

    def _have(self, item: Item, *, must: bool, needs: bool) -> None:
        if not item.words:
            self._more_of_last(item)
        elif self.relating.has(self.thing, item, required=must):
            self.last = []
        elif (reason := self._no_name(item)) != "":
            self._gap(item.tokens, reason)
        else:
            asked = question(item, self.thing, needs=needs)
            kind, name = typed(item)
            draft = self.thing.field(asked or name)
            if kind is not None:
                draft.hear(self.saying, [self.notes.note("kind", item.words, kind=kind)])
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
        if not drafts:
            self._gap(item.tokens, "Which field is this said of?")
        for draft in drafts:
            draft.hear(self.saying, self.notes.of_items([item]))
