"""What verification saw, as Markdown: the access matrix, the planted faults, the traced statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import VISITOR
from flows.rendering.literals import markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.contracts import AccessCell, Mutant, Traced

TESTS_SHOWN = 3
"""Test ids shown of a statement; all are in the JSON report."""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; cells are Markdown already."""
    return [_line(heads), _line(("---",) * len(heads)), *map(_line, rows)]


def access_tables(cells: Sequence[AccessCell]) -> list[str]:
    """A section for each entity: a row for each verb, a column for each attacker and whose row it was."""
    lines: list[str] = []
    for entity in dict.fromkeys(cell.entity for cell in cells):
        own = [cell for cell in cells if cell.entity == entity]
        columns = list(dict.fromkeys((cell.role, cell.relation) for cell in own))
        found = {(_attempt(cell), cell.role, cell.relation): cell for cell in own}
        rows = [
            (markdown(attempt), *(_answer(found.get((attempt, *column))) for column in columns))
            for attempt in dict.fromkeys(map(_attempt, own))
        ]
        lines += [f"## {markdown(entity)}", "", *table(("", *map(_column, columns)), rows), ""]
    return lines


def mutant_table(mutants: Sequence[Mutant]) -> list[str]:
    """A row for each planted fault."""
    rows = [
        (
            markdown(f"{mutant.path}:{mutant.line}"),
            markdown(mutant.change),
            markdown(mutant.by) if mutant.killed else "**no test**",
        )
        for mutant in mutants
    ]
    return table(("Where", "What was changed", "Test that turned red"), rows)


def traced_table(traced: Sequence[Traced]) -> list[str]:
    """A row for each statement of the interview."""
    heads = ("No.", "Statement", "In the blueprint", "Files", "Tests", "Outcome")
    return table(heads, map(_traced, traced))


def _traced(one: Traced) -> tuple[str, ...]:
    outcome = f"**{one.outcome}**" if one.outcome == "failed" else one.outcome
    return (
        str(one.number),
        markdown(f"{one.where}: {one.words}"),
        _list(one.items),
        _list(one.files),
        _list(one.tests, most=TESTS_SHOWN),
        outcome,
    )


def _attempt(cell: AccessCell) -> str:
    status = f" ({cell.status})" if cell.status else ""
    return f"{cell.verb}{status}" if cell.through == "api" else f"{cell.verb}{status}, by {cell.through}"


def _answer(cell: AccessCell | None) -> str:
    if cell is None:
        return ""
    said = f"{cell.expected} {cell.answered}"
    return said if cell.ok else f"**{said}**"


def _column(column: tuple[str, str]) -> str:
    role, relation = column
    if role == VISITOR:
        return VISITOR
    return markdown(f"{role}, {'own' if relation == 'owner' else 'not own'}")


def _list(texts: Sequence[str], *, most: int | None = None) -> str:
    more = f", and {len(texts) - most} more" if most is not None and len(texts) > most else ""
    return ", ".join(map(markdown, texts[:most])) + more


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
