"""What an interview leaves open, and how much of what the factory can use it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind, OpenQuestion
from flows.language.words import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import Interview, InterviewEntity

ENOUGH_IDEA = 40  # characters: a sentence rather than a title
ENOUGH_FEATURES = 3
ENOUGH_FIELDS = 3


def completeness(interview: Interview) -> int:
    """0-100; idea, problem, people and wishes make half of it, a well described model the other half."""
    entities = interview.entities
    score = 15.0 if len(interview.idea) >= ENOUGH_IDEA else 7.5
    score += 10 * bool(interview.problem) + 10 * bool(interview.people)
    score += 15 * min(len(interview.features), ENOUGH_FEATURES) / ENOUGH_FEATURES
    score += 15 * _share([min(len(entity.fields), ENOUGH_FIELDS) / ENOUGH_FIELDS for entity in entities])
    score += 10 * _share([float(_has_required(entity)) for entity in entities])
    score += 10 * _share([float(bool(entity.description)) for entity in entities])
    score += 15 * (1 - _share([float(alone) for alone in _alone(interview).values()]))
    return round(score)


def open_questions(interview: Interview) -> tuple[OpenQuestion, ...]:
    """Numbered in the order of the document: wishes first, then entities and their fields."""
    asked = [*_about_features(interview), *_about_entities(interview)]
    return tuple(
        OpenQuestion(number=number, words=words, question=question)
        for number, (words, question) in enumerate(asked, start=1)
    )


def _about_features(interview: Interview) -> Iterator[tuple[str, str]]:
    names = ", ".join(entity.name for entity in interview.entities[:10])
    for feature in interview.features:
        if not any(mentions(feature, entity.name) for entity in interview.entities):
            yield (
                feature,
                f"Which of the things it keeps is this about: {names}, or one that is not named yet?",
            )


def _about_entities(interview: Interview) -> Iterator[tuple[str, str]]:
    alone = _alone(interview)
    for entity in interview.entities:
        if alone[entity.name]:
            yield (
                entity.name,
                f"Nothing refers to {entity.name}, and it belongs to nothing: what is it connected with?",
            )
        if not _has_required(entity):
            first = entity.fields[0].name if entity.fields else "name"
            yield (
                entity.name,
                f"An empty {entity.name} can be saved: which field must always be there, perhaps {first}?",
            )
        for field in entity.fields:
            if field.kind is FieldKind.MONEY and field.currency is None:
                yield f"{entity.name}: {field.name}", f"In which currency is {field.name} of {entity.name}?"


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
