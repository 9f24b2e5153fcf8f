"""What an interview leaves open, and how much of what the factory can use it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language.left_open import alone, has_required, left_open
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
    score += 10 * _share([_stated(entity) * has_required(entity) for entity in entities])
    score += 10 * _share([_stated(entity) * _is_described(entity) for entity in entities])
    apart = alone(interview)
    score += 15 * _share([_stated(entity) * (not apart[entity.name]) for entity in entities])
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
    for item in left_open(interview):
        if item.words not in interview.features or not asked.asks_about(item.words):
            asked.ask(item.words, item.question, about=item.because)


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


def _share(parts: list[float]) -> float:
    return sum(parts) / len(parts) if parts else 0.0
