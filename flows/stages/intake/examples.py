"""Example rows held against each other: what is unique is there once, what is named exists."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from flows.contracts import USER, Comparing, InterviewExample, InterviewField, InterviewRelation
from flows.language.plurals import singular
from flows.stages.intake import values
from flows.stages.intake.comparisons import holds
from flows.stages.intake.fitting import measured
from flows.stages.intake.problems import Problems, quoted
from flows.stages.intake.rows import Cell, Row, RowReader
from flows.stages.intake.targets import Targets
from flows.stages.intake.values import Value

if TYPE_CHECKING:
    from flows.contracts import InterviewEntity
    from flows.stages.intake.statements import Statements


_WRONG: dict[Comparing, str] = {
    "after": "is not after",
    "not before": "is before",
    "before": "is not before",
    "not after": "is after",
}


def read_examples(
    value: Value,
    *,
    entities: tuple[InterviewEntity, ...],
    people: tuple[str, ...],
    problems: Problems,
    statements: Statements,
) -> tuple[InterviewExample, ...]:
    """The rows of every entity in their order; what cannot be used is noted."""
    rows: list[Row] = []
    targets = Targets(entity.name for entity in entities)
    like = "the name of an entity, a colon and its rows"
    for child in values.children(value, problems, of="examples", like=like):
        named = Value(node=child.key, where=child.where) if child.key is not None else child
        name = targets.read(named, problems)
        if name == USER:
            message = "the people who sign in are no example rows"
            problems.add(named.mark, named.where, message, "Each role has an account to try it with already.")
        for entity in entities:
            if entity.name == name:
                reader = RowReader(entity=entity, problems=problems, statements=statements)
                rows.extend(reader.read(child))
    _note_doubles(rows, problems)
    _note_comparisons(rows, problems)
    for row in rows:
        for cell in row.cells:
            if isinstance(cell.of, InterviewRelation):
                _note_reference(cell, cell.of, rows, people, problems)
    return tuple(
        InterviewExample(
            entity=row.entity.name,
            values=tuple((cell.of.name, cell.written) for cell in row.cells),
            because=row.because,
        )
        for row in rows
    )


def _note_doubles(rows: list[Row], problems: Problems) -> None:
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        for cell in row.cells:
            one = cell.of.kind == "one to one" if isinstance(cell.of, InterviewRelation) else cell.of.unique
            taken = seen[row.entity.name, cell.of.name]
            if one and values.folded(cell.written) in taken:
                problems.add(
                    cell.place.mark,
                    cell.place.where,
                    f"{quoted(cell.written)} is there twice, and {quoted(cell.of.name)} is unique",
                    "Give each row a value of its own.",
                )
            taken.add(values.folded(cell.written))


def _note_comparisons(rows: list[Row], problems: Problems) -> None:
    for row in rows:
        for cell in row.cells:
            if not isinstance(cell.of, InterviewField):
                continue
            for comparison in cell.of.comparisons:
                other = row.of(comparison.field)
                mine = measured(cell.of.kind, cell.written)
                theirs = None if other is None else measured(cell.of.kind, other)
                if mine is not None and theirs is not None and not holds(comparison.how, mine, theirs):
                    problems.add(
                        cell.place.mark,
                        cell.place.where,
                        f"{quoted(cell.written)} {_WRONG[comparison.how]} {quoted(other or '')}",
                        f"{quoted(cell.of.name)} has to be {comparison.how} {quoted(comparison.field)}.",
                    )


def _note_reference(
    cell: Cell, relation: InterviewRelation, rows: list[Row], people: tuple[str, ...], problems: Problems
) -> None:
    """A row is named by the field that shows it, or by any value that no other row has."""
    if relation.entity == USER:
        _note_person(cell, people, problems)
        return
    theirs = [row for row in rows if row.entity.name == relation.entity]
    written = values.folded(cell.written)
    named = [row for row in theirs if written in _names(row, relation.shows)]
    if len(named) != 1:
        shown = sorted({name for row in theirs for name in _names(row, relation.shows)})
        near = values.nearest(cell.written, shown)
        how = "no example row" if not named else "more than one example row"
        problems.add(
            cell.place.mark,
            cell.place.where,
            f"{how} of {relation.entity} is called {quoted(cell.written)}",
            f"{f'Did you mean {quoted(near)}? ' if near else ''}Name a row of {relation.entity} by what "
            f"stands for it{f', its {relation.shows}' if relation.shows else ''}.",
        )


def _names(row: Row, shows: str | None) -> set[str]:
    return {
        values.folded(cell.written)
        for cell in row.cells
        if isinstance(cell.of, InterviewField) and shows in {None, cell.of.name}
    }


def _note_person(cell: Cell, people: tuple[str, ...], problems: Problems) -> None:
    roles = {values.folded(singular(role)) for role in people} or {"member"}
    if "@" not in cell.written and values.folded(singular(cell.written)) not in roles | {"admin"}:
        problems.add(
            cell.place.mark,
            cell.place.where,
            f"nobody who signs in is called {quoted(cell.written)}",
            f"Write a role, for its account to try it with: {values.listed(sorted(roles))}.",
        )
