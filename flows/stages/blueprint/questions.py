"""Open questions of a blueprint: what the interview left open, what was decided for it, and the feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import OpenQuestion
from flows.language.words import mentions

if TYPE_CHECKING:
    from flows.contracts import BlueprintEntity, Intake, NotBuilt
    from flows.stages.blueprint.rules import Unused

_CIRCLE = (
    "Required relations go round in a circle here, so {relation} of {entity} was made optional: "
    "which of them may be left empty?"
)


def open_questions(
    intake: Intake,
    *,
    not_built: tuple[NotBuilt, ...],
    loose: frozenset[tuple[str, str]],
    unused: list[Unused],
    entities: tuple[BlueprintEntity, ...],
    feedback: tuple[str, ...],
) -> tuple[OpenQuestion, ...]:
    """Numbered anew: the interview's, without wishes named as not built; then ours; then the feedback."""
    unbuildable = {wish.words for wish in not_built}
    asked = [
        (question.words, question.question)
        for question in intake.open_questions
        if question.words not in unbuildable
    ]
    for entity in intake.interview.entities:
        asked.extend(
            (
                f"{entity.name} belongs to {relation.entity}",
                _CIRCLE.format(relation=relation.name, entity=entity.name),
            )
            for relation in entity.relations
            if (entity.name, relation.name) in loose
        )
    asked.extend((item.words, item.question) for item in unused)
    asked.extend(
        (words, _about(words, entities)) for words in feedback if words.strip() and words not in unbuildable
    )
    return tuple(
        OpenQuestion(number=number, words=words, question=question)
        for number, (words, question) in enumerate(asked, start=1)
    )


def _about(words: str, entities: tuple[BlueprintEntity, ...]) -> str:
    meant = [entity.label for entity in entities if mentions(words, entity.label)]
    nearest = f"It seems to be about {', '.join(meant)}. " if meant else ""
    return (
        f"This change was asked for and could not be read. {nearest}"
        "Can you write it into the interview, as an entity, a field or a relation?"
    )
