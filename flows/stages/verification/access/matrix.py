"""The attacks: every entity, by every role, on their own and a stranger's row, with every verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from flows.contracts import AccessCell
from flows.rendering import EntityPlan
from flows.rendering.plan import UPLOADS
from flows.stages.verification.access.accounts import Account
from flows.stages.verification.access.pages import TRIED
from flows.stages.verification.access.rules import (
    CONFLICT,
    CREATED,
    OK,
    REFUSALS,
    SEE_OTHER,
    UNPROCESSABLE,
    Expected,
    Rules,
    judged,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.contracts import Blueprint
    from flows.stages.verification.access.accounts import Accounts
    from flows.stages.verification.access.pages import Pages
    from flows.stages.verification.access.world import Row, World

Relation = Literal["owner", "stranger"]

MOST_PAGES = 20  # of a list that are looked through for a row


@dataclass(kw_only=True)
class Case:
    """One attacker and one kind of row: whose it is, and how it came to be theirs."""

    entity: EntityPlan
    attacker: Account
    owner: Account
    way: str | None
    relation: Relation


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is tried: a verb, on a row of that status, and what is asked to do it."""

    verb: str
    status: str = ""
    through: Literal["api", "page", "form"] = "api"


class Attack:
    """Attacks the application and keeps what it answered."""

    def __init__(self, blueprint: Blueprint, world: World, accounts: Accounts, pages: Pages | None) -> None:
        self._rules = Rules(blueprint)
        self._world = world
        self._accounts = accounts
        self._cells: dict[tuple[str, ...], AccessCell] = {}
        self._rows: dict[tuple[str, int, str | None, str], Row | None] = {}
        self._pages = pages

    @property
    def cells(self) -> tuple[AccessCell, ...]:
        """What was found so far."""
        return tuple(self._cells.values())

    def run(self) -> None:
        """Try everything, entity by entity; raises CheckFailed when something cannot be tried."""
        for name, entity in self._world.called.items():
            for attacker in self._accounts.attackers:
                for case in self._cases(entity, attacker):
                    self._create(name, case)
                    if self._pages and case.relation == "stranger":
                        self._by_page(name, case, self._pages)
                    self._verbs(name, case)

    def _cases(self, entity: EntityPlan, attacker: Account) -> Iterator[Case]:
        stranger = self._accounts.strangers[attacker.who.role]
        ways = self._world.ways(entity) or (None,)
        people: tuple[tuple[Relation, Account], ...] = (("owner", attacker), ("stranger", stranger))
        for relation, owner in people:
            if owner.who.number is None:  # nothing belongs to a visitor
                continue
            for way in ways if relation == "owner" else ways[:1]:
                yield Case(entity=entity, attacker=attacker, owner=owner, way=way, relation=relation)

    def _create(self, name: str, case: Case) -> None:
        """A row of their own, and one that would be a stranger's where somebody else can own it."""
        visitor = case.attacker.who.number is None
        if case.relation == "stranger" and case.way is None and not visitor:
            return
        sent, references = self._world.draft(case.entity, case.owner, case.way, creator=case.attacker)
        drafted = self._world.known(case.entity, {"id": 0}, case.attacker, sent, references)
        leads_to = tuple(self._world.facts(row) for row in references.values() if not isinstance(row, int))
        expected = self._rules.expected_new(case.attacker.who, self._world.facts(drafted), leads_to)
        gives = self._rules.hands_over(case.attacker.who, name)
        in_anothers_name = not visitor and not gives and is_in_anothers_name(case, references)
        if in_anothers_name:
            expected = Expected(allowed=False, statuses=REFUSALS | {CONFLICT, UNPROCESSABLE})
        answer = case.attacker.ask("POST", f"/api/v1/{case.entity.slug}", sent)
        ok = answer.status in expected.statuses
        if in_anothers_name and answer.status == CREATED:  # as long as it has become their own
            owner = case.entity.owner
            ok = owner is not None and answer.json().get(owner.column) == case.attacker.who.number
        elif answer.status == CONFLICT and self._world.only(case.entity, case.owner, case.way):
            ok = expected.allowed  # the rules allow it, but they have their one row already
        self._keep(name, case, Attempt("create"), expected, answer.status, ok=ok)

    def _verbs(self, name: str, case: Case) -> None:
        """Every verb on a row in every status that matters; what uses the row up comes last."""
        states = self._world.states(case.entity)
        reachable = tuple(self._world.reachable(states)) if states else ("",)
        for verb in ("list", "see", "edit"):
            action = "see" if verb == "list" else verb
            for status in reachable if self._rules.by_status(name, action) else reachable[:1]:
                self._attack(name, case, verb, status)
        for transition in states.transitions if states else ():
            for status in reachable:
                if status in transition.sources:
                    self._attack(name, case, transition.name, status)
        for status in reachable if self._rules.by_status(name, "delete") else reachable[:1]:
            self._attack(name, case, "delete", status)

    def _by_page(self, name: str, case: Case, pages: Pages) -> None:
        """What is refused, through the pages; what is allowed there is what the check of links follows."""
        states = self._world.states(case.entity)
        status = states.initial if states else ""
        row = self._row(name, case, status)
        if row is None:
            return
        changes = [one.name for one in states.transitions if status in one.sources] if states else []
        for verb, through in (*TRIED, *((change, "form") for change in changes)):
            action = "see" if verb in {"list", "export"} else verb
            expected = self._rules.expected(case.attacker.who, action, self._world.facts(row))
            if expected.allowed:
                continue
            answered, ok = pages.attempt(case.attacker.who.role, verb, through, row, expected)
            self._keep(name, case, Attempt(verb, status, through), expected, answered, ok=ok)
            if answered == SEE_OTHER:  # it was done
                self._use_up(name, case, status, row)
                return

    def _row(self, name: str, case: Case, status: str) -> Row | None:
        """A row of that kind, which several attacks may share."""
        key = (name, case.owner.number, case.way, status)
        if key not in self._rows:
            self._rows[key] = self._world.row(case.entity, case.owner, case.way, status)
        return self._rows[key]

    def _use_up(self, name: str, case: Case, status: str, row: Row) -> None:
        self._world.forget(row)
        del self._rows[name, case.owner.number, case.way, status]

    def _attack(self, name: str, case: Case, verb: str, status: str) -> None:
        row = self._row(name, case, status)
        if row is None:
            return
        action = "see" if verb == "list" else verb
        expected = self._rules.expected(case.attacker.who, action, self._world.facts(row))
        answered, ok = self._try(case, verb, row, expected)
        self._keep(name, case, Attempt(verb, status), expected, answered, ok=ok)
        if verb not in {"list", "see", "edit"} and (expected.allowed or not ok):
            self._use_up(name, case, status, row)

    def _try(self, case: Case, verb: str, row: Row, expected: Expected) -> tuple[int, bool]:
        """What the attack is answered, and whether it should be: of several the first that should not."""
        ask = case.attacker.ask
        if verb == "list":
            return self._list(case, row, expected)
        if verb == "see":
            files = (field.name for field in row.entity.fields if field.kind in UPLOADS)
            paths = [row.path, *(f"{row.path}/files/{name}" for name in files)]
            return judged(expected, [ask("GET", path).status for path in paths])
        if verb == "edit":
            change = dict(list(row.sent.items())[:1])
            attempts = (("PATCH", change), ("PUT", row.sent))
            return judged(expected, [ask(method, row.path, sent).status for method, sent in attempts])
        if verb == "delete":
            status = ask("DELETE", row.path).status
            # What others still need stays: the rules let it be deleted, something else does not.
            return status, status in expected.statuses or (expected.allowed and status == CONFLICT)
        return judged(expected, [ask("POST", f"{row.path}/{verb.replace('_', '-')}").status])

    def _list(self, case: Case, row: Row, expected: Expected) -> tuple[int, bool]:
        """Whether the list holds the row; who may see none of that kind may be refused the list as well."""
        path = f"/api/v1/{case.entity.slug}?size=100&page="
        for page in range(1, MOST_PAGES + 1):
            answer = case.attacker.ask("GET", f"{path}{page}")
            if answer.status != OK:
                return answer.status, not expected.allowed and answer.status in REFUSALS
            listed = answer.json()
            if row.number in {item["id"] for item in listed["items"]}:
                return answer.status, expected.allowed
            if page >= listed["pages"]:
                break
        return OK, not expected.allowed

    def _keep(
        self, name: str, case: Case, attempt: Attempt, expected: Expected, answered: int, *, ok: bool
    ) -> None:
        """Keep the cell; of several rows that are theirs in different ways the one that went wrong."""
        role = case.attacker.who.role
        key = (name, role, case.relation, attempt.verb, attempt.status, attempt.through)
        if key in self._cells and not self._cells[key].ok:
            return
        self._cells[key] = AccessCell(
            entity=name,
            role=role,
            relation=case.relation,
            verb=attempt.verb,
            status=attempt.status,
            through=attempt.through,
            expected="allowed" if expected.allowed else "refused",
            answered=answered,
            ok=ok,
        )


def is_in_anothers_name(case: Case, references: Mapping[str, Row | int]) -> bool:
    """Whether the row would say that it is somebody else's."""
    owner = case.entity.owner
    named = references.get(owner.name) if owner is not None else None
    return isinstance(named, int) and named != case.attacker.who.number
