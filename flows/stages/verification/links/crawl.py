"""Follows every link of every page that a browser can reach, within bounds."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from flows.stages.verification.client import shape
from flows.stages.verification.links.page import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.stages.verification.client import Answer
    from flows.stages.verification.links.browser import Browser

OF_A_KIND = 2
"""Pages of the same kind that are visited: the third booking leads where the first two do."""

MOST = 1500
"""Pages visited by one browser: more than any generated application has of different kinds."""

OK = 200
SEE_OTHER = 303
HTML = "text/html"


@dataclass(kw_only=True)
class Visit:
    """What a browser found."""

    pages: int = 0
    links: int = 0
    wrong: list[str] = field(default_factory=list)


def crawl(browser: Browser, starts: Iterable[str], known: set[str]) -> Visit:
    """Follow everything from these addresses; `known` files are the same for all and not got again."""
    visit = Visit()
    waiting = deque((start, "") for start in starts)
    seen = {start for start, _ in waiting}
    kinds: Counter[str] = Counter()
    while waiting and visit.pages < MOST:
        path, source = waiting.popleft()
        kind = _kind(path)
        if path in known or kinds[kind] >= OF_A_KIND:
            continue
        kinds[kind] += 1
        visit.pages += 1
        answer = browser.get(path)
        if answer.status == SEE_OTHER:
            target = answer.headers.get("location", "")
            if target.startswith("/") and target not in seen:
                seen.add(target)
                waiting.append((target, path))
            continue
        if answer.status != OK:
            visit.wrong.append(f"{source or 'the start'} links to {path}, which answers {answer.status}")
            continue
        if answer.media_type != HTML:
            known.add(path)
            continue
        page = read(path, answer.text())
        visit.wrong += [f"{path} {what}" for what in page.wrong]
        visit.links += len(page.links)
        fresh = [link for link in page.links if link not in seen]
        seen.update(fresh)
        waiting.extend((link, path) for link in fresh)
    return visit


def _kind(path: str) -> str:
    """What is alike of many addresses: numbers left out of the path, values out of the query."""
    parts = urlsplit(path)
    names = sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return f"{shape(parts.path)}?{'&'.join(names)}"


def leads_to_sign_in(answer: Answer) -> bool:
    """Whether somebody is asked to sign in first."""
    return answer.status == SEE_OTHER and answer.headers.get("location", "").startswith("/sign-in")
