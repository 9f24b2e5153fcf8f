"""What changed between two versions of a blueprint, in sentences for the founder who decides on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.stages.blueprint.comparing import Wording, attributes, listed, matched, quoted
from flows.stages.blueprint.diff_access import grant_differences, grant_notes, role_differences, role_notes
from flows.stages.blueprint.diff_entities import entity_differences, entity_notes, new_entity
from flows.stages.blueprint.renamed import with_names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flows.contracts import Blueprint, BlueprintExample, Contract

_PRODUCT: dict[str, Wording] = {
    "schema_version": lambda old, now: f"The form of the plan itself is now {now}, not {old}",
    "name": lambda old, now: f"The product is now called {quoted(now)}, not {quoted(old)}",
    "slug": lambda old, now: f"The application's folder is now called {quoted(now)}, not {quoted(old)}",
    "idea": lambda _, now: f"The idea reads now {quoted(now)}",
    "problem": lambda _, now: f"The problem reads now {quoted(now)}",
    "people": listed("People: also {}", "People: no longer {}", "People are in another order:"),
    "features": listed("Wishes: also {}", "Wishes: no longer {}", "Wishes are in another order:"),
    "profile": lambda old, now: f"The application comes now as {now}, not as {old}",
    "colour": lambda old, now: f"The colour is now {quoted(now)}, not {quoted(old)}",
}
_LISTS = ("entities", "roles", "grants", "pages", "endpoints", "examples", "journeys", "open_questions")
_MORE_LISTS = ("not_built", "not_used", "repairs", "traces")


def differences(before: Blueprint, after: Blueprint) -> tuple[str, ...]:
    """One sentence per difference, in the order of the document; () when and only when the two are equal.

    What follows from another difference (addresses of a new thing, numbers of questions) is said only when
    nothing else differs.
    """
    if before == after:
        return ()
    renamed, said = with_names_of(before, after)
    said += attributes(renamed, after, _PRODUCT, without=(*_LISTS, *_MORE_LISTS))
    said += _entities(renamed, after)
    said += role_differences(renamed, after)
    said += grant_differences(renamed, after)
    said += _examples(renamed, after)
    said += _lists(renamed, after)
    return tuple(dict.fromkeys(said or _notes(renamed, after)))


def _entities(before: Blueprint, after: Blueprint) -> Iterator[str]:
    found = matched(before.entities, after.entities, lambda entity: entity.name)
    yield from (new_entity(entity) for entity in found.new)
    yield from (f"{entity.label} is gone" for entity in found.gone)
    for old, now in found.both:
        yield from entity_differences(old, now)
    if found.moved:
        yield f"The things are in another order: {', '.join(entity.label for entity in after.entities)}"


def _examples(before: Blueprint, after: Blueprint) -> Iterator[str]:
    found = matched(before.examples, after.examples, lambda example: (example.entity, example.values))
    yield from (f"New example: {_example(example)}" for example in found.new)
    yield from (f"Gone example: {_example(example)}" for example in found.gone)
    if found.moved:
        yield "The examples are in another order"


def _example(example: BlueprintExample) -> str:
    return f"{example.entity} with {', '.join(f'{name} {quoted(value)}' for name, value in example.values)}"


def _lists(before: Blueprint, after: Blueprint) -> Iterator[str]:
    """Questions, wishes that are not built, ways through the application, and names that were repaired."""
    questions = matched(before.open_questions, after.open_questions, lambda item: item.words)
    for old, now in questions.both:
        if old.question != now.question:
            yield f"The question about {quoted(now.words)} is now: {now.question}"
    yield from (f"New question about {quoted(item.words)}: {item.question}" for item in questions.new)
    yield from (f"Answered: {item.question} ({quoted(item.words)})" for item in questions.gone)
    wishes = matched(before.not_built, after.not_built, lambda item: (item.words, item.reason))
    yield from (f"Not built: {quoted(item.words)}, because {item.reason}" for item in wishes.new)
    yield from (f"No longer named as not built: {quoted(item.words)} ({item.reason})" for item in wishes.gone)
    options = matched(before.not_used, after.not_used, lambda item: (item.words, item.reason))
    yield from (f"Not used: {quoted(item.words)}, because {item.reason}" for item in options.new)
    yield from (f"No longer there, and not used before: {quoted(item.words)}" for item in options.gone)
    ways = matched(before.journeys, after.journeys, lambda way: (way.feature, way.role, way.steps))
    yield from (f"A test now goes the way of {quoted(way.feature)} as {way.role}" for way in ways.new)
    yield from (f"No test goes the way of {quoted(way.feature)} as {way.role} now" for way in ways.gone)
    names = matched(before.repairs, after.repairs, lambda item: (item.written, item.used, item.reason))
    yield from (f"{quoted(item.written)} is now {item.used} in the code: {item.reason}" for item in names.new)
    yield from (f"{quoted(item.written)} is no longer {item.used} in the code" for item in names.gone)


def _notes(before: Blueprint, after: Blueprint) -> Iterator[str]:
    """What follows from other differences, or only changes words that nobody decides on."""
    for old, now in matched(before.entities, after.entities, lambda entity: entity.name).both:
        yield from entity_notes(old, now)
    yield from role_notes(before, after)
    yield from grant_notes(before, after)
    yield from _listed(before.pages, after.pages, "Page", lambda page: page.path)
    yield from _listed(
        before.endpoints, after.endpoints, "Operation", lambda item: f"{item.method} {item.path}"
    )
    yield from _listed(before.examples, after.examples, "Example", _example)
    yield from _listed(before.open_questions, after.open_questions, "Question", lambda item: item.question)
    yield from _listed(before.not_built, after.not_built, "Not built", lambda item: item.words)
    yield from _listed(before.not_used, after.not_used, "Not used", lambda item: item.words)
    yield from _listed(before.journeys, after.journeys, "Way", lambda way: way.feature)
    yield from _listed(before.repairs, after.repairs, "Repaired name", lambda item: item.written)
    yield from _listed(before.traces, after.traces, "Statement", lambda trace: str(trace.number))


def _listed(
    before: Sequence[Contract], after: Sequence[Contract], what: str, name: Callable[..., str]
) -> Iterator[str]:
    found = matched(before, after, name)
    yield from (f"{what} {name(item)} is new" for item in found.new)
    yield from (f"{what} {name(item)} is gone" for item in found.gone)
    for old, now in found.both:
        yield from (f"{what} {name(now)}: {words}" for words in attributes(old, now, {}))
    if found.moved:
        yield f"The order changed: {what.lower()} {', '.join(map(name, after))}"
