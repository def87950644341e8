"""Bringing a plan in the browser: by keyboard, without JavaScript, on a phone, and with every state checked by axe."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Route, expect

from pages import new_plan

SHEET = """Plan of 2026,,,,
Event,When it fires,Source,Payment,Tools,Foo
Order Completed,The charge succeeded,backend,yes,"Heap, Mixpanel",a
Product Viewed ,A page opens,web,maybe,Facebok Pixel,b
,Total,,,,
"""
OVERVIEW = re.compile(r"/plans/[0-9a-f]{32}(\?saved=\d+)?$")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Return a spreadsheet with a title, a bad answer, unknown destinations, and a row without a name."""
    path = tmp_path / "shop.csv"
    path.write_text(SHEET)
    return path


def test_names_are_pasted_and_placed_by_keyboard(page: Page) -> None:
    """Paste, Tab, Enter; Enter again: the plan is there."""
    page.goto("/plans/import")
    page.get_by_label("Paste your plan").focus()
    page.keyboard.insert_text("Order Completed\nOrder Refunded\nqqq zzz")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Read it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 new events, 2 of them known")).to_be_visible()
    page.get_by_role("button", name="Start a plan with 3 events").press("Enter")
    page.wait_for_url(OVERVIEW)
    expect(page.get_by_role("main")).to_contain_text("Order Refunded")


def test_choices_are_read_in_place_and_imported_as_shown(page: Page, sheet: Path, axe: Callable[[Page], None]) -> None:
    """A select, a mode and a question change the preview and keep the focus; the import says what the button said."""
    page.goto(f"{new_plan(page, 'Shop')}/import")
    axe(page)
    page.set_input_files("#file", sheet)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".is-bad")).to_have_count(2)
    expect(page.locator(".blankmark")).to_have_text("␣")
    expect(page.get_by_role("button", name="Look again")).to_have_count(0)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    axe(page)
    column = page.get_by_label("What the column “Foo” holds")
    column.select_option("Owner")
    expect(page.locator("th", has=column)).to_contain_text("your choice")
    expect(column).to_be_focused()
    page.get_by_role("radio", name="Use the nearest").check()
    expect(page.locator(".is-bad")).to_have_count(1)
    page.get_by_label("Only the 2 with problems").check()
    expect(page.locator(".bring__rows tbody .row-out")).to_have_count(1)
    page.get_by_role("button", name="Add 2").click()
    page.wait_for_url(OVERVIEW)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("main")).not_to_contain_text("Product Viewed")


def test_the_answer_to_the_last_of_two_quick_choices_is_shown(page: Page, sheet: Path) -> None:
    """The answer to the choice before it, which comes later, does not put the page back."""
    page.goto(f"{new_plan(page, 'Shop')}/import")
    page.set_input_files("#file", sheet)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("[data-look]").first).to_have_attribute("hidden", "")
    held: list[Route] = []
    page.route(
        "**/import/*",
        lambda route: held.append(route) if route.request.method == "POST" and not held else route.continue_(),
    )
    chosen = [page.get_by_label(f"What the column “{name}” holds") for name in ("Foo", "When it fires")]
    with page.expect_request("**/import/*"):  # a request that is given up before it is seen holds nothing
        chosen[0].select_option("Owner")
    chosen[1].select_option("Leave out")
    expect(page.locator(".col__why", has_text="your choice")).to_have_count(2)
    text = page.locator("#import-preview").inner_text()
    with contextlib.suppress(Error):  # the page has given this request up
        held[0].fulfill(body="<div id='import-preview'>late</div>", content_type="text/html")
    page.evaluate("() => new Promise((done) => setTimeout(done, 200))")
    assert page.locator("#import-preview").inner_text() == text


def test_a_choice_made_before_the_script_has_run_is_read_too(page: Page, sheet: Path) -> None:
    """The preview shows what the import would do, also for a select that changed while the page was loading."""
    page.goto(f"{new_plan(page, 'Shop')}/import")
    page.set_input_files("#file", sheet)
    late: list[Route] = []

    def keep(route: Route) -> None:
        late.append(route)

    page.route("**/imports.js*", keep)
    page.get_by_role("button", name="Read it").click()
    page.get_by_label("What the column “Foo” holds").select_option("Owner")
    while not late:
        page.wait_for_timeout(10)
    late[0].continue_()
    expect(page.locator(".col__why", has_text="your choice")).to_have_count(1)


def test_it_works_without_javascript(plain_page: Page, base_url: str, sheet: Path) -> None:
    """A select counts once *Look again* is pressed; replacing needs its tick."""
    page = plain_page
    page.goto(f"{base_url}/plans/import")
    page.get_by_label("Paste your plan").fill("Old Event")
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Start a plan with 1 event").click()
    page.goto(page.url.partition("?")[0] + "/import")
    page.set_input_files("#file", sheet)
    page.get_by_role("button", name="Read it").click()
    page.get_by_label("What the column “Foo” holds").select_option("Owner")
    page.get_by_role("radio", name="Replace").check()
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_text("your choice")).to_be_visible()
    page.get_by_role("button", name="Add 2, remove 1").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick the box")
    page.get_by_label("Remove 1 event").check()
    page.get_by_role("button", name="Add 2, remove 1").click()
    page.wait_for_url(OVERVIEW)


def test_the_preview_fits_a_phone(page: Page, sheet: Path, axe: Callable[[Page], None]) -> None:
    """At 360 px nothing makes the page wider, and the bar with the button stays in view."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/plans/import")
    page.set_input_files("#file", sheet)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("button", name="Start a plan with 2 events")).to_be_in_viewport()
    assert page.locator("html").evaluate("root => root.scrollWidth") <= 360
    axe(page)


def test_files_are_dropped_on_the_page(page: Page) -> None:
    """They are read like chosen ones; text that can't be read is shown again with the reason."""
    page.goto("/plans/import")
    page.evaluate(
        """() => { const data = new DataTransfer(); data.items.add(new File(['Event,Payment\\nA,yes'], 'a.csv'));
        window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); }"""
    )
    expect(page.get_by_role("heading", name="Check what we read")).to_be_visible()
    page.goto("/plans/import")
    page.get_by_label("Paste your plan").fill('{"format": "tracking-plan/1", "events": [7]}')
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#refusals")).to_contain_text("Event 1")
    expect(page.get_by_label("Paste anything")).to_have_value(re.compile("tracking-plan/1"))
