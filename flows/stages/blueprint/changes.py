"""Change requests at the gate: read by the grammar of interviews into the interview of the next version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import FieldKind, Interview
from flows.language import apply_changes, sentences
from flows.language.fields import is_status
from flows.stages.blueprint.not_built import kept_words, needs
from flows.stages.blueprint.rules import Unused

if TYPE_CHECKING:
    from flows.language import ChangesReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The interview after the changes, and what of them is not in it."""

    interview: Interview
    unread: list[Unused]
    refused: tuple[str, ...]
    """Sentences that ask for something the factory cannot build."""


def changed(interview: Interview, feedback: tuple[str, ...]) -> Changed:
    """Every sentence of the feedback is made, asked about, or named as not built."""
    before = _with_statuses(interview)
    wanted: list[str] = []
    refused: list[str] = []
    for sentence in (words for text in feedback for _, words in sentences(text)):
        reading = apply_changes(before, [sentence])
        if needs(sentence, kept_words(before)) and not _is_read(before, reading):
            refused.append(sentence)
        else:
            wanted.append(sentence)
            before = reading.interview
    after = apply_changes(_with_statuses(interview), wanted)
    return Changed(interview=after.interview, unread=_unread(after, wanted), refused=tuple(refused))


def _is_read(before: Interview, reading: ChangesReading) -> bool:
    """Whether a sentence has become fields, relations or rules: a `live chat` is no thing to keep."""
    known = {entity.name for entity in before.entities}
    added = (entity.name for entity in reading.interview.entities if entity.name not in known)
    return not reading.unread and not any(map(needs, added))


def _unread(reading: ChangesReading, wanted: list[str]) -> list[Unused]:
    """One question per sentence, about its first part that has no meaning."""
    asked: dict[str, str] = {}
    for index, part in reading.unread:
        words = wanted[index]
        about = "this" if part.words == words else f"“{part.words}”"
        asked.setdefault(words, f"This change was asked for, and {about} could not be read. {part.nearest}")
    return [Unused(words=words, question=question) for words, question in asked.items()]


def _with_statuses(interview: Interview) -> Interview:
    """The interview in which every choice that is called a status is one, as the grammar has it."""
    entities = tuple(
        entity.model_copy(
            update={
                "fields": tuple(
                    field.model_copy(update={"status": True})
                    if field.kind is FieldKind.CHOICE and is_status(field.name)
                    else field
                    for field in entity.fields
                )
            }
        )
        for entity in interview.entities
    )
    return interview.model_copy(update={"entities": entities})
