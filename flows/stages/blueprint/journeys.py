"""Features as ways through the application, and the permissions that they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import ADMIN, Journey
from flows.stages.blueprint.deeds import deeds
from flows.stages.blueprint.ownership import owners
from flows.stages.blueprint.permits import SEE, Permit

if TYPE_CHECKING:
    from flows.contracts import BlueprintEntity, BlueprintGrant, NotBuilt
    from flows.stages.blueprint.deeds import Deed
    from flows.stages.blueprint.roles import Person


def wishes(
    features: tuple[str, ...], *, known: tuple[Person, ...], entities: tuple[BlueprintEntity, ...]
) -> dict[str, list[Permit]]:
    """What features let a role do, by class name of the entity; only of those that say who does it."""
    by_name = {entity.name: entity for entity in entities}
    made: dict[str, list[Permit]] = {}
    for feature in features:
        for deed in deeds(feature, known=known, entities=entities):
            if deed.role is not None:
                permit = Permit(
                    role=deed.role,
                    action=deed.action,
                    scope="own" if _is_own(deed, known, by_name) else "all",
                    source="inferred",
                    because=feature,
                )
                made.setdefault(deed.entity, []).append(permit)
    return made


def _is_own(deed: Deed, known: tuple[Person, ...], by_name: dict[str, BlueprintEntity]) -> bool:
    """Whether a wish is about one's own rows: it says so, or rows of that kind belong to such people."""
    if deed.own or deed.action == SEE:
        return deed.own
    profile = next((person.profile for person in known if person.name == deed.role), None)
    return profile is not None and profile in owners(by_name[deed.entity], by_name)


def journeys(
    features: tuple[str, ...],
    *,
    known: tuple[Person, ...],
    entities: tuple[BlueprintEntity, ...],
    grants: tuple[BlueprintGrant, ...],
    unbuildable: tuple[NotBuilt, ...],
) -> tuple[Journey, ...]:
    """One way per feature that can be built and is about something kept, by a role that may go it."""
    refused = {wish.words for wish in unbuildable}
    cells = {(grant.role, grant.action, grant.entity) for grant in grants}
    made = []
    for feature in features:
        if feature in refused:
            continue
        said = deeds(feature, known=known, entities=entities)
        role = said[0].role if said and said[0].role else _somebody(said, known, cells)
        steps = tuple(
            (deed.action, deed.entity) for deed in said if (role, deed.action, deed.entity) in cells
        )
        if steps:
            made.append(Journey(feature=feature, role=role, steps=steps))
    return tuple(made)


def _somebody(said: tuple[Deed, ...], known: tuple[Person, ...], cells: set[tuple[str, str, str]]) -> str:
    """The first role that may do all of it; the admin when none may."""
    for person in known:
        if all((person.name, deed.action, deed.entity) in cells for deed in said):
            return person.name
    return ADMIN
