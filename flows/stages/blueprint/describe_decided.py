"""What a blueprint holds that nobody said: read from the founder's words, or the house's habits."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flows.stages.blueprint.comparing import lowered
from flows.stages.blueprint.escaping import counted, done_to, escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import Blueprint, BlueprintEntity, Source

Item = tuple[str, "Source", str]
_PAGES = "there are pages to sign in, for the admin, and to list, see, enter, change and delete what is kept"
_SHOWN = 12  # items of one sentence; a founder sees what is meant, and the whole is below


def decided(blueprint: Blueprint) -> list[str]:
    """Lines: a sentence of the founder with everything read from it; then habits, with how much they give."""
    read: dict[str, list[str]] = {}
    habits: Counter[str] = Counter()
    for name, source, because in _items(blueprint):
        if source == "inferred":
            read.setdefault(because, []).append(name)
        elif source == "default":
            habits[because] += 1
    lines = []
    for because, names in read.items():
        shown = list(dict.fromkeys(names))
        more = [f"and {len(shown) - _SHOWN} more"] if len(shown) > _SHOWN else []
        lines.append(f"- From {escaped(because)}: {', '.join([*map(escaped, shown[:_SHOWN]), *more])}")
    lines += [
        f"- By default, {escaped(because)}: {counted(number, 'item', 'items')}"
        for because, number in habits.items()
    ]
    return lines


def _items(blueprint: Blueprint) -> Iterator[Item]:
    for entity in blueprint.entities:
        yield from _of_entity(entity)
    for role in blueprint.roles:
        yield f"role {role.label}", role.source, role.because
    labels = {role.name: role.label for role in blueprint.roles}
    things = {entity.name: lowered(entity.label) for entity in blueprint.entities}
    for grant in blueprint.grants:
        who, what = labels.get(grant.role, "Visitor"), things.get(grant.entity, grant.entity)
        doing = grant.action.replace("_", " ")
        yield f"{who} may {done_to(doing, what)}", grant.source, grant.because
    for page in blueprint.pages:
        source, because = page.source, page.because
        yield f"page {page.title}", source, _PAGES if source == "default" else because
    for example in blueprint.examples:
        yield f"example of {things.get(example.entity, example.entity)}", example.source, example.because


def _of_entity(entity: BlueprintEntity) -> Iterator[Item]:
    yield entity.label, entity.source, entity.because
    for part in entity.fields:
        yield f"{lowered(part.label)} of {entity.label}", part.source, part.because
    for link in entity.relations:
        yield f"{lowered(link.label)} of {entity.label}", link.source, link.because
    if entity.states is not None:
        yield f"statuses of {entity.label}", entity.states.source, entity.states.because
        for move in entity.states.transitions:
            doing = done_to(lowered(move.label), lowered(entity.label))
            yield doing, move.source, move.because
