"""Interviews for the tests of the blueprint, spelled as shortly as they can be."""

from __future__ import annotations

from typing import Any

from flows.contracts import (
    FieldKind,
    Intake,
    Interview,
    InterviewEntity,
    InterviewField,
    InterviewRelation,
    InterviewRule,
)


def field(name: str, kind: FieldKind = FieldKind.TEXT, **more: object) -> InterviewField:
    return InterviewField.model_validate({"name": name, "kind": kind, **more})


def status(*choices: str, **more: object) -> InterviewField:
    return field("status", FieldKind.CHOICE, choices=choices, status=True, **more)


def entity(
    name: str, *fields: InterviewField | str, belongs_to: tuple[InterviewRelation, ...] = (), **more: Any
) -> InterviewEntity:
    spelled = tuple(field(part) if isinstance(part, str) else part for part in fields or ("name",))
    return InterviewEntity(name=name, fields=spelled, relations=belongs_to, **more)


def belongs(name: str, target: str = "", **more: Any) -> InterviewRelation:
    return InterviewRelation(name=name, entity=target or name.capitalize(), **more)


def rule(who: str, action: str, entity: str, **more: object) -> InterviewRule:
    said = {"who": (who,), "actions": (action,), "entity": entity}
    said["because"] = f"{who} {action} {entity} {' '.join(map(str, more.values()))}"
    return InterviewRule.model_validate({**said, **more})


def intake(*entities: InterviewEntity, **more: object) -> Intake:
    said = {"name": "Shop", "idea": "We sell things.", "entities": entities, **more}
    return Intake(interview=Interview.model_validate(said), completeness=50)
