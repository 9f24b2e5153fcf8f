"""What people may be in the application, and the entity that describes such a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import ADMIN, ANYONE, MEMBERS, USER, VISITOR, BlueprintRole, InterviewRelation, Source
from flows.language.plurals import singular
from flows.language.words import ascii_words, folded, label, mentions
from flows.stages.blueprint import names, reserved

if TYPE_CHECKING:
    from flows.contracts import Interview, InterviewEntity
    from flows.stages.blueprint.members import Named
    from flows.stages.blueprint.names import Repairs

_ADMINS = frozenset({"admin", "administrator"})
# People of the house: an account that may do such work is given by the admin, never taken by oneself.
_STAFF = frozenset(
    {"office", "staff", "employee", "manager", "management", "moderator", "operator", "desk", "reception"}
    | {"receptionist", "secretary", "secretariat", "supervisor", "boss", "director", "treasurer", "editor"}
    | {"accountant", "accounting", "backoffice", "clerk", "support", "board", "coordinator", "leader", "dean"}
    | {
        "committee",
        "principal",
        "foreman",
        "controller",
        "dispatcher",
        "master",
        "crew",
        "personnel",
        "finance",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A kind of people the founder named; `profile`: the entity that describes one, as it is spelled."""

    written: str
    name: str
    label: str
    signs_up: bool
    profile: str | None
    source: Source
    because: str

    def is_called(self, written: str) -> bool:
        """Whether the words name these people, in the singular or the plural."""
        return _one(written) in {_one(self.written), folded(self.label)}


def people(interview: Interview, repairs: Repairs) -> tuple[Person, ...]:
    """The people of the interview, each once; a single `member` when it names none but admins."""
    found: dict[str, Person] = {}
    stated = {said.words for said in interview.statements if said.where.startswith("people")}
    for number, written in enumerate(interview.people, start=1):
        words, reason = names.usable_words(singular(written.strip()), fallback="role", number=number)
        if names.snake(words) in _ADMINS:
            continue
        if names.snake(words) in reserved.ROLES:
            words, reason = [*words, "role"], "the name means something else in the application"
        if any(person.is_called(written) for person in found.values()):
            continue
        words = names.free(words, taken=lambda candidate: names.snake(candidate) in found)
        name = names.snake(words)
        if reason:
            repairs.note(written=written, used=name, reason=reason)
        proposed = "" if written in stated else _first_of(written, interview)
        found[name] = Person(
            written=written,
            name=name,
            label=label(singular(written.strip())),
            signs_up=_STAFF.isdisjoint(words) and "owner_of" not in name,
            profile=_profile(written, interview.entities),
            source="inferred" if proposed else "stated",
            because=proposed or written,
        )
    if not found:
        found["member"] = _member(interview.entities)
    return tuple(found.values())


def _member(entities: tuple[InterviewEntity, ...]) -> Person:
    return Person(
        written="member",
        name="member",
        label="Member",
        signs_up=True,
        profile=_profile("member", entities),
        source="default",
        because="nobody was named who uses it",
    )


def _first_of(written: str, interview: Interview) -> str:
    """The first sentence of the interview that speaks of people whom nobody listed."""
    said = (one.words for one in interview.statements if not one.where.startswith("changes"))
    return next((words for words in said if mentions(words, written)), "")


def _profile(written: str, entities: tuple[InterviewEntity, ...]) -> str | None:
    return next((entity.name for entity in entities if _one(entity.name) == _one(written)), None)


def _one(written: str) -> str:
    return folded(singular(" ".join(ascii_words(written)) or written))


def linked(interview: Interview, known: tuple[Person, ...]) -> Interview:
    """The interview in which every entity that describes people refers to the one who signs in."""
    profiles = {person.profile: person for person in known if person.profile}
    entities = tuple(
        entity.model_copy(update={"relations": (*entity.relations, _link(profiles[entity.name]))})
        if entity.name in profiles and not _has_link(entity)
        else entity
        for entity in interview.entities
    )
    return interview.model_copy(update={"entities": entities})


def _has_link(entity: InterviewEntity) -> bool:
    return any(relation.entity == USER and relation.kind != "many to many" for relation in entity.relations)


def _link(person: Person) -> InterviewRelation:
    return InterviewRelation(
        name="user", entity=USER, kind="one to one", source="inferred", because=person.because
    )


def blueprint_roles(
    interview: Interview, known: tuple[Person, ...], named: Named
) -> tuple[BlueprintRole, ...]:
    """The roles in the founder's order, the admin last."""
    made = [
        BlueprintRole(
            name=person.name,
            label=person.label,
            signs_up=person.signs_up,
            profile=named.entities[person.profile].cls if person.profile else None,
            source=person.source,
            because=person.because,
        )
        for person in known
    ]
    stated = next((written for written in interview.people if _is_admin(written)), None)
    made.append(
        BlueprintRole(
            name=ADMIN,
            label=label(singular(stated)) if stated else "Admin",
            signs_up=False,
            source="stated" if stated else "default",
            because=stated or "somebody looks after accounts and may do everything",
        )
    )
    return tuple(made)


def _is_admin(written: str) -> bool:
    return names.snake(ascii_words(singular(written.strip()))) in _ADMINS


def meant(who: str, known: tuple[Person, ...]) -> tuple[str, ...]:
    """Names of the roles, or VISITOR, that one word of a rule means; () when it means nobody known."""
    for person in known:
        if person.is_called(who):
            return (person.name,)
    if _is_admin(who):
        return (ADMIN,)
    everybody = tuple(person.name for person in known)
    return {MEMBERS: everybody, ANYONE: (VISITOR, *everybody)}.get(who, ())
