"""Choosing among more rows than a list holds: while one types, with the keyboard, and without JavaScript."""

from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests import applications
from tests.integration.browser.conftest import PATIENCE_MS, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

MANY = 101
"""One owner more than a picker lists."""

OLDEST = "Owner number 0"


@pytest.fixture(scope="module", autouse=True)
def owners(application: str) -> None:
    """More owners than a picker lists."""
    headers = {
        "Authorization": f"Bearer {applications.token(application)}",
        "Content-Type": "application/json",
    }
    for number in range(MANY):
        owner = {"full_name": f"Owner number {number}", "email": f"owner.{number}@example.com"}
        request = urllib.request.Request(  # noqa: S310 - our own address
            f"{application}/api/v1/owners", json.dumps(owner).encode(), headers
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own address
            assert answer.status == 201


def test_a_row_is_found_while_one_types_with_the_keyboard_alone(page: Page) -> None:
    sign_in(page, "admin")
    page.goto("/pets/new")
    page.get_by_role("textbox", name="Name", exact=True).fill("Rex")
    choice = page.get_by_role("combobox", name="Owner", exact=True)
    expect(choice.locator("option", has_text=OLDEST)).to_have_count(0)
    page.get_by_role("searchbox", name="Find Owner").focus()
    page.keyboard.type(OLDEST.upper())
    expect(page.get_by_role("status").filter(has_text="found")).to_have_text("1 found.")
    expect(choice.locator("option")).to_have_text(["Choose one", OLDEST])
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(choice).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(choice.locator("option:checked")).to_have_text(OLDEST)
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value("Rex")
    page.get_by_role("searchbox", name="Find Owner").fill("nobody")
    expect(choice.locator("option")).to_have_text(["Choose one", OLDEST])
    expect(choice.locator("option:checked")).to_have_text(OLDEST)


def test_a_list_is_narrowed_to_a_row_that_was_found(page: Page) -> None:
    sign_in(page, "admin")
    page.goto("/pets")
    page.get_by_text("Filters").click()
    page.get_by_role("searchbox", name="Find Owner").fill(OLDEST)
    choice = page.get_by_role("combobox", name="Owner", exact=True)
    expect(choice.locator("option")).to_have_text(["Any", OLDEST])
    choice.select_option(OLDEST)
    expect(page.locator("#rows-found .chips")).to_contain_text(f"Owner: {OLDEST}")
    expect(page.get_by_text("Nothing matches.")).to_be_visible()


def test_a_row_is_found_without_javascript(browser: Browser, application: str) -> None:
    with browser.new_context(base_url=application, java_script_enabled=False) as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        sign_in(page, "admin")
        page.goto("/pets/new")
        page.get_by_role("textbox", name="Name", exact=True).fill("Rex")
        page.get_by_label("Species").select_option("dog")
        page.get_by_role("searchbox", name="Find Owner").fill(OLDEST)
        page.get_by_role("button", name="Find Owner").click()
        expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value("Rex")
        page.get_by_role("combobox", name="Owner", exact=True).select_option(OLDEST)
        page.get_by_role("textbox", name="Name", exact=True).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Rex")
        expect(page.get_by_role("main")).to_contain_text(OLDEST)
