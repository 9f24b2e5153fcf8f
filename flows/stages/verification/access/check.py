"""The access check: the whole matrix, and one line about what is not as the rules say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import VISITOR
from flows.rendering import plan
from flows.rendering.access import access_plan
from flows.stages.verification.access.accounts import gather
from flows.stages.verification.access.matrix import Attack
from flows.stages.verification.access.world import World
from flows.stages.verification.errors import CheckFailed

if TYPE_CHECKING:
    from flows.contracts import AccessCell, Blueprint
    from flows.stages.verification.client import Client


def attack(blueprint: Blueprint, client: Client) -> tuple[AccessCell, ...]:
    """Every cell of the matrix; raises CheckFailed when it cannot be tried at all."""
    if not blueprint.entities:
        return ()
    app = plan(blueprint)
    access = access_plan(blueprint, app)
    accounts = gather(client, access.roles)
    return Attack(blueprint, World(app, access, accounts.admin), accounts).run()


def verdict(cells: tuple[AccessCell, ...]) -> str:
    """The detail of a green check; raises CheckFailed naming an answer that breaks the rules."""
    wrong = [cell for cell in cells if not cell.ok]
    if wrong:
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise CheckFailed(
            f"{len(cells) - len(wrong)} of {len(cells)} as the rules say; {sentence(wrong[0])}{more}"
        )
    return f"{len(cells)} attempts, each answered as the rules say"


def sentence(cell: AccessCell) -> str:
    """What was tried, what the rules say, and what was answered."""
    who = "a visitor" if cell.role == VISITOR else cell.role
    whose = "their own" if cell.relation == "owner" else "a stranger's"
    status = f" that is {cell.status}" if cell.status else ""
    may = "may" if cell.expected == "allowed" else "may not"
    return f"{who} {may} {cell.verb} {whose} {cell.entity}{status}, the answer was {cell.answered}"
