"""Features as ways through the application: what the journey tests do, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.rendering import EntityPlan
from flows.rendering.literals import words
from flows.stages.backend.expectations import expectations

if TYPE_CHECKING:
    from flows.rendering import ApplicationPlan
    from flows.rendering.access import AccessPlan

_DOING = {"see": "opens", "create": "creates", "edit": "edits", "delete": "deletes"}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing a person does with a row of their own; a change of status leads from one to another."""

    doing: str
    entity: EntityPlan
    way: str
    slug: str = ""
    field: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class JourneyPlan:
    """A feature, who uses it, and how; the number is that of the blueprint's journey."""

    number: int
    feature: str
    role: str
    steps: tuple[Step, ...]


def journeys(app: ApplicationPlan, access: AccessPlan) -> list[JourneyPlan]:
    """The journeys of which at least one step can be taken by the role alone."""
    called = {
        written.name: entity for written, entity in zip(app.blueprint.entities, app.entities, strict=True)
    }
    found = []
    for number, journey in enumerate(app.blueprint.journeys, start=1):
        steps = [_step(action, called[entity], access, journey.role) for action, entity in journey.steps]
        taken = tuple(step for step in steps if step)
        if taken:
            found.append(
                JourneyPlan(number=number, feature=words(journey.feature), role=journey.role, steps=taken)
            )
    return found


def _step(action: str, entity: EntityPlan, access: AccessPlan, role: str) -> Step | None:
    """The step, unless the role may not take it with a row of its own."""
    may = next((item for item in expectations(entity, access) if item.role == role), None)
    if may is None:
        return None
    if action == "create":
        return Step(doing="creates", entity=entity, way=may.way) if may.creates else None
    if action in _DOING:
        return Step(doing=_DOING[action], entity=entity, way=may.way) if action in may.own else None
    states = access.states.get(entity.name)
    change = next((item for item in (states.transitions if states else ()) if item.name == action), None)
    if states is None or change is None or action not in may.own_changes:
        return None
    return Step(
        doing="changes",
        entity=entity,
        way=may.way,
        slug=change.slug,
        field=states.field.name,
        before=may.own_changes[action][0],
        after=change.target,
    )
