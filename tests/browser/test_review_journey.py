"""Review and developers in a browser: agree, comment, hand over, build; by keyboard, without JavaScript, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from pages import import_plan
from quiet import quiet

PLAN: dict[str, Any] = {
    "format": "tracking-plan/1",
    "name": "Shop",
    "sources": {"client": ["analytics.js"], "server": "analytics-node"},
    "destinations": [{"key": "Facebook Pixel"}, {"key": "Actions Amplitude"}],
    "events": [
        {
            "name": "Order Completed",
            "practice": {"placement": "client"},
            "answers": {
                "payment": "yes",
                "stored_in_database": "yes",
                "sensitive": "no",
                "user_absent": "no",
                "needs_cookies": "yes",
            },
            "properties": [
                {"name": "total", "type": "number", "required": True},
                {"name": "margin", "sensitive": True},
            ],
        },
        {"name": "Searched", "status": "agreed", "owner": "Ada", "answers": {"browser_only": "yes"}},
        {"name": "A" * 200, "answers": {"user_absent": "yes"}},
    ],
}


@pytest.fixture
def plan(page: Page) -> str:
    """Import the plan in ``page``, and return its path."""
    return import_plan(page, PLAN)


def open_everything(page: Page) -> None:
    """Open every fold of the page."""
    page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")


def test_a_team_agrees_comments_and_builds_by_keyboard(page: Page, plan: str, axe: Callable[..., None]) -> None:
    """From the list to the ticket and back by undo; axe finds nothing with every fold open, in light and dark."""
    page.goto(f"{plan}?view=list")
    page.locator("#every").press("Space")
    expect(page.get_by_label("Select Searched")).to_be_checked()
    page.get_by_label("Select Searched").press("Space")
    expect(page.locator("#every")).not_to_be_checked()
    page.get_by_label("Select AAAA").press("Space")
    page.locator("#new_status").select_option("agreed")
    page.locator("#new_owner").fill("Ondrej Vass")
    page.get_by_role("button", name="Apply to the selected").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("1 event changed.")
    page.locator(".events__change").nth(2).press("Enter")
    expect(page.locator("#one-status")).to_be_focused()
    open_everything(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(page)

    page.goto(f"{plan}/developers")
    order = page.get_by_role("article", name="Order Completed")
    expect(order).to_contain_text("adds the server call")
    expect(order.get_by_label("ticket text of Order Completed", exact=True)).to_contain_text(
        "## Track Order Completed from both sides"
    )
    open_everything(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(page)
    order.get_by_role("button", name="Mark as implemented").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Order Completed is implemented. 1 to build.")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("article", name="Order Completed")).to_be_visible()


def test_comments_are_written_deleted_and_restored(page: Page, plan: str, axe: Callable[..., None]) -> None:
    """From the event's page, by keyboard."""
    page.goto(f"{plan}?view=list")
    page.get_by_role("link", name="Searched", exact=True).press("Enter")
    page.get_by_role("link", name="Comments", exact=True).press("Enter")
    page.get_by_label("Your comment").fill("Why <b>here</b>?\nTwo lines")
    page.get_by_role("button", name="Add the comment").press("Enter")
    expect(page.locator(".comments__text")).to_have_text("Why <b>here</b>?\nTwo lines")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(page)
    page.get_by_role("button", name="Delete your comment").press("Enter")
    expect(page.get_by_text("No comments yet.")).to_be_visible()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator(".comments__text")).to_have_count(1)


def test_review_and_developers_work_without_javascript(page: Page, plan: str, plain_page: Page, base_url: str) -> None:
    """Boxes, the row that is edited, the filter and the button are plain forms."""
    plain_page.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain_page.goto(f"{base_url}{plan}?view=list")
    plain_page.locator(".events__change").first.click()
    plain_page.get_by_label("Status of Order Completed").select_option("agreed")
    plain_page.get_by_label("Owner of Order Completed").fill("Priya")
    plain_page.get_by_role("button", name="Save", exact=True).click()
    expect(plain_page.get_by_role("status").first).to_contain_text("1 event changed.")
    plain_page.get_by_role("link", name=re.compile("For developers: 2 to build")).click()
    plain_page.get_by_label("Owner", exact=True).select_option("Priya")
    plain_page.get_by_role("button", name="Filter").click()
    expect(plain_page.locator(".build__index a")).to_have_count(1)
    plain_page.get_by_role("button", name="Mark as implemented").click()
    expect(plain_page.get_by_role("status").first).to_contain_text("Order Completed is implemented.")


def test_a_developers_link_shows_one_page(
    page: Page, plan: str, browser: Browser, base_url: str, axe: Callable[..., None]
) -> None:
    """Without tabs and controls, in a phone's browser; the plan itself is refused with a way back."""
    page.goto(f"{plan}/developers")
    page.get_by_role("link", name="Link for developers").click()
    expect(page.get_by_label("See only what is to be built")).to_be_checked()
    page.get_by_role("button", name="Make a link").click()
    link = page.locator(".is-new a[data-copy-link]").get_attribute("href") or ""
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=base_url, has_touch=True)
    phone = context.new_page()
    with quiet(context):
        phone.goto(link)
        expect(phone.get_by_role("navigation", name="Pages of this plan")).to_have_count(0)
        expect(phone.locator("main form[method=post]")).to_have_count(0)
        open_everything(phone)
        assert phone.locator("html").evaluate("root => root.scrollWidth") <= 360
        axe(phone)
    phone.goto(plan)
    phone.get_by_role("link", name="Back to what is to be built").click()
    expect(phone.get_by_role("article", name="Searched")).to_be_visible()
    context.close()


def test_the_pages_fit_a_phone_and_forced_colours(browser: Browser, page: Page, plan: str, base_url: str) -> None:
    """Nothing scrolls sideways at 360 px, with a long name and a row that is edited."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, forced_colors="active", base_url=base_url, has_touch=True
    )
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    phone = context.new_page()
    phone.goto(f"{plan}?view=list")
    phone.locator(".events__change").nth(2).click()
    expect(phone.locator("#one-status")).to_be_visible()
    for address in ("", f"{plan}/developers?show=all"):
        if address:
            phone.goto(address)
        open_everything(phone)
        assert phone.locator("html").evaluate("root => root.scrollWidth") <= 360, phone.url
    context.close()
