"""The matrix of a plan in a browser: filters in the address, reasons by keyboard and pointer, and all of it without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from advisor.knowledge.catalogue import CATALOGUE
from pages import import_plan, open_shop
from pictures import PHONE
from quiet import quiet


@pytest.fixture
def plan(page: Page) -> str:
    """Open the shop in ``page``, and return the path of its plan."""
    return open_shop(page)


def names(page: Page) -> Locator:
    """Return the names of the events that are listed."""
    return page.locator(".matrix tbody th bdi")


def cell(page: Page, event: str, column: str) -> Locator:
    """Return the cell of an event in a column: *Event*, *Placement*, or the name of a destination."""
    heads = page.locator(".matrix__names th").all_text_contents()
    return page.locator(".matrix tbody tr").filter(has_text=event).locator("th, td").nth(heads.index(column))


def query(page: Page) -> dict[str, list[str]]:
    """Return the filter that the address holds."""
    return parse_qs(urlsplit(page.url).query)


def test_filters_apply_at_once_and_stay_in_the_address(page: Page, plan: str, axe: Callable[[Page], None]) -> None:
    """A filter narrows the list, says how many events are left, and survives a reload; chips remove it."""
    page.get_by_label("Find an event").fill("order")
    expect(names(page)).to_have_text(["Order Completed", "Order Refunded"])
    expect(page.locator("#status")).to_have_text("2 of 12 events.")
    page.locator(".filters input[value=server]").check(force=True)
    expect(names(page)).to_have_text(["Order Refunded"])
    assert query(page) == {"find": ["order"], "placement": ["server"]}
    expect(page.get_by_role("link", name="List", exact=True)).to_have_attribute(
        "href", re.compile(r"view=list&find=order&placement=server$")
    )
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
    page.get_by_role("link", name="2 not reached").click()
    expect(names(page)).to_have_text(["Payment Info Entered", "Subscription Renewed"])
    expect(page.get_by_label("Not reached only")).to_be_checked()
    page.get_by_label("Not reached only").uncheck()
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
    """The matrix has one tab stop. Arrows move, past a row that is one stretch, Enter opens a reason, Esc returns."""
    page.locator("#dense").focus()
    page.keyboard.press("Tab")
    expect(cell(page, "Page Viewed", "Event")).to_be_focused()
    page.keyboard.press("Control+End")
    expect(page.locator(".matrix tbody tr").last.locator(".matrix__blank")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".matrix tbody tr").filter(has_text="Subscription Renewed").locator("td").last).to_be_focused()
    page.keyboard.press("Home")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    missed = cell(page, "Subscription Renewed", "Facebook Pixel")
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
    cell(page, "Order Refunded", "Mixpanel (Legacy)").hover()
    expect(reason).to_contain_text("The server call delivers it in cloud mode")
    expect(reason).to_contain_text("We advise the server")
    reason.hover()
    page.wait_for_timeout(400)
    expect(reason).to_be_visible()
    page.locator("h1").hover()
    expect(reason).to_be_hidden()
    cell(page, "Order Refunded", "Facebook Pixel").click()
    expect(reason).to_contain_text("This event doesn’t want it")
    page.locator("h1").hover()
    page.wait_for_timeout(400)
    expect(reason).to_be_visible()
    page.locator("h1").click()
    expect(reason).to_be_hidden()


def test_dense_rows_apply_at_once_and_are_remembered(page: Page, plan: str) -> None:
    """The rows become lower at once, the address stays as it is, and the next visit has them again."""
    row = page.locator(".matrix tbody tr").first
    roomy = row.bounding_box()
    with page.expect_response(re.compile("/matrix")):
        page.locator("#dense").check(force=True)
    dense = row.bounding_box()
    assert roomy is not None
    assert dense is not None
    assert dense["height"] < roomy["height"]
    assert query(page) == {}
    page.reload()
    expect(page.locator("#dense")).to_be_checked()


def test_names_stay_in_sight_while_the_page_scrolls(page: Page, plan: str) -> None:
    """Headings stay below the bar, and a cell that the keyboard reaches is neither below them nor below the legend."""
    page.set_viewport_size({"width": 1280, "height": 560})
    cell(page, "Page Viewed", "Event").focus()
    page.keyboard.press("Control+End")
    assert page.locator(".matrix__names").evaluate("row => row.cells[0].getBoundingClientRect().top") >= 0
    for _ in range(11):
        focused = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        heads = page.locator(".matrix__sums th").bounding_box()
        legend = page.locator("#matrix .legend").bounding_box()
        assert heads is not None
        assert legend is not None
        assert focused["top"] >= heads["y"] + heads["height"] - 1
        assert focused["bottom"] <= legend["y"] + 1
        page.keyboard.press("ArrowUp")


def test_a_matrix_of_many_destinations_fits_a_window(page: Page) -> None:
    """27 columns fit 1280 pixels without scrolling sideways; more scroll within the matrix, and never the page."""
    keys = [key for key, row in CATALOGUE.items() if row.kind not in ("audience", "retl", "storage")]
    for count in (27, 40):
        events = [{"name": "Order Completed", "decision": {"placement": "both", "reason": "-"}}, {"name": "W" * 400}]
        destinations = [{"key": key} for key in keys[:count]]
        document: dict[str, object] = {"format": "tracking-plan/1", "destinations": destinations, "events": events}
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(import_plan(page, document))
        assert page.locator(".matrix__names th").count() == count + 3
        assert page.locator("html").evaluate("root => root.scrollWidth") <= 1280
        wide = page.locator(".matrix-wrap").evaluate("wrap => wrap.scrollWidth > wrap.clientWidth")
        assert wide is (count == 40)


def test_the_list_of_a_phone_has_placements_and_reasons(page: Page, plan: str, axe: Callable[[Page], None]) -> None:
    """On a phone, each event has its placement and how many tools it reaches; a tap on the placement opens its reason."""
    page.set_viewport_size(PHONE)
    page.reload()
    expect(cell(page, "Order Completed", "Reaches")).to_be_visible()
    expect(cell(page, "Order Completed", "Facebook Pixel")).to_be_hidden()
    cell(page, "Order Refunded", "Placement").click()
    box = page.locator("#reason").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    axe(page)


def test_the_matrix_works_without_javascript(plain_page: Page, base_url: str) -> None:
    """The filter is a form, chips are links, and cells lead to the reason on the event's page."""
    page = plain_page
    with quiet(page.context, runs_scripts=False):
        open_shop(page, base_url)
        page.locator(".filters__more summary").click()
        page.get_by_label("Not reached only").check()
        page.get_by_role("button", name="Filter", exact=True).click()
        expect(names(page)).to_have_text(["Payment Info Entered", "Subscription Renewed"])
        expect(page.locator(".chosen")).to_contain_text("2 of 12 events")
        page.get_by_role("link", name="not reached, User away").click()
        expect(page.locator("#missed")).to_contain_text("running")
        page.go_back()
        page.get_by_role("link", name="Remove the filter Reach: Unreachable").click()
        expect(names(page)).to_have_count(12)
