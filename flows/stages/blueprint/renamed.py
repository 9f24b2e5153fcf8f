"""Things that only got another name between two versions of a blueprint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.contracts import Blueprint, BlueprintEntity

_NAMES = ("name", "attribute", "table", "slug", "label", "label_plural", "source", "because")


def with_names_of(before: Blueprint, after: Blueprint) -> tuple[Blueprint, list[str]]:
    """The earlier version under the names of the later one, and a sentence about each new name.

    A thing counts as renamed when one is gone and one is new that differ in nothing but their names.
    """
    pairs = _pairs(before, after)
    if not pairs:
        return before, []
    classes = {old.name: now.name for old, now in pairs}
    names = {now.name: now for _, now in pairs}
    document = before.model_dump()
    for entity in document["entities"]:
        entity["name"] = classes.get(entity["name"], entity["name"])
        if entity["name"] in names:
            entity.update({part: getattr(names[entity["name"]], part) for part in _NAMES})
        for relation in entity["relations"]:
            relation["target"] = classes.get(relation["target"], relation["target"])
    for role in document["roles"]:
        role["profile"] = classes.get(role["profile"], role["profile"])
    for part in ("grants", "pages", "endpoints", "examples"):
        for item in document[part]:
            item["entity"] = classes.get(item["entity"], item["entity"])
    for way in document["journeys"]:
        way["steps"] = [(action, classes.get(name, name)) for action, name in way["steps"]]
    said = [f"{old.label} is renamed to {now.label}" for old, now in pairs]
    return type(before).model_validate(document), said


def _pairs(before: Blueprint, after: Blueprint) -> list[tuple[BlueprintEntity, BlueprintEntity]]:
    there, here = {item.name for item in before.entities}, {item.name for item in after.entities}
    gone = [entity for entity in before.entities if entity.name not in here]
    new = [entity for entity in after.entities if entity.name not in there]
    pairs = []
    for old in gone:
        found = next((now for now in new if _shape(old) == _shape(now)), None)
        if found is not None:
            pairs.append((old, found))
            new.remove(found)
    return pairs


def _shape(entity: BlueprintEntity) -> dict[str, Any]:
    """Everything about an entity but its names, where a relation to itself leads to no name either."""
    parts = {"fields": {"__all__": {"because"}}, "relations": {"__all__": {"because"}}}
    shape = entity.model_dump(exclude={**dict.fromkeys(_NAMES, True), **parts})
    for relation in shape["relations"]:
        if relation["target"] == entity.name:
            relation["target"] = ""
    return shape
