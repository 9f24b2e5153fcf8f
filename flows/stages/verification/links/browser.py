"""Somebody at a browser: their cookies, and signing in through the form as people do."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlencode

from flows.contracts import VISITOR
from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.links.page import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.stages.verification.client import Answer, Client

SIGN_IN = "/sign-in"
OK = 200
SEE_OTHER = 303
FORM = "application/x-www-form-urlencoded"

Cookies: TypeAlias = dict[str, str]


class Browser:
    """Gets pages and sends forms with the cookies that the application set."""

    def __init__(self, client: Client, role: str, cookies: Cookies | None = None) -> None:
        self.role = role
        self.cookies: Cookies = {} if cookies is None else cookies
        self._client = client
        self._proof: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """The answer itself, also when it leads elsewhere."""
        return self._ask("GET", path)

    def sign_in(self, email: str, password: str) -> None:
        """Fill in the form; raises CheckFailed."""
        answer = self.send(SIGN_IN, {"email": email, "password": password})
        if answer.status != SEE_OTHER:
            raise CheckFailed(f"signing in as {email} at {SIGN_IN} answers {answer.status}")
        self._proof = {}  # it was the visitor's

    def send(self, path: str, values: Mapping[str, str]) -> Answer:
        """Send a form, with the proof that it comes from one of the application's own pages."""
        self._proof = self._proof or self._hidden()
        return self._ask("POST", path, urlencode({**self._proof, **values}).encode())

    def _hidden(self) -> dict[str, str]:
        """What the form that everybody can see sends besides what people fill in; raises CheckFailed."""
        page = self.get(SIGN_IN)
        if page.status != OK:
            raise CheckFailed(f"{SIGN_IN} answers {page.status}")
        return read(SIGN_IN, page.text()).hidden

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        headers = {"Accept": "text/html"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = FORM
        answer = self._client.ask(method, path, body=body, headers=headers)
        self.cookies |= answer.cookies
        return answer


def opened(client: Client, role: str, password: str, known: dict[str, Cookies]) -> Browser:
    """A browser of the example account of that role, or of a visitor.

    Signing in costs the application a second of work, so it is done once: `known` keeps the cookies.
    """
    browser = Browser(client, role, known.get(role))
    if role != VISITOR and role not in known:
        browser.sign_in(f"{role}@example.com", password)
        known[role] = browser.cookies
    return browser
