"""Who may do what: the rules as the founder said them, and habits where they said nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.contracts import ADMIN, VISITOR
from flows.stages.blueprint.ownership import owners
from flows.stages.blueprint.permits import (
    ACTIONS,
    CREATE,
    DELETE,
    EDIT,
    SEE,
    Permit,
    granted,
    in_sight,
    joined,
    only_in,
    possible_statuses,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.contracts import BlueprintEntity, BlueprintGrant, BlueprintRole, Scope
    from flows.stages.blueprint.rules import Ruling

_HABITS = {
    SEE: "without a rule everybody who signs in may see it",
    CREATE: "without a rule everybody who deals with it may enter it",
    EDIT: "without a rule people may correct what is theirs",
    DELETE: "without a rule people may remove what is theirs",
}
_INTRODUCING = "who signs up describes themselves"
_MOVING = "whoever may edit it may change its status"
_ADMIN = "the admin may do everything"


def grants(
    entities: Iterable[BlueprintEntity],
    *,
    roles: tuple[BlueprintRole, ...],
    rulings: list[Ruling],
    wishes: dict[str, list[Permit]],
) -> tuple[BlueprintGrant, ...]:
    """All permissions, entity by entity; `wishes`: what features speak of, by class name."""
    entities = tuple(entities)
    by_name = {entity.name: entity for entity in entities}
    made: list[BlueprintGrant] = []
    people = [role for role in roles if role.name != ADMIN]
    order = {role: number for number, role in enumerate((*(role.name for role in people), VISITOR))}
    for entity in entities:
        about = [ruling for ruling in rulings if ruling.entity == entity.name]
        strangers = _strangers(entity, people, owners(entity, by_name))
        permits = _permits(entity, people, about, wishes.get(entity.name, []), strangers)
        actions = (*ACTIONS, *_moves(entity))
        permits.sort(key=lambda permit: (order[permit.role], actions.index(permit.action)))
        admin = [Permit(role=ADMIN, action=action, because=_ADMIN) for action in actions]
        made += granted([*permits, *admin], entity)
    return tuple(made)


def _strangers(
    entity: BlueprintEntity, people: list[BlueprintRole], holders: frozenset[str]
) -> frozenset[str]:
    """Roles that no row can belong to: every way from it ends at people of other kinds."""
    profiles = {role.profile for role in people if role.profile is not None}
    if not entity.owned_by or not holders <= profiles:
        return frozenset()
    return frozenset(role.name for role in people if role.profile not in holders)


def _moves(entity: BlueprintEntity) -> tuple[str, ...]:
    return tuple(move.name for move in entity.states.transitions) if entity.states else ()


def _permits(
    entity: BlueprintEntity,
    people: list[BlueprintRole],
    about: list[Ruling],
    wishes: list[Permit],
    strangers: frozenset[str],
) -> list[Permit]:
    said = [permit for ruling in about if ruling.rule.allowed for permit in ruling.permits()]
    if said:
        permits = _with_rules(entity, people, said, wishes, strangers)
        if not any(permit.action == CREATE for permit in permits):
            permits += _entering(entity, people, about, wishes)
        if not any(permit.action == EDIT for permit in said):
            creating = dict.fromkeys(permit.role for permit in permits if permit.action == CREATE)
            permits += [_habit(role, EDIT) for role in creating if role != VISITOR]
        permits += _introducing(entity, people)
    else:
        permits = [_habit(role.name, action) for role in people for action in ACTIONS] + wishes
    permits = _with_moves(entity, permits)
    for ruling in about:
        if ruling.rule.allowed and ruling.rule.only:
            permits = _only(permits, ruling, entity)
    for ruling in about:
        if not ruling.rule.allowed:
            permits = _without(permits, ruling, entity)
    return in_sight(joined(permits), entity)


def _habit(role: str, action: str) -> Permit:
    scope = {EDIT: "own", DELETE: "own"}
    return Permit(
        role=role, action=action, scope="own" if action in scope else "all", because=_HABITS[action]
    )


def _introducing(entity: BlueprintEntity, people: list[BlueprintRole]) -> list[Permit]:
    """Who signs up by themselves enters the row that describes them, and corrects it."""
    return [
        Permit(role=role.name, action=action, scope="own", because=_INTRODUCING)
        for role in people
        if role.signs_up and role.profile == entity.name
        for action in (CREATE, EDIT)
    ]


def _with_rules(
    entity: BlueprintEntity,
    people: list[BlueprintRole],
    said: list[Permit],
    wishes: list[Permit],
    strangers: frozenset[str],
) -> list[Permit]:
    """What is said, and who sees: all people when nobody is said to, else also who is said to act on rows."""
    permits = [*said, *wishes]
    sighted = {permit.role for permit in said if permit.action == SEE}
    if not sighted:
        permits += [_habit(role.name, SEE) for role in people]
    else:
        permits += _sights(entity, permits, sighted, strangers)
    return permits


def _entering(
    entity: BlueprintEntity, people: list[BlueprintRole], about: list[Ruling], wishes: list[Permit]
) -> list[Permit]:
    """Who may enter rows when nobody is said to: whom a rule or wish names, and whom the rows describe.

    A rule about everybody names nobody: what all may see is not what all may enter.
    """
    named = {role for ruling in about if ruling.rule.allowed and not ruling.is_broad for role in ruling.roles}
    named |= {permit.role for permit in wishes}
    return [
        replace(_habit(role.name, CREATE), scope="all" if role.name in named else "own")
        for role in people
        if role.name in named or role.profile == entity.name
    ]


def _sights(
    entity: BlueprintEntity, permits: list[Permit], sighted: set[str], strangers: frozenset[str]
) -> list[Permit]:
    """What roles see because they act on it: all of it, or, when it is said what they see, its statuses.

    Who enters rows sees their own ones, or all when none can be theirs.
    """
    made = []
    for permit in permits:
        if permit.action == SEE:
            continue
        statuses = _around(permit, entity)
        entering = permit.action == CREATE and permit.role not in strangers
        scope: Scope = "own" if entering else permit.scope
        sight = replace(permit, action=SEE, scope=scope, statuses=statuses, source="inferred")
        if permit.role not in sighted:
            made.append(sight)
        elif statuses:
            scopes = {known.scope for known in permits if (known.role, known.action) == (permit.role, SEE)}
            made.append(replace(sight, scope="all" if "all" in scopes else "own"))
    return made


def _around(permit: Permit, entity: BlueprintEntity) -> tuple[str, ...]:
    """The statuses in which an action meets a row, and the one in which it leaves it; () for any."""
    moves = {move.name: move for move in entity.states.transitions} if entity.states else {}
    move = moves.get(permit.action)
    if move is None:
        return permit.statuses
    return tuple(dict.fromkeys((*(permit.statuses or move.from_statuses), move.to_status)))


def _with_moves(entity: BlueprintEntity, permits: list[Permit]) -> list[Permit]:
    """Changes of status that nobody is said to make are for whoever may edit the row."""
    made = list(permits)
    for move in _moves(entity):
        if any(permit.action == move for permit in permits):
            continue
        for permit in permits:
            if permit.action == EDIT:
                change = replace(
                    permit,
                    action=move,
                    statuses=(),
                    because=_MOVING if permit.source == "default" else permit.because,
                )
                cut = only_in(change, permit.statuses, entity) if permit.statuses else change
                made += [cut] if cut else []
    return made


def _only(permits: list[Permit], ruling: Ruling, entity: BlueprintEntity) -> list[Permit]:
    """The permits without those that others have for what only some may do, in the statuses it is about."""
    others = [permit for permit in permits if permit.role not in ruling.roles]
    kept = _cut(others, ruling.actions, set(ruling.statuses), entity)
    return [permit for permit in permits if permit.role in ruling.roles] + kept


def _cut(
    permits: list[Permit], actions: tuple[str, ...], statuses: set[str], entity: BlueprintEntity
) -> list[Permit]:
    """The permits without these actions: in some statuses, or altogether when none are given."""
    kept = []
    for permit in permits:
        if permit.action not in actions:
            kept.append(permit)
        elif statuses:
            possible = permit.statuses or possible_statuses(entity, permit.action)
            left = only_in(permit, set(possible) - statuses, entity)
            kept += [left] if left else []
    return kept


def _without(permits: list[Permit], ruling: Ruling, entity: BlueprintEntity) -> list[Permit]:
    """The permits without what a rule forbids: in some statuses, or altogether."""
    statuses = set() if ruling.rule.own else set(ruling.statuses)
    meant = [permit for permit in permits if permit.role in ruling.roles]
    return [permit for permit in permits if permit.role not in ruling.roles] + _cut(
        meant, ruling.actions, statuses, entity
    )
