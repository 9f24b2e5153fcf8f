"""What a change made of an interview, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language.edits import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import Interview, InterviewEntity, InterviewField, InterviewRelation, InterviewRule

_SAYING = ("because", "source")


def told(before: Interview, after: Interview) -> Iterator[str]:
    """One sentence for each thing, field, relation and rule that came, went or changed."""
    old = {entity.name: entity for entity in before.entities}
    new = {entity.name: entity for entity in after.entities}
    for name, entity in new.items():
        if name in old:
            yield from _of_entity(old[name], entity)
        else:
            names = ", ".join(part.name for part in parts(entity))
            yield f"{name} is new" + (f", with {names}" if names else "")
    yield from (f"{name} is not kept any more" for name in old if name not in new)
    yield from (f"New rule: {_rule(rule)}" for rule in after.rules if rule not in before.rules)


def _of_entity(old: InterviewEntity, new: InterviewEntity) -> Iterator[str]:
    name = new.name
    before = {part.name: part for part in parts(old)}
    after = {part.name: part for part in parts(new)}
    for called, part in after.items():
        if called in before:
            yield from _of_part(name, before[called], part)
        else:
            yield f"{name}: {called} is new, {_kind(part)}"
    yield from (f"{name}: {called} is not kept any more" for called in before if called not in after)
    if old.description != new.description:
        yield f"{name} is described anew"
    if old.shown_by != new.shown_by and new.shown_by:
        yield f"{name} is known by its {new.shown_by}"


def _of_part(
    name: str, old: InterviewField | InterviewRelation, new: InterviewField | InterviewRelation
) -> Iterator[str]:
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    for what, value in after.items():
        if what in _SAYING or before.get(what) == value:
            continue
        said = what.replace("_", " ")
        if isinstance(value, bool):
            yield f"{name}: {new.name} is {'now' if value else 'no longer'} {said}"
        else:
            yield f"{name}: {said} of {new.name} is now {_shown(value)}"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(part) for part in value) or "empty"
    if isinstance(value, dict):
        return " ".join(map(str, value.values()))
    return f"{value:g}" if isinstance(value, float) else "open" if value is None else str(value)


def _kind(part: InterviewField | InterviewRelation) -> str:
    entity = getattr(part, "entity", None)
    return f"{getattr(part, 'kind', '')} {entity}" if entity else f"{getattr(part, 'kind', '')}"


def _rule(rule: InterviewRule) -> str:
    doing = rule.verb or ", ".join(rule.actions)
    may = "may" if rule.allowed else "may not"
    own = "their own " if rule.own else ""
    return f"{', '.join(rule.who)} {may} {doing} {own}{rule.entity}"
