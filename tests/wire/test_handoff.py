"""The hand-off, end to end: what the page has is what arrives, through generated code on both sides and a real library."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from .capture import CaptureServer
from .page import Bundles, browsing
from .plans import plan_for
from .shops import EVENT, shop_of

pytestmark = pytest.mark.slow
OLD = "0b8a4a1c-2c6b-4e44-9f0e-6f1f6d1f0001"
OLD_CLICK = "fb.1.1700000000000.IwAR_1"
"""Of the same click, which the Pixel has seen before."""
SESSION = 1_700_000_000_000
LANDING = "/?utm_campaign=spring%20sale&utm_source=news&utm_custom=c&fbclid=IwAR_1"
CONSENT = {"advertising": False, "analytics": True}
TELL = "(options) => handoff.tellServer(handoff.collectHandoff(options)).then((answer) => answer.status)"
OF_THE_PAGE = """() => ({
  userAgent: navigator.userAgent,
  page: {
    url: location.href, path: location.pathname, search: location.search, title: document.title, referrer: document.referrer
  },
  locale: navigator.language,
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
})"""
COOKIE = "document.cookie.match(/ajs_anonymous_id=([^;]+)/)?.[1]"


@pytest.mark.parametrize("library", ["analytics-python", "analytics-node"])
def test_values_of_the_page_arrive_in_the_call(
    library: str, tmp_path: Path, chromium_browser: Browser, made: Bundles
) -> None:
    """Campaign of the landing, page, locale, time zone, address, browser, consent and ids; the shared id of both halves, too."""
    with (
        shop_of(plan_for(library), library, tmp_path) as (address, capture),
        browsing(chromium_browser, made) as (_, page),
    ):
        had = _visit(page, address)
        page.evaluate(f"localStorage.setItem('analytics_session_id', '{SESSION}')")
        assert page.evaluate(TELL, {"consent": CONSENT, "sharedId": "shared-1"}) == 204
        said = _message(capture)
        assert said["context"] == had | {"consent": {"categoryPreferences": CONSENT}}
        assert said["anonymousId"] == page.evaluate(COOKIE), "the id that Analytics.js itself has written"
        click = said["properties"].pop("fbc")
        assert re.fullmatch(r"fb\.1\.\d{13}\.IwAR_1", click), "made of the landing’s click, without a Pixel"
        assert said["properties"] == {"event_id": "shared-1"}
        assert said["integrations"]["Actions Amplitude"] == {"session_id": SESSION}


@pytest.mark.parametrize("library", ["analytics-python", "analytics-node"])
def test_old_cookies_and_open_consent_arrive(
    library: str, tmp_path: Path, chromium_browser: Browser, made: Bundles
) -> None:
    """The anonymous ID between quotes is read without them, a vendor's cookie is passed on, and consent is never empty."""
    with (
        shop_of(plan_for(library), library, tmp_path) as (address, capture),
        browsing(chromium_browser, made) as (
            context,
            page,
        ),
    ):
        had = _visit(page, address)
        _give_old_cookies(context, address)
        assert page.evaluate(TELL, {"consent": {}}) == 204
        said = _message(capture)
        assert said["context"] == had
        assert said["anonymousId"] == OLD
        assert said["properties"] == {"fbp": "fb.1.2.3", "fbc": OLD_CLICK}, "no null for what the browser has not got"
        assert said["integrations"]["Actions Amplitude"] is True, "on, without a session"


def _visit(page: Page, address: str) -> dict[str, Any]:
    """Land with a campaign, let Analytics.js write its cookie, and go on to another page; what that page has."""
    page.goto(address + LANDING)
    page.wait_for_function(COOKIE)
    page.wait_for_function("window.handoff")
    page.goto(address + "/shelf?sort=new", referer=address + "/")
    page.wait_for_function("window.handoff")
    campaign = {"name": "spring sale", "source": "news", "custom": "c"}
    return page.evaluate(OF_THE_PAGE) | {"ip": "127.0.0.1", "campaign": campaign}


def _give_old_cookies(context: BrowserContext, address: str) -> None:
    """The anonymous ID as older versions of Analytics.js wrote it, and the cookie of a vendor."""
    cookies = {"ajs_anonymous_id": f"%22{OLD}%22", "_fbp": "fb.1.2.3", "_fbc": OLD_CLICK}
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])


def _message(capture: CaptureServer) -> dict[str, Any]:
    """The one message that arrived: of the session's user, without what the library adds."""
    (captured,) = capture.captured
    message = captured.message
    assert (message["type"], message["event"], message["userId"]) == ("track", EVENT, "session-user")
    context = {part: value for part, value in message["context"].items() if part != "library"}
    return message | {"context": context}
