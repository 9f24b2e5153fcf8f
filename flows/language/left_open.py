"""What an interview leaves open: about its wishes, its things and their fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.language.words import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import Interview, InterviewEntity


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOpen:
    """Something that only the founder can say."""

    words: str
    """What it is about: a wish, the name of a thing, or `thing: field`."""
    question: str
    because: str
    """The founder's words that it comes from."""


def left_open(interview: Interview) -> tuple[LeftOpen, ...]:
    """Everything, wishes first."""
    return (*_about_wishes(interview), *_about_things(interview))


def _about_wishes(interview: Interview) -> Iterator[LeftOpen]:
    names = ", ".join(entity.name for entity in interview.entities[:10])
    question = f"Which of the things it keeps is this about: {names}, or one that is not named yet?"
    for feature in interview.features:
        if not any(mentions(feature, entity.name) for entity in interview.entities):
            yield LeftOpen(words=feature, question=question, because=feature)


def _about_things(interview: Interview) -> Iterator[LeftOpen]:
    apart = alone(interview)
    for entity in interview.entities:
        if apart[entity.name]:
            question = (
                f"Nothing refers to {entity.name}, and it belongs to nothing: what is it connected with?"
            )
            yield LeftOpen(words=entity.name, question=question, because=entity.because)
        if not has_required(entity):
            first = entity.fields[0].name if entity.fields else "name"
            question = (
                f"An empty {entity.name} can be saved: which field must always be there, perhaps {first}?"
            )
            yield LeftOpen(words=entity.name, question=question, because=entity.because)
        for field in entity.fields:
            if field.kind is FieldKind.MONEY and field.currency is None:
                question = f"In which currency is {field.name} of {entity.name}?"
                yield LeftOpen(words=f"{entity.name}: {field.name}", question=question, because=field.because)


def has_required(entity: InterviewEntity) -> bool:
    """Whether a row of it says anything for sure."""
    return any(field.required for field in entity.fields) or any(
        relation.required for relation in entity.relations
    )


def alone(interview: Interview) -> dict[str, bool]:
    """Per entity: whether no relation starts or ends at it; a product of one entity is not alone."""
    connected = {
        name
        for entity in interview.entities
        for relation in entity.relations
        for name in (entity.name, relation.entity)
    }
    several = len(interview.entities) > 1
    return {entity.name: several and entity.name not in connected for entity in interview.entities}
