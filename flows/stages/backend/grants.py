"""Grants as the lines of the application's policy: one line each, under the words they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.rendering.layout import WIDTH, columns, laid_out, sequence
from flows.rendering.literals import python

if TYPE_CHECKING:
    from flows.rendering import ApplicationPlan, EntityPlan
    from flows.rendering.access import AccessPlan, GrantPlan, StatesPlan, TransitionPlan

INDENT = 4


def by_entity(app: ApplicationPlan, access: AccessPlan) -> list[tuple[EntityPlan, list[str]]]:
    """The lines of every entity that has grants, in the founder's order."""
    found = []
    for entity in app.entities:
        grants = [grant for grant in access.grants if grant.entity == entity.name]
        if grants:
            found.append((entity, _lines(grants)))
    return found


def _lines(grants: list[GrantPlan]) -> list[str]:
    lines: list[str] = []
    said = ""
    for grant in grants:
        if grant.because != said:
            said = grant.because
            comment = f"# {said}"
            if said and INDENT + columns(comment) <= WIDTH:
                lines.append(comment)
        lines.append(_line(grant))
    return lines


def _line(grant: GrantPlan) -> str:
    items = [f'"{grant.role}"', f'"{grant.action}"', f'"{grant.entity}"', grant.scope.upper()]
    if grant.statuses:
        items.append(sequence("", list(map(python, grant.statuses)), INDENT + 4, 1))
    return laid_out("Grant(", items, ")", INDENT, 1) + ","


def sources(states: StatesPlan, transition: TransitionPlan) -> str:
    """The statuses that a transition leads away from, as members of the enumeration."""
    return sequence("sources=", [states.member(status) for status in transition.sources], 12, 1)
