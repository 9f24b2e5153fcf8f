"""Things described in sentences, as entities of an interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import USER, InterviewEntity
from flows.language.chains import chain
from flows.language.clauses import clauses
from flows.language.commands import subject_of
from flows.language.descriptions import about_others, explained_by, explanation
from flows.language.drafts import FieldDraft, RelationDraft, ThingDraft
from flows.language.fields import joined, made_field
from flows.language.gaps import Gaps, Saying
from flows.language.names import Names, key
from flows.language.parsing import misleads, parse
from flows.language.phrasing import phrased
from flows.language.reading import ThingsReading
from flows.language.relating import Story
from flows.language.relations import explain, made_relation, settle
from flows.language.rules import RuleReader, is_rule
from flows.language.sentences import spans
from flows.language.statements import Statements
from flows.language.tagging import tagged
from flows.language.tokens import MOST_TOKENS, tokenise
from flows.language.tree import build

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


TOO_LONG = "This sentence is too long to be read: divide it into several?"
NOT_UNDERSTOOD = (
    "Write it like 'has a name, a price in EUR', 'belongs to a Pet', or 'status is open or closed'."
)


def read_things(
    things: Mapping[str, str], *, people: Sequence[str], known: Sequence[InterviewEntity] = ()
) -> ThingsReading:
    """The things of an interview from their descriptions; `known` are there already, spelled out.

    What is said of a known one adds to it, also when another thing says it: `has many pets`.
    """
    drafts = {entity.name: draft_of(entity) for entity in known}
    drafts |= {name: ThingDraft(name=name) for name in things if name not in drafts}
    story = Story(things=drafts, names=Names(drafts, people), claims=[], gaps=Gaps())
    said, ruled = [], []
    for name, text in things.items():
        for start, end in spans(text):
            saying = Saying.of(name, text, start, end)
            said.append((name, start, saying.words))
            raw = tokenise(text, start, end)
            if meant := about_others(raw, story.names, name):
                story.gaps.whole(saying, meant)
            elif is_rule(raw, story.names, text):
                ruled.append(saying)
                going, statuses = chain(raw, story.names)
                Statements(story, drafts[going or name], saying).go_through(statuses)
            else:
                read_sentence(story, drafts[name], saying)
    finish(story, people)
    made = {name: made_entity(draft, story.gaps) for name, draft in drafts.items()}
    reader = RuleReader(tuple(made.values()), people)
    rules = [rule for saying in ruled for rule in reader.read(saying, story.gaps, about=str(saying.place))]
    return ThingsReading(
        entities=tuple(made[name] for name in things if drafts[name].base is None),
        known=tuple(made[entity.name] for entity in known),
        rules=tuple(rules),
        unread=tuple((str(gap.saying.place), gap.unread) for gap in story.gaps.listed()),
        sentences=tuple(said),
    )


def read_sentence(story: Story, thing: ThingDraft, saying: Saying) -> None:
    """Take in one sentence of a thing's description."""
    raw = tokenise(saying.text, saying.start, saying.end)
    if len(raw) > MOST_TOKENS:
        story.gaps.whole(saying, TOO_LONG)
        return
    if not thing.because:
        thing.hear(saying)
    first = not thing.fields and not thing.relations and not thing.description
    raw, other = subject_of(raw, story.names)
    statements = Statements(story, story.things[other] if other else thing, saying)
    for clause in clauses(tagged(phrased(raw, story.names, saying.text), saying.text)):
        told = explanation(clause, thing.name, first=first)
        if told >= 0:
            thing.explain(saying, clause[told:])
            thing.about += [(target, saying) for target in explained_by(clause[told:], story.names)]
            continue
        parsed = parse(clause, "clause")
        spoken = build(parsed.tree, parsed.kept) if parsed.tree is not None else None
        if spoken is not None and not misleads(spoken, parsed.cut):
            statements.read(spoken)
            story.gaps.cut(saying, parsed.cut, clause, NOT_UNDERSTOOD)
        else:
            story.gaps.note(saying, clause, NOT_UNDERSTOOD)


def finish(story: Story, people: Sequence[str]) -> None:
    """Settle who holds which reference."""
    roles = {key(person) for person in people}
    chosen = {claim.target for claim in story.claims if claim.many is False and key(claim.target) in roles}
    settle(story.things, story.claims, frozenset(chosen | {USER}))
    for thing in story.things.values():
        for target, saying in thing.about:
            explain(thing, target, saying.words, story.things.get(target))


def draft_of(entity: InterviewEntity) -> ThingDraft:
    """An entity as it is, to be changed."""
    draft = ThingDraft(
        name=entity.name, base=entity, description=entity.description, shown_by=entity.shown_by
    )
    for known in entity.fields:
        draft.fields[key(known.name)] = FieldDraft(name=known.name, base=known, status=known.status)
    for relation in entity.relations:
        values = relation.model_dump(exclude={"entity", "source", "because"})
        draft.relations.append(RelationDraft(**values, target=relation.entity, base=relation))
    return draft


def made_entity(draft: ThingDraft, gaps: Gaps) -> InterviewEntity:
    """The entity with everything said of it."""
    before = draft.base.because if draft.base is not None else ""
    return InterviewEntity(
        name=draft.name,
        description=draft.description,
        fields=tuple(made_field(field, draft, gaps) for field in draft.fields.values()),
        relations=tuple(made_relation(relation) for relation in draft.relations),
        shown_by=draft.shown_by,
        source=draft.base.source if draft.base is not None else "stated",
        because=joined(before, draft.because) or draft.name,
    )
