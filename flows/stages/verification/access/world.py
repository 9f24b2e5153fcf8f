"""Rows to attack: made through the API by the admin, or by whoever they have to belong to."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from flows.rendering import EntityPlan
from flows.stages.verification.access.rules import CONFLICT, CREATED, DONE, OK, Facts
from flows.stages.verification.access.values import values
from flows.stages.verification.errors import CheckFailed

if TYPE_CHECKING:
    from flows.rendering import ApplicationPlan
    from flows.rendering.access import AccessPlan, StatesPlan
    from flows.rendering.plan import RelationPlan
    from flows.stages.verification.access.accounts import Account

TRIES = 12  # numbers tried for a row whose unique values are taken already
FIRST = 1000  # above the numbers that an application's examples are made from


@dataclass(kw_only=True, eq=False)
class Row:
    """One row as we made it; `references` are the rows and the users that it leads to."""

    entity: EntityPlan
    number: int
    creator: int
    status: str
    sent: dict[str, Any]
    references: dict[str, Row | int] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Its address in the API."""
        return f"/api/v1/{self.entity.slug}/{self.number}"


class World:
    """Makes rows; `way` says how a row comes to belong to its owner: None is by having created it."""

    def __init__(self, app: ApplicationPlan, access: AccessPlan, admin: Account) -> None:
        self._access = access
        self._admin = admin
        self._numbers = count(FIRST)
        self._shared: dict[tuple[str, int, str | None], Row] = {}
        self.called = {
            entity.name: plan for entity, plan in zip(app.blueprint.entities, app.entities, strict=True)
        }
        self._known = {plan.name: name for name, plan in self.called.items()}

    def ways(self, entity: EntityPlan) -> tuple[str, ...]:
        """The ways from a row to the users it belongs to."""
        return self._access.owned_by.get(entity.name, ())

    def states(self, entity: EntityPlan) -> StatesPlan | None:
        """The row's state machine, when it has one."""
        return self._access.states.get(entity.name)

    def facts(self, row: Row) -> Facts:
        """What decides about the row."""
        ends = {end for way in self.ways(row.entity) if (end := _end(row, way.split("."))) is not None}
        return Facts(
            entity=self._known[row.entity.name], owners=frozenset(ends or {row.creator}), status=row.status
        )

    def row(self, entity: EntityPlan, owner: Account, way: str | None, status: str = "") -> Row | None:
        """A row that belongs to the owner that way; None when the owner would have to make it and may not."""
        if (only := self.only(entity, owner, way)) is not None:
            return self._in_status(only, status)
        creator = self._admin if way else owner
        sent, references = self.draft(entity, owner, way)
        answer = creator.ask("POST", f"/api/v1/{entity.slug}", sent)
        for _ in range(TRIES):
            if answer.status != CONFLICT:
                break
            sent |= values(entity, next(self._numbers))
            answer = creator.ask("POST", f"/api/v1/{entity.slug}", sent)
        if answer.status != CREATED:
            if creator is not self._admin:
                return None
            raise CheckFailed(
                f"the admin cannot create a {entity.name}: {answer.status}, {answer.text()[:160]}"
            )
        return self._in_status(self.known(entity, answer.json(), creator, sent, references), status)

    def only(self, entity: EntityPlan, owner: Account, way: str | None) -> Row | None:
        """The one row that can be the owner's, if there is one: nobody has two profiles."""
        single = next(
            (one for one in entity.relations if one.name == way and one.unique and one.target.built_in), None
        )
        if single is None:
            return None
        answer = self._admin.ask("GET", f"/api/v1/{entity.slug}?{single.column}={owner.number}")
        found = answer.json()["items"] if answer.status == OK else []
        if not found:
            return None
        sent, references = self.draft(entity, owner, way)
        for key in sent.keys() & {relation.key for relation in entity.relations}:
            sent[key] = found[0][key]
        row = self.known(entity, found[0], self._admin, sent, references)
        row.creator = found[0].get("created_by_id") or self._admin.number
        return row

    def known(
        self,
        entity: EntityPlan,
        shown: dict[str, Any],
        creator: Account,
        sent: dict[str, Any],
        references: dict[str, Row | int],
    ) -> Row:
        """The row that the API has just answered."""
        states = self.states(entity)
        return Row(
            entity=entity,
            number=int(shown["id"]),
            creator=creator.number,
            status=str(shown.get(states.field.name, "")) if states else "",
            sent=sent,
            references=references,
        )

    def draft(
        self, entity: EntityPlan, owner: Account, way: str | None, *, creator: Account | None = None
    ) -> tuple[dict[str, Any], dict[str, Row | int]]:
        """What to send for a row that would belong to the owner that way, and what it leads to.

        `creator`: who sends it, the admin unless said; nobody else may enter it in another's name.
        """
        states = self.states(entity)
        sent = values(entity, next(self._numbers))
        if states:  # a new row has the initial status, nobody chooses it
            sent.pop(states.field.name, None)
        first, _, rest = (way or "").partition(".")
        references: dict[str, Row | int] = {}
        for relation in entity.relations:
            if relation.name == first:
                references[relation.name] = self._target(relation, owner, rest or None)
            elif relation.required:
                entering = creator is not None and creator.who.number is not None and relation.owner
                someone = creator if entering and creator else self._admin
                references[relation.name] = self._target(relation, someone, None)
        for relation in entity.relations:
            if relation.name in references:
                target = references[relation.name]
                number = target if isinstance(target, int) else target.number
                sent[relation.key] = [number] if relation.many else number
        return sent, references

    def _target(self, relation: RelationPlan, owner: Account, way: str | None) -> Row | int:
        """What the relation is to lead to: the owner, or a row of theirs that several may share."""
        target = relation.target
        if target.built_in:
            return owner.number
        key = (target.name, owner.number, way)
        if relation.unique or key not in self._shared:
            made = self.row(target, owner, way)
            if made is None:
                raise CheckFailed(f"no {target.name} could be made for {relation.name}")
            if relation.unique:
                return made
            self._shared[key] = made
        return self._shared[key]

    def forget(self, row: Row) -> None:
        """A row that is gone is shared no more."""
        self._shared = {key: shared for key, shared in self._shared.items() if shared is not row}

    def reachable(self, states: StatesPlan) -> dict[str, tuple[str, ...]]:
        """Every status that a row can come to, with the transitions that lead there from the initial one."""
        found: dict[str, tuple[str, ...]] = {states.initial: ()}
        waiting = deque(found)
        while waiting:
            here = waiting.popleft()
            for transition in states.transitions:
                if here in transition.sources and transition.target not in found:
                    found[transition.target] = (*found[here], transition.slug)
                    waiting.append(transition.target)
        return found

    def _in_status(self, row: Row, status: str) -> Row:
        states = self.states(row.entity)
        if states is None or status in {"", row.status}:
            return row
        for slug in self.reachable(states)[status]:
            answer = self._admin.ask("POST", f"{row.path}/{slug}")
            if answer.status not in DONE:
                raise CheckFailed(
                    f"the admin cannot {slug} a {row.entity.name}: {answer.status}, {answer.text()[:160]}"
                )
        shown = self._admin.ask("GET", row.path)
        if shown.status != OK:
            raise CheckFailed(f"the admin cannot see a {row.entity.name}: {shown.status}")
        row.status = str(shown.json()[states.field.name])
        return row


def _end(row: Row, steps: list[str]) -> int | None:
    """The number of the user at the end of the way."""
    first, *rest = steps
    there = row.references.get(first)
    if isinstance(there, Row):
        return _end(there, rest) if rest else None
    return there
