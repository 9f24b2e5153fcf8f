"""Parts of the README that are more than text: the diagram of the entities, and rules in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.bounds import plain
from flows.rendering.literals import markdown
from flows.rendering.patterns import written

if TYPE_CHECKING:
    from flows.rendering import ApplicationPlan, FieldPlan


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
