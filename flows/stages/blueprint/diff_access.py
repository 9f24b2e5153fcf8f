"""What differs between two versions in roles and in who may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import ADMIN, VISITOR
from flows.language.plurals import plural
from flows.stages.blueprint.comparing import (
    ORIGIN,
    Wording,
    attributes,
    lowered,
    matched,
    quoted,
    switched,
)
from flows.stages.blueprint.escaping import article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import Blueprint, BlueprintGrant

_ROLE: dict[str, Wording] = {
    **ORIGIN,
    "label": lambda old, now: f"is now called {quoted(now)}, not {quoted(old)}",
    "signs_up": switched("may now sign up by themselves", "no longer sign up by themselves"),
    "profile": lambda old, now: f"is now described by {quoted(now)}, not {quoted(old)}",
}
Cell = tuple[str, str, str]


def role_differences(before: Blueprint, after: Blueprint) -> Iterator[str]:
    """Sentences about roles."""
    found = matched(before.roles, after.roles, lambda role: role.name)
    yield from (f"There is a new role: {role.label}" for role in found.new)
    yield from (f"The role {role.label} is gone" for role in found.gone)
    for old, now in found.both:
        yield from (f"{now.label}: {words}" for words in attributes(old, now, _ROLE, without=("because",)))
    if found.moved:
        yield f"The roles are in another order: {', '.join(role.label for role in after.roles)}"


def role_notes(before: Blueprint, after: Blueprint) -> Iterator[str]:
    """The same about the words that roles come from."""
    for old, now in matched(before.roles, after.roles, lambda role: role.name).both:
        words = attributes(old, now, _ROLE, without=("name", "label", "signs_up", "profile", "source"))
        yield from (f"{now.label}: {said}" for said in words)


def grant_differences(before: Blueprint, after: Blueprint) -> Iterator[str]:
    """Sentences about permissions; what the admin may needs none, nor what was or is no thing any more."""
    words = _Words(before, after)
    old, now = _cells(before), _cells(after)
    there, here = {item.name for item in before.entities}, {item.name for item in after.entities}
    for cell in dict.fromkeys((*now, *old)):
        role, entity, _ = cell
        if role == ADMIN or entity not in there & here or _ways(old, cell) == _ways(now, cell):
            continue
        yield words.change(cell, old.get(cell, []), now.get(cell, []))
    for thing in after.entities:
        if thing.name not in there:
            yield from words.everything(thing.name, now)


def grant_notes(before: Blueprint, after: Blueprint) -> Iterator[str]:
    """What differs in permissions beside that: of the admin, of unknown things, in their words and order."""
    words = _Words(before, after)
    old, now = _cells(before), _cells(after)
    for cell in dict.fromkeys((*now, *old)):
        if _ways(old, cell) != _ways(now, cell):
            yield words.change(cell, old.get(cell, []), now.get(cell, []))
        for was, is_now in zip(old.get(cell, []), now.get(cell, []), strict=False):
            said = attributes(was, is_now, ORIGIN, without=("role", "entity", "action", "scope", "statuses"))
            yield from (f"That {lowered(words.who(cell[0]))} may {words.what(cell)} {text}" for text in said)
    if set(old) == set(now) and list(old) != list(now):
        yield "The permissions are in another order"


def _cells(blueprint: Blueprint) -> dict[Cell, list[BlueprintGrant]]:
    cells: dict[Cell, list[BlueprintGrant]] = {}
    for grant in blueprint.grants:
        cells.setdefault((grant.role, grant.entity, grant.action), []).append(grant)
    return cells


def _ways(cells: dict[Cell, list[BlueprintGrant]], cell: Cell) -> list[tuple[str, tuple[str, ...]]]:
    return [(grant.scope, grant.statuses) for grant in cells.get(cell, [])]


class _Words:
    """Names of both versions, for sentences about what is in one or the other."""

    def __init__(self, before: Blueprint, after: Blueprint) -> None:
        entities = (*before.entities, *after.entities)
        self._roles = {role.name: role.label for role in (*before.roles, *after.roles)}
        self._things = {entity.name: lowered(entity.label) for entity in entities}
        self._moves = {
            (entity.name, move.name): lowered(move.label)
            for entity in entities
            if entity.states
            for move in entity.states.transitions
        }

    def who(self, role: str) -> str:
        """The people of a role, like 'Sitters'."""
        return "Visitors" if role == VISITOR else plural(self._roles.get(role, role))

    def what(self, cell: Cell) -> str:
        """What is done to one row, like 'confirm a booking'."""
        _, entity, action = cell
        thing = self._things.get(entity, entity)
        return f"{self._moves.get((entity, action), action)} {article(thing)}"

    def change(self, cell: Cell, old: list[BlueprintGrant], now: list[BlueprintGrant]) -> str:
        """One permission before and now."""
        if not now:
            return f"{self.who(cell[0])} may no longer {self.what(cell)}"
        if old:
            return f"{self.who(cell[0])} may {self.what(cell)}: now {_reach(now)}, before that {_reach(old)}"
        reach = _reach(now)
        return f"{self.who(cell[0])} may now {self.what(cell)}{'' if reach == _EVERY else f', {reach}'}"

    def everything(self, entity: str, cells: dict[Cell, list[BlueprintGrant]]) -> Iterator[str]:
        """One sentence per role about all that it may do with a new thing."""
        said: dict[str, list[str]] = {}
        for cell, grants in cells.items():
            role, about, action = cell
            if about == entity and role != ADMIN:
                doing = self._moves.get((entity, action), action)
                said.setdefault(role, []).append(f"{doing} ({_reach(grants)})")
        thing = plural(self._things.get(entity, entity))
        yield from (
            f"{self.who(role)} may with {thing}: {', '.join(doings)}" for role, doings in said.items()
        )


_EVERY = "all of them"


def _reach(grants: list[BlueprintGrant]) -> str:
    """How far permissions reach, like 'their own while “requested”'."""
    said = []
    for grant in grants:
        which = "their own" if grant.scope == "own" else _EVERY
        said.append(f"{which} while {quoted(grant.statuses)}" if grant.statuses else which)
    return " or ".join(said)
