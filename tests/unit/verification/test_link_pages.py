"""What a page leads to, and how a browser follows it."""

from __future__ import annotations

from flows.stages.verification.client import Answer
from flows.stages.verification.links.crawl import OF_A_KIND, crawl
from flows.stages.verification.links.page import read

PAGE = """
<a href="/pets">Pets</a> <a href="new?owner=1&amp;x=">New</a> <a href="?sort=-name">Sort</a>
<a href="#main">Skip</a> <a href="#nowhere">Gone</a> <main id="main"></main>
<a href="mailto:a@example.com">Write</a> <a href="https://example.com/pets">Elsewhere</a>
<a href="javascript:alert(1)">Bad</a> <img src="/static/a.png"><script src="/static/a.js"></script>
<form action="/search"><input type="hidden" name="csrf" value="abc"></form>
<form method="post" action="/pets/1/delete"></form> <div hx-get="/pets/rows"></div>
"""


def test_links_are_found_and_resolved() -> None:
    page = read("/pets/1", PAGE)
    assert page.links == (
        *("/pets", "/pets/new?owner=1&x=", "/pets/1?sort=-name", "/static/a.png", "/static/a.js"),
        *("/search", "/pets/rows"),
    )
    assert page.hidden == {"csrf": "abc"}


def test_links_that_lead_nowhere_by_themselves_are_wrong() -> None:
    assert read("/", PAGE).wrong == (
        "links to #nowhere, which is not on it",
        "links to javascript:alert(1), which is no address",
    )


class Site:
    """A browser of a site that is a dictionary."""

    role = "somebody"

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def get(self, path: str) -> Answer:
        self.asked.append(path)
        text = self.pages.get(path)
        if text is None:
            return Answer(status=404, headers={})
        if text.startswith("-> "):
            return Answer(status=303, headers={"location": text[3:]})
        kind = "text/html; charset=utf-8" if text.startswith("<") else "text/css"
        return Answer(status=200, headers={"content-type": kind}, body=text.encode())


def crawled(pages: dict[str, str], known: set[str] | None = None) -> tuple[Site, list[str]]:
    site = Site(pages)
    visit = crawl(site, ["/"], set() if known is None else known)  # type: ignore[arg-type]
    return site, visit.wrong


def test_every_link_is_followed_once_and_dead_ones_are_named() -> None:
    pages = {
        "/": "<a href='/pets'></a><a href='/old'></a>",
        "/pets": "<a href='/'></a><a href='/gone'></a>",
        "/old": "-> /new",
        "/new": "<a href='/lost'></a>",
    }
    site, wrong = crawled(pages)
    assert wrong == ["/pets links to /gone, which answers 404", "/new links to /lost, which answers 404"]
    assert len(site.asked) == len(set(site.asked))


def test_of_pages_that_are_alike_a_few_are_visited() -> None:
    pages = {"/": "".join(f"<a href='/pets/{n}'></a><a href='/pets?page={n}'></a>" for n in range(30))}
    pages |= {f"/pets/{n}": "<p>" for n in range(30)} | {f"/pets?page={n}": "<p>" for n in range(30)}
    site, wrong = crawled(pages)
    assert (len(site.asked), wrong) == (1 + 2 * OF_A_KIND, [])


def test_files_that_are_the_same_for_all_are_got_once() -> None:
    pages = {"/": "<link href='/style.css'>", "/style.css": "body {}"}
    known: set[str] = set()
    assert crawled(pages, known)[0].asked == ["/", "/style.css"]
    assert crawled(pages, known)[0].asked == ["/"]
