"""Interview to blueprint: the exact plan, the same for the same interview, every item with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import Blueprint
from flows.stages.blueprint import names, routes
from flows.stages.blueprint.changes import changed
from flows.stages.blueprint.comparisons import keepable
from flows.stages.blueprint.entities import blueprint_entities
from flows.stages.blueprint.examples import examples, with_unusable
from flows.stages.blueprint.grants import grants
from flows.stages.blueprint.journeys import Wanted
from flows.stages.blueprint.members import named as names_of
from flows.stages.blueprint.names import Repairs
from flows.stages.blueprint.not_built import not_built
from flows.stages.blueprint.questions import about_access, open_questions
from flows.stages.blueprint.relations import loosened, unkept
from flows.stages.blueprint.roles import blueprint_roles, linked, people
from flows.stages.blueprint.rules import rulings
from flows.stages.blueprint.traces import traced

if TYPE_CHECKING:
    from flows.contracts import Intake


def derive(intake: Intake, *, feedback: tuple[str, ...] = ()) -> Blueprint:
    """The plan of an application; `feedback`: change requests in the founder's words, none is dropped."""
    before = intake.interview
    asked_for = changed(before, feedback)
    intake = intake.model_copy(update={"interview": asked_for.interview})
    repairs = Repairs()
    slug = _product_slug(intake.interview.name, repairs)
    known = people(intake.interview, repairs)
    interview = linked(intake.interview, known)
    loose = loosened(interview)
    named = names_of(interview, repairs)
    entities, odd = keepable(blueprint_entities(named, loose=loose))
    roles = blueprint_roles(interview, known, named)
    held, unused = rulings(interview.rules, entities=entities, named=named, known=known)
    unbuildable = not_built(intake, asked_for.refused)
    refused = {wish.words for wish in unbuildable}
    features = tuple(feature for feature in interview.features if feature not in refused)
    wanted = Wanted(features=features, known=known, roles=roles, entities=entities)
    allowed = grants(entities, roles=roles, rulings=held, wishes=wanted.permits())
    rows, strange = examples(named)
    plan = Blueprint(
        name=interview.look.name or interview.name,
        slug=slug,
        idea=interview.idea,
        problem=interview.problem,
        people=interview.people,
        features=interview.features,
        profile=interview.profile,
        colour=next(iter(interview.look.colours), ""),
        entities=entities,
        roles=roles,
        grants=allowed,
        pages=routes.pages(entities, wanted.asked()) if interview.profile == "web" else (),
        endpoints=routes.endpoints(entities, wanted.asked()),
        examples=rows,
        journeys=wanted.journeys(allowed),
        open_questions=open_questions(
            intake,
            before=before,
            not_built=unbuildable,
            loose=loose,
            unused=[
                *odd,
                *unused,
                *strange,
                *wanted.left_out(allowed),
                *about_access(entities, known, allowed),
                *asked_for.unread,
            ],
        ),
        not_built=unbuildable,
        not_used=(*interview.not_used, *unkept(interview)),
        repairs=tuple(repairs.made),
    )
    return traced(with_unusable(plan), interview, held)


def _product_slug(written: str, repairs: Repairs) -> str:
    words, reason = names.usable_words(written, fallback="product", number=1)
    slug = names.kebab(words)
    if reason:
        repairs.note(written=written, used=slug, reason=reason)
    return slug
