"""The matrix of a plan in a browser: filters in the address, reasons by keyboard and pointer, and all of it without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from pages import open_shop
from pictures import PHONE
from quiet import quiet


@pytest.fixture
def plan(page: Page) -> str:
    """The shop, open in ``page``."""
    return open_shop(page)


def names(page: Page) -> Locator:
    """The names of the events that are listed."""
    return page.locator(".matrix tbody th bdi")


def cell(page: Page, event: str, column: int) -> Locator:
    """The cell of an event; columns count from 0, the name."""
    return page.locator(".matrix tbody tr").filter(has_text=event).locator("th, td").nth(column)


def query(page: Page) -> dict[str, list[str]]:
    """The filter that the address holds."""
    return parse_qs(urlsplit(page.url).query)


def test_filters_apply_at_once_and_stay_in_the_address(page: Page, plan: str, axe: Callable[[Page], None]) -> None:
    """A filter narrows the list, says how many events are left, and survives a reload; chips remove it."""
    page.get_by_label("Find an event").fill("order")
    expect(names(page)).to_have_text(["Order Completed", "Order Refunded"])
    expect(page.locator("#status")).to_have_text("2 of 12 events.")
    page.locator(".filters input[value=server]").check(force=True)
    expect(names(page)).to_have_text(["Order Refunded"])
    assert query(page) == {"find": ["order"], "placement": ["server"]}
    axe(page)
    page.reload()
    expect(names(page)).to_have_text(["Order Refunded"])
    page.get_by_role("link", name="Remove the filter Placement: Server").click()
    expect(names(page)).to_have_text(["Order Completed", "Order Refunded"])
    assert query(page) == {"find": ["order"]}
    expect(page.get_by_label("Find an event")).to_be_focused()
    page.get_by_role("link", name="Clear the filters").click()
    expect(names(page)).to_have_count(12)
    assert query(page) == {}
    expect(page.locator("#status")).to_have_text("12 of 12 events.")


def test_the_summary_links_to_the_unreachable_destinations(page: Page, plan: str) -> None:
    """The link shows the events that miss a destination, and the filter that finds them."""
    page.get_by_role("link", name="2 unreachable pairs").click()
    expect(names(page)).to_have_text(["Payment Info Entered", "Subscription Renewed"])
    expect(page.get_by_label("Unreachable only")).to_be_checked()
    page.get_by_label("Unreachable only").uncheck()
    expect(names(page)).to_have_count(12)


def test_an_unknown_filter_keeps_its_message(page: Page, plan: str) -> None:
    """The page says that the plan does not have it, until another filter is chosen."""
    page.goto(f"{plan}?to=nonsense&call=page", wait_until="networkidle")
    expect(page.locator(".chosen__ignored")).to_contain_text("destination “nonsense”")
    expect(names(page)).to_have_text(["Page Viewed"])
    page.get_by_label("Find an event").fill("page")
    expect(page.locator(".chosen__ignored")).to_have_count(0)
    expect(names(page)).to_have_text(["Page Viewed"])


def test_the_matrix_and_its_reasons_work_with_the_keyboard(page: Page, plan: str, axe: Callable[[Page], None]) -> None:
    """The matrix has one tab stop. Arrows move, Enter opens a cell's reason, Esc returns."""
    page.get_by_label("Unreachable only").focus()
    page.keyboard.press("Tab")
    expect(cell(page, "Page Viewed", 0)).to_be_focused()
    page.keyboard.press("Control+End")
    expect(cell(page, "Product Reviewed", 10)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    missed = cell(page, "Subscription Renewed", 3)
    expect(missed).to_be_focused()
    reason = page.locator("#reason")
    expect(missed).to_have_attribute("aria-describedby", "reason")
    expect(reason).to_contain_text("running")
    expect(reason).to_contain_text("Use instead: Facebook Conversions API (Actions).")
    expect(reason).to_contain_text("user-absent")
    page.keyboard.press("Enter")
    expect(reason.get_by_role("link")).to_be_focused()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(page)
    page.keyboard.press("Escape")
    expect(reason).to_be_hidden()
    expect(missed).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/events/.+#missed$"))


def test_a_click_on_a_cell_shows_its_reason(page: Page, plan: str) -> None:
    """Hovering shows the reason until the pointer leaves it; a click keeps it open."""
    reason = page.locator("#reason")
    cell(page, "Order Refunded", 7).hover()
    expect(reason).to_contain_text("The server call delivers it in cloud mode")
    expect(reason).to_contain_text("We advise the server")
    reason.hover()
    page.wait_for_timeout(400)
    expect(reason).to_be_visible()
    page.locator("h1").hover()
    expect(reason).to_be_hidden()
    cell(page, "Order Refunded", 3).click()
    expect(reason).to_contain_text("This event doesn’t want it")
    page.locator("h1").hover()
    page.wait_for_timeout(400)
    expect(reason).to_be_visible()
    page.locator("h1").click()
    expect(reason).to_be_hidden()


def test_the_reason_of_a_cell_fits_on_a_phone(page: Page, plan: str) -> None:
    """On a phone, a tap opens it inside the window."""
    page.set_viewport_size(PHONE)
    cell(page, "Order Refunded", 1).click()
    box = page.locator("#reason").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]


def test_the_matrix_works_without_javascript(plain_page: Page, base_url: str) -> None:
    """The filter is a form, chips are links, and cells lead to the reason on the event's page."""
    page = plain_page
    with quiet(page.context):
        open_shop(page, base_url)
        page.get_by_label("Unreachable only").check()
        page.get_by_role("button", name="Filter", exact=True).click()
        expect(names(page)).to_have_text(["Payment Info Entered", "Subscription Renewed"])
        expect(page.locator(".chosen")).to_contain_text("2 of 12 events")
        page.get_by_role("link", name="Unreachable: Nothing running").click()
        expect(page.locator("#missed")).to_contain_text("running")
        page.go_back()
        page.get_by_role("link", name="Remove the filter Reach: Unreachable").click()
        expect(names(page)).to_have_count(12)
