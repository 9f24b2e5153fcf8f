"""Attacks through the pages: addresses that somebody types, forms that somebody sends unasked."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Literal

from flows.rendering.plan import UPLOADS
from flows.stages.verification.access.accounts import EXAMPLE_PASSWORD
from flows.stages.verification.access.rules import OK, REFUSALS, UNAUTHORIZED, Expected, judged
from flows.stages.verification.links.browser import opened
from flows.stages.verification.links.crawl import leads_to_sign_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.stages.verification.access.world import Row
    from flows.stages.verification.client import Answer, Client
    from flows.stages.verification.links.browser import Browser, Cookies

Through = Literal["page", "form"]

TRIED: tuple[tuple[str, Through], ...] = (
    ("list", "page"),
    ("export", "page"),
    ("see", "page"),
    ("edit", "page"),
    ("edit", "form"),
    ("delete", "form"),
)
"""What is tried on each row that it is refused on; exporting and listing are seeing."""

STALE = {"version": "0"}
"""Forms are sent empty and for a version that never was: should one be let in, nothing changes."""


class Pages:
    """Everybody at a browser of their own, signed in when they first need it."""

    def __init__(self, client: Client, cookies: dict[str, Cookies]) -> None:
        self._client = client
        self._cookies = cookies
        self._browsers: dict[str, Browser] = {}

    def attempt(
        self, role: str, verb: str, through: Through, row: Row, expected: Expected
    ) -> tuple[int, bool]:
        """What an attack that is to be refused is answered, and whether it was."""
        browser = self._browser(role)
        path = f"/{row.entity.slug}"
        if verb == "list":
            answer = browser.get(path)
            return _without(answer, holds=f'"{path}/{row.number}"' in answer.text())
        if verb == "export":
            answer = browser.get(f"{path}/export.csv")
            return _without(answer, holds=str(row.number) in _numbers(answer))
        path += f"/{row.number}"
        if through == "form":
            return judged(expected, [_status(browser.send(f"{path}/{verb.replace('_', '-')}", STALE))])
        files = [field.name for field in row.entity.fields if field.kind in UPLOADS]
        paths = [path, *(f"{path}/files/{name}" for name in files)] if verb == "see" else [f"{path}/edit"]
        return judged(expected, [_status(browser.get(path)) for path in paths])

    def _browser(self, role: str) -> Browser:
        if role not in self._browsers:
            self._browsers[role] = opened(self._client, role, EXAMPLE_PASSWORD, self._cookies)
        return self._browsers[role]


def _without(answer: Answer, *, holds: bool) -> tuple[int, bool]:
    """Who may see none of that kind may be refused the whole; else the row is not in it."""
    status = _status(answer)
    return status, not holds if status == OK else status in REFUSALS


def _status(answer: Answer) -> int:
    """Being asked to sign in is being refused."""
    return UNAUTHORIZED if leads_to_sign_in(answer) else answer.status


def _numbers(answer: Answer) -> set[str]:
    """The numbers of the rows in a table."""
    rows: list[Mapping[str, str]] = list(csv.DictReader(io.StringIO(answer.text())))
    return {row.get("id") or "" for row in rows}
