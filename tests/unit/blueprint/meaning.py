"""A plan in few lines, as a reader would check it: things, people, permissions, and what is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.contracts import Blueprint, BlueprintEntity

_BOUNDS = ("minimum", "maximum", "min_length", "max_length", "max_bytes", "currency", "default")


def meaning(plan: Blueprint) -> dict[str, Any]:
    """Everything that the words of an interview came to."""
    stated = {trace.words for trace in plan.traces}
    return {
        "entities": {entity.name: _lines(entity) for entity in plan.entities},
        "roles": [role.name for role in plan.roles],
        "grants": _grants(plan),
        "asked": [question.words for question in plan.open_questions if question.words in stated],
        "not built": list(dict.fromkeys(wish.words for wish in plan.not_built)),
    }


def _lines(entity: BlueprintEntity) -> list[str]:
    made = []
    for field in entity.fields:
        values = field.model_dump(mode="json")
        said = [name for name in ("required", "unique") if values[name]]
        said += [f"{name}={values[name]}" for name in _BOUNDS if values[name] is not None]
        said += [f"{bound.how} {bound.field}" for bound in field.comparisons]
        said += [f"({', '.join(field.choices)})"] if field.choices else []
        made.append(" ".join([f"{field.name} <{field.kind.value}>", *said]))
    for relation in entity.relations:
        kind = "" if relation.kind == "belongs to" else f" {relation.kind}"
        made.append(f"{relation.name} -> {relation.target}{kind}{' required' if relation.required else ''}")
    moves = entity.states.transitions if entity.states else ()
    return made + [f"{move.name}: {' or '.join(move.from_statuses)} => {move.to_status}" for move in moves]


def _grants(plan: Blueprint) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, list[str]]] = {}
    for grant in plan.grants:
        if grant.role != "admin":
            when = f" while {' or '.join(grant.statuses)}" if grant.statuses else ""
            said = f"{grant.action}{' own' if grant.scope == 'own' else ''}{when}"
            found.setdefault(grant.role, {}).setdefault(grant.entity, []).append(said)
    return {role: {name: ", ".join(said) for name, said in of.items()} for role, of in found.items()}
