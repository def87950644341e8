"""The privacy page in a browser: filter, note a contract, confirm a guess, undo; by keyboard, without JavaScript, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from pages import import_plan

PLAN: dict[str, Any] = {
    "format": "tracking-plan/1",
    "name": "Clinic",
    "sources": {"client": ["analytics.js"], "server": "analytics-node"},
    "destinations": [
        {"key": "Facebook Pixel", "consent": "Marketing"},
        {"key": "Mixpanel", "consent": "Analytics", "contract": "DPA of 3 March 2026"},
        {"key": "AWS S3"},
    ],
    "warehouse": True,
    "events": [
        {
            "name": "Injury Reported",
            "answers": {"sensitive": "yes", "stored_in_database": "yes"},
            "properties": [{"name": "injury", "personal": "health"}],
        },
        {
            "name": "Signed Up",
            "answers": {"sensitive": "no", "stored_in_database": "yes", "client_only_destination": "yes"},
            "properties": [{"name": "email"}, {"name": "phone", "sensitive": True}],
        },
        {"name": "Searched", "answers": {"browser_only": "yes"}, "properties": [{"name": "query"}]},
    ],
}


@pytest.fixture
def privacy(page: Page) -> str:
    """Import the plan in ``page``, and return the path of its privacy page."""
    return f"{import_plan(page, PLAN)}/privacy"


def test_a_lead_narrows_notes_confirms_and_takes_back(page: Page, privacy: str, axe: Callable[..., None]) -> None:
    """With the keyboard alone; axe finds nothing with all details open, in light and dark."""
    page.goto(privacy)
    page.get_by_role("checkbox", name="Health").press("Space")
    page.get_by_label("How it leaves").select_option("server")
    page.get_by_role("button", name="Filter").press("Enter")
    expect(page).to_have_url(re.compile(r"kind=health&by=server"))
    expect(page.locator("#each")).not_to_contain_text("email")

    page.get_by_role("link", name="Show everything").press("Enter")
    expect(page).not_to_have_url(re.compile("kind=health"))
    pixel = page.locator("#receiver-1")
    expect(pixel).to_contain_text("Facebook Pixel")
    pixel.get_by_text("Edit the notes").press("Enter")
    pixel.get_by_label("Contract").fill("No transfer of health data")
    pixel.get_by_role("button", name="Save the notes").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(pixel.locator(".lens__note")).to_have_text("No transfer of health data")
    expect(page.get_by_role("heading", name="Decide these")).to_contain_text("2")

    confirm_all = page.get_by_role("button", name="Confirm all 2 as Contact")
    confirm_all.press("Enter")
    expect(page.locator("#guesses")).to_contain_text("query")
    expect(confirm_all).to_have_count(0)
    page.get_by_role("button", name="Undo", exact=True).press("Enter")
    expect(confirm_all).to_be_visible()

    page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(page)


def test_it_works_without_javascript(page: Page, privacy: str, plain_page: Page, base_url: str) -> None:
    """Filter, notes and confirmations are plain forms."""
    plain_page.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain_page.goto(base_url + privacy)
    plain_page.locator("#guesses").get_by_label("Kind of email").select_option("identity")
    plain_page.get_by_role("button", name="Confirm email").click()
    expect(plain_page.get_by_role("status")).to_contain_text("Saved.")
    plain_page.get_by_role("checkbox", name="Identity").check()
    plain_page.get_by_role("button", name="Filter").click()
    expect(plain_page.locator("#each")).to_contain_text("email")
    expect(plain_page.locator("#each")).not_to_contain_text("query")


def test_it_fits_a_phone_and_forced_colours(browser: Browser, page: Page, privacy: str, base_url: str) -> None:
    """Nothing scrolls sideways at 360 px, and what is chosen can be told apart."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, forced_colors="active", base_url=base_url, has_touch=True
    )
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    phone = context.new_page()
    phone.goto(f"{privacy}?kind=health")
    assert phone.locator("html").evaluate("root => root.scrollWidth") <= 360
    chosen, other = (
        phone.locator(f"input[value={kind}] + span").evaluate("each => getComputedStyle(each).backgroundColor")
        for kind in ("health", "contact")
    )
    assert chosen != other
    context.close()


def test_paper_shows_every_detail_and_no_controls(page: Page, privacy: str) -> None:
    """The page prints as a record."""
    page.goto(privacy)
    page.emulate_media(media="print")
    expect(page.locator("#each").get_by_role("button")).to_have_count(0)
    for name in ("Filter", "Undo", "Confirm email"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    expect(page.locator("#each .pii", has_text="injury").last).to_be_visible()
