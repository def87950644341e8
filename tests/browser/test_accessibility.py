"""Every page, for everyone: nothing for axe to find, nothing wider than a phone, nothing on the console."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pages import PAGES


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit: Callable[[str], Page], axe: Callable[[Page], None], name: str, scheme: Any) -> None:
    """No page breaks a rule that axe can check, in light and in dark, with everything folded out."""
    page = visit(name)
    page.emulate_media(color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((element) => { element.open = true })")
    axe(page)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_phone(visit: Callable[[str], Page], name: str) -> None:
    """At 360 pixels the page itself never scrolls sideways; a wide table may, inside a region that can be focused."""
    page = visit(name)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    loose = """[...document.querySelectorAll('main *')].filter((element) =>
        element.scrollWidth > element.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
        && element.tabIndex < 0 && !element.querySelector('a, button, input, select, textarea, [tabindex]'))
        .map((element) => element.outerHTML.slice(0, 120))"""
    assert page.evaluate(loose) == [], "these scroll sideways and can't be reached with the keyboard"


@pytest.mark.parametrize("name", PAGES)
def test_text_may_be_twice_as_large(visit: Callable[[str], Page], name: str) -> None:
    """With text at 200 percent, at 1280 pixels, nothing is cut off at the page's edge."""
    page = visit(name)
    page.set_viewport_size({"width": 640, "height": 512})
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_and_shows_everything(visit: Callable[[str], Page], name: str) -> None:
    """The first Tab offers the skip link; whatever is focused shows it, and none of it is hidden below something else."""
    page = visit(name)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    for _ in range(15):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
              const element = document.activeElement;
              if (element === document.body) return '';
              const box = element.getBoundingClientRect();
              const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
              return inside ? '' : element.outerHTML.slice(0, 120) + JSON.stringify(box);
            }"""
        )
        assert shown == "", f"focused, and out of sight: {shown}"


def test_a_missing_page_is_a_page(plain_page: Page, base_url: str, axe: Callable[[Page], None]) -> None:
    """An address that leads nowhere answers 404, with a page that axe has nothing to say about."""
    answer = plain_page.goto(base_url + "/plans/nobody-has-this-one")
    assert answer is not None
    assert answer.status == 404
    axe(plain_page)
