"""What became of every statement of the interview: which items of the plan come from its words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flows.contracts import OpenQuestion, Trace
from flows.stages.blueprint.questions import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import Blueprint, BlueprintEntity, BlueprintExample, Interview, Statement
    from flows.stages.blueprint.rules import Ruling

_PRODUCT = ("name", "idea", "problem", "profile")


def traced(blueprint: Blueprint, interview: Interview, rulings: list[Ruling]) -> Blueprint:
    """The blueprint with a trace per statement; a statement that nothing comes from becomes a question."""
    items: dict[str, dict[str, None]] = {}
    for because, item in _items(blueprint, interview, rulings):
        for words in (because, *because.split("\n")):  # an item of several sentences has one on a line
            items.setdefault(words, {})[item] = None
    traces = []
    questions = list(blueprint.open_questions)
    for statement in interview.statements:
        found = list(items.get(statement.words, {}))
        if statement.where.startswith(_PRODUCT):
            found.insert(0, "product")
        if not found:
            questions.append(_question(len(questions) + 1, statement, blueprint.entities))
            found.append(f"question {len(questions)}")
            items.setdefault(statement.words, {})[found[-1]] = None
        traces.append(
            Trace(number=statement.number, where=statement.where, words=statement.words, items=tuple(found))
        )
    return blueprint.model_copy(update={"traces": tuple(traces), "open_questions": tuple(questions)})


def _items(blueprint: Blueprint, interview: Interview, rulings: list[Ruling]) -> Iterator[tuple[str, str]]:
    """The words that each item comes from, and the item as a trace names it."""
    for role in blueprint.roles:
        yield role.because, f"role {role.name}"
    for entity in blueprint.entities:
        yield from _of_entity(entity)
    for ruling in rulings:
        yield from ((ruling.because, item) for item in ruling.items)
    for grant in blueprint.grants:
        if grant.source != "default":
            yield grant.because, f"grant {grant.role}.{grant.entity}.{grant.action}"
    yield from _of_examples(blueprint.examples)
    yield interview.look.because, "look"
    numbered = {
        "journey": [journey.feature for journey in blueprint.journeys],
        "question": [question.words for question in blueprint.open_questions],
        "not built": [wish.words for wish in blueprint.not_built],
        "not used": [option.words for option in blueprint.not_used],
    }
    for kind, sentences in numbered.items():
        yield from ((words, f"{kind} {number}") for number, words in enumerate(sentences, start=1))


def _of_examples(examples: tuple[BlueprintExample, ...]) -> Iterator[tuple[str, str]]:
    counts: Counter[str] = Counter()
    for example in examples:
        counts[example.entity] += 1
        yield example.because, f"example {example.entity}.{counts[example.entity]}"


def _of_entity(entity: BlueprintEntity) -> Iterator[tuple[str, str]]:
    for words in (entity.because, entity.description):
        yield words, f"entity {entity.name}"
    for field in entity.fields:
        for words in (field.because, field.description):
            yield words, f"field {entity.name}.{field.name}"
    for relation in entity.relations:
        yield relation.because, f"relation {entity.name}.{relation.name}"
    if entity.states is not None:
        yield entity.states.because, f"states {entity.name}"
        for move in entity.states.transitions:
            yield move.because, f"transition {entity.name}.{move.name}"


def _question(number: int, statement: Statement, entities: tuple[BlueprintEntity, ...]) -> OpenQuestion:
    return OpenQuestion(
        number=number,
        words=statement.words,
        question=f"Nothing in the plan comes from this. {nearest(statement.words, entities)}"
        "Which thing, field, relation, rule or example should it give?",
    )
