"""Names of what an entity holds: attributes of fields and relations, unique with all they bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import USER, FieldKind, Interview, InterviewEntity
from flows.language.words import folded
from flows.stages.blueprint import names, reserved
from flows.stages.blueprint.naming import EntityName, entity_names, plural_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flows.contracts import InterviewField, InterviewRelation
    from flows.stages.blueprint.names import Repairs

_RANGED = frozenset(
    {FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY, FieldKind.DATE, FieldKind.TIME}
    | {FieldKind.DATE_AND_TIME, FieldKind.DURATION}
)
_STORED = frozenset({FieldKind.IMAGE, FieldKind.FILE})
# Columns and form fields that stand beside an upload's own.
_STORED_BESIDE = ("remove", "name", "media_type", "bytes", "sha256", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """The attribute names of one entity's fields and relations, in the interview's order."""

    fields: tuple[str, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Everything that has a name in the code, by the name the interview spells."""

    interview: Interview
    entities: dict[str, EntityName]
    members: dict[str, Members]
    spelled: dict[str, InterviewEntity]
    """The entities by every form of their names, folded, and as they are written."""

    def entity(self, written: str) -> InterviewEntity | None:
        """The entity a rule or an example names, whatever its case and number."""
        return self.spelled.get(folded(written))

    def field(self, entity: str, written: str) -> str | None:
        """The attribute name of the field that the interview spells so; None when there is none."""
        spelled = self.spelled[entity]
        return _found(written, (part.name for part in spelled.fields), self.members[entity].fields)

    def relation(self, entity: str, written: str) -> str | None:
        """The attribute name of the relation that the interview spells so; None when there is none."""
        spelled = self.spelled[folded(entity)]
        return _found(written, (part.name for part in spelled.relations), self.members[entity].relations)


def _found(written: str, spelled: Iterable[str], used: tuple[str, ...]) -> str | None:
    wanted = folded(written)
    pairs = zip(spelled, used, strict=True)
    return next((member for name, member in pairs if folded(name) == wanted), None)


def named(interview: Interview, repairs: Repairs) -> Named:
    """The names of all entities, and of what each of them holds."""
    entities = entity_names(interview, repairs)
    referrers = _referrers(interview, entities)
    members = {
        entity.name: _members(
            entity, entities[entity.name], referrers=referrers[entity.name], repairs=repairs
        )
        for entity in interview.entities
    }
    return Named(
        interview=interview, entities=entities, members=members, spelled=_spelled(interview, entities)
    )


def _spelled(interview: Interview, entities: dict[str, EntityName]) -> dict[str, InterviewEntity]:
    """A name as it was written goes before a form of another one."""
    forms: dict[str, InterviewEntity] = {}
    for entity in interview.entities:
        for form in (entities[entity.name].label, entities[entity.name].label_plural):
            forms.setdefault(folded(form), entity)
    forms |= {folded(entity.name): entity for entity in interview.entities}
    return forms | {entity.name: entity for entity in interview.entities}


def _referrers(interview: Interview, entities: dict[str, EntityName]) -> dict[str, set[str]]:
    """Per entity the tables that refer to it: a list of those rows may stand on it under the table's name."""
    referrers: dict[str, set[str]] = {entity.name: set() for entity in interview.entities}
    for entity in interview.entities:
        for relation in entity.relations:
            if relation.entity != USER:
                referrers[relation.entity].add(entities[entity.name].table)
    return referrers


def _members(entity: InterviewEntity, name: EntityName, *, referrers: set[str], repairs: Repairs) -> Members:
    taken = set(referrers)
    relations = []
    for number, relation in enumerate(entity.relations, start=1):
        member = _relation_name(relation, entity=name, number=number, taken=taken, repairs=repairs)
        taken |= {member, *_beside_relation(relation, member)}
        relations.append(member)
    fields = []
    for number, part in enumerate(entity.fields, start=1):
        member = _field_name(part, entity=name, number=number, taken=taken, repairs=repairs)
        taken |= {member, *_beside_field(part, member)}
        fields.append(member)
    return Members(fields=tuple(fields), relations=tuple(relations))


def _beside_field(part: InterviewField, member: str) -> set[str]:
    """What else a field is called by: the ends of its filter, or what is kept beside an upload."""
    if part.kind in _RANGED:
        return {f"{member}_from", f"{member}_to"}
    return {f"{member}_{end}" for end in _STORED_BESIDE} if part.kind in _STORED else set()


def _beside_relation(relation: InterviewRelation, member: str) -> set[str]:
    return {f"{member}_ids"} if relation.kind == "many to many" else {f"{member}_id"}


def _relation_name(
    relation: InterviewRelation, *, entity: EntityName, number: int, taken: set[str], repairs: Repairs
) -> str:
    words, reason = names.usable_words(relation.name, fallback="relation", number=number)
    return _free_name(
        relation.name,
        (plural_words(words) if relation.kind == "many to many" else words, reason),
        brings=lambda member: _beside_relation(relation, member),
        is_reserved=lambda member: member not in reserved.RELATION_NOUNS and _is_reserved(member),
        entity=entity,
        taken=taken,
        repairs=repairs,
    )


def _field_name(
    part: InterviewField, *, entity: EntityName, number: int, taken: set[str], repairs: Repairs
) -> str:
    return _free_name(
        part.name,
        names.usable_words(part.name, fallback="field", number=number),
        brings=lambda member: _beside_field(part, member),
        is_reserved=_is_reserved,
        entity=entity,
        taken=taken,
        repairs=repairs,
    )


def _free_name(
    written: str,
    proposed: tuple[list[str], str],
    *,
    brings: Callable[[str], set[str]],
    is_reserved: Callable[[str], bool],
    entity: EntityName,
    taken: set[str],
    repairs: Repairs,
) -> str:
    """The name that nothing else has, with everything it brings along; a change of it is noted.

    `proposed`: its words, and why they are not as written.
    """
    words, reason = proposed
    if is_reserved(names.snake(words)):
        words, reason = _own(words, entity), "the name is taken by Python, SQL or the application itself"

    def unusable(candidate: list[str]) -> bool:
        member = names.snake(candidate)
        return bool(taken & {member, *brings(member)}) or is_reserved(member)

    if unusable(words):
        reason = reason or f"another name of {entity.label} comes out the same"
        words = names.free(words, taken=unusable)
    used = names.snake(words)
    if reason:
        repairs.note(written=f"{entity.written}: {written}", used=used, reason=reason)
    return used


def _own(words: list[str], entity: EntityName) -> list[str]:
    """A reserved name behind the name of its entity."""
    plain = "code" if words in (["id"], ["pk"]) else names.snake(words)
    # An entity called Model would bring the prefix back that pydantic keeps for itself.
    owner = "own" if _is_reserved(f"{entity.attribute}_{plain}") else entity.attribute
    return [owner, *names.clipped(plain.split("_"))]


def _is_reserved(member: str) -> bool:
    return member in reserved.MEMBERS or member.startswith(reserved.MEMBER_PREFIXES)
