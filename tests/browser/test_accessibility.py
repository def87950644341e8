"""Every page is accessible: axe finds no problems, no page is wider than a phone, and the console is empty."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from pages import NO_PAGES, PAGES, Shop
from pictures import DESKTOP, PHONE


def test_every_page_is_checked_for_accessibility(app: Flask) -> None:
    """Every address that answers GET with a page has an example in `PAGES`, so that a new page can't be forgotten."""
    routes = app.url_map.bind("localhost")
    shop = Shop("/plans/" + "0" * 32, "/plans/" + "0" * 32 + "/events/" + "0" * 32, [])
    seen = {routes.match(shop.address(name).partition("?")[0])[0] for name in PAGES}
    asked = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert {name for name in asked - seen if not {name, name.split(".")[0]} & set(NO_PAGES)} == set()


@pytest.fixture(scope="module", params=PAGES)
def page_shown(request: pytest.FixtureRequest, visit: Callable[[str], AbstractContextManager[Page]]) -> Iterator[Page]:
    """Yield each page in turn, opened once for all its checks."""
    with visit(request.param) as page:
        yield page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_problems(page_shown: Page, axe: Callable[[Page], None], scheme: Literal["light", "dark"]) -> None:
    """Check every page in light and dark mode, with all sections open."""
    page_shown.set_viewport_size(DESKTOP)
    page_shown.emulate_media(color_scheme=scheme)
    page_shown.evaluate("document.querySelectorAll('details').forEach((element) => { element.open = true })")
    axe(page_shown)


def test_targets_on_a_phone_are_large_enough(page_shown: Page, axe: Callable[..., None]) -> None:
    """A target measures at least 24 px or has as much space around it, and no floating element covers half of it."""
    page_shown.set_viewport_size(PHONE)
    page_shown.evaluate("scrollTo(0, 0)")
    axe(page_shown, "target-size")


@pytest.mark.parametrize("width", [360, 640])
def test_no_page_is_wider_than_the_window(page_shown: Page, width: int) -> None:
    """On a phone (360), and on a desktop at 200 percent (640), the page itself never scrolls sideways.

    A wide table may, inside a region that the keyboard reaches.
    """
    page_shown.set_viewport_size({"width": width, "height": 740})
    assert page_shown.locator("html").evaluate("root => root.scrollWidth") <= width
    loose = """[...document.querySelectorAll('main *')].filter((element) =>
        element.scrollWidth > element.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
        && element.tabIndex < 0 && !element.querySelector('a, button, input, select, textarea, [tabindex]'))
        .map((element) => element.outerHTML.slice(0, 120))"""
    assert page_shown.evaluate(loose) == [], "these scroll sideways and can't be reached with the keyboard"


def test_keyboard_focus_is_always_visible(page_shown: Page) -> None:
    """Every focused element is inside the window and not covered by a floating part."""
    page_shown.set_viewport_size(DESKTOP)
    page_shown.reload()
    for _ in range(25):
        page_shown.keyboard.press("Tab")
        assert page_shown.evaluate(OUT_OF_SIGHT) == ""


OUT_OF_SIGHT = """() => {
  const element = document.activeElement;
  if (element === document.body) return '';
  const named = element.labels?.length && getComputedStyle(element).opacity === '0' ? element.labels[0] : element;
  const box = named.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return inside ? '' : element.outerHTML.slice(0, 160) + JSON.stringify(box);
}"""


def test_no_hidden_element_is_ever_shown(page_shown: Page) -> None:
    """The attribute `hidden` wins over every class and element that sets a display of its own, also in the report."""
    page_shown.reload()
    shown = """() => [...document.querySelectorAll('html:has(link[rel=stylesheet]) main *')].filter((element) => {
        element.setAttribute('hidden', '');
        return getComputedStyle(element).display !== 'none';
    }).map((element) => element.outerHTML.slice(0, 120))"""
    assert page_shown.evaluate(shown) == []


def test_the_first_tab_stop_is_a_skip_link(page: Page) -> None:
    """The skip link becomes visible when it is focused, and leads to the content."""
    page.goto("/rules")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_refused_form_moves_the_focus_to_the_error(page: Page) -> None:
    """The error summary has the focus, screen readers announce it, and its links lead to the fields."""
    page.goto(PAGES["one event, wrong"])
    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary.locator("[role=alert]")).to_be_visible()
    summary.get_by_role("link").first.click()
    expect(page.locator("input:focus, select:focus, textarea:focus")).to_have_count(1)


def test_an_unknown_address_shows_an_accessible_error_page(
    browser: Browser, base_url: str, axe: Callable[[Page], None]
) -> None:
    """The answer is 404, and axe finds no problems on the page."""
    # Not the `page` of the other tests: Chromium notes on its console that the answer was a 404.
    page = browser.new_page(base_url=base_url)
    answer = page.goto("/plans/nobody-has-this-one")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)
    page.close()


LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverkauf"
NAMES = ("W" * 200, LONG * 3, f"{LONG} und {LONG}", "الطلب" * 40, "\N{SHOPPING TROLLEY}" * 60)


def test_long_names_fit_on_a_phone(page: Page) -> None:
    """Names without a blank (of a plan, events, properties and destinations) make no page wider than the window."""
    page.set_viewport_size({"width": 360, "height": 740})
    document = {
        "format": "tracking-plan/1",
        "name": NAMES[0],
        "sources": {"client": ["analytics.js"], "server": "analytics-node"},
        "destinations": [{"key": "Facebook Pixel"}, {"key": NAMES[1], "custom": {"server": "cloud"}}],
        "events": [
            {"name": name, "description": name, "properties": [{"name": name, "required": True, "known_by": "server"}]}
            for name in NAMES
        ],
    }
    page.goto("/plans/import")
    page.get_by_label("Paste your plan").fill(json.dumps(document))
    page.get_by_role("button", name="Read it").click()
    assert page.locator("html").evaluate("root => root.scrollWidth") <= 360
    page.get_by_role("button", name="Start a plan").click()
    page.wait_for_url(re.compile("/plans/[0-9a-f]{32}"))
    plan = page.url.partition("?")[0]
    found = page.locator("a[href*='/events/']").evaluate_all("links => links.map((link) => link.href)")
    events = [link for link in dict.fromkeys(found) if re.search(r"/events/[0-9a-f]+$", link)]
    assert len(events) == len(NAMES)
    parts = ("", "/settings", "/export/json", "/history", "/code/files", "/delete")
    for address in ("/plans", *(plan + part for part in parts), *events, *(f"{event}/delete" for event in events)):
        page.goto(address)
        assert page.locator("html").evaluate("root => root.scrollWidth") <= 360, address
