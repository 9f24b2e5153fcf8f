"""Open questions of a blueprint: what the interview left open, what was decided for it, and the feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import ADMIN, OpenQuestion
from flows.language.left_open import left_open
from flows.language.plurals import plural
from flows.language.words import mentions
from flows.stages.blueprint.comparing import lowered
from flows.stages.blueprint.escaping import article
from flows.stages.blueprint.ownership import owners
from flows.stages.blueprint.permits import CREATE, EDIT
from flows.stages.blueprint.rules import Unused

if TYPE_CHECKING:
    from flows.contracts import BlueprintEntity, BlueprintGrant, Intake, Interview, NotBuilt
    from flows.stages.blueprint.roles import Person

_FOREIGN = (
    "{who}: these rows belong to others, so people of this kind can enter but not correct them: {things}. "
    "May they edit all of them?"
)
_CIRCLE = (
    "Required relations go round in a circle here, so {relation} of {entity} was made optional: "
    "which of them may be left empty?"
)


def open_questions(
    intake: Intake,
    *,
    before: Interview,
    not_built: tuple[NotBuilt, ...],
    loose: frozenset[tuple[str, str]],
    unused: list[Unused],
) -> tuple[OpenQuestion, ...]:
    """Numbered anew: the interview's, without wishes named as not built; then ours and those on changes.

    `before`: the interview that the questions were asked of; what its changes answer is not asked again.
    """
    unbuildable = {wish.words for wish in not_built}
    asked = [(words, question) for words, question in _still_open(intake, before) if words not in unbuildable]
    for entity in intake.interview.entities:
        asked.extend(
            (
                f"{entity.name} belongs to {relation.entity}",
                _CIRCLE.format(relation=relation.name, entity=entity.name),
            )
            for relation in entity.relations
            if (entity.name, relation.name) in loose
        )
    asked.extend((item.words, item.question) for item in unused)
    return tuple(
        OpenQuestion(number=number, words=words, question=question)
        for number, (words, question) in enumerate(asked, start=1)
    )


def _still_open(intake: Intake, before: Interview) -> list[tuple[str, str]]:
    """What was asked and is not answered by a change since, then what the changes leave open."""
    asked = [(question.words, question.question) for question in intake.open_questions]
    if intake.interview == before:
        return asked
    old = {(item.words, item.question) for item in left_open(before)}
    new = {(item.words, item.question): None for item in left_open(intake.interview)}
    open_still = [item for item in asked if item not in old or item in new]
    return [*open_still, *(item for item in new if item not in old)]


def nearest(words: str, entities: tuple[BlueprintEntity, ...]) -> str:
    """Which things the words speak of, as a sentence with a space behind it; '' when of none."""
    meant = [entity.label for entity in entities if mentions(words, entity.label)]
    return f"It seems to be about {', '.join(meant)}. " if meant else ""


def about_access(
    entities: tuple[BlueprintEntity, ...], known: tuple[Person, ...], grants: tuple[BlueprintGrant, ...]
) -> list[Unused]:
    """What the permissions leave open: rows that people cannot correct, things that people cannot enter."""
    return [*_without_rows(entities, known, grants), *_without_people(entities, grants)]


def _without_rows(
    entities: tuple[BlueprintEntity, ...], known: tuple[Person, ...], grants: tuple[BlueprintGrant, ...]
) -> list[Unused]:
    """People described by no entity, who may enter rows by habit but never correct them: none is theirs."""
    by_name = {entity.name: entity for entity in entities}
    habits = {(grant.role, grant.entity) for grant in grants if _is_own_edit(grant)}
    wider = {(grant.role, grant.entity) for grant in grants if grant.action == EDIT and grant.scope == "all"}
    asked = []
    for person in (person for person in known if person.profile is None):
        foreign = [
            entity
            for entity in entities
            if (person.name, entity.name) in habits - wider
            and entity.owned_by
            and entity.name not in owners(entity, by_name)
        ]
        if foreign:
            things = ", ".join(lowered(plural(entity.label)) for entity in foreign)
            asked.append(
                Unused(words=person.written, question=_FOREIGN.format(who=person.label, things=things))
            )
    return asked


def _without_people(
    entities: tuple[BlueprintEntity, ...], grants: tuple[BlueprintGrant, ...]
) -> list[Unused]:
    """Things that nobody but the admin may enter."""
    entering = {grant.entity for grant in grants if grant.action == CREATE and grant.role != ADMIN}
    return [
        Unused(
            words=entity.label,
            question=f"Nobody but the admin may enter {article(lowered(entity.label))}: who may?",
        )
        for entity in entities
        if entity.name not in entering
    ]


def _is_own_edit(grant: BlueprintGrant) -> bool:
    return grant.action == EDIT and grant.scope == "own" and grant.source == "default"
