"""History in a browser: change, see the placement flip and why, name a version, compare, go back, undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages import open_shop


@pytest.fixture
def plan(page: Page) -> str:
    """Open the example plan in ``page``, and return its path."""
    return open_shop(page)


def decide(page: Page, plan: str, event: str, side: str) -> None:
    """Decide against the advice for an event."""
    page.goto(plan)
    page.locator("#matrix").get_by_role("link", name=event, exact=True).click()
    page.locator("#decide > summary").click()
    page.locator("select[name=placement]").select_option(side)
    page.locator("[name=decision_reason]").fill("Agreed with the agency")
    expect(page.locator("#saving")).to_contain_text("Saved ")
    expect(page.get_by_text("Decision recorded")).to_be_visible()


def test_a_flip_can_be_seen_compared_and_undone(page: Page, plan: str, axe: Callable[[Page], None]) -> None:
    """Follow the whole path in light and dark mode; axe finds no problems."""
    page.goto(f"{plan}/versions")
    page.get_by_label("Name the plan as it is now").fill("v1, sent to the agency")
    page.get_by_role("button", name="Name it").click()
    decide(page, plan, "Order Completed", "client")

    page.get_by_role("link", name="History", exact=True).click()
    newest = page.locator(".moments > li").first
    expect(newest.locator(".flipline")).to_contain_text("The team decided to send it from the client.")
    axe(page)

    page.goto(f"{plan}/history")
    expect(page.locator(".section__head p")).to_contain_text("1 placement flipped")
    expect(page.locator(".versions__name")).to_have_text("v1, sent to the agency")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(page)

    page.get_by_role("link", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_have_text("1 placement flipped")
    page.get_by_label("What changed from").select_option(label="v1, sent to the agency")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("1 placement flipped")
    assert "from=1" in page.url, "the comparison has an address"
    axe(page)

    page.goto(f"{plan}/versions")
    page.get_by_role("link", name="Restore v1, sent to the agency").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("What would change now: 1 placement flipped")
    axe(page)
    page.get_by_role("button", name="Restore it").click()
    expect(page.get_by_role("status").first).to_contain_text("The plan is as it was then.")
    assert placement(page, plan) == "Both"
    page.goto(f"{plan}/history?restored=3")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").first).to_contain_text("The plan is as it was then.")
    assert placement(page, plan) == "Client"


def placement(page: Page, plan: str) -> str:
    """Return the placement of the order as the plan's page shows it."""
    page.goto(plan)
    row = page.locator("#matrix tbody tr", has=page.get_by_role("link", name="Order Completed", exact=True))
    return row.locator("td").first.inner_text().split()[0]


def test_history_works_without_javascript_and_by_keyboard(plain_page: Page, base_url: str) -> None:
    """One event can be restored without JavaScript and with the keyboard: its row, its history, the button, Enter."""
    page = plain_page
    plan = open_shop(page, base_url)
    page.locator("#matrix").get_by_role("link", name="Order Completed", exact=True).click()
    page.locator("#facts > summary").click()
    page.get_by_label("Description").first.fill("Changed")
    page.get_by_role("button", name="Save", exact=True).first.press("Enter")
    page.get_by_role("link", name="History", exact=True).press("Enter")
    button = page.get_by_role("button", name="Restore this version")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".moments > li h2").first).to_have_text("Brought back")
    page.goto(f"{base_url}{plan}/history")
    expect(page.locator(".versions > li")).to_have_count(3)
