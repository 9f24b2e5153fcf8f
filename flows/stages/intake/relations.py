"""Relations of an entity as they are written: four kinds, each short, listed or spelled out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from flows.stages.intake import values
from flows.stages.intake.problems import Problems
from flows.stages.intake.schema import RelationForm
from flows.stages.intake.schema.entity import MAX_RELATIONS
from flows.stages.intake.statements import one_line
from flows.stages.intake.targets import Targets, called_after
from flows.stages.intake.tree import Broken, Mapping, Mark, Sequence
from flows.stages.intake.wording import said_relation_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.stages.intake.values import Value

Verb: TypeAlias = Literal["belongs_to", "has_one", "has_many", "many_to_many"]
VERBS: dict[Verb, str] = {
    "belongs_to": "belongs to",
    "has_one": "has one of",
    "has_many": "has many of",
    "many_to_many": "many to many with",
}
"""Key of an entity → how it reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRelation:
    """A relation as it stands in the document, seen from the entity it stands under."""

    verb: Verb
    entity: str
    name: str
    named: bool
    """Whether the founder gave the name."""
    target: str
    required: bool = False
    back: str | None = None
    back_required: bool = False
    shows: str | None = None
    description: str = ""
    because: str = ""
    mark: Mark
    where: str

    @property
    def reads(self) -> str:
        """The verb as it stands in a sentence."""
        return VERBS[self.verb]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationReader:
    """Reads the relations of one entity."""

    entity: str
    targets: Targets
    problems: Problems

    def read(self, said: dict[str, Value]) -> tuple[SaidRelation, ...]:
        """Every relation of every kind that can be used."""
        return tuple(
            relation for verb in VERBS if verb in said for relation in self._of_kind(verb, said[verb])
        )

    def _of_kind(self, verb: Verb, value: Value) -> Iterator[SaidRelation]:
        count = _size(value)
        if count > MAX_RELATIONS:
            self.problems.add(
                value.mark, value.where, f"{count} relations are too many", f"Use at most {MAX_RELATIONS}."
            )
            return
        keyed = isinstance(value.node, Mapping)
        if keyed:
            like = "a name, a colon and an entity"
            found = values.children(value, self.problems, of="relations", like=like)
        else:
            found = tuple(values.items(value, self.problems, of="entities"))
        for place in found:
            relation = self._one(verb, place, keyed=keyed)
            if relation is not None:
                yield relation

    def _one(self, verb: Verb, value: Value, *, keyed: bool) -> SaidRelation | None:
        key_name = values.key_text(value, self.problems) if keyed else None
        said: dict[str, Value] = {"entity": value}
        if isinstance(value.node, Mapping):
            said = values.group(value, self.problems, form=RelationForm)
        target = self._target(said, value)
        given = self._text(said, "name")
        name = key_name or given
        required = values.flag(said, "required", self.problems)
        back_required = values.flag(said, "back_required", self.problems)
        if keyed and given is not None:
            self.problems.add(
                said["name"].mark, value.where, "the relation has two names", "Leave 'name' out here."
            )
        back, shows = self._text(said, "back"), self._text(said, "shows")
        if target is None or (keyed and key_name is None):
            return None
        place = value.key if keyed and value.key is not None else value
        relation = SaidRelation(
            verb=verb,
            entity=self.entity,
            name=name or called_after(target, many=verb in {"has_many", "many_to_many"}),
            named=name is not None,
            target=target,
            required=required,
            back=back,
            back_required=back_required,
            shows=shows,
            description=values.description(said, self.problems),
            mark=place.mark,
            where=value.where,
        )
        return replace(relation, because=one_line(f"{self.entity}: {said_relation_words(relation)}"))

    def _target(self, said: dict[str, Value], value: Value) -> str | None:
        if "entity" in said:
            return self.targets.read(said["entity"], self.problems)
        if not isinstance(value.node, Broken):
            self.problems.add(
                value.key.mark if value.key else value.mark,
                value.where,
                "the relation names no entity",
                "Add one, like 'entity: Owner'.",
            )
        return None

    def _text(self, said: dict[str, Value], key: str) -> str | None:
        return values.text(said[key], self.problems) if key in said else None


def _size(value: Value) -> int:
    node = value.node
    if isinstance(node, Mapping):
        return len(node.entries)
    return len(node.items) if isinstance(node, Sequence) else 1
