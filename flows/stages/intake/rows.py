"""Example rows as they are written, each value held against its field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import FieldKind, InterviewEntity, InterviewField, InterviewRelation
from flows.stages.intake import values
from flows.stages.intake.fitting import choice_named, misfit
from flows.stages.intake.problems import Problems, quoted
from flows.stages.intake.schema import SENTENCE_LENGTH
from flows.stages.intake.schema.interview import MAX_ROWS
from flows.stages.intake.statements import Statements, one_line
from flows.stages.intake.tree import Broken, Mapping, Sequence
from flows.stages.intake.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value of a row: of a field, or one of the rows that a relation leads to."""

    of: InterviewField | InterviewRelation
    written: str
    place: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row whose values fit their fields."""

    entity: InterviewEntity
    place: Value
    cells: tuple[Cell, ...]
    because: str

    def of(self, name: str) -> str | None:
        """What stands under the name of a field, None when nothing does."""
        return next((cell.written for cell in self.cells if cell.of.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReader:
    """Reads the rows of one entity."""

    entity: InterviewEntity
    problems: Problems
    statements: Statements

    def read(self, value: Value) -> Iterator[Row]:
        """Every row that has a value which can be used."""
        rows = [value] if isinstance(value.node, Mapping) else list(self._listed(value))
        if len(rows) > MAX_ROWS:
            message = f"{len(rows)} example rows are too many"
            self.problems.add(value.mark, value.where, message, f"Use at most {MAX_ROWS} of each entity.")
            return
        like = "the name of a field, a colon and its value"
        for number, row in enumerate(rows, start=1):
            parts = values.children(row, self.problems, of="the values of a row", like=like)
            cells = tuple(cell for part in parts for cell in self._cells(part))
            if cells:
                shown = ", ".join(f"{cell.of.name} {one_line(cell.written)}" for cell in cells)
                where = f"{value.where}[{number}]"
                because = self.statements.add(row.mark, where, f"{self.entity.name}: {shown}")
                yield Row(entity=self.entity, place=row, cells=cells, because=because)

    def _listed(self, value: Value) -> Iterator[Value]:
        if isinstance(value.node, Sequence | Broken) or value.missing:
            yield from values.items(value, self.problems, of="rows")
        else:
            values.children(value, self.problems, of="rows", like="each row after a dash and a space")

    def _cells(self, part: Value) -> Iterator[Cell]:
        name = values.key_text(part, self.problems)
        if name is None or part.missing:
            return
        for field in self.entity.fields:
            if values.folded(field.name) == values.folded(name):
                yield from self._of_field(field, part)
                return
        for relation in self.entity.relations:
            if values.folded(relation.name) == values.folded(name):
                yield from self._of_relation(relation, part)
                return
        self._note_unknown(name, part)

    def _of_field(self, field: InterviewField, part: Value) -> Iterator[Cell]:
        several_lines = field.kind is FieldKind.LONG_TEXT
        written = values.text(part, self.problems, limit=SENTENCE_LENGTH, several_lines=several_lines)
        if written is None:
            return
        wrong = misfit(field, written)
        if wrong is not None:
            message, hint = wrong
            self.problems.add(part.mark, part.where, f"{quoted(written)} {message}", hint)
            return
        stored = choice_named(field, written) if field.kind is FieldKind.CHOICE else written
        yield Cell(of=field, written=stored or written, place=part)

    def _of_relation(self, relation: InterviewRelation, part: Value) -> Iterator[Cell]:
        if isinstance(part.node, Sequence) and relation.kind != "many to many":
            message = f"a {quoted(relation.name)} is one row, not a list"
            self.problems.add(part.mark, part.where, message, "Name one row by what stands for it.")
            return
        for item in values.items(part, self.problems, of="rows"):
            written = values.text(item, self.problems, limit=SENTENCE_LENGTH)
            if written is not None:
                yield Cell(of=relation, written=written, place=item)

    def _note_unknown(self, name: str, part: Value) -> None:
        fields, relations = self.entity.fields, self.entity.relations
        known = [field.name for field in fields] + [relation.name for relation in relations]
        near = values.nearest(name, known)
        self.problems.add(
            part.key.mark if part.key else part.mark,
            part.where,
            f"{self.entity.name} has no field and no relation {quoted(name)}",
            f"{f'Did you mean {quoted(near)}? ' if near else ''}It has: {values.listed(known)}.",
        )
