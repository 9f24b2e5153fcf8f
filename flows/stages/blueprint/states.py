"""The state machine of an entity: its statuses, where it begins, and the actions that lead on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import BlueprintStates, BlueprintTransition, FieldKind, InterviewRule
from flows.language import statuses
from flows.language.words import ascii_words, folded, label
from flows.stages.blueprint import names, reserved

if TYPE_CHECKING:
    from flows.contracts import BlueprintEntity, BlueprintField, InterviewEntity


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A rule that changes a status, with everything it says settled against the entity's statuses."""

    rule: InterviewRule
    doing: str
    from_statuses: tuple[str, ...]
    to_status: str


def status_field(entity: InterviewEntity, fields: tuple[BlueprintField, ...]) -> BlueprintField | None:
    """The choice whose changes are actions: one that is said to be, else one that is called like it."""
    pairs = [
        (spelled, field)
        for spelled, field in zip(entity.fields, fields, strict=True)
        if field.kind is FieldKind.CHOICE and len(field.choices) > 1
    ]
    for spelled, field in pairs:
        if spelled.status:
            return field
    for spelled, field in pairs:
        if statuses.FIELD_NAMES.intersection(ascii_words(spelled.name)[-1:]):
            return field
    return None


def with_states(
    blueprint: BlueprintEntity, entity: InterviewEntity, rules: tuple[InterviewRule, ...]
) -> BlueprintEntity:
    """The entity with its state machine, when it has a status; the field is required and begins somewhere."""
    field = status_field(entity, blueprint.fields)
    if field is None:
        return blueprint
    initial = _initial(field)
    settled = field.model_copy(update={"required": True, "default": initial})
    states = BlueprintStates(
        field=field.name,
        initial=initial,
        transitions=_transitions(field, initial, blueprint.attribute, rules),
        source=field.source,
        because=field.because,
    )
    fields = tuple(settled if part is field else part for part in blueprint.fields)
    return blueprint.model_copy(update={"fields": fields, "states": states})


def _initial(field: BlueprintField) -> str:
    if field.default in field.choices and field.default is not None:
        return field.default
    return next(filter(statuses.is_first, field.choices), field.choices[0])


def _transitions(
    field: BlueprintField, initial: str, attribute: str, rules: tuple[InterviewRule, ...]
) -> tuple[BlueprintTransition, ...]:
    made: dict[str, BlueprintTransition] = {}
    for move in moves(rules, field.choices):
        _add_stated(move, made, field=field, attribute=attribute)
    reached = {transition.to_status for transition in made.values()} | {initial}
    open_statuses = [status for status in field.choices if status == initial or not statuses.is_last(status)]
    for status in field.choices:
        origins = tuple(origin for origin in open_statuses if origin != status)
        if status not in reached and origins:
            doing = statuses.verb(status)
            name = _name(doing, status, made, attribute)
            made[name] = BlueprintTransition(
                name=name,
                label=label(doing),
                from_statuses=origins,
                to_status=status,
                source="inferred",
                because=field.because,
            )
    return tuple(made.values())


def moves(rules: tuple[InterviewRule, ...], choices: tuple[str, ...]) -> tuple[Move, ...]:
    """The rules that name a change of status which these statuses allow, each once in its order."""
    found = []
    ways = {_reached(rule, choices): rule.statuses for rule in rules if _is_way(rule)}
    called = {_reached(rule, choices): rule.verb for rule in reversed(rules) if rule.who and rule.verb}
    for rule in rules:
        if rule.allowed and "change status" in rule.actions:
            to_status = _reached(rule, choices)
            if to_status is None:
                continue
            told = rule.statuses or ways.get(to_status, ())
            said = tuple(status for word in told if (status := _same(word, choices)))
            origins = said or tuple(
                status for status in choices if status != to_status and not statuses.is_last(status)
            )
            found.append(
                Move(
                    rule=rule,
                    doing=(called.get(to_status) if not rule.who else None)
                    or rule.verb
                    or statuses.verb(to_status),
                    from_statuses=tuple(status for status in origins if status != to_status),
                    to_status=to_status,
                )
            )
    return tuple(move for move in found if move.from_statuses)


def _is_way(rule: InterviewRule) -> bool:
    """`an order goes from open to paid`: where it leads, said of nobody in particular."""
    return not rule.who and rule.allowed


def _reached(rule: InterviewRule, choices: tuple[str, ...]) -> str | None:
    return _same(rule.to_status, choices) or statuses.reached_by(rule.verb, choices)


def _same(written: str | None, choices: tuple[str, ...]) -> str | None:
    wanted = folded(written or "")
    return next((choice for choice in choices if folded(choice) == wanted), None)


def _add_stated(
    move: Move, made: dict[str, BlueprintTransition], *, field: BlueprintField, attribute: str
) -> None:
    shown = label(move.doing)
    for name, known in made.items():
        if known.to_status == move.to_status and known.label == shown:
            together = {*known.from_statuses, *move.from_statuses}
            ordered = tuple(status for status in field.choices if status in together)
            made[name] = known.model_copy(update={"from_statuses": ordered})
            return
    name = _name(move.doing, move.to_status, made, attribute)
    made[name] = BlueprintTransition(
        name=name,
        label=shown,
        from_statuses=move.from_statuses,
        to_status=move.to_status,
        source=move.rule.source,
        because=move.rule.because,
    )


def _name(doing: str, to_status: str, made: dict[str, BlueprintTransition], attribute: str) -> str:
    """A verb that is no word of Python and no other address below a row's own."""
    words, _ = names.usable_words(doing, fallback="move", number=len(made) + 1)
    if names.snake(words) in made:
        words = [*words, *ascii_words(to_status)]
    if names.snake(words) in reserved.TRANSITIONS:
        words = [*words, attribute]
    return names.snake(
        names.free(names.clipped(words), taken=lambda candidate: names.snake(candidate) in made)
    )
