"""The words that items of an interview come from, exchanged line by line for those of a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.contracts import InterviewEntity


def reworded(entity: InterviewEntity, statement: Callable[[str, tuple[str, ...]], str]) -> InterviewEntity:
    """The entity, its fields and relations; `statement`: (a line, who may have said it) → its words."""
    mine = (entity.name,)
    fields = [
        field.model_copy(update={"because": each_line(field.because, mine, statement)})
        for field in entity.fields
    ]
    relations = [
        relation.model_copy(
            update={"because": each_line(relation.because, (*mine, relation.entity), statement)}
        )
        for relation in entity.relations
    ]
    return entity.model_copy(
        update={
            "because": each_line(entity.because, mine, statement),
            "fields": tuple(fields),
            "relations": tuple(relations),
        }
    )


def each_line(because: str, sayers: tuple[str, ...], statement: Callable[[str, tuple[str, ...]], str]) -> str:
    """Every line exchanged, each once."""
    return "\n".join(dict.fromkeys(statement(line, sayers) for line in because.split("\n")))
