"""Changes asked for in sentences, made to an interview."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.contracts import Interview, Statement
from flows.language.clauses import clauses
from flows.language.commands import PLACES, Command, command_of, commands, new_thing, placed
from flows.language.drafts import ThingDraft
from flows.language.edits import (
    parts,
    remove_field,
    remove_thing,
    rename_field,
    rename_thing,
    taken_back,
    with_entities,
)
from flows.language.gaps import Gaps, Saying
from flows.language.names import Names, key
from flows.language.nouns import LONGEST_NAME
from flows.language.parsing import parse
from flows.language.phrasing import phrased
from flows.language.reading import ChangesReading
from flows.language.relating import Story
from flows.language.rules import RuleReader, is_rule
from flows.language.sentences import spans
from flows.language.statements import Statements
from flows.language.tagging import tagged
from flows.language.things import NOT_UNDERSTOOD, TOO_LONG, draft_of, finish, made_entity
from flows.language.tokens import MOST_TOKENS, tokenise
from flows.language.told import told
from flows.language.tree import Clause, build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.tokens import Token

_BEGIN = "Did you mean to add, remove or rename it? Begin with that: 'Add a colour to Pet'."
_APART = "Say it in two sentences, one for each thing."
_ARTICLES = frozenset({"a", "an", "the", "field", "thing", "its"})


def apply_changes(interview: Interview, sentences: Sequence[str]) -> ChangesReading:
    """The interview with the changes that the sentences ask for, each a statement of it."""
    gaps = Gaps()
    changed: list[str] = []
    for index, text in enumerate(sentences):
        for start, end in spans(text):
            whole = Saying.of(index, text, start, end)
            interview, news = _changed(interview, whole, gaps)
            if news:
                interview = _stated(interview, whole, index)
            changed += news
    unread = tuple((int(gap.saying.place), gap.unread) for gap in gaps.listed())
    return ChangesReading(interview=interview, changed=tuple(changed), unread=unread)


def _changed(interview: Interview, whole: Saying, gaps: Gaps) -> tuple[Interview, list[str]]:
    """The interview after one sentence, which may ask for several changes, and what became of it."""
    about: tuple[str, ...] = ()
    made: list[str] = []
    for start, end in commands(whole.text, whole.start, whole.end):
        saying = replace(whole, start=start, end=end)
        known = len(gaps.found)
        change = _Change(interview, saying, gaps, about)
        after, about = change.made(), change.about
        news = change.news or list(told(interview, after))
        made += news
        if news:
            interview = taken_back(interview, after, saying.words)
        elif len(gaps.found) == known:
            gaps.whole(saying, "It is like that already: what else is meant?")
    return interview, made


def _stated(interview: Interview, saying: Saying, index: int) -> Interview:
    statement = Statement(
        number=len(interview.statements) + 1, where=f"changes[{index + 1}]", words=saying.words
    )
    return interview.model_copy(update={"statements": (*interview.statements, statement)})


class _Change:
    """One sentence against an interview."""

    def __init__(self, interview: Interview, saying: Saying, gaps: Gaps, about: tuple[str, ...]) -> None:
        self.interview, self.saying, self.gaps = interview, saying, gaps
        self.about = about
        """The things that were spoken of last: what names none goes on with them."""
        self.news: list[str] = []
        """What a new name is told as: everything else shows by itself."""
        self.names = Names((entity.name for entity in interview.entities), interview.people)

    def made(self) -> Interview:
        """The interview after the sentence; as it was when the sentence cannot be used."""
        raw = tokenise(self.saying.text, self.saying.start, self.saying.end)
        if len(raw) > MOST_TOKENS:
            return self._whole(TOO_LONG)
        command = command_of(raw, self.names)
        match command.asked:
            case "remove":
                return self._removed(command)
            case "rename":
                return self._renamed(command)
            case "allow":
                return self._ruled(command.rest)
            case "" if is_rule(raw, self.names, self.saying.text):
                return self._ruled(raw)
        return self._said(command)

    def _whole(self, nearest: str) -> Interview:
        self.gaps.whole(self.saying, nearest)
        return self.interview

    # ---- removing and renaming

    def _removed(self, command: Command) -> Interview:
        words = _name(command.rest)
        thing = self.names.thing(words)
        if not command.things and thing is not None:
            return remove_thing(self.interview, thing)
        found = self._part(words, command.things)
        if found is None:
            return self._whole(self._which(words, command.things))
        self.about = found[:1]
        return remove_field(self.interview, *found, because=self.saying.words)

    def _renamed(self, command: Command) -> Interview:
        old, new = _name(command.rest), _name(command.renamed)
        if not new or len(new) > LONGEST_NAME:
            return self._whole("Did you mean 'rename Owner to Client'?")
        thing = self.names.thing(old)
        if not command.things and thing is not None:
            if self.names.thing(new) is not None and key(new) != key(thing):
                return self._whole(f"There is a thing '{self.names.thing(new)}' already.")
            self.news.append(f"{thing} is now called {new}")
            self.about = (new,)
            return rename_thing(self.interview, thing, new, because=self.saying.words)
        found = self._part(old, command.things)
        if found is None:
            return self._whole(self._which(old, command.things))
        if self._part(new, found[:1]) is not None and key(new) != key(old):
            return self._whole(f"{found[0]} has '{new}' already.")
        self.about = found[:1]
        self.news.append(f"{found[0]}: {found[1]} is now called {new}")
        return rename_field(self.interview, *found, new, because=self.saying.words)

    def _part(self, words: str, things: Sequence[str]) -> tuple[str, str] | None:
        """(thing, field or relation) of that name, when there is one such thing."""
        found = [
            (entity.name, part.name)
            for entity in self.interview.entities
            if not things or entity.name in things
            for part in parts(entity)
            if key(part.name) == key(words)
        ]
        return found[0] if len(found) == 1 else None

    def _which(self, words: str, things: Sequence[str]) -> str:
        holders = [
            entity.name
            for entity in self.interview.entities
            if any(key(part.name) == key(words) for part in parts(entity))
        ]
        if len(holders) > 1 and not things:
            return f"Which one is meant: {', '.join(f'{words} of {name}' for name in holders[:10])}?"
        entities = [entity for entity in self.interview.entities if not things or entity.name in things]
        names = [f"{part.name} of {entity.name}" for entity in entities for part in parts(entity)]
        return f"There is no '{words[:LONGEST_NAME]}'. Which one is meant: {', '.join(names[:10])}?"

    # ---- saying

    def _ruled(self, raw: Sequence[Token]) -> Interview:
        reader = RuleReader(self.interview.entities, self.interview.people)
        rules = reader.read_tokens(self.saying, self.gaps, raw)
        return self.interview.model_copy(update={"rules": (*self.interview.rules, *rules)})

    def _said(self, command: Command) -> Interview:
        drafts = {entity.name: draft_of(entity) for entity in self.interview.entities}
        rest, things = command.rest, command.things
        added = new_thing(rest, self.names) if command.asked == "add" and not things else None
        if added is not None:
            things, rest = (added[0],), tuple(added[1])
            drafts.setdefault(added[0], ThingDraft(name=added[0], because=[self.saying.words]))
        elif command.asked == "add" and things and placed(list(rest), self.names, PLACES)[1]:
            return self._whole(_APART)
        story = Story(things=drafts, names=Names(drafts, self.interview.people), claims=[], gaps=Gaps())
        for clause in clauses(tagged(phrased(rest, story.names, self.saying.text), self.saying.text)):
            self._read(clause, story, things, asked=command.asked)
        finish(story, self.interview.people)
        made = [made_entity(draft, story.gaps) for draft in drafts.values()]
        self.gaps.found += story.gaps.found
        return with_entities(self.interview, made)

    def _read(self, clause: Sequence[Token], story: Story, things: Sequence[str], *, asked: str) -> None:
        parsed = parse(clause, "clause")
        if parsed.tree is not None:
            spoken = build(parsed.tree, parsed.kept)
            contexts = self.about = tuple(things) or self._context(spoken) or self.about
            if contexts and not (spoken.parts or asked or self._are_known(spoken, contexts)):
                story.gaps.note(self.saying, clause, _BEGIN)
                contexts = ()
            elif not contexts:
                story.gaps.note(self.saying, clause, self._of_which(spoken))
            for context in contexts:
                Statements(story, story.things[context], self.saying).read(spoken)
        story.gaps.cut(self.saying, parsed.cut, clause, NOT_UNDERSTOOD)

    def _are_known(self, clause: Clause, things: Sequence[str]) -> bool:
        """Whether a clause without a verb, like `price in USD`, speaks of fields that are there."""
        return all(
            self._part(item.text, (thing,)) is not None
            for item in clause.subject
            if item.words
            for thing in things
        )

    def _context(self, clause: Clause) -> tuple[str, ...]:
        """The thing a clause speaks of: named by it, the only one, or the one that has such a field."""
        entities = self.interview.entities
        for item in clause.subject:
            found = self.names.thing(item.text)
            if clause.parts and found is not None:
                return (found,)
        if len(entities) == 1:
            return (entities[0].name,)
        for item in (*clause.subject, *(item for part in clause.parts for item in part.items)):
            part = self._part(item.text, ()) if item.words else None
            if part is not None:
                return part[:1]
        return ()

    def _of_which(self, clause: Clause) -> str:
        words = next((item.text for item in clause.subject if item.words), "")
        things = ", ".join(entity.name for entity in self.interview.entities[:10])
        return f"Of which thing is '{words[:LONGEST_NAME]}' meant: {things}?"


def _name(tokens: Sequence[Token]) -> str:
    """The words without articles before them, or quotes around them."""
    kept = [token.value if token.type == "STRING" else token.text for token in tokens]
    while kept and kept[0].casefold() in _ARTICLES and len(kept) > 1:
        kept = kept[1:]
    return " ".join(kept)
