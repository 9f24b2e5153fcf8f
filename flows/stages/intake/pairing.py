"""Relations as they were written become the ones that are kept: each held by one side, said once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.contracts import USER, InterviewRelation
from flows.stages.intake.problems import quoted
from flows.stages.intake.targets import called_after
from flows.stages.intake.tree import Mark
from flows.stages.intake.values import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.contracts import RelationKind
    from flows.stages.intake.problems import Problems
    from flows.stages.intake.relations import SaidRelation
    from flows.stages.intake.statements import Statements

_KINDS: dict[str, RelationKind] = {
    "belongs_to": "belongs to",
    "has_one": "one to one",
    "many_to_many": "many to many",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRelation:
    """A relation under the entity that holds the reference, with its place in the document."""

    entity: str
    relation: InterviewRelation
    mark: Mark
    where: str


def paired(
    said: Iterable[SaidRelation], problems: Problems, statements: Statements
) -> tuple[HeldRelation, ...]:
    """The relations by who holds them, each a statement; one that is said from both sides is there once."""
    relations = tuple(said)
    held = [_held(relation) for relation in relations if relation.verb == "belongs_to"]
    for relation in relations:
        statements.add(relation.mark, relation.where, relation.because)
        if relation.verb == "has_many":
            _pair_many(relation, held, problems)
        elif relation.verb == "has_one":
            _pair_one(relation, held)
        elif relation.verb == "many_to_many":
            _pair_many_to_many(relation, held)
    _note_doubles(held, problems)
    return tuple(sorted(held, key=lambda one: (one.mark.line, one.mark.column)))


def _held(said: SaidRelation) -> HeldRelation:
    return HeldRelation(
        entity=said.entity,
        relation=InterviewRelation(
            name=said.name,
            entity=said.target,
            kind=_KINDS[said.verb],
            required=said.required,
            back=said.back,
            back_required=said.back_required,
            shows=said.shows,
            description=said.description,
            because=said.because,
        ),
        mark=said.mark,
        where=said.where,
    )


def _pair_many(said: SaidRelation, held: list[HeldRelation], problems: Problems) -> None:
    """`has_many` is `belongs_to`, said from the other side."""
    if said.target == USER:
        problems.add(
            said.mark,
            said.where,
            "the people who sign in cannot belong to an entity",
            "Write many_to_many: user, or give the entity that describes such people 'has_one: user'.",
        )
        return
    ways = _ways_back(said, held, "belongs to")
    if len(ways) > 1:
        names = " or ".join(held[at].relation.name for at in ways)
        problems.add(
            said.mark,
            said.where,
            f"{said.target} belongs to {said.entity} in several ways",
            f"Say which one this is, with 'back: {names}'.",
        )
    elif ways:
        held[ways[0]] = _from_both_sides(held[ways[0]], said)
    else:
        held.append(
            replace(
                _held(replace(said, verb="belongs_to")),
                entity=said.target,
                relation=InterviewRelation(
                    name=said.back or called_after(said.entity),
                    entity=said.entity,
                    required=said.back_required,
                    back=said.name,
                    back_required=said.required,
                    shows=said.shows,
                    description=said.description,
                    because=said.because,
                ),
            )
        )


def _pair_one(said: SaidRelation, held: list[HeldRelation]) -> None:
    """`has_one` with the `belongs_to` or `has_one` of the other side, unless it has a name of its own."""
    plain = not said.named or said.back is not None
    for kind in ("belongs to", "one to one"):
        ways = _ways_back(said, held, kind) if plain else []
        if len(ways) == 1:
            both = _from_both_sides(held[ways[0]], said)
            held[ways[0]] = replace(both, relation=both.relation.model_copy(update={"kind": "one to one"}))
            return
    held.append(_held(said))


def _pair_many_to_many(said: SaidRelation, held: list[HeldRelation]) -> None:
    ways = [] if said.entity == said.target else _ways_back(said, held, "many to many")
    if len(ways) == 1:
        held[ways[0]] = _from_both_sides(held[ways[0]], said)
    else:
        held.append(_held(said))


def _ways_back(said: SaidRelation, held: list[HeldRelation], kind: str) -> list[int]:
    """Relations of the other side that this one may be, seen from there."""
    found = [
        at
        for at, other in enumerate(held)
        if other.entity == said.target
        and other.relation.entity == said.entity
        and other.relation.kind == kind
        and (other.relation.back is None or folded(other.relation.back) == folded(said.name))
    ]
    if said.back is not None:
        return [at for at in found if folded(held[at].relation.name) == folded(said.back)]
    return found


def _from_both_sides(one: HeldRelation, said: SaidRelation) -> HeldRelation:
    relation = one.relation
    return replace(
        one,
        relation=relation.model_copy(
            update={
                "back": said.name,
                "required": relation.required or said.back_required,
                "back_required": relation.back_required or said.required,
                "description": relation.description or said.description,
                "because": f"{relation.because}\n{said.because}",
            }
        ),
    )


def _note_doubles(held: list[HeldRelation], problems: Problems) -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for one in held:
        name = folded(one.relation.name)
        if name in seen[one.entity]:
            problems.add(
                one.mark,
                one.where,
                f"the relation {quoted(one.relation.name)} is there twice",
                "Give each a name of its own, like {walker: Sitter, keeper: Sitter}.",
            )
        seen[one.entity].add(name)
