"""The generated application as people meet it: in a real browser, with a mouse, a keyboard, or a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.integration.browser.conftest import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow


def test_a_row_is_created_and_edited(page: Page) -> None:
    sign_in(page, "admin")
    page.goto("/owners")
    page.get_by_role("link", name="Add Owner").first.click()
    page.get_by_label("Full name").fill("Ada Lovelace")
    page.get_by_label("Email").fill("ada@example.com")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Lovelace")
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Phone").fill("+44 20 7946 0123")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="+44 20 7946 0123")).to_be_visible()


def test_the_list_is_searched_while_one_types(page: Page) -> None:
    sign_in(page, "owner")
    page.goto("/sitters")
    names = page.locator("tbody th")
    before = names.count()
    wanted = names.nth(1).inner_text()
    page.get_by_label("Search Sitters").press_sequentially(wanted.upper())
    expect(names).to_have_count(1)
    expect(names).to_have_text(wanted)
    expect(page).to_have_url(re.compile(r"[?&]q="))
    page.get_by_label("Search Sitters").fill("")
    expect(names).to_have_count(before)
