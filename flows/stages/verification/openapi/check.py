"""Asks every operation as it should be asked and as it should not, and compares with the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.openapi.description import Description, Operation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

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
    for operation in sorted(description.operations, key=_ends_the_session):
        path = _filled(operation)
        visitor.ask(operation.method, path)
        if operation.method in {"POST", "PUT", "PATCH"}:
            admin.ask(operation.method, path, {"no such field": True})
            admin.ask(operation.method, path, [])
        else:
            admin.ask(operation.method, path)
        if operation.method == "GET":
            admin.ask("GET", f"{path}?page=none&no_such_filter=1")


def ask_silent(description: Description, admin: Account) -> None:
    """Ask every operation that has not answered well yet for the newest row of its kind."""
    answered = _answered(description, admin.client.seen)
    for operation in description.operations:
        collection, gap, rest = operation.path.partition("/{")
        if operation.name in answered or not gap or operation.method == "DELETE":
            continue
        listed = admin.ask("GET", collection)
        rows = listed.json().get("items", []) if listed.status == OK else []
        if rows:
            path = f"{collection}/{rows[0]['id']}{rest.partition('}')[2]}"
            admin.ask(operation.method, path, None if operation.method == "GET" else {})


def lies(description: Description, exchanges: Iterable[Exchange], slugs: Collection[str]) -> tuple[str, ...]:
    """What the document says wrong about the answers, and which operations never answered well.

    Of accounts only what is asked for has to be seen: some need a letter that nobody gets here.
    """
    told = [one for one in exchanges if one.path.startswith("/api/") and one.path != ADDRESS]
    found = dict.fromkeys(lie for exchange in told if (lie := description.lie(exchange)))
    answered = _answered(description, told)
    silent = (
        f"{operation.name} was never answered with success"
        for operation in description.operations
        if operation.name not in answered and (operation.method == "GET" or _kind(operation) in slugs)
    )
    return (*found, *silent)


def _ends_the_session(operation: Operation) -> bool:
    """Whether the token that asks is gone afterwards."""
    return operation.method == "DELETE" and "{" not in operation.path


def _kind(operation: Operation) -> str:
    """The slug of the rows that the operation is about."""
    return operation.path.removeprefix("/api/v1/").partition("/")[0]


def _answered(description: Description, exchanges: Iterable[Exchange]) -> set[str]:
    """The operations that answered with success."""
    return {
        operation.name
        for exchange in exchanges
        if exchange.answer.status < FIRST_ERROR
        and (operation := description.operation(exchange.method, exchange.path))
    }


def _filled(operation: Operation) -> str:
    """An address of the operation, for a row that is not there."""
    return "/".join(str(NO_SUCH_ROW) if part.startswith("{") else part for part in operation.path.split("/"))
