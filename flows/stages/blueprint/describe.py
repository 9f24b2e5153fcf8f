"""A blueprint for people: everything a founder decides on, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.stages.blueprint import describe_access
from flows.stages.blueprint.describe_decided import decided
from flows.stages.blueprint.describe_things import thing
from flows.stages.blueprint.diagrams import er_diagram
from flows.stages.blueprint.diff import differences
from flows.stages.blueprint.escaping import counted, escaped
from flows.stages.blueprint.estimate import estimate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import Blueprint


def markdown(blueprint: Blueprint, *, before: Blueprint | None = None, pictures: bool = True) -> str:
    """The summary a founder decides on, all their words escaped.

    `before`: the version it is compared to. `pictures`: with Mermaid diagrams, for readers that draw them.
    """
    lines = [f"# {escaped(blueprint.name)}", "", escaped(blueprint.idea), "", *_counts(blueprint), ""]
    if before is not None:
        changes = [f"- {escaped(sentence)}" for sentence in differences(before, blueprint)]
        lines += _section("What changed", changes or ["- Nothing"])
    lines += _section(
        "Open questions",
        [
            f"{item.number}. {escaped(item.words)}: {escaped(item.question)}"
            for item in blueprint.open_questions
        ],
    )
    lines += _section(
        "Not built", [f"- {escaped(wish.words)}: {escaped(wish.reason)}" for wish in blueprint.not_built]
    )
    if pictures:
        lines += _section("How it hangs together", ["```mermaid", er_diagram(blueprint).rstrip("\n"), "```"])
    lines += ["## What it keeps", ""]
    for entity in blueprint.entities:
        lines += thing(entity, picture=pictures)
    lines += _section("Who uses it", describe_access.roles(blueprint))
    lines += _section("Who may do what", describe_access.permissions(blueprint))
    lines += _section("Whose a row is", describe_access.whose(blueprint))
    lines += _section("Decided for you", decided(blueprint))
    lines += _section("Example rows", [f"- {row}" for row in _examples(blueprint)])
    lines += _section(
        "Repaired names",
        [
            f"- {escaped(repair.written)} is {escaped(repair.used)} in the code: {escaped(repair.reason)}"
            for repair in blueprint.repairs
        ],
    )
    lines += _section(
        "Not used", [f"- {escaped(item.words)}: {escaped(item.reason)}" for item in blueprint.not_used]
    )
    return "\n".join(lines).rstrip("\n") + "\n"


def counts(blueprint: Blueprint) -> str:
    """What it consists of, in one sentence."""
    parts = (
        (len(blueprint.entities), "entity", "entities"),
        (len(blueprint.roles), "role", "roles"),
        (len(blueprint.pages), "page", "pages"),
        (len(blueprint.endpoints), "API operation", "API operations"),
    )
    return f"{', '.join(counted(*part) for part in parts if part[0])}."


def expected(blueprint: Blueprint) -> str:
    """How big it becomes and how long it takes, in one sentence."""
    guess = estimate(blueprint)
    return (
        f"About {guess.files} files with {guess.lines:,} lines and {guess.tests:,} tests; "
        f"building and verifying it takes about {counted(guess.minutes, 'minute', 'minutes')}."
    )


def _counts(blueprint: Blueprint) -> list[str]:
    return [counts(blueprint), "", expected(blueprint)]


def _examples(blueprint: Blueprint) -> Iterator[str]:
    for example in blueprint.examples:
        values = ", ".join(f"{escaped(name)} {escaped(value)}" for name, value in example.values)
        yield f"{example.entity}: {values}"


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"## {title}", "", *lines, ""] if lines else []
