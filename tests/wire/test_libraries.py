"""The generated code does what the advice promises, through the real libraries: names, ids, properties, objects, deliveries."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser

from advisor.knowledge.libraries import LIBRARIES
from advisor.snippets import snippet
from advisor.snippets.files import snippets_of

from .devices import device_destinations
from .page import Bundles, shop, through_module, through_tag
from .plans import HOSTILE, Written, file_of, plan_for, written_calls
from .servers import (
    HANDOFF,
    PLACEHOLDERS,
    Arrived,
    through_curl,
    through_node,
    through_python,
    through_react_native,
)

pytestmark = pytest.mark.slow
Test = TypeVar("Test", bound=Callable[..., None])
SENT: set[str] = set()
"""The libraries that a test of this file sends the whole plan through. What pages say of a library is held to it."""


def sends(library: str) -> Callable[[Test], Test]:
    """Marks a test that sends the whole plan through a library."""
    SENT.add(library)
    return lambda test: test


def _calls(library: str) -> tuple[str, list[Written]]:
    plan = plan_for(library)
    return file_of(plan, library), written_calls(plan, library)


@sends("analytics-python")
def test_python_keeps_every_promise(tmp_path: Path) -> None:
    """All six call types, hostile texts and the hand-off, through segment-analytics-python."""
    code, calls = _calls("analytics-python")
    assert through_python(code, calls, tmp_path).differences(calls) == []


@sends("analytics-node")
def test_node_keeps_every_promise(tmp_path: Path) -> None:
    """The same through @segment/analytics-node."""
    code, calls = _calls("analytics-node")
    assert through_node(code, calls, tmp_path).differences(calls) == []


@sends("http-api")
def test_curl_keeps_every_promise(tmp_path: Path) -> None:
    """The same through the HTTP API; the hand-off's places hold what the reader replaces."""
    code, calls = _calls("http-api")
    assert through_curl(code, calls, tmp_path).differences(calls, PLACEHOLDERS) == []


@sends("pixel-api")
def test_the_pixel_api_keeps_every_promise(chromium_browser: Browser, made: Bundles) -> None:
    """A browser that loads the page of the Pixel API's pictures asks for addresses that say what was promised."""
    code, calls = _calls("pixel-api")
    with shop(chromium_browser, made, {"/": code}) as (page, capture):
        page.wait_for_load_state("load")
        page.wait_for_function("[...document.images].every((each) => each.complete && each.naturalWidth === 1)")
    order = {address: number for number, address in enumerate(_pictures(code))}
    captured = sorted(capture.captured, key=lambda each: order[each.path])
    assert Arrived(captured, PLACEHOLDERS).differences(calls, PLACEHOLDERS) == []


@sends("analytics.js")
def test_analytics_js_from_npm_keeps_every_promise(chromium_browser: Browser, made: Bundles) -> None:
    """Each message is as promised, and each destination in device mode, classic or Actions, gets exactly the promised ones."""
    code, calls = _calls("analytics.js")
    arrived = through_module(chromium_browser, made, code, calls)
    assert arrived.differences(calls) == []
    assert {key for key, _ in arrived.delivered} == {key for key, _ in device_destinations("web")}


def test_analytics_js_from_a_tag_keeps_every_promise(chromium_browser: Browser, made: Bundles) -> None:
    """The tag in the page, one call before the library is there, and the code of each call on its own."""
    plan = plan_for("analytics.js")
    calls = sorted(written_calls(plan, "analytics.js"), key=lambda each: each.event.name != "Nobody Wants It")
    early, *others = (snippet(plan, each.event, each.call).text for each in calls)
    _, tag = snippets_of(plan, ["analytics.js"])
    assert through_tag(chromium_browser, made, tag.text, early, others).differences(calls) == []


@sends("react-native")
def test_react_native_keeps_every_promise(tmp_path: Path) -> None:
    """The same in an app, whose destinations in device mode stop at an explicit false only."""
    code, calls = _calls("react-native")
    arrived = through_react_native(code, calls, tmp_path)
    assert arrived.differences(calls) == []
    assert {key for key, _ in arrived.delivered} == {key for key, _ in device_destinations("mobile")}


@pytest.mark.parametrize("library", sorted(SENT))
def test_the_plan_covers_every_kind_of_call(library: str) -> None:
    """At least ten ordinary events and every hostile text, in every call type that the library has."""
    _, calls = _calls(library)
    assert len(calls) >= 10 + len(HOSTILE)
    assert {each.event.name for each in calls} >= set(HOSTILE)
    expected = set(LIBRARIES[library].code.calls) - ({"screen"} if LIBRARIES[library].type != "mobile" else {"page"})
    assert {each.event.call for each in calls} >= expected
    assert any(each.call.integrations.get("All") is False for each in calls)
    assert any(False in each.call.integrations.values() and "All" not in each.call.integrations for each in calls)
    assert any(each.call.integrations == {} for each in calls)
    handed = [each for each in calls if each.call.side == "server" and each.advice.handoff]
    assert handed or LIBRARIES[library].side == "client"
    assert HANDOFF["context"].keys() >= {each.to.split(".")[1] for call in handed for each in call.advice.handoff
                                         if each.to.startswith("context.")}  # fmt: skip


def _pictures(code: str) -> list[str]:
    found: list[str] = []

    class Pictures(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "img":
                found.append(dict(attrs)["src"] or "")

    Pictures().feed(code)
    return found
