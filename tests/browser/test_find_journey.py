"""Finding things in a browser: by Ctrl+K and the arrows, with a click, on a phone, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from pages import open_shop

FIELD = "Event, page, action, plan or destination"


def test_two_words_and_enter_open_an_event(page: Page, axe: Callable[..., None]) -> None:
    """Ctrl+K opens the palette, typing searches, the arrows choose, Enter follows; axe finds nothing on the way."""
    plan = open_shop(page)
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name=FIELD)
    expect(field).to_be_focused()
    expect(page.get_by_role("option", name="Add an event")).to_have_attribute("aria-selected", "true")
    axe(page)
    page.keyboard.type("order")
    expect(page.get_by_role("dialog").get_by_role("option")).to_have_count(2)
    axe(page)
    page.keyboard.press("ArrowDown")
    refunded = page.get_by_role("option", name="Order Refunded")
    expect(refunded).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", refunded.get_attribute("id") or "")
    page.emulate_media(color_scheme="dark", forced_colors="active")
    axe(page)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"{plan}/events/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Order Refunded")


def test_escape_returns_to_where_one_was(page: Page) -> None:
    """The focus is where it was before, and a search that finds nothing says so."""
    plan = open_shop(page)
    page.goto(f"{plan}/settings")
    expect(page.get_by_role("link", name="Find", exact=True)).to_be_visible()
    page.get_by_label("Find tools").focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("qqqqqqqq")
    expect(page.get_by_role("dialog", name="Find")).to_contain_text("Nothing has “qqqqqqqq” in its name.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_label("Find tools")).to_be_focused()


def test_on_a_phone_the_link_opens_the_palette(page: Page, axe: Callable[..., None]) -> None:
    """The link of the bar is in the window, its dialog fits, and a tap on a result follows it."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/rules")
    page.get_by_role("link", name="Find", exact=True).click()
    page.get_by_role("combobox", name=FIELD).fill("ga4")
    option = page.get_by_role("option", name="Google Analytics 4 Web")
    expect(option).to_be_in_viewport()
    axe(page)
    assert page.locator("html").evaluate("root => root.scrollWidth") <= 360
    option.click()
    page.wait_for_url(re.compile("/destinations/actions-google-analytics-4-web|/destinations/google-analytics-4-web"))


def test_without_javascript_the_search_is_a_page(plain_page: Page, base_url: str) -> None:
    """The link leads to a form that searches the open plan, and each result is a link."""
    plan = open_shop(plain_page, base_url)
    plain_page.get_by_role("link", name="Find", exact=True).click()
    plain_page.get_by_label("Name, or a part of it").fill("refunded")
    plain_page.get_by_role("button", name="Find").click()
    assert "plan=" in urlsplit(plain_page.url).query
    plain_page.get_by_role("link", name="Order Refunded").click()
    assert urlsplit(plain_page.url).path.startswith(f"{plan}/events/")
