"""The gate at the terminal: show the blueprint in words, and ask."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.prompt import Prompt
from rich.text import Text

from db.engine import transaction
from db.queries.gates import blueprint_before, blueprint_document
from flows.contracts import Blueprint
from flows.stages.blueprint.describe import counts, expected
from flows.stages.blueprint.diff import differences
from flows.stages.blueprint.versions import read_blueprint
from leanvibe.console import console, printable

if TYPE_CHECKING:
    from db.queries.detail import Detail
    from db.records.gates import Answer
    from flows.contracts import BlueprintEntity, BlueprintRole

ANSWERS: dict[str, Answer] = {"a": "approved", "c": "changes requested", "r": "rejected"}
_HOW = {"belongs to": "belongs to", "one to one": "has one", "many to many": "has many"}


def somebody_is_there() -> bool:
    """Whether a person sits at the terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(url: str, seen: Detail) -> tuple[Answer, str] | None:
    """The answer and its comment; None when they want to decide later."""
    if seen.gate is None:
        return None
    with transaction(url) as connection:
        blueprint = Blueprint.model_validate(blueprint_document(connection, seen.gate.blueprint_id))
        before = read_blueprint(blueprint_before(connection, seen.gate.blueprint_id))
    console.print(Text(printable(outline(blueprint, seen.gate.blueprint_version, before=before))))
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


def outline(blueprint: Blueprint, version: int, *, before: Blueprint | None = None) -> str:
    """The blueprint as a person reads it at a terminal; `before`: the version it is compared to."""
    lines = [f"\nBlueprint version {version}: {blueprint.name}", blueprint.idea.strip(), ""]
    if before is not None:
        changes = differences(before, blueprint) or ("nothing",)
        lines += [f"  Changed: {change}" for change in changes] + [""]
    for entity in blueprint.entities:
        lines += _thing(entity)
    lines.append("")
    lines += [f"  {role.label}: {_account(role)}" for role in blueprint.roles]
    lines += [f"\n  {counts(blueprint)}", f"  {expected(blueprint)}"]
    lines += [
        f"  Renamed: {repair.written} → {repair.used} ({repair.reason})" for repair in blueprint.repairs
    ]
    lines += [f"  Open question {item.number}: {item.question}" for item in blueprint.open_questions]
    lines += [f"  Not built: {item.words} ({item.reason})" for item in blueprint.not_built]
    return "\n".join(lines) + "\n"


def _thing(entity: BlueprintEntity) -> list[str]:
    fields = ", ".join(
        f"{field.label.lower()} ({field.kind.value}{', required' if field.required else ''})"
        for field in entity.fields
    )
    lines = [f"  {entity.label}: {fields}"]
    lines += [
        f"    {_HOW[relation.kind]} {relation.target} as {relation.label}" for relation in entity.relations
    ]
    if entity.states is not None:
        moves = ", ".join(f"{move.label} → {move.to_status}" for move in entity.states.transitions)
        lines.append(f"    begins as {entity.states.initial}; {moves}")
    return lines


def _account(role: BlueprintRole) -> str:
    how = "may sign up" if role.signs_up else "gets an account from an admin"
    return f"{how}, is described by {role.profile}" if role.profile else how
