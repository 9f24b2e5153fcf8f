"""Entities, fields and relations as one line each, the way they are shown beside what is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import USER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import InterviewField, InterviewRelation
    from flows.stages.intake.relations import SaidRelation

PEOPLE = "the people who sign in"
_SAID = (
    ("minimum", "at least {:.15g}"),
    ("maximum", "at most {:.15g}"),
    ("min_length", "at least {} characters"),
    ("max_length", "at most {} characters"),
    ("min_bytes", "at least {} bytes"),
    ("max_bytes", "at most {} bytes"),
    ("pattern", "like {}"),
    ("currency", "in {}"),
    ("default", "begins as {}"),
)


def entity_words(name: str, description: str, shown_by: str | None = None) -> str:
    """An entity with what it is, and the field it is known by."""
    line = f"{name}: {description}" if description else name
    return f"{line}; shown by {shown_by}" if shown_by is not None else line


def field_words(field: InterviewField) -> str:
    """A field with everything that was said of it."""
    return _described(f"{field.name}: {', '.join(_parts(field))}", field.description)


def relation_words(relation: InterviewRelation) -> str:
    """A relation with everything that was said of it."""
    return _relation(f"{relation.name}: {relation.kind}", relation.entity, relation)


def said_relation_words(relation: SaidRelation) -> str:
    """A relation with everything that was said of it, from the side that says it."""
    return _relation(f"{relation.name}: {relation.reads}", relation.target, relation)


def _parts(field: InterviewField) -> Iterator[str]:
    yield field.kind.value
    if field.choices:
        pairs = zip(field.choices, field.labels or field.choices, strict=True)
        yield "one of " + " / ".join(
            choice if choice == label else f"{choice} ({label})" for choice, label in pairs
        )
    yield from (flag for flag in ("status", "required", "unique") if getattr(field, flag))
    for key, phrase in _SAID:
        value = getattr(field, key)
        if value is not None:
            yield phrase.format(value)
    for comparison in field.comparisons:
        yield f"{comparison.how} {comparison.field}"


def _relation(begin: str, target: str, relation: InterviewRelation | SaidRelation) -> str:
    parts = [f"{begin} {PEOPLE if target == USER else target}"]
    parts += ["required"] if relation.required else []
    parts += ["required on the way back"] if relation.back_required else []
    parts += [f"back as {relation.back}"] if relation.back is not None else []
    parts += [f"shown by {relation.shows}"] if relation.shows is not None else []
    return _described(", ".join(parts), relation.description)


def _described(line: str, description: str) -> str:
    return f"{line}; {description}" if description else line
