"""What an interview leaves open, and how much of what the factory can use it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.language.words import mentions
from flows.stages.intake.asked import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import (
        Interview,
        InterviewEntity,
        InterviewField,
        InterviewRelation,
        InterviewRule,
        OpenQuestion,
    )

ENOUGH_IDEA = 40  # characters: a sentence rather than a title
ENOUGH_FEATURES = 3
ENOUGH_FIELDS = 3
MORE = 5


def completeness(interview: Interview) -> int:
    """0-100; idea, problem, people and wishes make half of it, a well described model the other half.

    Rules and example rows make up for something else that is missing.
    """
    entities = interview.entities
    score = 15.0 if len(interview.idea) >= ENOUGH_IDEA else 7.5
    score += 10 * bool(interview.problem) + 10 * bool(interview.people)
    score += 15 * min(len(interview.features), ENOUGH_FEATURES) / ENOUGH_FEATURES
    score += 15 * _share([_stated(entity) * _fullness(entity) for entity in entities])
    score += 10 * _share([_stated(entity) * _has_required(entity) for entity in entities])
    score += 10 * _share([_stated(entity) * _is_described(entity) for entity in entities])
    alone = _alone(interview)
    score += 15 * _share([_stated(entity) * (not alone[entity.name]) for entity in entities])
    score += MORE * bool(interview.rules) + MORE * bool(interview.examples)
    return min(round(score), 100)


def _stated(entity: InterviewEntity) -> float:
    """What was said counts whole, what was proposed counts half until the founder confirms it."""
    return 1.0 if entity.source == "stated" else 0.5


def _fullness(entity: InterviewEntity) -> float:
    return min(len(entity.fields), ENOUGH_FIELDS) / ENOUGH_FIELDS


def _is_described(entity: InterviewEntity) -> bool:
    """Whether anything but its name was said of it, as a description or in sentences."""
    return bool(entity.description) or entity.because not in {"", entity.name}


def ask(interview: Interview, asked: Asked) -> None:
    """Ask what the interview leaves open: about its wishes, its entities and their fields."""
    names = ", ".join(entity.name for entity in interview.entities[:10])
    for feature in interview.features:
        about = any(mentions(feature, entity.name) for entity in interview.entities)
        if not about and not asked.asks_about(feature):
            asked.ask(
                feature, f"Which of the things it keeps is this about: {names}, or one that is not named yet?"
            )
    alone = _alone(interview)
    for entity in interview.entities:
        if alone[entity.name]:
            question = (
                f"Nothing refers to {entity.name}, and it belongs to nothing: what is it connected with?"
            )
            asked.ask(entity.name, question, about=entity.because)
        if not _has_required(entity):
            first = entity.fields[0].name if entity.fields else "name"
            question = (
                f"An empty {entity.name} can be saved: which field must always be there, perhaps {first}?"
            )
            asked.ask(entity.name, question, about=entity.because)
        for field in entity.fields:
            if field.kind is FieldKind.MONEY and field.currency is None:
                question = f"In which currency is {field.name} of {entity.name}?"
                asked.ask(f"{entity.name}: {field.name}", question, about=field.because)


def ask_about_silent(interview: Interview, asked: Asked) -> None:
    """Ask about every sentence that gave nothing: none is dropped."""
    said = {line for item in _items(interview) for line in item.because.split("\n")}
    for statement in interview.statements:
        spoken = statement.where.startswith(("things.", "rules"))
        if spoken and statement.words not in said and not asked.asks_about(statement.words):
            asked.ask(statement.words, "Nothing could be made of this. What should it mean?")


def _items(
    interview: Interview,
) -> Iterator[InterviewEntity | InterviewField | InterviewRelation | InterviewRule]:
    yield from interview.rules
    for entity in interview.entities:
        yield entity
        yield from entity.fields
        yield from entity.relations


def open_questions(interview: Interview) -> tuple[OpenQuestion, ...]:
    """What the interview leaves open, numbered in the order of the document."""
    asked = Asked()
    ask(interview, asked)
    return asked.numbered(interview.statements)


def _has_required(entity: InterviewEntity) -> bool:
    return any(field.required for field in entity.fields) or any(
        relation.required for relation in entity.relations
    )


def _alone(interview: Interview) -> dict[str, bool]:
    """Per entity: whether no relation starts or ends at it; a product of one entity is not alone."""
    connected = {
        name
        for entity in interview.entities
        for relation in entity.relations
        for name in (entity.name, relation.entity)
    }
    several = len(interview.entities) > 1
    return {entity.name: several and entity.name not in connected for entity in interview.entities}


def _share(parts: list[float]) -> float:
    return sum(parts) / len(parts) if parts else 0.0
