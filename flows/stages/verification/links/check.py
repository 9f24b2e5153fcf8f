"""Opens every page as each role and the visitor, follows every link, and says what leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import ADMIN, VISITOR
from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.links.browser import SIGN_IN, Browser
from flows.stages.verification.links.crawl import OK, Visit, crawl, leads_to_sign_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.contracts import Blueprint, BlueprintPage
    from flows.stages.verification.client import Client

FORBIDDEN = 403
SHOWN = 3
ACTIONS = {"list": "see", "create": "create"}


def check(blueprint: Blueprint, client: Client, *, password: str) -> str:
    """The detail of a green check; raises CheckFailed naming a few links that lead nowhere."""
    if blueprint.profile == "api":
        return "an API has no pages"
    wrong: list[str] = []
    pages = links = 0
    known: set[str] = set()
    for browser in _browsers(blueprint, client, password):
        starts, refused = _doors(blueprint, browser)
        visit = crawl(browser, starts, known)
        wrong += [f"{browser.role}: {what}" for what in (*refused, *visit.wrong)]
        pages, links = pages + visit.pages, links + visit.links
    if wrong:
        more = f", and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
        raise CheckFailed("; ".join(wrong[:SHOWN]) + more)
    return f"{links} links on {pages} pages lead somewhere"


def _browsers(blueprint: Blueprint, client: Client, password: str) -> Iterable[Browser]:
    yield Browser(client, VISITOR)
    for role in blueprint.roles:
        browser = Browser(client, role.name)
        browser.sign_in(f"{role.name}@example.com", password)
        yield browser


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


__all__ = ["SIGN_IN", "Visit", "check"]
