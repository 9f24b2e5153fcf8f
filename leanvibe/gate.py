"""The gate at the terminal: show the blueprint in words, and ask."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.prompt import Prompt
from rich.text import Text

from db.engine import transaction
from db.queries.gates import blueprint_document
from flows.contracts import Blueprint
from leanvibe.console import console, printable

if TYPE_CHECKING:
    from db.queries.detail import Detail
    from db.records.gates import Answer

ANSWERS: dict[str, Answer] = {"a": "approved", "c": "changes requested", "r": "rejected"}


def somebody_is_there() -> bool:
    """Whether a person sits at the terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(url: str, seen: Detail) -> tuple[Answer, str] | None:
    """The answer and its comment; None when they want to decide later."""
    if seen.gate is None:
        return None
    with transaction(url) as connection:
        blueprint = Blueprint.model_validate(blueprint_document(connection, seen.gate.blueprint_id))
    console.print(Text(printable(outline(blueprint, seen.gate.blueprint_version))))
    letter = Prompt.ask(
        "(a)pprove, request (c)hanges, (r)eject or decide (l)ater?",
        console=console,
        choices=["a", "c", "r", "l"],
        default="a",
    )
    if letter == "l":
        return None
    comment = "" if letter == "a" else Prompt.ask("In your words", console=console, default="")
    return ANSWERS[letter], comment


def outline(blueprint: Blueprint, version: int) -> str:
    """The blueprint as a person reads it at a terminal."""
    lines = [f"\nBlueprint version {version}: {blueprint.name}", blueprint.idea.strip(), ""]
    for entity in blueprint.entities:
        fields = ", ".join(
            f"{field.label.lower()} ({field.kind.value}{', required' if field.required else ''})"
            for field in entity.fields
        )
        lines.append(f"  {entity.label}: {fields}")
        lines += [f"    belongs to {relation.target} as {relation.label}" for relation in entity.relations]
    lines.append(f"\n  {len(blueprint.pages)} pages, {len(blueprint.endpoints)} API endpoints")
    lines += [
        f"  Renamed: {repair.written} → {repair.used} ({repair.reason})" for repair in blueprint.repairs
    ]
    lines += [f"  Open question {item.number}: {item.question}" for item in blueprint.open_questions]
    lines += [f"  Not built: {item.words} ({item.reason})" for item in blueprint.not_built]
    return "\n".join(lines) + "\n"
