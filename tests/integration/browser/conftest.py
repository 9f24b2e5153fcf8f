"""A generated application that runs, and a real browser to open it in."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests import applications

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What the browser is called: Debian's package, Ubuntu's, Google's own."""

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
"""Root runs it in containers, which Chromium's own sandbox does not allow."""

PATIENCE_MS = 15_000


def executable() -> str | None:
    """Where this machine has the browser."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, started once."""
    path = executable()
    if path is None:
        pytest.skip(f"no browser on the path, none of {', '.join(NAMES)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def application(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the pet sitters' application, filled with its examples."""
    folder = tmp_path_factory.mktemp("pet-sitting")
    applications.write(applications.generate(applications.blueprint("pet_sitting")), folder)
    with applications.served(installed, folder) as address:
        applications.get(f"{address}/healthz")
        yield address


@pytest.fixture
def page(browser: Browser, application: str, tmp_path: Path) -> Iterator[Page]:
    """A window on the application, of somebody who has not been there before; its last view is kept."""
    with browser.new_context(base_url=application, viewport={"width": 1280, "height": 800}) as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        yield page
        page.screenshot(path=tmp_path / "last.png", full_page=True)


def sign_in(page: Page, role: str) -> None:
    """Sign in with the account that a first start makes for every role."""
    page.goto("/sign-in")
    page.get_by_label("Email").fill(f"{role}@example.com")
    page.get_by_label("Password").fill(applications.EXAMPLE_PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
