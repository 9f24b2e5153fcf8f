"""Pictures of a blueprint as text: entities and their relations, and the statuses of one entity."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.contracts import USER
from flows.stages.blueprint.escaping import dot, mermaid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import Blueprint, BlueprintEntity, BlueprintRelation

_FIELDS_SHOWN = 12  # in the graph of the whole; the Markdown lists all of them


def er_diagram(blueprint: Blueprint) -> str:
    """Mermaid text of the entities, the people who sign in, and their relations with cardinalities."""
    lines = ["erDiagram"]
    for entity in blueprint.entities:
        lines.append(f"    {entity.name} {{")
        for field in entity.fields:
            kind = re.sub(r"[ /]", "_", field.kind.value)
            lines.append(f"        {kind} {field.name}{' UK' if field.unique else ''}")
        lines.append("    }")
    if any(relation.target == USER for _, relation in _relations(blueprint)):
        lines += [
            f"    {USER} {{",
            "        email email UK",
            "        text name",
            "        text role",
            "    }",
        ]
    for entity, relation in _relations(blueprint):
        ends = _ends(relation)
        lines.append(f'    {relation.target} {ends} {entity.name} : "{mermaid(relation.label)}"')
    return "\n".join(lines) + "\n"


def _relations(blueprint: Blueprint) -> Iterator[tuple[BlueprintEntity, BlueprintRelation]]:
    for entity in blueprint.entities:
        for relation in entity.relations:
            yield entity, relation


def _ends(relation: BlueprintRelation) -> str:
    """Crow's feet from the target to the holder: how many of the one there are for one of the other."""
    if relation.kind == "many to many":
        return "}|--o{" if relation.required else "}o--o{"
    target = "||" if relation.required else "|o"
    return f"{target}--o|" if relation.kind == "one to one" else f"{target}--o{{"


def state_diagram(entity: BlueprintEntity) -> str:
    """Mermaid text of an entity's statuses and actions; '' when it has none."""
    if entity.states is None:
        return ""
    field = next(field for field in entity.fields if field.name == entity.states.field)
    labels = field.labels or field.choices
    ids = {choice: f"s{number}" for number, choice in enumerate(field.choices)}
    lines = ["stateDiagram-v2"]
    lines += [
        f'    state "{mermaid(label)}" as {ids[choice]}'
        for choice, label in zip(field.choices, labels, strict=True)
    ]
    lines.append(f"    [*] --> {ids[entity.states.initial]}")
    for move in entity.states.transitions:
        for origin in move.from_statuses:
            lines.append(f"    {ids[origin]} --> {ids[move.to_status]} : {mermaid(move.label)}")
    return "\n".join(lines) + "\n"


def graph(blueprint: Blueprint) -> str:
    """DOT text of the entities with their fields, and of their relations; drawn left to right."""
    lines = [
        "digraph blueprint {",
        '    graph [rankdir="LR"]',
        '    node [shape="box", fontname="sans-serif", fontsize="10"]',
        '    edge [fontname="sans-serif", fontsize="9", dir="both"]',
    ]
    for entity in blueprint.entities:
        shown = [dot(field.label) for field in entity.fields[:_FIELDS_SHOWN]]
        if len(entity.fields) > _FIELDS_SHOWN:
            shown.append(f"and {len(entity.fields) - _FIELDS_SHOWN} more")
        rows = "".join(f"{row}\\l" for row in shown)
        lines.append(f'    "{entity.name}" [label="{dot(entity.label)}\\n{rows}"]')
    if any(relation.target == USER for _, relation in _relations(blueprint)):
        lines.append(f'    "{USER}" [label="People who sign in", style="rounded"]')
    for entity, relation in _relations(blueprint):
        head = "crow" if relation.kind == "many to many" else "tee" if relation.required else "teeodot"
        tail = "tee" if relation.kind == "one to one" else "crow"
        lines.append(
            f'    "{entity.name}" -> "{relation.target}" '
            f'[label="{dot(relation.label)}", arrowhead="{head}", arrowtail="{tail}"]'
        )
    return "\n".join([*lines, "}"]) + "\n"
