"""What an interview keeps: entities that are spelled out and things in words, settled among each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.contracts import USER, InterviewEntity, InterviewField, InterviewRule
from flows.stages.intake import values
from flows.stages.intake.asked import Asked
from flows.stages.intake.entities import EntityReader, ExactEntity, named_entities
from flows.stages.intake.merging import kept_exact
from flows.stages.intake.pairing import HeldRelation, paired
from flows.stages.intake.problems import Problems, quoted
from flows.stages.intake.schema.interview import MAX_ENTITIES
from flows.stages.intake.spoken import Spoken, descriptions
from flows.stages.intake.statements import Statements
from flows.stages.intake.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.stages.intake.spoken import Description
    from flows.stages.intake.values import Value

_OF_USERS = ("name", "email")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelReader:
    """Reads what a document says under `entities` and `things`."""

    people: tuple[str, ...]
    problems: Problems
    statements: Statements
    asked: Asked

    def read(self, said: dict[str, Value]) -> tuple[tuple[InterviewEntity, ...], tuple[InterviewRule, ...]]:
        """All entities with their relations settled, and the rules that descriptions hold."""
        exact = named_entities(said["entities"], self.problems) if "entities" in said else {}
        named = named_entities(said["things"], self.problems, of="things") if "things" in said else {}
        spelled = _as_spelled(named, exact)
        count = len({*exact, *spelled})
        if count > MAX_ENTITIES:
            message = f"{count} entities are too many, with those in words"
            self.problems.add(said["things"].mark, "things", message, f"Use at most {MAX_ENTITIES}.")
            return (), ()
        targets = Targets([*exact, *named])
        described = descriptions(spelled, self.problems)
        spelled_out = self._exact(exact, described, targets)
        if not described:
            return spelled_out, ()
        spoken = Spoken.read(described, people=self.people, known=spelled_out)
        spoken.state(self.statements, self.asked)
        return kept_exact(spelled_out, spoken.entities(), self.asked), spoken.rules()

    def _exact(
        self, named: Mapping[str, Value], described: Mapping[str, Description], targets: Targets
    ) -> tuple[InterviewEntity, ...]:
        """The entities that are spelled out; what is described in words is known to them."""
        spoken = Spoken.read(described, people=self.people).entities() if named and described else ()
        fields = {entity.name: entity.fields for entity in spoken}
        reader = EntityReader(targets=targets, problems=self.problems, statements=self.statements)
        exact = [reader.read(name, value, spoken=fields.get(name, ())) for name, value in named.items()]
        said = (relation for entity in exact for relation in entity.relations)
        held = paired(said, self.problems, self.statements)
        for entity in exact:
            fields[entity.name] = (*fields.get(entity.name, ()), *entity.fields)
        self._note_empty(exact, held, described)
        shown = [self._shown(one, fields) for one in held]
        return tuple(_entity(entity, shown) for entity in exact)

    def _note_empty(
        self,
        exact: Sequence[ExactEntity],
        held: Sequence[HeldRelation],
        described: Mapping[str, Description],
    ) -> None:
        """An entity may be without fields when relations or words say what it is there for."""
        fine = {name for one in held for name in (one.entity, one.relation.entity)} | set(described)
        for entity in exact:
            if not entity.fields and entity.name not in fine and not entity.refused:
                self.problems.add(
                    entity.mark,
                    entity.where,
                    f"the entity {quoted(entity.name)} has no fields",
                    "Add 'fields:' with at least one line below it, like 'name: text'.",
                )

    def _shown(self, one: HeldRelation, fields: Mapping[str, Sequence[InterviewField]]) -> HeldRelation:
        """The relation with the field that stands for its target as the target spells it."""
        relation = one.relation
        if relation.shows is None:
            return one
        known = list(_OF_USERS)
        if relation.entity != USER:
            known = [field.name for field in fields.get(relation.entity, ())]
        name = next((name for name in known if values.folded(name) == values.folded(relation.shows)), None)
        if name is None:
            near = values.nearest(relation.shows, known)
            whose = "a person who signs in" if relation.entity == USER else relation.entity
            self.problems.add(
                one.mark,
                one.where,
                f"{whose} has no field {quoted(relation.shows)}",
                f"{f'Did you mean {quoted(near)}? ' if near else ''}The fields are: {values.listed(known)}.",
            )
        return replace(one, relation=relation.model_copy(update={"shows": name}))


def _as_spelled(named: Mapping[str, Value], exact: Mapping[str, Value]) -> dict[str, Value]:
    """Things under the names that the entities of the same name are spelled out with."""
    spelled = {values.folded(name): name for name in exact}
    return {spelled.get(values.folded(name), name): value for name, value in named.items()}


def _entity(exact: ExactEntity, held: Sequence[HeldRelation]) -> InterviewEntity:
    return InterviewEntity(
        name=exact.name,
        description=exact.description,
        fields=exact.fields,
        relations=tuple(one.relation for one in held if one.entity == exact.name),
        shown_by=exact.shown_by,
        because=exact.because,
    )
