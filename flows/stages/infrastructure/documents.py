"""Parts of the README that are more than text: the diagram of the entities, rules, who may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import VISITOR, FieldKind
from flows.rendering.bounds import plain
from flows.rendering.literals import markdown
from flows.rendering.patterns import written

if TYPE_CHECKING:
    from flows.rendering import ApplicationPlan, EntityPlan, FieldPlan
    from flows.rendering.access import AccessPlan

VISITORS = "Visitors"


def diagram(app: ApplicationPlan) -> str:
    """An entity-relationship diagram in Mermaid; made of identifiers only."""
    lines = ["erDiagram"]
    for entity in app.entities:
        lines.append(f"    {entity.name} {{")
        lines.append("        int id PK")
        for field in entity.fields:
            kind = field.kind.value.replace(" ", "_").replace("/", "_")
            lines.append(f"        {kind} {field.name}{' UK' if field.unique else ''}")
        lines += [f"        int {relation.column} FK" for relation in entity.relations]
        lines.append("    }")
    for entity in app.entities:
        for relation in entity.relations:
            line = "||--o{" if relation.required else "|o--o{"
            lines.append(f"    {relation.target.name} {line} {entity.name} : {relation.name}")
    return "\n".join(lines)


def rules(field: FieldPlan) -> str:
    """What a field demands, in words."""
    said = ["required"] if field.required and field.kind is not FieldKind.YES_NO else []
    if field.unique:
        said.append("unique")
    if field.minimum is not None:
        said.append(f"at least {plain(field.minimum)}")
    if field.maximum is not None:
        said.append(f"at most {plain(field.maximum)}")
    if field.min_length > 1:
        said.append(f"at least {field.min_length} characters")
    if field.max_length is not None:
        said.append(f"at most {field.max_length} characters")
    if field.pattern:
        said.append(f"matches {markdown(written(field.pattern))}")
    said += [f"{item.how} {markdown(item.label)}" for item in field.comparisons]
    return ", ".join(said)


def permissions(app: ApplicationPlan, access: AccessPlan) -> str:
    """A table of who may do what: a row per entity, a column per role."""
    people = {role.name: role.label for role in access.roles}
    if any(grant.role == VISITOR for grant in access.grants):
        people[VISITOR] = VISITORS
    lines = [_line(["", *map(markdown, people.values())]), _line(["---"] * (len(people) + 1))]
    for entity in app.entities:
        cells = [_may(access, role, entity) for role in people]
        lines.append(_line([markdown(entity.label_plural), *cells]))
    return "\n".join(lines)


def _may(access: AccessPlan, role: str, entity: EntityPlan) -> str:
    said = []
    for action in access.actions(entity):
        for grant in access.grants_of(role, entity, action):
            scope = "own" if grant.scope == "own" else "all"
            when = f" while {markdown(' or '.join(grant.statuses))}" if grant.statuses else ""
            said.append(f"{action.replace('_', ' ')} {scope}{when}")
    return ", ".join(said) or "nothing"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def label(app: ApplicationPlan, name: str) -> str:
    """What people call the entity of that class name."""
    return next(entity.label for entity in app.entities if entity.name == name)
