"""Features as ways through the application, and the permissions that they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flows.contracts import ADMIN, BlueprintEntity, BlueprintRole, Journey
from flows.stages.blueprint.comparing import lowered
from flows.stages.blueprint.deeds import deeds
from flows.stages.blueprint.escaping import done_to
from flows.stages.blueprint.ownership import owners
from flows.stages.blueprint.permits import SEE, Permit
from flows.stages.blueprint.roles import Person
from flows.stages.blueprint.rules import Unused

if TYPE_CHECKING:
    from flows.contracts import BlueprintGrant
    from flows.stages.blueprint.deeds import Deed

_REFUSED = "The rules do not let {who} do this: {steps}. Its way leaves that out. Should a rule let them?"

Cells = set[tuple[str, str, str]]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The features that can be built, read against the plan's people and things."""

    features: tuple[str, ...]
    known: tuple[Person, ...]
    roles: tuple[BlueprintRole, ...]
    entities: tuple[BlueprintEntity, ...]

    @cached_property
    def _said(self) -> list[tuple[str, tuple[Deed, ...]]]:
        return [
            (feature, deeds(feature, known=self.known, entities=self.entities)) for feature in self.features
        ]

    def permits(self) -> dict[str, list[Permit]]:
        """What features let a role do, by class name of the entity; only of those that say who does it."""
        by_name = {entity.name: entity for entity in self.entities}
        made: dict[str, list[Permit]] = {}
        for feature, said in self._said:
            for deed in said:
                if deed.role is not None:
                    permit = Permit(
                        role=deed.role,
                        action=deed.action,
                        scope="own" if self._is_own(deed, by_name) else "all",
                        source="inferred",
                        because=feature,
                    )
                    made.setdefault(deed.entity, []).append(permit)
        return made

    def _is_own(self, deed: Deed, by_name: dict[str, BlueprintEntity]) -> bool:
        """Whether a wish is about one's own rows: it says so, or such rows belong to such people."""
        if deed.own or deed.action == SEE:
            return deed.own
        profile = next((role.profile for role in self.roles if role.name == deed.role), None)
        return profile is not None and profile in owners(by_name[deed.entity], by_name)

    def asked(self) -> dict[tuple[str, str], str]:
        """By action and class name of the entity, the first feature that says it is done."""
        first: dict[tuple[str, str], str] = {}
        for feature, said in self._said:
            for deed in said:
                first.setdefault((deed.action, deed.entity), feature)
        return first

    def journeys(self, grants: tuple[BlueprintGrant, ...]) -> tuple[Journey, ...]:
        """One way per feature that is about something kept, by a role that may go it."""
        cells = {(grant.role, grant.action, grant.entity) for grant in grants}
        made = []
        for feature, said in self._said:
            role = said[0].role if said and said[0].role else self._somebody(said, cells)
            steps = tuple(
                (deed.action, deed.entity) for deed in said if (role, deed.action, deed.entity) in cells
            )
            if steps:
                made.append(Journey(feature=feature, role=role, steps=steps))
        return tuple(made)

    def left_out(self, grants: tuple[BlueprintGrant, ...]) -> list[Unused]:
        """Steps that whom a feature names may not take, so that its way leaves them out."""
        cells = {(grant.role, grant.action, grant.entity) for grant in grants}
        things = {entity.name: lowered(entity.label) for entity in self.entities}
        people = {role.name: role.label for role in self.roles}
        asked = []
        for feature, said in self._said:
            refused = [
                deed for deed in said if deed.role and (deed.role, deed.action, deed.entity) not in cells
            ]
            if refused:
                steps = ", ".join(
                    done_to(deed.action.replace("_", " "), things[deed.entity]) for deed in refused
                )
                question = _REFUSED.format(who=people[refused[0].role or ""], steps=steps)
                asked.append(Unused(words=feature, question=question))
        return asked

    def _somebody(self, said: tuple[Deed, ...], cells: Cells) -> str:
        """The first role that may do all of it; the admin when none may."""
        for person in self.known:
            if all((person.name, deed.action, deed.entity) in cells for deed in said):
                return person.name
        return ADMIN
