"""The generated application as people meet it: in a real browser, with a mouse, a keyboard, or a phone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.integration.browser.conftest import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

AUDIT = (Path(__file__).parent / "audit.js").read_text("utf-8")

OPEN_PAGES = ("/", "/sign-in", "/sign-up", "/forgot-password", "/nowhere", "/api")
PAGES = (
    "/",
    "/bookings",
    "/bookings?status=done&q=zzzz",
    "/bookings/1",
    "/bookings/new",
    "/pets/1/edit",
)
ADMIN_PAGES = ("/owners/1/delete", "/account", "/admin/users", "/admin/users/1", "/admin/audit")

MOST_STOPS = 80
"""Stops of the tab key before we give up."""


def sign_up(page: Page, email: str, role: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Sign up").first.click()
    page.get_by_label(role).check()
    page.get_by_label("Your name").fill("Ada Lovelace")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill("a long enough one")
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("status")).to_contain_text("You can sign in now.")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill("a long enough one")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Ada Lovelace")


FOCUSED = """() => {
  const element = document.activeElement;
  // Within a date, Chromium gives the focus to a part that no page sees.
  const shows = !element.matches(":focus") || getComputedStyle(element).outlineStyle !== "none";
  return [shows, element.labels?.[0]?.textContent ?? element.textContent];
}"""


def tab_to(page: Page, name: str) -> None:
    """Press the tab key until that is reached; whatever has the focus shows it."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        shows, words = page.evaluate(FOCUSED)
        assert shows, words
        if name in words:
            return
    raise AssertionError(f"the tab key never comes to {name}")


def test_somebody_signs_up_signs_out_and_comes_back(page: Page) -> None:
    sign_up(page, "ada.comes.back@example.com", "Owner")
    page.get_by_label("Your account").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign up").first).to_be_visible()
    page.goto("/pets/1")
    expect(page).to_have_url(re.compile(r"/sign-in\?next="))
    page.get_by_label("Email").fill("ada.comes.back@example.com")
    page.get_by_label("Password").fill("a long enough one")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/pets/1$"))


def test_a_row_is_created_and_edited(page: Page) -> None:
    sign_in(page, "admin")
    page.goto("/sitters")
    page.get_by_role("link", name="Add Sitter").first.click()
    page.get_by_label("Full name").fill("Grace Hopper")
    page.get_by_label("Email").fill("grace@example.com")
    page.get_by_label("Phone").fill("+44 20 7946 0123")
    page.get_by_label("Daily rate").fill("12.50")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Grace Hopper")
    expect(page.get_by_role("status")).to_have_text("Added.")
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Daily rate").fill("15")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("15.00 EUR")).to_be_visible()


def test_what_is_wrong_is_said_beside_its_field_and_on_top(page: Page) -> None:
    sign_in(page, "admin")
    page.goto("/owners/new")
    page.get_by_label("Full name").fill("Ada Lovelace")
    page.get_by_label("Email").fill("nobody@nowhere")
    page.get_by_role("button", name="Save").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Email").click()
    expect(page.get_by_label("Email")).to_be_focused()
    expect(page.get_by_label("Email")).to_have_accessible_description(re.compile("email address"))
    expect(page.get_by_label("Full name")).to_have_value("Ada Lovelace")


def test_the_list_is_searched_while_one_types(page: Page) -> None:
    sign_in(page, "office")
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


def test_the_list_is_narrowed_and_widened_again(page: Page) -> None:
    sign_in(page, "office")
    page.goto("/bookings")
    rows = page.locator("tbody tr")
    before = rows.count()
    sitter = rows.first.locator("[data-label=Sitter]").inner_text()
    page.get_by_text("Filters").click()
    page.get_by_label("Sitter", exact=True).select_option(sitter)
    expect(page.locator("#rows-found .chips")).to_contain_text(f"Sitter: {sitter}")
    assert 0 < rows.count() <= before
    for row in rows.all():
        expect(row).to_contain_text(sitter)
    page.keyboard.press("Escape")
    page.get_by_label("Do not narrow by Sitter").click()
    expect(rows).to_have_count(before)


def test_a_status_changes_by_an_action(page: Page) -> None:
    sign_in(page, "admin")
    page.goto("/bookings?status=requested")
    page.locator("tbody th a").first.click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("requested")
    page.get_by_role("button", name="Confirm").click()
    expect(heading).to_contain_text("confirmed")
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Cancel").click()
    expect(heading).to_contain_text("confirmed")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Cancel").click()
    expect(heading).to_contain_text("cancelled")


def test_what_belongs_to_somebody_else_is_refused(page: Page) -> None:
    sign_up(page, "ada.is.refused@example.com", "Owner")
    page.goto("/sitters/1")
    expect(page.get_by_role("link", name="Edit")).to_have_count(0)
    answer = page.goto("/sitters/1/edit")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("That is not open to you")


def test_an_owner_books_a_sitter_who_confirms(page: Page) -> None:
    sign_up(page, "ada.books@example.com", "Owner")
    introduction = page.get_by_role("heading", name="Introduce yourself")
    expect(introduction).to_be_visible()
    page.get_by_role("link", name="Add Owner").first.click()
    page.get_by_label("Full name").fill("Ada who books")
    page.get_by_label("Email").fill("ada.books@example.com")
    page.get_by_role("button", name="Save").click()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Ada Lovelace")
    expect(introduction).to_have_count(0)

    page.goto("/sitters/1")
    sitter = page.get_by_role("heading", level=1).inner_text()  # who signs in as sitter@example.com

    page.goto("/pets")
    expect(page.locator("tbody tr")).to_have_count(0)  # other people's pets are nobody's business
    page.goto("/pets/new")
    page.get_by_label("Name", exact=False).first.fill("Rex the brave")
    page.get_by_label("Species").select_option("dog")
    page.get_by_label("Owner").select_option("Ada who books")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add Booking").click()
    page.get_by_label("Title").fill("Rex at Easter")
    page.get_by_label("First day").fill("2027-03-26")
    page.get_by_label("Last day").fill("2027-03-29")
    page.get_by_label("Sitter").select_option(sitter)
    page.get_by_role("button", name="Save").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("requested")
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
    booking = page.url

    page.context.clear_cookies()
    sign_in(page, "sitter")
    page.get_by_role("link", name="Rex at Easter").first.click()
    page.get_by_role("button", name="Confirm").click()
    expect(heading).to_contain_text("confirmed")
    answer = page.goto(f"{booking}/edit")
    assert answer is not None
    assert answer.status == 403


def test_a_row_is_created_with_the_keyboard_alone(page: Page) -> None:
    sign_in(page, "admin")
    page.goto("/owners")
    tab_to(page, "Skip to the content")
    page.keyboard.press("Enter")
    tab_to(page, "Add Owner")
    page.keyboard.press("Enter")
    page.wait_for_url("**/owners/new")
    tab_to(page, "Full name")
    page.keyboard.type("Katherine Johnson")
    tab_to(page, "Email")
    page.keyboard.type("katherine@example.com")
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Katherine Johnson")


def test_a_menu_closes_with_the_escape_key(page: Page) -> None:
    sign_in(page, "owner")
    page.get_by_label("Your account").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(page.get_by_label("Your account")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_can_be_read_by_everybody(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in OPEN_PAGES:
        page.goto(path)
        assert page.evaluate(AUDIT) == [], path
    sign_in(page, "admin")
    for path in (*PAGES, *ADMIN_PAGES):
        page.goto(path)
        assert page.evaluate(AUDIT) == [], path


def test_a_phone_has_a_menu(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, "owner")
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Bookings").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bookings")
