"""Somebody at a browser: their cookies, and signing in through the form as people do."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.links.page import read

if TYPE_CHECKING:
    from flows.stages.verification.client import Answer, Client

SIGN_IN = "/sign-in"
OK = 200
SEE_OTHER = 303
FORM = "application/x-www-form-urlencoded"


class Browser:
    """Gets pages with the cookies that the application set."""

    def __init__(self, client: Client, role: str) -> None:
        self.role = role
        self._client = client
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """The answer itself, also when it leads elsewhere."""
        return self._ask("GET", path)

    def sign_in(self, email: str, password: str) -> None:
        """Fill in the form; raises CheckFailed."""
        page = self.get(SIGN_IN)
        if page.status != OK:
            raise CheckFailed(f"{SIGN_IN} answers {page.status}")
        values = {**read(SIGN_IN, page.text()).hidden, "email": email, "password": password}
        answer = self._ask("POST", SIGN_IN, urlencode(values).encode())
        if answer.status != SEE_OTHER:
            raise CheckFailed(f"signing in as {email} at {SIGN_IN} answers {answer.status}")

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        headers = {"Accept": "text/html"}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if body is not None:
            headers["Content-Type"] = FORM
        answer = self._client.ask(method, path, body=body, headers=headers)
        self._cookies |= answer.cookies
        return answer
