"""Entities of a blueprint in Markdown: what they hold, how they hang together, and their statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import USER
from flows.stages.blueprint.comparing import lowered
from flows.stages.blueprint.diagrams import state_diagram
from flows.stages.blueprint.escaping import escaped

if TYPE_CHECKING:
    from flows.contracts import BlueprintEntity, BlueprintField, BlueprintRelation, BlueprintTransition

_BOUNDS = (
    ("at least {:g}", "minimum"),
    ("at most {:g}", "maximum"),
    ("at least {:g} characters", "min_length"),
    ("at most {:g} characters", "max_length"),
    ("at least {:g} bytes", "min_bytes"),
    ("at most {:g} bytes", "max_bytes"),
)
_DELETED = {
    "restrict": "a row in use cannot be deleted",
    "set null": "emptied when that row is deleted",
    "cascade": "deleted together with that row",
}


def thing(entity: BlueprintEntity, *, picture: bool) -> list[str]:
    """Lines of the section about one entity; `picture`: with a diagram of its statuses, else in words."""
    lines = [f"### {escaped(entity.label)}", ""]
    if entity.description:
        lines += [escaped(entity.description), ""]
    lines += [f"- **{escaped(field.label)}**: {_field(field, entity)}" for field in entity.fields]
    lines += [f"- **{escaped(relation.label)}**: {_relation(relation)}" for relation in entity.relations]
    if entity.states is not None and picture:
        lines += ["", "```mermaid", state_diagram(entity).rstrip("\n"), "```"]
    elif entity.states is not None:
        lines += [f"- {_move(move)}" for move in entity.states.transitions]
    return [*lines, ""]


def _move(move: BlueprintTransition) -> str:
    origins = " or ".join(escaped(status) for status in move.from_statuses)
    return f"**{escaped(move.label)}**: from {origins} to {escaped(move.to_status)}"


def _field(field: BlueprintField, entity: BlueprintEntity) -> str:
    said = [field.kind.value]
    if field.currency:
        said.append(f"in {escaped(field.currency)}")
    if field.choices:
        said.append("one of " + ", ".join(escaped(choice) for choice in field.labels or field.choices))
    said += [word for word, wanted in (("required", field.required), ("unique", field.unique)) if wanted]
    for words, bound in _BOUNDS:
        limit = getattr(field, bound)
        if limit is not None:
            said.append(words.format(limit))
    labels = {other.name: lowered(other.label) for other in entity.fields}
    said += [
        f"{comparison.how} {escaped(labels.get(comparison.field, comparison.field))}"
        for comparison in field.comparisons
    ]
    if field.pattern is not None:
        said.append(f"matches {escaped(field.pattern)}")
    if field.default is not None:
        said.append(f"begins as {escaped(field.default)}")
    if entity.states is not None and field.name == entity.states.field:
        said.append("changed by actions only")
    return ", ".join(said)


def _relation(relation: BlueprintRelation) -> str:
    target = "the people who sign in" if relation.target == USER else relation.target
    if relation.kind == "many to many":
        least = "at least one" if relation.required else "any number"
        said = f"{least} of {target}, each of which may have several"
        return f"{said}; the links go when either side is deleted"
    how = "belongs to" if relation.kind == "belongs to" else "one to one with"
    need = "required" if relation.required else "may be empty"
    return f"{how} {target}, {need}; {_DELETED[relation.on_delete]}"
