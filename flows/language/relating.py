"""What a clause says of relations: to which thing, by which name, one or many, required or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.contracts import USER, FieldKind
from flows.language.drafts import Claim, RelationDraft, ThingDraft
from flows.language.gaps import Gaps, Saying
from flows.language.guessing import guessed_kind
from flows.language.kinds import kind_of
from flows.language.lexicon import PREPOSITIONS
from flows.language.names import Names, is_plural, key
from flows.language.naming import called_as, flat, one_of
from flows.language.notes import NoteMaker
from flows.language.plurals import singular
from flows.language.relations import free_name, hear, lowered, many_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.tree import Facet, Item, Part

MOST_BEFORE = 3  # words before a thing's name, like `second home team`
_KINDS = frozenset({"kind", "type", "sort", "category", "level", "grade", "option", "stage", "phase", "size"})
"""What is chosen from, when several of it are named: `three kinds: small, medium and large`."""
_MANY = frozenset({"MANY", "MANY_REQUIRED"})
_COUNTING = frozenset(
    {"number", "amount", "count", "max", "maximum", "min", "minimum", "total", "of", "for", "per"}
)
_OF_FIELDS = frozenset({"currency", "limit", "range", "value", "default", "comparison", "or_more", "or_less"})


@dataclass(slots=True, kw_only=True)
class Story:
    """What all sentences build up together."""

    things: dict[str, ThingDraft]
    names: Names
    claims: list[Claim]
    gaps: Gaps


class Relating:
    """Reads the relations of one sentence."""

    def __init__(self, story: Story, saying: Saying) -> None:
        self.story, self.saying = story, saying
        self.counted: tuple[ThingDraft, Item, str | None, bool] | None = None
        """`two Teams`, whose names are still to come: the thing that has them, and the thing they are."""
        self.named = 0
        """How many of them were named."""

    def missing(self, item: Item) -> None:
        """Note that an item names no thing."""
        near = self.story.names.near(item.text)
        meant = (
            f"Did you mean '{near}'?"
            if near
            else f"There is no thing '{item.text[:60]}' yet: describe it too?"
        )
        self.story.gaps.note(self.saying, item.tokens, meant)

    # ---- what a thing has

    def has(self, thing: ThingDraft, item: Item, *, required: bool) -> bool:
        """Take in an item of a list when it is a relation; whether it is one."""
        if item.words[0].type == "USER":
            self._belong(thing, item, USER, "user", required=required)
            return True
        counterpart = next((facet for facet in item.facets if facet.kind == "counterpart"), None)
        if counterpart is not None:
            self._many_with_many(thing, item, counterpart)
            return True
        found = self.target(thing, item)
        if _MANY & set(item.determiners):
            self._has_many(thing, item, found)
            return True
        meant = self._in_brackets(item) if found is None else None
        if meant is not None:
            self._belong(thing, replace(item, facets=()), meant, item.text, required=required)
        elif found is None and "COUNT" in item.determiners:
            self._has_counted(thing, item, None, required=required)
        elif found is None or not _is_relation(item, found):
            return False
        elif "COUNT" in item.determiners:
            self._has_counted(thing, item, found[0], required=required)
        else:
            self._has_thing(thing, item, found, required=required)
        return True

    def _in_brackets(self, item: Item) -> str | None:
        """`a main contact (Sitter)`: the thing that is named in brackets, when nothing else is said."""
        if len(item.said) != 1 or item.said[0].clause is None or item.said[0].clause.parts:
            return None
        inner = item.said[0].clause.subject
        lone = len(inner) == 1 and inner[0].words and not inner[0].said and kind_of(inner[0].text) is None
        return self.story.names.target(inner[0].text) if lone else None

    def _has_counted(self, thing: ThingDraft, item: Item, target: str | None, *, required: bool) -> None:
        """`two Teams (home and away)` are two relations, `two colours (home and away)` two fields.

        Their names may also follow a colon.
        """
        aside = next((facet.clause for facet in item.facets if facet.clause is not None), None)
        self.counted = (thing, item, target, required)
        if aside is None or not self.name_counted(aside.subject):
            meant = f"What are they called? Write it like '{item.text[:60]}: home and away'."
            if target is None:
                meant = f"A field holds one value: is '{item.text[:60]}' a thing of its own? {meant}"
            self.story.gaps.note(self.saying, item.tokens, meant)

    def name_counted(self, items: Sequence[Item]) -> bool:
        """The names of the things that were counted before; whether there were any."""
        if self.counted is None:
            return False
        thing, counted, target, required = self.counted
        self.counted = None
        number = int(float(counted.number))
        names = [item for item in items[:number] if item.words]
        if len(names) != number:
            return False
        self.story.gaps.forget(self.saying, counted.tokens)
        if target is None and singular(counted.text).casefold() in _KINDS:
            notes = NoteMaker(self.saying, self.story.gaps)
            texts = tuple(item.text for item in names)
            tokens = [token for item in names for token in item.tokens]
            thing.field(singular(counted.text)).hear(
                self.saying, [notes.note("choices", tokens, texts=texts)]
            )
            self.named = number
            return True
        for item in names:
            if target is None:
                thing.field(f"{item.text} {singular(counted.text)}").hear(self.saying)
            else:
                self._belong(thing, item, target, item.text, required=required)
        self.named = number
        return True

    def _has_thing(self, thing: ThingDraft, item: Item, found: tuple[str, int], *, required: bool) -> None:
        target, before = found
        called = item.text if before or target == USER else lowered(target)
        if not item.determiners and is_plural(item.text) and target != USER:
            self._claim(thing, item, target, many=True, called=item.text)
        elif "ONE" in item.determiners and target != USER:
            self._claim(thing, item, target, many=False, called=called, required=required)
        else:
            self._belong(thing, item, target, called, required=required)

    def _has_many(self, thing: ThingDraft, item: Item, found: tuple[str, int] | None) -> None:
        if found is None:
            meant = f"A field holds one value: is '{item.text[:60]}' a thing that belongs to {thing.name}?"
            self.story.gaps.note(self.saying, item.tokens, meant)
        else:
            required = "MANY_REQUIRED" in item.determiners
            self._claim(thing, item, found[0], many=True, called=item.text, required=required)

    def _claim(
        self, thing: ThingDraft, item: Item, target: str, *, many: bool, called: str, required: bool = False
    ) -> None:
        required = self._facets(item, required=required, relation=None)
        claim = Claim(
            thing=thing.name,
            target=target,
            many=many,
            called=lowered(called_as(item) or called),
            required=required,
            saying=self.saying,
            tokens=item.tokens,
        )
        self.story.claims.append(claim)

    def _many_with_many(self, thing: ThingDraft, item: Item, counterpart: Facet) -> None:
        """`many Tags with many Posts`: one of the two is the thing that is described, or neither."""
        first = self.story.names.thing(item.text)
        second = self.story.names.thing(" ".join(token.text for token in counterpart.words))
        if first is None or second is None:
            self.missing(item if first is None else replace(item, words=counterpart.words))
            return
        holder, other = (second, first) if second == thing.name else (first, second)
        for one, target in ((holder, other), (other, holder)):
            self._claim(
                self.story.things[one], replace(item, facets=()), target, many=True, called=many_of(target)
            )

    # ---- what a name stands for

    def identifies(self, thing: ThingDraft, subject: Sequence[Item], part: Part) -> bool:
        """`the driver is a Member`, `passengers are Members`, `an assignee, who is a Member`."""
        item = one_of(part.items[0]) if part.items else None
        if item is None or not item.words or part.negated or not all(name.words for name in subject):
            return False
        target = self.story.names.target(item.text)
        known = [thing.known_field(name.text) for name in subject]
        one = not {"ARTICLE", "ONE", "ANOTHER"}.isdisjoint(item.determiners)
        if target is None or not (one or is_plural(item.text)):
            return False
        if any(note.what != "required" for draft in known if draft for note in draft.notes):
            return False
        for name in subject:
            draft = thing.fields.pop(key(name.text), None)
            required = draft is not None and any(note.flag for note in draft.notes)
            if is_plural(name.text) and not one:
                self._belongs_to_many(thing, replace(item, words=name.words), target)
            else:
                self._belong(thing, replace(item, words=name.words), target, name.text, required=required)
        return True

    # ---- what a thing belongs to

    def target(self, thing: ThingDraft, item: Item) -> tuple[str, int] | None:
        """What an item of `belongs to` leads to, and how many words stand before its name."""
        if not item.words:
            return None
        if item.words[0].type == "ANOTHER_ALONE":
            return thing.name, 0
        if item.words[0].type == "USER":
            return self.story.names.thing(item.words[0].value) or USER, 0
        words = [token.text for token in item.words]
        found = self.story.names.target_within(words)
        return found if found is None or found[1] <= MOST_BEFORE else None

    def belongs(self, thing: ThingDraft, item: Item, *, required: bool) -> None:
        """Take in a target of `belongs to`."""
        item = one_of(item)
        if not item.words:
            self.story.gaps.note(self.saying, item.tokens, f"What does {thing.name} belong to?")
            return
        found = self.target(thing, item)
        if found is None:
            self.missing(item)
            return
        target, before = found
        if _MANY & set(item.determiners) or (is_plural(item.text) and not item.determiners):
            self._belongs_to_many(thing, item, target)
            return
        itself = target == thing.name
        called = "user" if item.words[0].type == "USER" else item.text
        if not before and target != USER:
            called = "parent" if itself else lowered(target)
        self._belong(thing, item, target, called, required=required and not itself)

    def _belongs_to_many(self, thing: ThingDraft, item: Item, target: str) -> None:
        required = "MANY_REQUIRED" in item.determiners
        self._claim(thing, item, target, many=True, called=item.text, required=required)
        if target != USER:
            other, back = self.story.things[target], many_of(thing.name)
            self._claim(other, replace(item, facets=()), thing.name, many=True, called=back)

    def _belong(self, thing: ThingDraft, item: Item, target: str, called: str, *, required: bool) -> None:
        called = lowered(called_as(item) or called)
        same = [
            known for known in thing.relations if known.target == target and key(known.name) == key(called)
        ]
        relation = same[0] if same else RelationDraft(name=free_name(thing, called), target=target)
        if not same:
            thing.relations.append(relation)
        relation.required = self._facets(item, required=required or relation.required, relation=relation)
        hear(relation, self.saying.words)

    def _facets(self, item: Item, *, required: bool, relation: RelationDraft | None) -> bool:
        """Whether it is required, after everything that is said beside the relation."""
        for facet in flat(item.said):
            if facet.kind == "flag" and facet.word in {"REQUIRED", "GIVEN"}:
                required = not facet.negated
            elif facet.kind == "flag" and facet.word in {"OPTIONAL", "EMPTY"}:
                required = facet.negated
            elif facet.word == "UNIQUE" and relation is not None:
                relation.kind = "one to one"
            elif facet.kind == "quote" and relation is not None:
                relation.description = facet.tokens[0].value
            elif facet.kind not in {"role", "counterpart", "name"}:
                meant = "Beside a relation stand 'required', 'optional', or a name like 'as keeper'."
                self.story.gaps.note(self.saying, facet.tokens, meant)
        return required


def _is_relation(item: Item, found: tuple[str, int]) -> bool:
    """Whether an item that ends with a thing's name is a relation: not when it says what value it holds."""
    target, before = found
    prefix = {token.low for token in item.words[:before]}
    reached = before and guessed_kind(item.text) in {FieldKind.EMAIL, FieldKind.PHONE, FieldKind.LINK}
    if reached or (before and target == USER) or prefix & (_COUNTING | PREPOSITIONS):
        return False
    for facet in item.facets:
        if facet.kind in _OF_FIELDS:
            return False
        if facet.kind == "aside" and facet.clause is not None:
            inner = [kind_of(inside.text) for inside in facet.clause.subject if inside.words]
            if any(kind is not None for kind in inner):
                return False
    return True
