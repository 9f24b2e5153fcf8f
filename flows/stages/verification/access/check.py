"""The access check: the attack on an application, and a sentence for what is not as the rules say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import VISITOR
from flows.rendering import plan
from flows.rendering.access import access_plan
from flows.stages.verification.access.accounts import gather
from flows.stages.verification.access.matrix import Attack
from flows.stages.verification.access.pages import Pages
from flows.stages.verification.access.world import World

if TYPE_CHECKING:
    from flows.contracts import AccessCell, Blueprint
    from flows.stages.verification.client import Client
    from flows.stages.verification.links.browser import Cookies


def attack(blueprint: Blueprint, client: Client, cookies: dict[str, Cookies]) -> Attack | None:
    """The attack on this application, ready to run; None when it keeps nothing.

    `cookies` keeps those of who signs in. Raises CheckFailed.
    """
    if not blueprint.entities:
        return None
    app = plan(blueprint)
    access = access_plan(blueprint, app)
    accounts = gather(client, access.roles)
    pages = None if blueprint.profile == "api" else Pages(client, cookies)
    return Attack(blueprint, World(app, access, accounts.admin), accounts, pages)


def wrong(cells: tuple[AccessCell, ...]) -> list[str]:
    """A sentence for each answer that is not as the rules say."""
    return [sentence(cell) for cell in cells if not cell.ok]


def sentence(cell: AccessCell) -> str:
    """What was tried, what the rules say, and what was answered."""
    who = "a visitor" if cell.role == VISITOR else cell.role
    whose = "their own" if cell.relation == "owner" else "a stranger's"
    status = f" that is {cell.status}" if cell.status else ""
    may = "may" if cell.expected == "allowed" else "may not"
    by = "" if cell.through == "api" else f" by {cell.through}"
    return f"{who} {may} {cell.verb} {whose} {cell.entity}{status}{by}, the answer was {cell.answered}"
