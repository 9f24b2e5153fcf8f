"""What the application's tests expect of every role: read off the blueprint, not off the policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.contracts import ADMIN, VISITOR
from flows.rendering.layout import laid_out, quoted, sequence
from flows.rendering.literals import python

if TYPE_CHECKING:
    from flows.rendering import EntityPlan, RelationPlan
    from flows.rendering.access import AccessPlan, GrantPlan

_ON_A_ROW = ("see", "edit", "delete")

Changes = dict[str, tuple[str, ...]]
"""Per change of status the statuses from which it may be done."""


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What a role may do with a new row of one's own and with one of somebody else's.

    `creates`: all, own or '' (nothing); None when the role may, but not refer to what such a row needs.
    `way`: the relation by which a row becomes the role's own, where it is not the usual one.
    """

    role: str
    own: tuple[str, ...]
    others: tuple[str, ...]
    lists: bool
    creates: str | None
    way: str = ""
    own_changes: Changes = field(default_factory=dict)
    others_changes: Changes = field(default_factory=dict)


def expectations(entity: EntityPlan, access: AccessPlan) -> list[Expectation]:
    """One for each role, for the admin and for visitors."""
    roles = [*(role.name for role in access.roles), VISITOR]
    return [_of_admin(entity, access), *(_of_role(entity, access, role) for role in roles)]


def _of_admin(entity: EntityPlan, access: AccessPlan) -> Expectation:
    states = access.states.get(entity.name)
    changes = {item.name: item.sources for item in states.transitions} if states else {}
    return Expectation(
        role=ADMIN,
        own=_ON_A_ROW,
        others=_ON_A_ROW,
        lists=True,
        creates="all",
        own_changes=changes,
        others_changes=changes,
    )


def _of_role(entity: EntityPlan, access: AccessPlan, role: str) -> Expectation:
    states = access.states.get(entity.name)
    first = states.initial if states else ""

    def allowed(action: str, status: str, *, own: bool) -> bool:
        grants = access.grants_of(role, entity, action)
        return any(_holds(grant, status, own=own and role != VISITOR) for grant in grants)

    def changes(*, own: bool) -> Changes:
        return {
            item.name: tuple(status for status in item.sources if allowed(item.name, status, own=own))
            for item in (states.transitions if states else ())
            if any(
                _covers(grant, own=own and role != VISITOR)
                for grant in access.grants_of(role, entity, item.name)
            )
        }

    way, usual = way_of(entity, access, role), way_of(entity, access)
    return Expectation(
        role=role,
        own=tuple(action for action in _ON_A_ROW if allowed(action, first, own=True)),
        others=tuple(action for action in _ON_A_ROW if allowed(action, first, own=False)),
        lists=bool(access.grants_of(role, entity, "see")),
        creates=_creates(entity, access, role),
        way=way.name if way and way is not usual else "",
        own_changes=changes(own=True),
        others_changes=changes(own=False),
    )


def _holds(grant: GrantPlan, status: str, *, own: bool) -> bool:
    return _covers(grant, own=own) and (not grant.statuses or status in grant.statuses)


def _covers(grant: GrantPlan, *, own: bool) -> bool:
    return own or grant.scope == "all"


def _creates(entity: EntityPlan, access: AccessPlan, role: str) -> str | None:
    grants = access.grants_of(role, entity, "create")
    everybodys = any(grant.scope == "all" for grant in grants)
    if not grants or (role == VISITOR and not everybodys):
        return ""
    way = way_of(entity, access, role)
    needed = [relation for relation in entity.relations if relation.required or relation is way]
    if not all(_can_refer(relation, access, role, own=relation is way) for relation in needed):
        return None
    return "all" if everybodys else "own"


def _can_refer(relation: RelationPlan, access: AccessPlan, role: str, *, own: bool) -> bool:
    if relation.target.built_in:
        return role != VISITOR
    grants = access.grants_of(role, relation.target, "see")
    return any((own or grant.scope == "all") and not grant.statuses for grant in grants)


def way_of(entity: EntityPlan, access: AccessPlan, role: str = "") -> RelationPlan | None:
    """The relation with which the shortest way to a user begins, if possible to a user of that role."""
    profile = next((item.profile for item in access.roles if item.name == role), "")
    ways = [way.split(".") for way in access.owned_by.get(entity.name, ())]
    if not ways:
        return None
    way = next((way for way in ways if profile and _before_the_user(entity, way) == profile), ways[0])
    return _relation(entity, way[0])


def ways_of(entity: EntityPlan, access: AccessPlan) -> list[RelationPlan]:
    """Every relation with which a way to a user begins, the usual one last."""
    firsts = dict.fromkeys(way.split(".")[0] for way in access.owned_by.get(entity.name, ()))
    return [_relation(entity, first) for first in reversed(firsts)]


def _before_the_user(entity: EntityPlan, way: list[str]) -> str:
    """The entity whose relation to the user ends the way."""
    for name in way[:-1]:
        entity = _relation(entity, name).target
    return entity.name


def _relation(entity: EntityPlan, name: str) -> RelationPlan:
    return next(relation for relation in entity.relations if relation.name == name)


def line(expectation: Expectation) -> str:
    """A role's line in the test module's table."""
    items = [
        sequence("own=", quoted(expectation.own), 12, 1),
        sequence("others=", quoted(expectation.others), 12, 1),
        f"lists={expectation.lists}",
        f"creates={None if expectation.creates is None else python(expectation.creates)}",
    ]
    if expectation.way:
        items.append(f'way="{expectation.way}"')
    for name in ("own_changes", "others_changes"):
        changes: Changes = getattr(expectation, name)
        if changes:
            items.append(laid_out(f"{name}={{", _changes(changes), "}", 12, 1))
    return laid_out(f'"{expectation.role}": May(', items, ")", 8, 1)


def _changes(changes: Changes) -> list[str]:
    return [sequence(f'"{name}": ', list(map(python, sources)), 16, 1) for name, sources in changes.items()]
