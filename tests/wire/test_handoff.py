"""The hand-off, end to end: what the page has is what arrives, through generated code on both sides and a real library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from advisor.model import Plan

from .capture import CaptureServer
from .page import Bundles, browsing
from .plans import plan_for, written_calls
from .promise import differences
from .shops import EVENT, shop_of

pytestmark = pytest.mark.slow
OLD = "0b8a4a1c-2c6b-4e44-9f0e-6f1f6d1f0001"
LANDING = "/?utm_campaign=spring%20sale&utm_source=news&utm_custom=c"
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
COOKIE = 'document.cookie.match(/ajs_anonymous_id=([^;]+)/)?.[1]'


@pytest.mark.parametrize("library", ["analytics-python", "analytics-node"])
def test_what_the_page_has_arrives(library: str, tmp_path: Path, chromium_browser: Browser, made: Bundles) -> None:
    """Campaign of the landing, page, locale, time zone, address, browser, consent and ids; old and new cookies alike."""
    plan = plan_for(library)
    with (
        shop_of(plan, library, tmp_path) as (address, capture),
        browsing(chromium_browser, made) as (context, page),
    ):
        had = _visit(page, address)
        assert page.evaluate(TELL, {"consent": CONSENT}) == 204
        assert _message(plan, library, capture, had | {"consent": {"categoryPreferences": CONSENT}}) == page.evaluate(COOKIE)
        _give_old_cookie(context, address)
        assert page.evaluate(TELL, {"consent": {}}) == 204
        assert _message(plan, library, capture, had) == OLD


def _visit(page: Page, address: str) -> dict[str, Any]:
    """Land with a campaign, let Analytics.js write its cookie, and go on to another page; what that page has."""
    page.goto(address + LANDING)
    page.wait_for_function(COOKIE)
    page.wait_for_function("window.handoff")
    page.goto(address + "/shelf?sort=new", referer=address + "/")
    page.wait_for_function("window.handoff")
    campaign = {"name": "spring sale", "source": "news", "custom": "c"}
    return page.evaluate(OF_THE_PAGE) | {"ip": "127.0.0.1", "campaign": campaign}


def _give_old_cookie(context: BrowserContext, address: str) -> None:
    """The anonymous ID as older versions of Analytics.js wrote it, and the cookie of a vendor."""
    context.add_cookies(
        [
            {"name": "ajs_anonymous_id", "value": f"%22{OLD}%22", "url": address},
            {"name": "_fbp", "value": "fb.1.2.3", "url": address},
        ]
    )


def _message(plan: Plan, library: str, capture: CaptureServer, context: dict[str, Any]) -> str:
    """The anonymous ID of the one message that arrived, which otherwise is exactly what was promised and handed over."""
    (captured,) = capture.captured
    capture.captured.clear()
    message = captured.message
    (written,) = (each for each in written_calls(plan, library) if each.event.name == EVENT)
    ids = {name: message["properties"].get(name) for name in ("fbp", "fbc", "event_id")}
    handoff = {
        "userId": "session-user",
        "anonymousId": message["anonymousId"],
        "context": context,
        "ids": ids | {"amplitude_session_id": None},
        "properties": {},
    }
    left_out = {name for name, value in ids.items() if value is None}
    found = differences(written, message, handoff)
    expected = [each for each in found if each.startswith("properties: ") and left_out]
    assert [each for each in found if each not in expected] == []
    assert {key: value for key, value in message["context"].items() if key != "library"} == context
    return message["anonymousId"]
