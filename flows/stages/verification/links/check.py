"""Opens every page as each role and the visitor, follows every link, and says what leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.contracts import ADMIN, VISITOR
from flows.stages.verification.links.browser import opened
from flows.stages.verification.links.crawl import OK, crawl, leads_to_sign_in

if TYPE_CHECKING:
    from flows.contracts import Blueprint, BlueprintPage
    from flows.stages.verification.client import Client
    from flows.stages.verification.links.browser import Browser, Cookies

FORBIDDEN = 403
ACTIONS = {"list": "see", "create": "create"}


@dataclass(kw_only=True)
class Found:
    """What all browsers together came upon."""

    pages: int = 0
    links: int = 0
    wrong: list[str] = field(default_factory=list)


def follow(blueprint: Blueprint, client: Client, *, password: str, known: dict[str, Cookies]) -> Found:
    """Open every page and follow every link, as the visitor and as each role; raises CheckFailed.

    `known`: cookies of the roles that are signed in already.
    """
    found = Found()
    files: set[str] = set()
    for role in (VISITOR, *(role.name for role in blueprint.roles)):
        browser = opened(client, role, password, known)
        starts, refused = _doors(blueprint, browser)
        visit = crawl(browser, starts, files)
        found.wrong += [f"{browser.role}: {what}" for what in (*refused, *visit.wrong)]
        found.pages += visit.pages
        found.links += visit.links
    return found


def _doors(blueprint: Blueprint, browser: Browser) -> tuple[list[str], list[str]]:
    """Open every page with an address of its own: those that let the browser in, and what is wrong."""
    open_doors: list[str] = ["/"]
    wrong: list[str] = []
    for page in blueprint.pages:
        if "{" in page.path:
            continue
        answer = browser.get(page.path)
        expected = _lets_in(blueprint, page, browser.role)
        if expected and answer.status == OK:
            open_doors.append(page.path)
        elif expected or not (answer.status == FORBIDDEN or leads_to_sign_in(answer)):
            wanted = "let in" if expected else "refused"
            wrong.append(f"{page.path} answers {answer.status}, {browser.role} should be {wanted}")
    return list(dict.fromkeys(open_doors)), wrong


def _lets_in(blueprint: Blueprint, page: BlueprintPage, role: str) -> bool:
    """Whether the rules let that role open the page."""
    if page.action == "home":
        return True
    if page.action == "account":
        return role != VISITOR or page.path != "/account"
    if page.action == "admin":
        return role == ADMIN
    wanted = (role, page.entity, ACTIONS.get(page.action, page.action))
    return any((grant.role, grant.entity, grant.action) == wanted for grant in blueprint.grants)
