"""Who may do what in the application, and how a status may change, in the names the code uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from flows.contracts import ADMIN, USER, Scope
from flows.rendering.literals import words
from flows.rendering.plan import FieldPlan

if TYPE_CHECKING:
    from flows.contracts import Blueprint, BlueprintEntity
    from flows.rendering.plan import ApplicationPlan, EntityPlan

USUAL_ROLE = "member"
"""What people are when the blueprint names no role."""

EVERYDAY = ("see", "create", "edit", "delete")
"""What can be done with a row of any kind."""


@dataclass(frozen=True, kw_only=True)
class RolePlan:
    """What somebody who signs in may be; `profile` is the class that describes such a person, or ''."""

    name: str
    label: str
    signs_up: bool
    profile: str = ""


@dataclass(frozen=True, kw_only=True)
class GrantPlan:
    """One permission of one role."""

    role: str
    entity: str
    action: str
    scope: Scope
    statuses: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class TransitionPlan:
    """A change of status as an action; `slug` is the end of its address."""

    name: str
    label: str
    slug: str
    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True, kw_only=True)
class StatesPlan:
    """The state machine over one field of an entity."""

    field: FieldPlan
    initial: str
    transitions: tuple[TransitionPlan, ...]

    def member(self, status: str) -> str:
        """The member of the enumeration that stands for the status."""
        return f"{self.field.enum}.{self.field.members[self.field.choices.index(status)]}"


@dataclass(frozen=True, kw_only=True)
class AccessPlan:
    """Roles without the admin, grants without the admin's, and per entity its owners and its states."""

    roles: tuple[RolePlan, ...]
    grants: tuple[GrantPlan, ...]
    owned_by: dict[str, tuple[str, ...]] = field(default_factory=dict)
    states: dict[str, StatesPlan] = field(default_factory=dict)

    @property
    def signing_up(self) -> tuple[RolePlan, ...]:
        """The roles that people may take by themselves."""
        return tuple(role for role in self.roles if role.signs_up)

    def actions(self, entity: EntityPlan) -> tuple[str, ...]:
        """Everything that can be done with a row of that kind."""
        states = self.states.get(entity.name)
        changes = states.transitions if states else ()
        return (*EVERYDAY, *(transition.name for transition in changes))

    def grants_of(self, role: str, entity: EntityPlan, action: str) -> tuple[GrantPlan, ...]:
        """What allows that role to do that."""
        return self._granted.get((role, entity.name, action), ())

    @cached_property
    def _granted(self) -> dict[tuple[str, str, str], tuple[GrantPlan, ...]]:
        """The grants by role, entity and action: they are asked for again and again."""
        found: dict[tuple[str, str, str], tuple[GrantPlan, ...]] = {}
        for grant in self.grants:
            question = (grant.role, grant.entity, grant.action)
            found[question] = (*found.get(question, ()), grant)
        return found


def access_plan(blueprint: Blueprint, app: ApplicationPlan) -> AccessPlan:
    """Settle roles, grants, owners and states in the names that `app` uses."""
    called = dict(zip((entity.name for entity in blueprint.entities), app.entities, strict=True))
    states = {
        called[entity.name].name: settled
        for entity in blueprint.entities
        if (settled := _states(entity, called[entity.name]))
    }
    roles = _roles(blueprint, called)
    return AccessPlan(
        roles=roles,
        grants=_grants(blueprint, called) if blueprint.grants else _usual_grants(app, roles, states),
        owned_by={
            called[entity.name].name: _owned_by(entity, blueprint, called) for entity in blueprint.entities
        },
        states=states,
    )


def _roles(blueprint: Blueprint, called: dict[str, EntityPlan]) -> tuple[RolePlan, ...]:
    roles = tuple(
        RolePlan(
            name=role.name,
            label=words(role.label) or role.name,
            signs_up=role.signs_up,
            profile=called[role.profile].name if role.profile else "",
        )
        for role in blueprint.roles
        if role.name != ADMIN
    )
    return roles or (RolePlan(name=USUAL_ROLE, label="Member", signs_up=True),)


def _grants(blueprint: Blueprint, called: dict[str, EntityPlan]) -> tuple[GrantPlan, ...]:
    return tuple(
        GrantPlan(
            role=grant.role,
            entity=called[grant.entity].name,
            action=grant.action,
            scope=grant.scope,
            statuses=tuple(map(words, grant.statuses)),
            because=words(grant.because) if grant.source != "default" else "",
        )
        for grant in blueprint.grants
        if grant.role != ADMIN
    )


def _usual_grants(
    app: ApplicationPlan, roles: tuple[RolePlan, ...], states: dict[str, StatesPlan]
) -> tuple[GrantPlan, ...]:
    """The house's habit: everybody who signed in sees and creates all, and changes and deletes their own."""
    scopes: dict[str, Scope] = {"see": "all", "create": "all", "edit": "own", "delete": "own"}
    return tuple(
        GrantPlan(role=role.name, entity=entity.name, action=action, scope=scope)
        for entity in app.entities
        for role in roles
        for action, scope in (scopes | _changes(states.get(entity.name))).items()
    )


def _changes(states: StatesPlan | None) -> dict[str, Scope]:
    return {transition.name: "own" for transition in states.transitions} if states else {}


def _states(entity: BlueprintEntity, settled: EntityPlan) -> StatesPlan | None:
    if entity.states is None:
        return None
    field = next((item for item in settled.fields if item.status), None)
    if field is None:
        return None
    return StatesPlan(
        field=field,
        initial=words(entity.states.initial),
        transitions=tuple(
            TransitionPlan(
                name=transition.name,
                label=words(transition.label) or transition.name,
                slug=transition.name.replace("_", "-"),
                sources=tuple(map(words, transition.from_statuses)),
                target=words(transition.to_status),
            )
            for transition in entity.states.transitions
        ),
    )


def _owned_by(
    entity: BlueprintEntity, blueprint: Blueprint, called: dict[str, EntityPlan]
) -> tuple[str, ...]:
    """The ways to the users, each relation under the name it has in the code."""
    ways = []
    for way in entity.owned_by:
        here, steps = entity, []
        for step in way.split("."):
            steps.append(called[here.name].called[step])
            target = next(relation.target for relation in here.relations if relation.name == step)
            here = here if target == USER else blueprint.entity(target)
        ways.append(".".join(steps))
    return tuple(ways)
