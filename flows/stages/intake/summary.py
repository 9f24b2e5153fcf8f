"""What was understood of an interview, as plain text for the person who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.stages.intake.statements import one_line
from flows.stages.intake.wording import entity_words, field_words, relation_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flows.contracts import Intake, InterviewEntity, InterviewRule, Source


def summary(intake: Intake) -> str:
    """Things with their fields and relations, rules, example rows, and everything that is left open."""
    interview = intake.interview
    lines = [f"{interview.name}, {intake.completeness} % complete"]
    lines += _section("People", interview.people)
    for entity in interview.entities:
        lines += _section(_marked(entity_words(entity.name, entity.description), entity.source), _of(entity))
    lines += _section("Rules", (_rule(rule) for rule in interview.rules))
    lines += _section("Example rows", (example.because for example in interview.examples))
    lines += _section("Look", filter(None, [interview.look.because]))
    lines += _section(
        "Open questions",
        (f"{asked.number}. {asked.words}: {asked.question}" for asked in intake.open_questions),
    )
    lines += _section("Not used", (f"{left.words}: {left.reason}" for left in interview.not_used))
    return "\n".join(lines) + "\n"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    below = [f"  {one_line(line)}" for line in lines]
    return ["", one_line(title), *below] if below else []


def _of(entity: InterviewEntity) -> Iterator[str]:
    found = False
    for field in entity.fields:
        found = True
        yield _marked(field_words(field), field.source)
    for relation in entity.relations:
        found = True
        yield _marked(relation_words(relation), relation.source)
    if not found:
        yield "nothing is said of it"


def _rule(rule: InterviewRule) -> str:
    who = " and ".join(rule.who)
    may = ("only may" if rule.only else "may") if rule.allowed else "may not"
    what = " and ".join(rule.actions)
    if rule.to_status is not None:
        what = f"{rule.verb or what} (to {rule.to_status})"
    where = f" while {' or '.join(rule.statuses)}" if rule.statuses else ""
    line = f"{who} {may} {what} {'their own ' if rule.own else ''}{rule.entity}{where}"
    return _marked(f"{line}; from: {rule.because}", rule.source)


def _marked(line: str, source: Source) -> str:
    return line if source == "stated" else f"{line} ({source})"
