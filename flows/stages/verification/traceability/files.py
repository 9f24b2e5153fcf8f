"""Which files of the application stand for an item: by the places that the generators write to."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.contracts import Blueprint
    from flows.stages.verification.traceability.items import Item

ENTITY = (
    "app/models/{0}.py",
    "app/schemas/{0}.py",
    "app/services/{0}.py",
    "app/api/{0}.py",
    "app/pages/{0}.py",
    "app/templates/{0}/*.html",
)
FIELD = ("app/models/{0}.py", "app/schemas/{0}.py", "app/templates/{0}/*.html")
RELATION = ("app/models/{0}.py", "app/schemas/{0}.py", "app/services/{0}.py")
STATES = ("app/models/{0}.py", "app/services/{0}.py", "app/api/{0}.py", "app/states.py")
POLICY = ("app/policy.py",)
ROLE = ("app/policy.py", "app/models/user.py")
EXAMPLE = ("app/seed.py", "app/examples.py", "app/examples/*.py")
LOOK = ("app/static/*.css", "app/templates/layout.html")
PRODUCT = ("README.md", "app/main.py", "app/templates/*.html")

PLACES = {
    "entity": ENTITY,
    "field": FIELD,
    "relation": RELATION,
    "states": STATES,
    "transition": STATES,
    "role": ROLE,
    "grant": POLICY,
    "example": EXAMPLE,
    "look": LOOK,
    "product": PRODUCT,
}


def files_of(item: Item, blueprint: Blueprint, paths: tuple[str, ...]) -> tuple[str, ...]:
    """The files that stand for the item, in the order of their paths."""
    if item.kind == "journey":
        patterns = [pattern.format(name) for name in _steps(item, blueprint) for pattern in ENTITY]
    else:
        name = attribute(item, blueprint)
        patterns = [pattern.format(name) for pattern in PLACES.get(item.kind, ())]
    return tuple(path for path in paths if any(fnmatchcase(path, pattern) for pattern in patterns))


def attribute(item: Item, blueprint: Blueprint) -> str:
    """Name of the modules of the entity that the item is part of; '' when it is part of none."""
    if item.kind in {"role", "look", "product", "journey"} or not item.parts:
        return ""
    name = item.parts[1] if item.kind == "grant" and len(item.parts) > 1 else item.parts[0]
    return next((entity.attribute for entity in blueprint.entities if entity.name == name), "")


def _steps(item: Item, blueprint: Blueprint) -> list[str]:
    """The modules of the entities that a journey goes through."""
    number = int(item.parts[0]) if item.parts and item.parts[0].isdigit() else 0
    if not 1 <= number <= len(blueprint.journeys):
        return []
    passed = {entity for _, entity in blueprint.journeys[number - 1].steps}
    return [entity.attribute for entity in blueprint.entities if entity.name in passed]
