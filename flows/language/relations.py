"""Relations: who holds the reference when one thing has one or many of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import USER, InterviewRelation
from flows.language.drafts import Claim, RelationDraft, ThingDraft
from flows.language.fields import joined
from flows.language.names import key
from flows.language.plurals import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def lowered(name: str) -> str:
    """A thing's name as the name of a relation: `Care report` → `care report`."""
    return name if name.isupper() else name[:1].lower() + name[1:]


def free_name(thing: ThingDraft, name: str) -> str:
    """The name, or with a number behind it when the thing uses it already."""
    taken = {key(relation.name) for relation in thing.relations} | set(thing.fields)
    candidate, number = name, 1
    while key(candidate) in taken:
        number += 1
        candidate = f"{name} {number}"
    return candidate


def settle(things: Mapping[str, ThingDraft], claims: Iterable[Claim], independent: frozenset[str]) -> None:
    """Turn every claim to have one or many into a relation of the thing that holds the reference.

    `independent`: things that exist by themselves, such as people: one of them is chosen, not made anew.
    """
    waiting = list(claims)
    while waiting:
        claim = waiting.pop(0)
        counter = _counter(claim, waiting)
        if counter is not None:
            waiting.remove(counter)
            _settle_pair(things, claim, counter)
        elif claim.target == USER or (not claim.many and claim.target in independent):
            _hold(things[claim.thing], claim, kind="many to many" if claim.many else "belongs to")
        else:
            _turn(things, claim)


def _counter(claim: Claim, others: Iterable[Claim]) -> Claim | None:
    """What the other thing says of this one."""
    for other in others:
        if other.thing == claim.target and other.target == claim.thing and other.thing != claim.thing:
            return other
    return None


def _settle_pair(things: Mapping[str, ThingDraft], claim: Claim, counter: Claim) -> None:
    """Both speak: many and many, one and one, or one of many."""
    if claim.many != counter.many:
        many, one = (claim, counter) if claim.many else (counter, claim)
        relation = _relation(things[many.target], one.called, many.thing)
        relation.required, relation.back, relation.back_required = one.required, many.called, many.required
    else:
        relation = _relation(things[claim.thing], claim.called, claim.target)
        relation.kind = "many to many" if claim.many else "one to one"
        relation.required, relation.back, relation.back_required = (
            claim.required,
            counter.called,
            counter.required,
        )
    for spoken in (claim, counter):
        hear(relation, spoken.saying.words)


def _hold(thing: ThingDraft, claim: Claim, *, kind: str) -> None:
    relation = _relation(thing, claim.called, claim.target)
    relation.kind = "many to many" if kind == "many to many" else "belongs to"
    relation.required = claim.required
    hear(relation, claim.saying.words)


def _turn(things: Mapping[str, ThingDraft], claim: Claim) -> None:
    """`A has many B` is `B belongs to A`; `A has one B` is B's one to one with A."""
    holder = things[claim.target]
    known = [
        relation for relation in holder.relations if relation.target == claim.thing and relation.back is None
    ]
    if claim.thing == claim.target:
        known = []
    if claim.many and (held := _held(things[claim.thing], claim.target)) is not None:
        held.kind, held.back = "many to many", None
        hear(held, claim.saying.words)
        return
    many_to_many = [relation for relation in things[claim.thing].relations if relation.target == claim.target]
    if many_to_many and many_to_many[0].kind == "many to many":
        hear(many_to_many[0], claim.saying.words)
        return
    if known:
        relation = known[0]
    else:
        name = "parent" if claim.thing == claim.target else lowered(claim.thing)
        relation = RelationDraft(name=free_name(holder, name), target=claim.thing, source="inferred")
        holder.relations.append(relation)
    if not claim.many and relation.kind == "belongs to":
        relation.kind = "one to one"
    relation.back = claim.called
    relation.back_required = claim.required
    hear(relation, claim.saying.words)


def explain(thing: ThingDraft, target: str, words: str, other: ThingDraft | None) -> None:
    """`A test of one Sample`: it belongs to one, unless more is said of the two."""
    known = [relation for relation in thing.relations if relation.target == target]
    turned = [relation for relation in (other.relations if other else ()) if relation.target == thing.name]
    if not known and not turned and target != thing.name:
        name = free_name(thing, "user" if target == USER else lowered(target))
        thing.relations.append(
            RelationDraft(name=name, target=target, required=True, because=[words], source="inferred")
        )


def _held(thing: ThingDraft, target: str) -> RelationDraft | None:
    """The one reference that a thing has to another: when it may have many, it becomes many to many."""
    found = [relation for relation in thing.relations if relation.target == target]
    alone = len(found) == 1 and found[0].kind == "belongs to" and thing.name != target
    return found[0] if alone else None


def _relation(thing: ThingDraft, name: str, target: str) -> RelationDraft:
    """The relation of that name to that target, made when there is none."""
    for relation in thing.relations:
        if relation.target == target and key(relation.name) == key(name):
            return relation
    relation = RelationDraft(name=free_name(thing, name), target=target)
    thing.relations.append(relation)
    return relation


def hear(relation: RelationDraft, words: str) -> None:
    """Keep a sentence that says something of a relation."""
    if words not in relation.because:
        relation.because.append(words)


def made_relation(draft: RelationDraft) -> InterviewRelation:
    """The relation with everything said of it."""
    before = draft.base.because if draft.base is not None else ""
    return InterviewRelation(
        name=draft.name,
        entity=draft.target,
        kind=draft.kind,
        required=draft.required,
        back=draft.back,
        back_required=draft.back_required,
        shows=draft.shows,
        description=draft.description,
        source=draft.base.source if draft.base is not None else draft.source,
        because=joined(before, draft.because),
    )


def many_of(name: str) -> str:
    """What a thing calls many of another when it gives them no name of their own."""
    return plural(lowered(name))
