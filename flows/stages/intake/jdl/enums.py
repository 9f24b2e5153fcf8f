"""Enums: the choices of a field, their labels and documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.stages.intake.jdl.model import usable
from flows.stages.intake.jdl.names import choice_label
from flows.stages.intake.problems import quoted
from flows.stages.intake.schema.base import NAME_LENGTH, SENTENCE_LENGTH
from flows.stages.intake.schema.field import MAX_CHOICES

if TYPE_CHECKING:
    from lark import Token

    from flows.contracts import InterviewField
    from flows.stages.intake.jdl.declarations import Enum
    from flows.stages.intake.jdl.model import Model


def with_choices(base: InterviewField, enum: Enum, model: Model) -> InterviewField:
    """The field with the values of its enum, and the labels that people see."""
    model.used.add(enum.name)
    choices = tuple(str(value.name) for value in enum.values)
    labels = tuple(
        _unquoted(value.label) if value.label is not None else choice_label(value.name)
        for value in enum.values
    )
    return base.model_copy(
        update={"choices": choices, "labels": labels if labels != choices else ()}
        | {"description": base.description or _enum_documentation(enum, model)}
    )


def _enum_documentation(enum: Enum, model: Model) -> str:
    of_all = model.comments.of((enum.keyword, enum.name))
    of_each = (
        f"{value.name}: {text}"
        for value in enum.values
        if (text := model.comments.of((value.name, value.label)).replace("\n", " "))
    )
    return "\n".join(text for text in (of_all, *of_each) if text)[:SENTENCE_LENGTH]


def _unquoted(label: Token) -> str:
    return label.strip('"').strip() or str(label)


def check_enums(model: Model) -> None:
    """Note what is wrong with an enum itself, whoever uses it."""
    for enum in model.enums.values():
        where = f"enum {enum.name}"
        if not enum.values:
            model.problem(enum.name, where, f"{quoted(enum.name)} has no values", "Write at least one.")
        if len(enum.values) > MAX_CHOICES:
            model.problem(
                enum.values[MAX_CHOICES].name,
                where,
                f"{len(enum.values)} values are too many",
                f"Use at most {MAX_CHOICES}, or make them an entity of their own.",
            )
        seen: set[str] = set()
        for value in enum.values:
            if value.name.casefold() in seen:
                model.problem(
                    value.name,
                    where,
                    f"the value {quoted(value.name)} is there twice",
                    "Keep one of the two.",
                )
            seen.add(value.name.casefold())
            usable(value.name, where, model)
            if value.label is not None:
                _check_label(value.label, where, model)


def _check_label(label: Token, where: str, model: Model) -> None:
    if len(label) > NAME_LENGTH:
        model.problem(
            label,
            where,
            f"the label {quoted(label)} is too long",
            f"Use at most {NAME_LENGTH} characters.",
        )
