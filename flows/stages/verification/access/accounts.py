"""Who attacks: an account of every role, a stranger beside each, and the visitor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.contracts import ADMIN, VISITOR
from flows.stages.verification.access.rules import ACCEPTED, CREATED, OK, Somebody
from flows.stages.verification.client import Client
from flows.stages.verification.errors import CheckFailed

if TYPE_CHECKING:
    from flows.rendering.access import RolePlan
    from flows.stages.verification.client import Answer

EXAMPLE_PASSWORD = "try-it-2026!"  # noqa: S105 - of the accounts that a seeded application has in development
OWN_PASSWORD = "an attempt of verification"  # noqa: S105 - of the accounts that we make ourselves


@dataclass(frozen=True, kw_only=True)
class Account:
    """Somebody with what the API needs to know them."""

    who: Somebody
    email: str
    client: Client
    headers: Mapping[str, str]

    @property
    def number(self) -> int:
        """The account's number; a visitor has none."""
        return self.who.number or 0

    def ask(self, method: str, path: str, value: Any = None) -> Answer:
        """One request to the JSON API."""
        if value is None:
            return self.client.ask(method, path, headers=self.headers)
        return self.client.send(method, path, value, headers=self.headers)


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """Everybody by role; `strangers` own what is not the attacker's."""

    admin: Account
    attackers: tuple[Account, ...]
    strangers: Mapping[str, Account]


def gather(client: Client, roles: tuple[RolePlan, ...]) -> Accounts:
    """Sign everybody in; raises CheckFailed when the application does not let them in as it promises."""
    admin = _example(client, ADMIN)
    members = [_example(client, role.name) for role in roles]
    made = {role.name: _made(client, role.name) for role in roles if role.signs_up}
    anybody = next(iter(made.values()), admin)
    strangers = {role.name: made.get(role.name, anybody) for role in roles}
    visitor = Account(who=Somebody(role=VISITOR), email="", client=client, headers={})
    return Accounts(
        admin=admin,
        attackers=(*members, admin, visitor),
        strangers={**strangers, ADMIN: anybody if anybody is not admin else _other(members, admin)}
        | {VISITOR: anybody},
    )


def _other(members: list[Account], admin: Account) -> Account:
    return members[0] if members else admin


def _example(client: Client, role: str) -> Account:
    """The account of that role that the examples hold."""
    return _signed_in(client, role, f"{role}@example.com", EXAMPLE_PASSWORD)


def _made(client: Client, role: str) -> Account:
    """An account that signs up, as people do."""
    email = f"stranger.{role}@example.com"
    values = {"email": email, "password": OWN_PASSWORD, "name": "A stranger", "role": role}
    answer = client.send("POST", "/api/v1/sign-up", values)
    if answer.status != ACCEPTED:
        raise CheckFailed(f"signing up as {role} answers {answer.status}, {answer.text()[:120]}")
    return _signed_in(client, role, email, OWN_PASSWORD)


def _signed_in(client: Client, role: str, email: str, password: str) -> Account:
    answer = client.send("POST", "/api/v1/tokens", {"email": email, "password": password})
    if answer.status != CREATED:
        raise CheckFailed(f"signing in as {email} answers {answer.status}, {answer.text()[:120]}")
    headers = {"Authorization": f"Bearer {answer.json()['token']}"}
    me = client.ask("GET", "/api/v1/me", headers=headers)
    if me.status != OK:
        raise CheckFailed(f"asking who {email} is answers {me.status}")
    return Account(
        who=Somebody(role=role, number=int(me.json()["id"])), email=email, client=client, headers=headers
    )
