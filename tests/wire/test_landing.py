"""The landing in a real browser: what the page keeps, where, for how long, and that nothing on the way can break it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from programs import PATIENCE
from snippets.vectors import page_code

pytestmark = pytest.mark.slow
SHOP = "https://shop.test"
HTML = (
    "<!doctype html><meta charset=utf-8><title>Shop</title>"
    '<script type=module>import * as handoff from "/page.js"; window.handoff = handoff;</script>'
)
Visit = Callable[..., Page]


@pytest.fixture
def context(chromium_browser: Browser) -> Iterator[BrowserContext]:
    """A visitor's browser, for which every address is a page of the shop."""
    context = chromium_browser.new_context()
    context.set_default_timeout(PATIENCE * 1000)
    code = page_code()

    def answer(route: Route) -> None:
        is_script = route.request.url.endswith("/page.js")
        route.fulfill(body=code if is_script else HTML, content_type="text/javascript" if is_script else "text/html")

    context.route("**/*", answer)
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext) -> Visit:
    """Opens an address, in a new tab if none is given."""

    def open_at(address: str, page: Page | None = None, referrer: str | None = None) -> Page:
        page = page or context.new_page()
        page.goto(address, referer=referrer) if referrer else page.goto(address)
        page.wait_for_function("window.handoff")
        return page

    return open_at


def _ids(page: Page) -> dict[str, Any]:
    """The ids that the page would hand over."""
    collected: dict[str, Any] = json.loads(page.evaluate("JSON.stringify(handoff.collectHandoff())"))
    return collected["ids"]


def _cookie(context: BrowserContext) -> Any:
    """What the landing's cookie holds; none if there is none."""
    found = [each for each in context.cookies() if each["name"] == "plan_landing"]
    return json.loads(unquote(found[0]["value"])) if found else None


def test_with_consent_clicks_outlive_the_tab(context: BrowserContext, visit: Visit) -> None:
    """In a cookie, with the time of the click, which is part of Meta's id."""
    first = visit(f"{SHOP}/?utm_source=ad&gclid=G1&fbclid=F1&gbraid=B1&li_fat_id=L1")
    assert _cookie(context) is None, "nothing is kept beyond the visit before there is an answer"
    first.evaluate("handoff.keepLanding(true)")
    told = _ids(first)
    first.close()
    later = visit(f"{SHOP}/cart")
    assert _ids(later) == told
    assert (told["gclid"], told["gbraid"], told["li_fat_id"]) == ("G1", "B1", "L1")
    kept = _cookie(context)
    assert told["fbc"] == f"fb.1.{kept['ids']['fbclid'][1]}.F1"
    assert kept["campaign"] == {"source": "ad"}
    (cookie,) = [each for each in context.cookies() if each["name"] == "plan_landing"]
    assert (cookie["path"], cookie["secure"], cookie["sameSite"], cookie["httpOnly"]) == ("/", True, "Lax", False)
    days = (cookie["expires"] - later.evaluate("Date.now()") / 1000) / 86400
    assert 89 < days <= 90.01


def test_without_an_answer_clicks_last_for_the_visit(context: BrowserContext, visit: Visit) -> None:
    """The tab has them on its next page, another tab does not."""
    page = visit(f"{SHOP}/?gclid=G1")
    assert _ids(visit(f"{SHOP}/cart", page, SHOP))["gclid"] == "G1"
    assert "gclid" not in _ids(visit(f"{SHOP}/cart"))


def test_a_refusal_keeps_nothing(context: BrowserContext, visit: Visit) -> None:
    """Neither cookie nor session has it any more, and neither does the next page."""
    page = visit(f"{SHOP}/?gclid=G1")
    page.evaluate("handoff.keepLanding(true)")
    page.evaluate("handoff.keepLanding(false)")
    page.evaluate("handoff.collectHandoff()")
    assert _cookie(context) is None
    assert page.evaluate("sessionStorage.length") == 0
    assert "gclid" not in _ids(visit(f"{SHOP}/cart", page, SHOP))


def test_an_internal_link_with_utm_changes_nothing(context: BrowserContext, visit: Visit) -> None:
    """Neither in a new page nor in one that changes its address itself. A campaign from outside replaces the old one alone."""
    page = visit(f"{SHOP}/?utm_source=ad&gclid=G1", referrer="https://search.test/")
    page.evaluate("handoff.keepLanding(true)")
    kept = _cookie(context)
    visit(f"{SHOP}/b?utm_source=footer", page, f"{SHOP}/")
    page.evaluate("history.pushState(null, '', '/c?utm_source=menu'); handoff.collectHandoff()")
    assert _cookie(context) == kept
    visit(f"{SHOP}/?utm_medium=email", page, "https://mail.test/")
    assert _cookie(context) == kept | {"campaign": {"medium": "email"}}


@pytest.mark.parametrize(
    "value", ["%7Bbroken", "null", "%5B1%5D", "%FF%", '"', "%7B%22ids%22%3A%7B%22gclid%22%3A5%7D%7D"]
)
def test_a_broken_cookie_is_no_landing(context: BrowserContext, visit: Visit, value: str) -> None:
    """The page goes on, and the next click takes the cookie's place."""
    context.add_cookies([{"name": "plan_landing", "value": value, "url": SHOP}])
    page = visit(f"{SHOP}/?gclid=G1")
    assert _ids(page) == {"gclid": "G1"}
    page.evaluate("handoff.keepLanding(true)")
    assert _cookie(context)["ids"]["gclid"][0] == "G1"


def test_no_text_can_break_out_of_the_cookie(context: BrowserContext, visit: Visit) -> None:
    """Semicolons, line ends, quotes and other scripts of an address come back as they were, and set no other cookie."""
    page = visit(
        f"{SHOP}/?gclid=a%3Bb%0D%0ASet-Cookie%3A%20evil%3D1%22%2C%5C%E2%80%A8%F0%9F%98%80&utm_source=x%3B%20path%3D/evil"
    )
    page.evaluate("handoff.keepLanding(true)")
    assert [each["name"] for each in context.cookies()] == ["plan_landing"]
    assert _ids(visit(f"{SHOP}/cart"))["gclid"] == 'a;b\r\nSet-Cookie: evil=1",\\\u2028\U0001f600'
    assert _cookie(context)["campaign"] == {"source": "x; path=/evil"}


def test_a_long_address_leaves_room_for_the_newest_click(context: BrowserContext, visit: Visit) -> None:
    """Browsers refuse a cookie above 4,096 bytes: old clicks and the campaign give way."""
    page = visit(f"{SHOP}/?gclid={'g' * 1900}&ttclid={'t' * 1900}&utm_source=ad")
    page.evaluate("handoff.keepLanding(true)")
    visit(f"{SHOP}/?msclkid={'m' * 1900}", page)
    kept = _cookie(context)["ids"]
    assert "msclkid" in kept
    assert len(kept) == 2


def test_without_storage_the_values_of_the_current_page_are_used(visit: Visit, context: BrowserContext) -> None:
    """In a frame that may use neither cookies nor storage, nothing throws."""
    page = visit(f"{SHOP}/outside")
    page.evaluate(
        """() => new Promise((loaded) => {
          const frame = document.createElement("iframe");
          frame.sandbox = "allow-scripts";
          frame.src = "/?gclid=G1";
          frame.onload = loaded;
          document.body.append(frame);
        })"""
    )
    frame = page.frames[1]
    frame.wait_for_function("window.handoff")
    assert json.loads(frame.evaluate("JSON.stringify(handoff.collectHandoff())"))["ids"] == {"gclid": "G1"}
