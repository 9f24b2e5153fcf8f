"""Single permissions before they are settled: how they narrow, hold and join each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.contracts import VISITOR, BlueprintGrant, Scope, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.contracts import BlueprintEntity

SEE, CREATE, EDIT, DELETE = "see", "create", "edit", "delete"
ACTIONS = (SEE, CREATE, EDIT, DELETE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """One role may do one thing with rows of one entity; `statuses` () means whatever the status is."""

    role: str
    action: str
    scope: Scope = "all"
    statuses: tuple[str, ...] = ()
    source: Source = "default"
    because: str

    def holds(self, other: Permit) -> bool:
        """Whether everything that the other one permits is permitted by this one already."""
        return (
            (self.role, self.action) == (other.role, other.action)
            and (self.scope == "all" or other.scope == "own")
            and (not self.statuses or (bool(other.statuses) and set(other.statuses) <= set(self.statuses)))
        )


def possible_statuses(entity: BlueprintEntity, action: str) -> tuple[str, ...]:
    """The statuses in which a row can be when the action is done to it; () when it has none."""
    if entity.states is None or action == CREATE:
        return ()
    for transition in entity.states.transitions:
        if transition.name == action:
            return transition.from_statuses
    field = next(field for field in entity.fields if field.name == entity.states.field)
    return field.choices


def joined(permits: Iterable[Permit]) -> list[Permit]:
    """The permits without those that another one holds; of two that say the same the first one stays."""
    kept: list[Permit] = []
    for permit in permits:
        if any(known.holds(permit) for known in kept):
            continue
        kept = [known for known in kept if not permit.holds(known)]
        kept.append(permit)
    return kept


def only_in(permit: Permit, statuses: Iterable[str], entity: BlueprintEntity) -> Permit | None:
    """The permit for rows in one of these statuses; None when it then permits nothing."""
    possible = possible_statuses(entity, permit.action)
    wanted = set(statuses)
    left = tuple(status for status in permit.statuses or possible if status in wanted)
    if not left and possible:
        return None
    return replace(permit, statuses=() if set(left) == set(possible) else left)


def in_sight(permits: list[Permit], entity: BlueprintEntity) -> list[Permit]:
    """Everything but seeing cut down to what the same role may see: a hidden row cannot be acted on."""
    seeing = [permit for permit in permits if permit.action == SEE]
    kept = []
    for permit in permits:
        # A visitor may enter a row that they never see again.
        if permit.action == SEE or (permit.role, permit.action) == (VISITOR, CREATE):
            kept.append(permit)
            continue
        for sight in seeing:
            if sight.role == permit.role:
                seen = replace(permit, scope="own") if sight.scope == "own" else permit
                cut = only_in(seen, sight.statuses, entity) if sight.statuses else seen
                if cut is not None:
                    kept.append(cut)
    return joined(kept)


def granted(permits: Iterable[Permit], entity: BlueprintEntity) -> tuple[BlueprintGrant, ...]:
    """The grants of one entity."""
    return tuple(
        BlueprintGrant(
            role=permit.role,
            entity=entity.name,
            action=permit.action,
            scope=permit.scope,
            statuses=permit.statuses,
            source=permit.source,
            because=permit.because,
        )
        for permit in permits
    )
