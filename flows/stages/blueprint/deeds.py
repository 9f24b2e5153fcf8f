"""Who does what with what, read from a wish: 'Owners request a booking for one of their pets'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.language.verbs import TAKING, is_made_by_doing
from flows.language.words import stems
from flows.stages.blueprint.features import deed
from flows.stages.blueprint.permits import CREATE

if TYPE_CHECKING:
    from flows.contracts import BlueprintEntity
    from flows.stages.blueprint.roles import Person

_DETERMINERS = frozenset(
    {"a", "an", "the", "every", "each", "all", "their", "own", "his", "her", "my", "its", "our", "of", "with"}
    | {"for", "in", "on", "by", "from", "about", "one", "some", "any", "no", "new", "at", "per", "same"}
)
_TURNS = frozenset(
    {"which", "who", "whether", "that", "when", "where", "if", "until", "because", "while", "how"}
)
_OWN = frozenset({"their", "own", "my", "his", "her"})
_POINTING = frozenset({"it", "them", "this", "those", "these"})
_JOINING = frozenset({"and", "or"})
_TAKING = frozenset(verb.partition(" ")[0] for verb in TAKING)
_FARTHEST = 7  # words between a verb and what it is done to; what stands farther off is another matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something a role does; `role` None when the wish does not say who, `action` as a grant names it."""

    role: str | None
    action: str
    entity: str
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    start: int
    end: int
    name: str


def deeds(
    sentence: str, *, known: tuple[Person, ...], entities: tuple[BlueprintEntity, ...]
) -> tuple[Deed, ...]:
    """What the wish says in its order; when it only speaks of things, that the first of them is looked at."""
    said = stems(sentence)
    people = _mentions(said, {person.name: person.label for person in known})
    role = people[0].name if people else None
    subject = people[0] if people else None
    things = [
        mention
        for mention in _mentions(said, {entity.name: entity.label for entity in entities})
        if subject is None or mention.start != subject.start
    ]
    by_name = {entity.name: entity for entity in entities}
    found: list[Deed] = []
    for at in _verbs(said, things, people):
        itself = next((thing for thing in things if thing.start == at), None)
        if itself is not None and not _DETERMINERS.isdisjoint(said[at + 1 : at + 2]):
            # 'Owners review a sitter' enters a Review.
            found.append(Deed(role=role, action=CREATE, entity=itself.name))
            continue
        for thing in _objects(said, at, things, found):
            action = _action(said[at], by_name[thing.name], looks=_turned(said, at, thing))
            if action is not None:
                own = not _OWN.isdisjoint(said[at + 1 : thing.start])
                found.append(Deed(role=role, action=action, entity=thing.name, own=own))
    if not found and things:
        found.append(Deed(role=role, action="see", entity=things[0].name))
    return tuple(dict.fromkeys(found))


def _mentions(said: list[str], spoken: dict[str, str]) -> list[_Mention]:
    """Where the sentence speaks of whom or what, in its order; of overlapping names the longest."""
    found = [
        _Mention(start=at, end=at + len(wanted), name=name)
        for name, label in spoken.items()
        if (wanted := stems(label))
        for at in range(len(said) - len(wanted) + 1)
        if said[at : at + len(wanted)] == wanted
    ]
    found.sort(key=lambda mention: (mention.start - mention.end, mention.start))
    kept: list[_Mention] = []
    for mention in found:
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _verbs(said: list[str], things: list[_Mention], people: list[_Mention]) -> list[int]:
    """Where verbs may stand: not behind an article, nor in a thing's name unless a role comes before."""
    named = {at for mention in things for at in range(mention.start, mention.end)}
    after_people = {mention.end for mention in people}
    return [
        at
        for at, word in enumerate(said)
        if (at in after_people or (at not in named and (at == 0 or said[at - 1] not in _DETERMINERS)))
        and at not in {mention.start for mention in people}
    ]


def _objects(said: list[str], at: int, things: list[_Mention], found: list[Deed]) -> list[_Mention]:
    """What a verb is done to: the things behind it, or what was spoken of when it says `it`."""
    if said[at + 1 : at + 2] and said[at + 1] in _POINTING and found:
        return [_Mention(start=at + 1, end=at + 2, name=found[-1].entity)]
    behind: list[_Mention] = []
    for thing in things:
        if thing.start <= at:
            continue
        between = said[(behind[-1].end if behind else at + 1) : thing.start]
        joined = not _JOINING.isdisjoint(between) and (_DETERMINERS | _JOINING).issuperset(between)
        if not (joined if behind else len(between) < _FARTHEST):
            break
        behind.append(thing)
    return behind


def _turned(said: list[str], at: int, thing: _Mention) -> bool:
    """Whether a word like `which` stands between: 'see which sitters …', but not 'record which singer …'."""
    return not _TURNS.isdisjoint(said[at + 1 : thing.start])


def _action(verb: str, entity: BlueprintEntity, *, looks: bool) -> str | None:
    if not looks and entity.states is not None:
        for move in entity.states.transitions:
            if verb == move.name.partition("_")[0]:
                return move.name
    action = deed(verb)
    if action == CREATE and verb in _TAKING and not is_made_by_doing(entity.label):
        return None  # who asks for a room makes no room
    return action if action == "see" or not looks else None
