"""What a verb does to a row of an entity: an action, or a change of its status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import FieldKind, RuleAction
from flows.language import statuses, verbs
from flows.language.fields import is_status
from flows.language.names import key

if TYPE_CHECKING:
    from flows.contracts import InterviewEntity

_MOVING = frozenset({"mark", "set", "move", "change", "put", "update", "turn", "switch", "flag", "edit"})
"""Verbs that say nothing of where a status goes: `mark as done`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What a verb comes to."""

    actions: tuple[RuleAction, ...]
    verb: str = ""
    to_status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statuses:
    """The statuses an entity can have, and the first of them."""

    choices: tuple[str, ...] = ()
    initial: str | None = None

    def spelled(self, written: str) -> str | None:
        """A status as the entity spells it."""
        return next((choice for choice in self.choices if key(choice) == key(written)), None)


def statuses_of(entity: InterviewEntity) -> Statuses:
    """The statuses an entity can have; none when it has no status."""
    for field in entity.fields:
        if field.kind is FieldKind.CHOICE and field.choices and (field.status or is_status(field.name)):
            first = next(filter(statuses.is_first, field.choices), field.choices[0])
            return Statuses(choices=field.choices, initial=field.default or first)
    return Statuses()


def moved(verb: str, target: str) -> Doing:
    """A change to a status that is named: `mark as done`, `reopen`."""
    said = f"mark as {target}" if verb in _MOVING else verb
    return Doing(actions=("change status",), verb=said, to_status=target)


def gone(target: str) -> Doing:
    """`goes from requested to confirmed`: the verb is the one that the status is made of."""
    return Doing(actions=("change status",), verb=statuses.verb(target), to_status=target)


def done(participle: str, known: Statuses, thing: str) -> Doing | None:
    """`is confirmed`, `is deleted`."""
    target = known.spelled(participle)
    if target is not None:
        return gone(target)
    verb = verbs.DONE.get(participle)
    return doing(verb, known, thing) if verb is not None else None


def doing(verb: str, known: Statuses, thing: str) -> Doing | None:
    """What somebody does; None when the verb does nothing that is known to such a row."""
    actions = verbs.ACTIONS.get(verb)
    if actions is None or verb not in verbs.FIRM:
        target = statuses.reached_by(verb, known.choices)
        entered = actions == ("create",) and target == known.initial
        if target is not None and not entered:
            return Doing(actions=("change status",), verb=verb, to_status=target)
    if actions is None or (verb in verbs.TAKING and not verbs.is_made_by_doing(thing)):
        return None
    return Doing(actions=actions)
