"""While a page loads: nothing jumps when its scripts arrive, and all can be saved if they never do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from pages import Shop
from pictures import PHONE

JUMPED = """() => new Promise((told) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => told(sum), 300);
})"""
"""How much of the window moved without anybody asking for it, as a part of the whole."""


@pytest.mark.parametrize("name", ["home", "plan", "event", "grid", "settings"])
def test_nothing_jumps_when_the_scripts_arrive(browser: Browser, base_url: str, shop: Shop, name: str) -> None:
    """On a phone, where each line more moves everything below it."""
    context = browser.new_context(base_url=base_url, viewport=PHONE)
    context.add_cookies(shop.cookies)
    page = context.new_page()
    # Late, as over a slow network: the page is painted without them first.
    page.route("**/*.js", lambda route: (page.wait_for_timeout(50), route.continue_()))
    page.goto(shop.address(name), wait_until="networkidle")
    assert page.evaluate(JUMPED) < 0.02
    context.close()


def test_buttons_to_save_come_if_the_script_does_not(browser: Browser, base_url: str, shop: Shop) -> None:
    """They wait for the script that would hide them, but not for ever."""
    context = browser.new_context(base_url=base_url, viewport=PHONE)
    context.add_cookies(shop.cookies)
    page = context.new_page()
    page.route("**/form-saving.js", lambda route: route.abort())
    page.goto(shop.address("event"))
    buttons = page.locator("[data-by-hand]", has_text="Save").filter(has_not_text="and save this one")
    expect(buttons.first).to_be_hidden()
    page.evaluate("document.getAnimations().forEach((animation) => animation.finish())")
    for button in buttons.all():
        expect(button).to_be_visible()
    context.close()
