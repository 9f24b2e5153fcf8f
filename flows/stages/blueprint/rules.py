"""The founder's rules against the plan: which roles, rows and actions each of them means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import ADMIN, ANYONE, MEMBERS, VISITOR, InterviewRule
from flows.language.words import folded, label
from flows.stages.blueprint.escaping import article
from flows.stages.blueprint.permits import Permit, possible_statuses
from flows.stages.blueprint.roles import meant
from flows.stages.blueprint.states import moves

if TYPE_CHECKING:
    from flows.contracts import BlueprintEntity
    from flows.stages.blueprint.members import Named
    from flows.stages.blueprint.roles import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A rule with everything it names found: the cells of the table of grants that it speaks of."""

    rule: InterviewRule
    entity: str
    roles: tuple[str, ...]
    actions: tuple[str, ...]
    statuses: tuple[str, ...]

    def permits(self) -> list[Permit]:
        """What an allowing rule gives; the admin needs no rule, and a visitor has nothing of their own."""
        return [
            Permit(
                role=role,
                action=action,
                scope="own" if self.rule.own else "all",
                statuses=self.statuses,
                source=self.rule.source,
                because=self.because,
            )
            for role in self.roles
            for action in self.actions
            if role != ADMIN and not (role == VISITOR and self.rule.own)
        ]

    @property
    def because(self) -> str:
        """The founder's sentence."""
        return sentence(self.rule)

    @property
    def is_broad(self) -> bool:
        """Whether it is about everybody and names no people of its own."""
        return not {MEMBERS, ANYONE}.isdisjoint(self.rule.who)

    @property
    def items(self) -> tuple[str, ...]:
        """Names of what the rule speaks of, as traces name it."""
        return tuple(f"grant {role}.{self.entity}.{action}" for role in self.roles for action in self.actions)


def sentence(rule: InterviewRule) -> str:
    """The words a rule comes from, or how it would be said."""
    doing = rule.verb or ", ".join(rule.actions)
    may = "may" if rule.allowed else "may not"
    return rule.because or f"{', '.join(rule.who)} {may} {doing} {rule.entity}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """A rule that cannot be held, and what we ask about it."""

    words: str
    question: str


def rulings(
    rules: tuple[InterviewRule, ...],
    *,
    entities: tuple[BlueprintEntity, ...],
    named: Named,
    known: tuple[Person, ...],
) -> tuple[list[Ruling], list[Unused]]:
    """Every rule in its order, as one that can be held or one to ask about."""
    held: list[Ruling] = []
    unused: list[Unused] = []
    by_name = {entity.name: entity for entity in entities}
    said = {(rule.entity, rule.to_status) for rule in rules if rule.who}
    for rule in rules:
        if not rule.who and (rule.entity, rule.to_status) in said:
            continue  # another sentence says who takes this way
        found = _ruling(rule, entities=by_name, named=named, known=known)
        if isinstance(found, Ruling):
            held.append(found)
        else:
            unused.append(Unused(words=sentence(rule), question=found))
    return held, unused


def _ruling(
    rule: InterviewRule,
    *,
    entities: dict[str, BlueprintEntity],
    named: Named,
    known: tuple[Person, ...],
) -> Ruling | str:
    spelled = named.entity(rule.entity)
    if spelled is None:
        kept = ", ".join(entity.label for entity in list(entities.values())[:10])
        return f"This rule is about {rule.entity}, which is not kept. Which of these does it mean: {kept}?"
    entity = entities[named.entities[spelled.name].cls]
    strangers = [who for who in rule.who if not meant(who, known)]
    people = ", ".join(person.label.lower() for person in known)
    if strangers:
        return f"Who is {', '.join(strangers)}? The people who use it are: {people}."
    if not rule.who:
        doing = f"Who may {rule.verb} {article(entity.label.lower())}"
        return f"{doing}? Until that is said, whoever may edit it may. The people who use it are: {people}."
    roles = tuple(dict.fromkeys(role for who in rule.who for role in meant(who, known)))
    if not rule.allowed and roles == (ADMIN,):
        return "The admin may do everything, so this is not held. Which other people is it about?"
    actions, statuses = _actions(rule, entity)
    if not actions:
        return _no_such_change(rule, entity)
    return Ruling(rule=rule, entity=entity.name, roles=roles, actions=actions, statuses=statuses)


def _actions(rule: InterviewRule, entity: BlueprintEntity) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the actions as grants call them, and the statuses in which the rule holds."""
    plain = tuple(action for action in rule.actions if action != "change status")
    choices = _choices(entity)
    wanted = {folded(status) for status in rule.statuses}
    statuses = tuple(status for status in choices if folded(status) in wanted)
    if "change status" not in rule.actions or entity.states is None:
        return plain, statuses
    if not rule.verb and rule.to_status is None:
        return (*plain, *(transition.name for transition in entity.states.transitions)), statuses
    found = moves((rule.model_copy(update={"allowed": True}),), choices)
    changes = tuple(
        transition.name
        for transition in entity.states.transitions
        for move in found
        if transition.to_status == move.to_status
        and (not rule.verb or transition.label == label(move.doing) or not rule.allowed)
    )
    origins = {status for name in changes for status in possible_statuses(entity, name)}
    return (*plain, *changes), () if set(statuses) == origins else statuses


def _choices(entity: BlueprintEntity) -> tuple[str, ...]:
    if entity.states is None:
        return ()
    return next(field.choices for field in entity.fields if field.name == entity.states.field)


def _no_such_change(rule: InterviewRule, entity: BlueprintEntity) -> str:
    doing = rule.verb or "change the status of"
    choices = ", ".join(_choices(entity))
    if not choices:
        return f"{entity.label} has no status, so nobody can {doing} it. Which statuses can it have?"
    return f"Which status has a {entity.label.lower()} after somebody did {doing} it: {choices}?"
