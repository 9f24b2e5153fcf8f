"""Asks the booted application over HTTP, one connection a request."""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.schedule import Meter

ANSWER_S = 30.0
KEPT_OF_A_KIND = 3
MOST_BYTES = 8 * 1024 * 1024


class NoAnswer(CheckFailed):
    """The application closed the connection, sent no HTTP, or took too long."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the application answered; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    cookies: Mapping[str, str] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def text(self) -> str:
        """The body as text, whatever bytes it holds."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body as JSON; raises CheckFailed."""
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise CheckFailed(f"not JSON: {self.text()[:80]!r}") from error


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """What was asked, without the query, and what was answered."""

    method: str
    path: str
    answer: Answer


class Seen:
    """A few exchanges of every kind: by method, status, and address with its numbers left out."""

    def __init__(self) -> None:
        self._exchanges: dict[tuple[str, str, int], list[Exchange]] = {}

    def keep(self, exchange: Exchange) -> None:
        """Keep it, unless there are enough of its kind."""
        kind = (exchange.method, shape(exchange.path), exchange.answer.status)
        kept = self._exchanges.setdefault(kind, [])
        if len(kept) < KEPT_OF_A_KIND:
            kept.append(exchange)

    def __iter__(self) -> Iterator[Exchange]:
        return (exchange for kept in self._exchanges.values() for exchange in kept)


def shape(path: str) -> str:
    """The address with a # in the place of every number."""
    return re.sub(r"(?<=/)\d+(?=/|$)", "#", path)


@dataclass(frozen=True, kw_only=True, slots=True)
class Client:
    """Asks for one check; the time that the application takes is told to its meter.

    `seen` keeps a few exchanges of every kind, for who wants to look at them later.
    """

    port: int
    meter: Meter
    seen: Seen = field(default_factory=Seen)

    def ask(
        self, method: str, path: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request; redirects are answers like any other. Raises NoAnswer."""
        if self.meter.cancel.is_set():
            raise CheckFailed("cancelled")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_S)
        started = time.monotonic()
        try:
            connection.request(method, path, body=body, headers={"Connection": "close", **(headers or {})})
            response = connection.getresponse()
            content = response.read(MOST_BYTES)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NoAnswer(f"{method} {path} answers with {type(error).__name__}") from error
        finally:
            connection.close()
            self.meter.subprocess_s += time.monotonic() - started
        answer = Answer(
            status=response.status,
            headers={name.lower(): value for name, value in response.getheaders()},
            body=content,
            cookies=_cookies(response.headers.get_all("set-cookie") or []),
        )
        self.seen.keep(Exchange(method=method, path=path.partition("?")[0], answer=answer))
        return answer

    def send(self, method: str, path: str, value: Any, *, headers: Mapping[str, str] | None = None) -> Answer:
        """One request with a JSON body."""
        body = json.dumps(value, ensure_ascii=False).encode()
        return self.ask(
            method, path, body=body, headers={"Content-Type": "application/json", **(headers or {})}
        )


def _cookies(headers: list[str]) -> dict[str, str]:
    """Name and value of every cookie that is set; one that is deleted has an empty value."""
    pairs = (header.partition(";")[0].partition("=") for header in headers)
    return {name.strip(): value.strip().strip('"') for name, _, value in pairs}
