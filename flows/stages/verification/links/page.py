"""What a page leads to: its links, its images and scripts, its forms that only ask."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

ADDRESSES = {
    "a": ("href", "hx-get"),
    "area": ("href",),
    "link": ("href",),
    "img": ("src",),
    "script": ("src",),
    "iframe": ("src",),
    "source": ("src",),
}
GETTING = "hx-get"
SITE = "http://site.invalid"
OTHERS = frozenset({"mailto", "tel", "data"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page's links within the site, what is wrong with it by itself, and the hidden values of its forms."""

    links: tuple[str, ...]
    wrong: tuple[str, ...]
    hidden: dict[str, str]


def read(path: str, html: str) -> Page:
    """Read the page at that address."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    links: dict[str, None] = {}
    wrong: dict[str, None] = {}
    for address in reader.addresses:
        parts = urlsplit(urljoin(SITE + path, address.strip()))
        if parts.scheme in OTHERS or (parts.scheme in {"http", "https"} and not _ours(parts.netloc)):
            continue  # another site's links are not ours to follow
        if parts.scheme not in {"http", "https"}:
            wrong[f"links to {address[:60]}, which is no address"] = None
        elif address.startswith("#"):
            if unquote(parts.fragment) not in reader.anchors:
                wrong[f"links to {address[:60]}, which is not on it"] = None
        else:
            links[parts.path + (f"?{parts.query}" if parts.query else "")] = None
    return Page(links=tuple(links), wrong=tuple(wrong), hidden=reader.hidden)


def _ours(host: str) -> bool:
    return host == urlsplit(SITE).netloc


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[str] = []
        self.anchors: set[str] = {"", "top"}
        self.hidden: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        names = ADDRESSES.get(tag, ()) + ((GETTING,) if tag not in ADDRESSES else ())
        self.addresses += [given[name] for name in names if name in given]
        if tag == "form" and given.get("method", "get").lower() == "get" and "action" in given:
            self.addresses.append(given["action"])
        if tag == "input" and given.get("type") == "hidden" and "name" in given:
            self.hidden.setdefault(given["name"], given.get("value", ""))

    handle_startendtag = handle_starttag
