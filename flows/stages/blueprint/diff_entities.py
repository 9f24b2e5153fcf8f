"""What differs between two versions of an entity: its fields, relations and statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from flows.contracts import (
    USER,
    BlueprintEntity,
    BlueprintField,
    BlueprintRelation,
    BlueprintStates,
    BlueprintTransition,
)
from flows.stages.blueprint.comparing import (
    ORIGIN,
    Wording,
    attributes,
    bounded,
    listed,
    lowered,
    matched,
    quoted,
    switched,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.contracts import BlueprintComparison

Part = TypeVar("Part", bound=BlueprintField | BlueprintRelation)

_DELETING = {
    "restrict": "keep it from being deleted",
    "set null": "lose the reference",
    "cascade": "are deleted with it",
}


def _now(what: str) -> Wording:
    return lambda old, now: f"{what} {quoted(now)} (before: {quoted(old)})"


def _comparisons(old: tuple[BlueprintComparison, ...], now: tuple[BlueprintComparison, ...]) -> str:
    said = [f"must now be {bound.how} {bound.field}" for bound in now if bound not in old]
    said += [f"need no longer be {bound.how} {bound.field}" for bound in old if bound not in now]
    return " and ".join(said) or "is compared in another order"


_COMMON: dict[str, Wording] = {
    "label": _now("is now called"),
    "required": switched("is now required", "may now be empty"),
    "description": _now("is now described as"),
    **ORIGIN,
}
_FIELD: dict[str, Wording] = {
    **_COMMON,
    "kind": lambda old, now: f"is now {now.value} (before: {old.value})",
    "unique": switched("is now unique", "need no longer be unique"),
    "minimum": bounded("is now at least {}", "has no least value any more"),
    "maximum": bounded("is now at most {}", "has no greatest value any more"),
    "min_length": bounded("has now at least {} characters", "may now be short"),
    "max_length": bounded("has now at most {} characters", "may now be long"),
    "min_bytes": bounded("has now at least {} bytes", "may now be small"),
    "max_bytes": bounded("has now at most {} bytes", "may now be big"),
    "pattern": bounded("must now match {}", "need no longer match a pattern"),
    "choices": listed("now offers {} too", "no longer offers {}", "offers its choices in another order:"),
    "labels": _now("shows its choices now as"),
    "comparisons": _comparisons,
    "default": bounded("begins now as {}", "begins empty now"),
    "currency": _now("is now in"),
}
_RELATION: dict[str, Wording] = {
    **_COMMON,
    "target": _now("now leads to"),
    "kind": lambda old, now: f"is now {now} (before: {old})",
    "on_delete": lambda old, now: (
        f"when what it leads to is deleted, these rows now {_DELETING[now]} (before: {_DELETING[old]})"
    ),
    "back_label": _now("is called from the other side now"),
    "shows": _now("is shown in pickers now by"),
}
_ENTITY: dict[str, Wording] = {
    **_COMMON,
    "label": _now("the thing is now called"),
    "label_plural": _now("several are now called"),
    "display_field": _now("a row is now shown by"),
    "owned_by": _now("a row belongs now to the people at"),
    "slug": _now("its address is now"),
}
_STATES: dict[str, Wording] = {
    **ORIGIN,
    "field": _now("is now kept in"),
    "initial": _now("begins now as"),
}
_MOVE: dict[str, Wording] = {
    **ORIGIN,
    "label": _now("is now called"),
    "from_statuses": listed("may now be done from {} too", "can no longer be done from {}", "starts from"),
    "to_status": _now("now leads to"),
}
_NESTED = frozenset({"fields", "relations", "states", "transitions"})
_ALL = frozenset(
    name
    for kind in (BlueprintEntity, BlueprintField, BlueprintRelation, BlueprintStates, BlueprintTransition)
    for name in kind.model_fields
)
_WORDS = frozenset({"because"})


def entity_differences(before: BlueprintEntity, after: BlueprintEntity) -> Iterator[str]:
    """Sentences about one entity that is in both versions, each beginning with its name."""
    yield from (f"{after.label}: {words}" for words in _entity(before, after, without=_WORDS | _NESTED))


def entity_notes(before: BlueprintEntity, after: BlueprintEntity) -> Iterator[str]:
    """The same about the words that items come from, on which nobody decides."""
    yield from (f"{after.label}: {words}" for words in _entity(before, after, without=_ALL - _WORDS))


def _entity(before: BlueprintEntity, after: BlueprintEntity, *, without: frozenset[str]) -> Iterator[str]:
    yield from attributes(before, after, _ENTITY, without=without)
    yield from _parts(before.fields, after.fields, "fields", _FIELD, without=without)
    yield from _parts(before.relations, after.relations, "relations", _RELATION, without=without)
    yield from _states(before.states, after.states, without=without)


def new_entity(entity: BlueprintEntity) -> str:
    """One sentence about an entity that was not there."""
    holds = [_field(field) for field in entity.fields]
    holds += [f"{lowered(relation.label)} ({relation.target})" for relation in entity.relations]
    return f"{entity.label} is new: {', '.join(holds) or 'without fields'}"


def _field(field: BlueprintField) -> str:
    return f"{lowered(field.label)} ({field.kind.value})"


def _parts(
    before: Sequence[BlueprintField | BlueprintRelation],
    after: Sequence[BlueprintField | BlueprintRelation],
    what: str,
    wording: Mapping[str, Wording],
    *,
    without: frozenset[str],
) -> Iterator[str]:
    """Fields or relations: what is renamed, what differs, what is new, what is gone, and their order."""
    found = matched(before, after, lambda part: part.name)
    pairs = _renamed(found.gone, found.new)
    was, is_now = {old.name for old, _ in pairs}, {now.name for _, now in pairs}
    for old, now in pairs:
        yield f"{lowered(old.label)} is renamed to {lowered(now.label)} ({old.name} to {now.name})"
    for old, now in found.both:
        yield from (
            f"{lowered(now.label)} {words}" for words in attributes(old, now, wording, without=without)
        )
    yield from (_new(part) for part in found.new if part.name not in is_now)
    yield from (f"{lowered(part.label)} is gone" for part in found.gone if part.name not in was)
    if found.moved:
        yield f"its {what} are in another order: {', '.join(part.name for part in after)}"


def _new(part: BlueprintField | BlueprintRelation) -> str:
    return f"has a new field: {_field(part)}" if isinstance(part, BlueprintField) else f"{_leads(part)} now"


def _leads(relation: BlueprintRelation) -> str:
    target = "the people who sign in" if relation.target == USER else relation.target
    how = {"belongs to": "belongs to", "one to one": "has one", "many to many": "has many"}[relation.kind]
    return f"{how} {target} as {lowered(relation.label)}"


def _renamed(gone: list[Part], new: list[Part]) -> list[tuple[Part, Part]]:
    """Pairs of what is gone and what is new that differ in nothing but their names; each one once."""
    names = {"name", "label", "source", "because"}
    pairs = []
    left = list(new)
    for old in gone:
        same = (now for now in left if old.model_dump(exclude=names) == now.model_dump(exclude=names))
        found = next(same, None)
        if found is not None:
            pairs.append((old, found))
            left.remove(found)
    return pairs


def _states(
    before: BlueprintStates | None, after: BlueprintStates | None, *, without: frozenset[str]
) -> Iterator[str]:
    if before is None or after is None:
        if after is not None:
            yield f"has statuses now: it begins as {quoted(after.initial)}"
            yield from (f"one can now {_move(move)}" for move in after.transitions)
        elif before is not None:
            yield "has no statuses any more"
        return
    yield from (f"its status {words}" for words in attributes(before, after, _STATES, without=without))
    found = matched(before.transitions, after.transitions, lambda move: move.name)
    for old, now in found.both:
        yield from (f"{lowered(now.label)} {words}" for words in attributes(old, now, _MOVE, without=without))
    yield from (f"one can now {_move(move)}" for move in found.new)
    yield from (f"one can no longer {_move(move)}" for move in found.gone)
    if found.moved:
        yield f"its actions are in another order: {', '.join(move.name for move in after.transitions)}"


def _move(move: BlueprintTransition) -> str:
    return f"{lowered(move.label)} it: from {quoted(move.from_statuses)} to {quoted(move.to_status)}"
