"""Answering by column, finding and filtering in the grid: by keyboard, by pointer, on a phone and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pages import import_plan
from pictures import DESKTOP

ROWS = "tbody tr[data-id]"
NAMES = ("Page Viewed", "Order Completed", "Order Refunded", "Coupon Applied")
PAYMENT = "thead th[data-field='payment']"


@pytest.fixture
def grid(page: Page) -> Page:
    """Return the grid of a plan with four events, in a browser of its own."""
    _open(page, NAMES)
    return page


def _open(page: Page, names: tuple[str, ...]) -> None:
    suggested: dict[str, object] = {"answers": {"payment": "yes"}, "suggested": ["payment"]}
    events: list[dict[str, object]] = [{"name": name, **(suggested if name == NAMES[2] else {})} for name in names]
    document = {
        "format": "tracking-plan/1",
        "name": "Columns",
        "sources": {"client": ["analytics.js"], "server": "analytics-node"},
        "events": events,
    }
    page.goto(f"{import_plan(page, document)}/grid")


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _heard(page: Page, text: str) -> None:
    expect(page.locator("#status")).to_contain_text(text)


def _is_saved(page: Page) -> None:
    expect(page.locator("#saving")).to_have_attribute("data-state", "saved")
    expect(page.locator(".is-saving")).to_have_count(0)


def _answers(page: Page) -> list[str]:
    """Return the words of the column of payments, as screen readers have them."""
    column = page.locator(PAYMENT).evaluate("head => head.cellIndex")
    return page.locator(f"{ROWS} > :nth-child({column + 1})").all_text_contents()


def test_a_key_on_a_heading_answers_what_is_found(grid: Page) -> None:
    """Find with /, go up to the heading, answer all that is shown; one undo takes it back, and the filter is in the address."""
    page = grid
    page.locator(".sheet [tabindex='0']").focus()
    _press(page, "/")
    page.keyboard.type("order")
    expect(page.locator("#matches")).to_contain_text("2 of 4 shown")
    expect(page.locator(ROWS)).to_have_count(2)
    assert page.url.endswith("?find=order")
    _press(page, "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowUp")
    expect(page.locator(PAYMENT)).to_be_focused()
    _press(page, "n")
    _heard(page, "No for 2 events.")
    _is_saved(page)
    expect(page.locator(PAYMENT)).to_be_focused()
    _press(page, "Control+z")
    _heard(page, "Undone.")
    _is_saved(page)
    assert _answers(page) == ["Not sure", "Yes, suggested"]
    _press(page, "a")
    _heard(page, "Yes. Order Refunded")
    page.locator("#unfilter").click()
    expect(page.locator(ROWS)).to_have_count(4)
    assert _answers(page) == ["Not sure", "Not sure", "Yes", "Not sure"]


def test_the_menu_of_a_heading_answers_the_open_events(grid: Page, axe: Callable[[Page], None]) -> None:
    """Enter opens it with the counts; Escape leads back to the heading; an answer goes to the chosen events only."""
    page = grid
    page.locator(PAYMENT).focus()
    _press(page, "Enter")
    menu = page.locator("#column")
    expect(menu).to_be_visible()
    expect(menu.get_by_label("Answer")).to_be_focused()
    expect(menu).to_contain_text("1 suggested, 3 open")
    axe(page)
    _press(page, "Escape")
    expect(menu).to_be_hidden()
    expect(page.locator(PAYMENT)).to_be_focused()
    _press(page, "Enter")
    menu.get_by_label("Answer").select_option("open")
    menu.get_by_role("button", name="No", exact=True).click()
    _heard(page, "No for 3 events.")
    _is_saved(page)
    expect(menu).to_be_hidden()
    assert _answers(page) == ["No", "No", "Yes, suggested", "No"]


def test_selected_rows_are_filled_down_and_the_box_tells_how_many_are_selected(grid: Page) -> None:
    """Ctrl+D copies the first selected row; without a selection, the cell above. The box is empty, mixed and ticked."""
    page = grid
    box = page.get_by_role("checkbox", name="Select what is shown")
    expect(box).not_to_be_checked()
    page.locator(f"{ROWS} >> nth=0").locator("td:nth-child(6)").click()
    _press(page, "y", "ArrowDown", "Control+d")
    _heard(page, "Yes. Order Completed")
    _is_saved(page)
    _press(page, " ", "Shift+ArrowDown")
    expect(box).to_have_attribute("aria-checked", "mixed")
    _press(page, "Control+d")
    _heard(page, "Yes. Order Refunded")
    _is_saved(page)
    assert _answers(page) == ["Yes", "Yes", "Yes", "Not sure"]
    _press(page, "Control+a")
    expect(box).to_be_checked()
    _press(page, "Control+d")
    _heard(page, "Yes. Coupon Applied")
    _is_saved(page)
    assert _answers(page) == ["Yes"] * 4


def test_nothing_hides_under_the_placement_and_the_tip_goes_for_good(page: Page) -> None:
    """At 1280 pixels all questions and the destinations are in view, with names of any length; the tip goes at once."""
    page.set_viewport_size({"width": 1280, "height": 800})
    _open(page, ("<b>Bold</b>", "x" * 500, "\u202eعربى", "Parcel Delivered"))
    expect(page.locator(".sheet-wrap:not([data-more])")).to_have_count(1)
    ends = page.locator("thead tr:last-child .w").evaluate("cell => cell.getBoundingClientRect().right")
    assert ends <= page.locator("thead tr:last-child .p").evaluate("cell => cell.getBoundingClientRect().left") + 1
    assert page.locator(PAYMENT).evaluate("cell => cell.offsetWidth") == 56
    with page.expect_response("**/grid/tip"):
        page.get_by_role("button", name="Got it").click()
    expect(page.locator("#tip")).to_have_count(0)
    page.reload()
    expect(page.locator("#tip")).to_have_count(0)
    page.set_viewport_size(DESKTOP)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_problems_around_the_grid(grid: Page, axe: Callable[[Page], None], scheme: Any) -> None:
    """Check the open filters, the menu and a filter that finds nothing, on a phone that never scrolls sideways."""
    page = grid
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_text("More filters").click()
    page.locator(PAYMENT).focus()
    _press(page, "Enter")
    expect(page.locator("#column")).to_be_in_viewport(ratio=1)
    assert page.locator("html").evaluate("root => root.scrollWidth") <= 360
    axe(page)
    _press(page, "Escape")
    page.get_by_label("Find an event").fill("zzz")
    expect(page.locator("#none")).to_be_visible()
    axe(page)
    page.set_viewport_size(DESKTOP)


def test_a_column_is_answered_without_javascript(plain_page: Page, grid: Page, axe: Callable[[Page], None]) -> None:
    """Filter, answer what is shown, undo; the placement is in view at 1280 pixels."""
    plain_page.context.add_cookies(grid.context.cookies())
    plain_page.set_viewport_size({"width": 1280, "height": 800})
    plain_page.goto(f"{grid.url}/plain")
    last = plain_page.get_by_role("button", name="Save Page Viewed").bounding_box()
    assert last
    assert last["x"] + last["width"] <= 1280
    plain_page.get_by_label("Find an event").fill("order")
    plain_page.get_by_role("button", name="Filter").click()
    expect(plain_page.locator("#matches")).to_contain_text("2 of 4 shown")
    form = plain_page.locator("#column")
    form.get_by_label("Question").select_option("payment")
    form.get_by_role("button", name="No", exact=True).click()
    expect(plain_page.get_by_text("No for 2 events.")).to_be_visible()
    expect(plain_page.get_by_label("Payment, Order Completed")).to_have_value("no")
    grid.goto(plain_page.url)
    axe(grid)
    plain_page.get_by_role("button", name="Undo these answers").click()
    expect(plain_page.get_by_label("Payment, Order Completed")).to_have_value("unsure")


def test_a_column_of_a_large_plan_is_answered_from_any_of_its_pages(page: Page) -> None:
    """The rows of the page are loaded again in place, the message stays to be heard, and one undo takes all of it back."""
    _open(page, tuple(f"Event {number}" for number in range(1_100)))
    page.goto(f"{page.url}?page=2")
    page.locator(PAYMENT).click()
    page.locator("#column-which").select_option("plan-all")
    page.locator("#column").get_by_role("button", name="No", exact=True).click()
    _heard(page, "No for 1,100 events.")
    payments = page.locator(f"{ROWS} > :nth-child(6)")
    expect(payments.and_(page.locator(".n"))).to_have_count(100)
    page.locator("#undo").click()
    _heard(page, "Undone. Payment set to not sure for 1,100 events.")
    expect(payments.and_(page.locator(".u"))).to_have_count(100)
    assert page.url.endswith("?page=2")
