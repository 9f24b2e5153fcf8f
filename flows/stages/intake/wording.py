"""Entries of exact entities as one line each, the way they are shown beside what is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import USER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import InterviewField
    from flows.stages.intake.relations import SaidRelation

PEOPLE = "the people who sign in"
LIMITS = (
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


def entity_words(name: str, description: str) -> str:
    """An entity with what it is."""
    return f"{name}: {description}" if description else name


def field_words(entity: str, field: InterviewField) -> str:
    """A field with everything that was said of it."""
    line = f"{entity}: {field.name}: {', '.join(_parts(field))}"
    return f"{line}; {field.description}" if field.description else line


def _parts(field: InterviewField) -> Iterator[str]:
    yield field.kind.value
    if field.choices:
        shown = field.labels or field.choices
        pairs = zip(field.choices, shown, strict=True)
        yield "one of " + " / ".join(
            choice if choice == label else f"{choice} ({label})" for choice, label in pairs
        )
    for flag in ("status", "required", "unique"):
        if getattr(field, flag):
            yield flag
    for key, phrase in LIMITS:
        value = getattr(field, key)
        if value is not None:
            yield phrase.format(value)
    for comparison in field.comparisons:
        yield f"{comparison.how} {comparison.field}"


def relation_words(relation: SaidRelation) -> str:
    """A relation with everything that was said of it."""
    parts = [f"{relation.reads} {PEOPLE if relation.target == USER else relation.target}"]
    flags = {"required": relation.required, "required on the way back": relation.back_required}
    parts += [words for words, applies in flags.items() if applies]
    if relation.back is not None:
        parts.append(f"back as {relation.back}")
    if relation.shows is not None:
        parts.append(f"shown by {relation.shows}")
    line = f"{relation.entity}: {relation.name}: {', '.join(parts)}"
    return f"{line}; {relation.description}" if relation.description else line
