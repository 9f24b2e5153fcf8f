"""The founder's example rows under the names of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import rendering
from flows.contracts import BlueprintExample, FieldKind, OpenQuestion
from flows.language.words import folded
from flows.rendering.given import unusable
from flows.stages.blueprint.rules import Unused
from flows.stages.blueprint.stored import stored

if TYPE_CHECKING:
    from flows.contracts import Blueprint, InterviewExample, InterviewField
    from flows.stages.blueprint.members import Named


def examples(named: Named) -> tuple[tuple[BlueprintExample, ...], list[Unused]]:
    """The rows in the founder's order, and what of them has no place in the plan."""
    made: list[BlueprintExample] = []
    unused: list[Unused] = []
    for row in named.interview.examples:
        entity = named.entity(row.entity)
        words = row.because or f"{row.entity}: {', '.join(' '.join(pair) for pair in row.values)}"
        if entity is None:
            unused.append(Unused(words=words, question=f"Of which thing is this an example? {_kept(named)}"))
            continue
        values, strangers = _values(row, entity.name, named)
        if strangers:
            asked = ", ".join(strangers)
            unused.append(
                Unused(
                    words=words,
                    question=f"What of a {entity.name} is meant by {asked}? It has no such field.",
                )
            )
        if values:
            made.append(
                BlueprintExample(
                    entity=named.entities[entity.name].cls, values=values, source="stated", because=words
                )
            )
    return tuple(made), unused


def with_unusable(plan: Blueprint) -> Blueprint:
    """The plan with a question for every example, or value of one, that the application has to leave out."""
    if not plan.examples:
        return plan
    left_out: dict[str, list[str]] = {}
    said: set[str] = set()
    for words, why in unusable(rendering.plan(plan)):
        if why not in said:  # of a reason that holds for many rows once is enough
            said.add(why)
            left_out.setdefault(words, []).append(why)
    questions = [
        OpenQuestion(
            number=number,
            words=words,
            question=f"Left out of the example rows: {'; '.join(reasons)}. What should stand there?",
        )
        for number, (words, reasons) in enumerate(left_out.items(), start=len(plan.open_questions) + 1)
    ]
    return plan.model_copy(update={"open_questions": (*plan.open_questions, *questions)})


def _kept(named: Named) -> str:
    return f"It keeps: {', '.join(name.label for name in list(named.entities.values())[:10])}."


def _values(
    row: InterviewExample, entity: str, named: Named
) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    fields = {
        folded(field.name): field
        for spelled in named.interview.entities
        if spelled.name == entity
        for field in spelled.fields
    }
    values: list[tuple[str, str]] = []
    strangers = []
    for name, written in row.values:
        field = fields.get(folded(name))
        member = named.field(entity, name) if field is not None else named.relation(entity, name)
        if member is None:
            strangers.append(name)
        else:
            values.append((member, _value(field, written) if field is not None else written))
    return tuple(values), strangers


def _value(field: InterviewField, written: str) -> str:
    """As the application stores it; a choice as the interview spells it, whatever its case."""
    if field.kind is FieldKind.CHOICE:
        spelled = dict(zip(map(folded, field.labels), field.choices, strict=False))
        spelled |= {folded(choice): choice for choice in field.choices}
        return spelled.get(folded(written), written)
    return stored(field, written)
