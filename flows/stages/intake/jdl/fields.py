"""Fields of an entity: types, enums and what is said about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind, InterviewField
from flows.stages.intake import values
from flows.stages.intake.jdl import vocabulary
from flows.stages.intake.jdl.enums import with_choices
from flows.stages.intake.jdl.limits import limits
from flows.stages.intake.jdl.model import usable
from flows.stages.intake.jdl.names import in_words
from flows.stages.intake.problems import quoted
from flows.stages.intake.schema.base import SENTENCE_LENGTH
from flows.stages.intake.schema.entity import MAX_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lark import Token

    from flows.stages.intake.jdl.declarations import Annotation, Entity, Enum, Field
    from flows.stages.intake.jdl.model import Model

INFERRED_FIELD = "name"
_TYPES = vocabulary.FIELD_TYPES | vocabulary.ALSO_TYPES


def read_fields(entity: Entity, model: Model) -> tuple[InterviewField, ...]:
    """All fields; an entity that has none gets a name, so that it can be built."""
    where = f"entity {entity.name}"
    if len(entity.fields) > MAX_FIELDS:
        model.problem(
            entity.fields[MAX_FIELDS].name,
            where,
            f"{len(entity.fields)} fields are too many",
            f"Use at most {MAX_FIELDS}.",
        )
        return ()
    found: dict[str, InterviewField] = {}
    for field in entity.fields:
        read = _read_field(field, entity, model)
        if read is None:
            continue
        same = found.setdefault(values.folded(read.name), read)
        if same is not read:
            model.problem(
                field.name,
                f"{where}.{field.name}",
                f"{quoted(field.name)} is a second field {quoted(read.name)}",
                "Keep one of the two, or rename one.",
            )
    return tuple(found.values()) or (_inferred(entity, model),)


def _inferred(entity: Entity, model: Model) -> InterviewField:
    words = f"entity {entity.name}"
    model.notes.ask(
        entity.name,
        words,
        f"{entity.name} has no field: it gets a {INFERRED_FIELD}. What else is to be kept of it?",
    )
    return InterviewField(
        name=INFERRED_FIELD, kind=FieldKind.TEXT, required=True, source="inferred", because=words
    )


def _read_field(field: Field, entity: Entity, model: Model) -> InterviewField | None:
    where = f"entity {entity.name}.{field.name}"
    description = documentation(field.tokens(), where, model)
    if field.name.casefold() == "id":
        model.notes.leave(field.name, _words(field, entity, None), vocabulary.OWN_ID)
        return None
    leave_annotations(field.annotations, f"entity {entity.name}: {field.name}", model)
    enum = model.enums.get(field.type)
    kind = _TYPES.get(field.type, FieldKind.CHOICE if enum else None)
    if not usable(field.name, where, model):
        return None
    if kind is None:
        _note_unknown_type(field, where, model)
        return None
    words = model.notes.say(
        field.name, where, _words(field, entity, enum if kind is FieldKind.CHOICE else None)
    )
    base = InterviewField(
        name=in_words(field.name),
        kind=kind,
        required=any(validation.name == "required" for validation in field.validations),
        unique=any(validation.name == "unique" for validation in field.validations) or _is_key(field),
        description=description,
        because=words,
    )
    if enum is not None and kind is FieldKind.CHOICE:
        base = with_choices(base, enum, model)
    return base.model_copy(update=limits(field, base, where, model))


def _is_key(field: Field) -> bool:
    return any(annotation.name.casefold() == "id" for annotation in field.annotations)


def _words(field: Field, entity: Entity, enum: Enum | None) -> str:
    said = [str(field.type), *(validation.words for validation in field.validations)]
    choices = f" ({enum.words})" if enum else ""
    return f"entity {entity.name}: {field.name} {' '.join(said)}{choices}"


def _note_unknown_type(field: Field, where: str, model: Model) -> None:
    if field.type in model.lost:
        return
    meant = model.meant(field.type, [*vocabulary.FIELD_TYPES, *model.enums])
    types = ", ".join([*vocabulary.FIELD_TYPES, *list(model.enums)[:10]])
    model.problem(
        field.type, where, f"{quoted(field.type)} is no type of a field", f"{meant}The types are: {types}."
    )


def leave_annotations(annotations: tuple[Annotation, ...], of: str, model: Model) -> None:
    """Annotations speak to JHipster's generator."""
    for annotation in annotations:
        if annotation.name.casefold() == vocabulary.READ_ONLY.casefold():
            continue  # options.py makes a rule of it
        reason = vocabulary.OPTIONS.get(annotation.name, "") or vocabulary.ANNOTATION
        if annotation.name.casefold() == "id":
            reason = vocabulary.OWN_ID
        model.notes.leave(annotation.at, f"{of}, {annotation.words}", reason)


def documentation(tokens: Iterable[Token | None], where: str, model: Model) -> str:
    """The documentation beside these words; cut to a length that can be shown, which is noted."""
    words = list(tokens)
    text = model.comments.of(words)
    if len(text) > SENTENCE_LENGTH and words[0] is not None:
        model.notes.leave(
            words[0],
            f"documentation of {where} behind its character {SENTENCE_LENGTH}",
            "a description is a paragraph, not a document",
        )
    return text[:SENTENCE_LENGTH]
