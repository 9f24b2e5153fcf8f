"""Roles of a blueprint in Markdown, and a table of what each of them may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import VISITOR
from flows.stages.blueprint.comparing import lowered
from flows.stages.blueprint.escaping import article, escaped

if TYPE_CHECKING:
    from flows.contracts import Blueprint, BlueprintEntity, BlueprintGrant

NOTHING = "nothing"


def roles(blueprint: Blueprint) -> list[str]:
    """Lines of the list of roles."""
    lines = []
    for role in blueprint.roles:
        said = ["may sign up" if role.signs_up else "gets an account from an admin"]
        if role.profile is not None:
            said.append(f"described by {article(role.profile)}")
        lines.append(f"- **{escaped(role.label)}**: {', '.join(said)}")
    return lines


def permissions(blueprint: Blueprint) -> list[str]:
    """Lines of the table: a row per entity, a column per role; `own` means rows that are theirs."""
    columns = [(role.name, role.label) for role in blueprint.roles]
    if any(grant.role == VISITOR for grant in blueprint.grants):
        columns.insert(0, (VISITOR, "Visitor"))
    if not blueprint.grants:
        return []
    lines = [
        f"| | {' | '.join(escaped(label) for _, label in columns)} |",
        f"|---|{'---|' * len(columns)}",
    ]
    for entity in blueprint.entities:
        about = [grant for grant in blueprint.grants if grant.entity == entity.name]
        cells = [_cell([grant for grant in about if grant.role == name], entity) for name, _ in columns]
        lines.append(f"| **{escaped(entity.label)}** | {' | '.join(cells)} |")
    return lines


def _cell(grants: list[BlueprintGrant], entity: BlueprintEntity) -> str:
    """Everything one role may do with an entity, by how far it reaches: 'see; own: edit, delete'."""
    labels = {move.name: lowered(move.label) for move in (entity.states.transitions if entity.states else ())}
    reaches: dict[str, list[str]] = {}
    for grant in grants:
        reach = "own" if grant.scope == "own" else ""
        if grant.statuses:
            reach = f"{reach} while {' or '.join(escaped(status) for status in grant.statuses)}".strip()
        reaches.setdefault(reach, []).append(escaped(labels.get(grant.action, grant.action)))
    parts = [
        f"{reach}: {', '.join(doing)}" if reach else ", ".join(doing) for reach, doing in reaches.items()
    ]
    return "; ".join(parts) or NOTHING


def whose(blueprint: Blueprint) -> list[str]:
    """Lines that say whose a row is."""
    lines = []
    for entity in blueprint.entities:
        ways = [" → ".join(way.split(".")) for way in entity.owned_by]
        said = f"the people at {' and '.join(ways)}" if ways else "who entered it"
        lines.append(f"- A row of **{escaped(entity.label)}** belongs to {said}")
    return lines
