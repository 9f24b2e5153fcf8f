"""The answers of a choice: as a list, or as what is stored with what people see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.stages.intake import values
from flows.stages.intake.problems import quoted
from flows.stages.intake.schema import NAME_LENGTH
from flows.stages.intake.schema.field import MAX_CHOICES
from flows.stages.intake.tree import Mapping

if TYPE_CHECKING:
    from flows.stages.intake.problems import Problems
    from flows.stages.intake.values import Value


def read_choices(value: Value, problems: Problems) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The choices as they are stored, and their labels, () when people see the choices themselves."""
    noted = len(problems)
    labels: tuple[str, ...] = ()
    if isinstance(value.node, Mapping):
        found, labels = _labelled(value, problems)
    else:
        listed = values.texts(value, problems, of="choices", limit=NAME_LENGTH)
        found = tuple(choice for _, choice in listed)
    if not found and len(problems) == noted:
        problems.add(value.mark, value.where, "the list of choices is empty", "Write at least one.")
    if len(found) > MAX_CHOICES:
        problems.add(
            value.mark,
            value.where,
            f"{len(found)} choices are too many",
            f"Use at most {MAX_CHOICES}, or make them an entity of their own.",
        )
    return found, labels


def _labelled(value: Value, problems: Problems) -> tuple[tuple[str, ...], tuple[str, ...]]:
    choices: dict[str, tuple[str, str]] = {}
    shown: set[str] = set()
    for child in values.children(
        value, problems, of="choices", like="what is stored, a colon and what people see"
    ):
        choice = values.key_text(child, problems)
        label = values.text(child, problems)
        if choice is None or label is None:
            continue
        for words, taken in ((choice, choices), (label, shown)):
            if values.folded(words) in taken:
                problems.add(
                    child.mark, child.where, f"{quoted(words)} is said twice", "Keep one of the two."
                )
        choices[values.folded(choice)] = (choice, label)
        shown.add(values.folded(label))
    pairs = tuple(choices.values())
    if all(choice == label for choice, label in pairs):
        return tuple(choice for choice, _ in pairs), ()
    return tuple(choice for choice, _ in pairs), tuple(label for _, label in pairs)
