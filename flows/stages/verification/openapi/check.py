"""Asks every operation as it should be asked and as it should not, and compares with the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.openapi.description import Description, Operation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.stages.verification.access.accounts import Account
    from flows.stages.verification.client import Client, Exchange

ADDRESS = "/api/openapi.json"
OK = 200
FIRST_ERROR = 400
NO_SUCH_ROW = 999_999_999
"""Fits into 31 bits, and no database that was just made holds as many rows."""


def describe(client: Client) -> Description:
    """The document that the application serves; raises CheckFailed."""
    answer = client.ask("GET", ADDRESS)
    if answer.status != OK:
        raise CheckFailed(f"{ADDRESS} answers {answer.status}")
    return Description(answer.json())


def ask_everything(description: Description, admin: Account, visitor: Account) -> None:
    """Ask each operation as nobody, for a row that is not there, and with nonsense; the client keeps it."""
    for operation in description.operations:
        path = _filled(operation)
        visitor.ask(operation.method, path)
        if operation.method in {"POST", "PUT", "PATCH"}:
            admin.ask(operation.method, path, {"no such field": True})
            admin.ask(operation.method, path, [])
        else:
            admin.ask(operation.method, path)
        if operation.method == "GET":
            admin.ask("GET", f"{path}?page=none&no_such_filter=1")


def verdict(description: Description, exchanges: Iterable[Exchange]) -> str:
    """The detail of a green check; raises CheckFailed naming an answer that is not as described."""
    lies: list[str] = []
    answered: set[str] = set()
    looked_at = 0
    for exchange in exchanges:
        if not exchange.path.startswith("/api/") or exchange.path == ADDRESS:
            continue
        looked_at += 1
        operation = description.operation(exchange.method, exchange.path)
        if operation and exchange.answer.status < FIRST_ERROR:
            answered.add(operation.name)
        if (lie := description.lie(exchange)) and lie not in lies:
            lies.append(lie)
    silent = [operation.name for operation in description.operations if operation.name not in answered]
    lies += [f"{name} was never answered with success" for name in silent]
    if lies:
        more = f", and {len(lies) - 1} more" if len(lies) > 1 else ""
        raise CheckFailed(f"{lies[0]}{more}")
    return f"{len(description.operations)} operations, {looked_at} answers as described"


def _filled(operation: Operation) -> str:
    """An address of the operation, for a row that is not there."""
    return "/".join(str(NO_SUCH_ROW) if part.startswith("{") else part for part in operation.path.split("/"))
