"""Entities that are spelled out: the things a product keeps, their fields and their relations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import InterviewField
from flows.stages.intake import values
from flows.stages.intake.comparisons import compared, named_field, note_unknown_field
from flows.stages.intake.fields import read_field
from flows.stages.intake.problems import Problems, quoted
from flows.stages.intake.relations import RelationReader, SaidRelation
from flows.stages.intake.schema import EntityForm
from flows.stages.intake.schema.entity import MAX_FIELDS
from flows.stages.intake.schema.interview import MAX_ENTITIES
from flows.stages.intake.statements import Statements
from flows.stages.intake.targets import Targets
from flows.stages.intake.tree import Mapping, Mark
from flows.stages.intake.wording import entity_words, field_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.stages.intake.values import Value

_LIKE = "a name and a colon, and 'fields:' below it"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactEntity:
    """An entity as it is spelled out, with its place in the document."""

    name: str
    description: str
    fields: tuple[InterviewField, ...]
    relations: tuple[SaidRelation, ...]
    shown_by: str | None
    because: str
    mark: Mark
    where: str
    refused: bool
    """Whether something below it was noted as a problem already."""


def named_entities(value: Value, problems: Problems, *, of: str = "entities") -> dict[str, Value]:
    """The values of a group by the names of the things they describe; doubles are noted."""
    like = _LIKE if of == "entities" else "a name, a colon and sentences"
    found = values.children(value, problems, of=of, like=like)
    if not found and (value.missing or isinstance(value.node, Mapping)):
        problems.add(
            value.mark, value.where, "there is no entity", "Name at least one thing the product keeps."
        )
    if len(found) > MAX_ENTITIES:
        problems.add(
            value.mark, value.where, f"{len(found)} {of} are too many", f"Use at most {MAX_ENTITIES}."
        )
        return {}
    known: dict[str, str] = {}
    named: dict[str, Value] = {}
    for entity in found:
        name = values.key_text(entity, problems)
        if name is None or entity.key is None:
            continue
        same = known.setdefault(values.folded(name), name)
        if same in named:
            problems.add(
                entity.key.mark,
                entity.where,
                f"{quoted(name)} and {quoted(same)} are the same entity",
                "Put their fields together under one name.",
            )
        else:
            named[name] = entity
    return named


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityReader:
    """Reads entities that are spelled out."""

    targets: Targets
    problems: Problems
    statements: Statements

    def read(self, name: str, value: Value, *, spoken: Sequence[InterviewField] = ()) -> ExactEntity:
        """One entity; `spoken`: its fields that were described in words."""
        noted = len(self.problems)
        mark = value.key.mark if value.key else value.mark
        said = values.group(
            value,
            self.problems,
            form=EntityForm,
            unknown_hint="Fields go below 'fields:'. ",
            of="the parts of an entity",
            like="'fields:' and the fields below it",
        )
        description = values.description(said, self.problems)
        fields = self._fields(name, said["fields"], spoken) if "fields" in said else ()
        reader = RelationReader(entity=name, targets=self.targets, problems=self.problems)
        relations = reader.read(said)
        shown_by = self._shown_by(said, (*spoken, *fields))
        words = entity_words(name, description, shown_by)
        self._note_clashes((*spoken, *fields), relations)
        return ExactEntity(
            name=name,
            description=description,
            fields=fields,
            relations=relations,
            shown_by=shown_by,
            because=self.statements.add(mark, value.where, words),
            mark=mark,
            where=value.where,
            refused=len(self.problems) > noted,
        )

    def _fields(
        self, entity: str, value: Value, spoken: Sequence[InterviewField]
    ) -> tuple[InterviewField, ...]:
        like = "a name, a colon and a type per line"
        children = values.children(value, self.problems, of="fields", like=like)
        mark = value.key.mark if value.key else value.mark
        if not children and (value.missing or isinstance(value.node, Mapping)):
            hint = "Add at least one, like 'name: text'."
            self.problems.add(mark, value.where, "the entity has no fields", hint)
        if len(children) > MAX_FIELDS:
            message = f"{len(children)} fields are too many"
            self.problems.add(value.mark, value.where, message, f"Use at most {MAX_FIELDS}.")
            return ()
        fields: dict[str, InterviewField] = {}
        places: dict[str, Value] = {}
        said: dict[str, dict[str, Value]] = {}
        for child in children:
            read = read_field(child, self.problems)
            if read is None:
                continue
            field, said_of_it = read
            key = values.folded(field.name)
            if key in fields and child.key is not None:
                self.problems.add(
                    child.key.mark,
                    child.where,
                    f"{quoted(field.name)} and {quoted(fields[key].name)} are the same field",
                    "Keep one of the two.",
                )
                continue
            fields[key], places[key], said[field.name] = field, child, said_of_it
        self._note_statuses(fields, said)
        done = compared(tuple(fields.values()), said, self.problems, spoken=spoken)
        return tuple(
            self._stated(entity, field, place) for field, place in zip(done, places.values(), strict=True)
        )

    def _shown_by(self, said: dict[str, Value], fields: Sequence[InterviewField]) -> str | None:
        written = values.text(said["shown_by"], self.problems) if "shown_by" in said else None
        if written is None:
            return None
        known = named_field(written, fields)
        if known is None:
            note_unknown_field(said["shown_by"], written, fields, self.problems)
        return known.name if known is not None else None

    def _note_statuses(self, fields: dict[str, InterviewField], said: dict[str, dict[str, Value]]) -> None:
        statuses = [field.name for field in fields.values() if field.status]
        for name in statuses[1:]:
            value = said[name]["status"]
            self.problems.add(
                value.mark,
                value.where,
                f"{quoted(statuses[0])} is the status already",
                "Keep one status per entity; the other is a plain choice.",
            )

    def _stated(self, entity: str, field: InterviewField, place: Value) -> InterviewField:
        mark = place.key.mark if place.key else place.mark
        because = self.statements.add(mark, place.where, f"{entity}: {field_words(field)}")
        return field.model_copy(update={"because": because})

    def _note_clashes(self, fields: Sequence[InterviewField], relations: Sequence[SaidRelation]) -> None:
        taken = {values.folded(field.name) for field in fields}
        for relation in relations:
            if values.folded(relation.name) in taken and relation.verb != "has_many":
                self.problems.add(
                    relation.mark,
                    relation.where,
                    f"{quoted(relation.name)} is both a field and a relation",
                    "Remove the field, or give the relation another name.",
                )
