"""The checker reads the load-time object as the real library does: what arrives at Segment, and what runs in the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from advisor.explain import Inquiry, explain

from .page import MODULE, Bundles, shop

pytestmark = pytest.mark.slow

CLASSIC = "Facebook Pixel"
ACTION = "Braze Web Mode (Actions)"
ACTION_NAME = "Braze Web Device Mode (Actions)"
VALUES = (None, "true", "false", "null", "undefined", "0", "'false'", "{ id: 1 }")
"""What an entry may be; None where there is none."""
APP = """
import { AnalyticsBrowser } from "@segment/analytics-next";
const bodies = new Map();
const reach = window.fetch;
window.fetch = (address, options) => {
  if (!String(address).includes("api.segment.io")) return reach(address, options);
  const body = JSON.parse(options.body);
  bodies.set(body.messageId, body);
  return Promise.resolve(new Response("{}", { status: 200 }));
};
const value = (text) => new Function(`return ${text}`)();
const each = async (load, calls) => {
  const analytics = AnalyticsBrowser.load({ writeKey: "YOUR_WRITE_KEY" }, { integrations: value(load) });
  await analytics.ready();
  const found = [];
  for (const call of calls) {
    const context = await analytics.track("E", {}, { integrations: value(call) });
    const id = context.event.messageId;
    const ran = (window.delivered ?? []).filter(([, given]) => given === id).map(([key]) => key);
    found.push({ sent: bodies.has(id), integrations: bodies.get(id)?.integrations, ran });
  }
  return found;
};
export const run = async (cases) => {
  const found = [];
  for (const [load, calls] of cases) found.push(...await each(load, calls));
  return found;
};
"""


def entries(**given: str | None) -> str:
    """Return an object as code, without the entries that are None."""
    return "{ " + ", ".join(f"'{key}': {value}" for key, value in given.items() if value is not None) + " }"


def loads() -> Iterator[str]:
    """Yield load-time objects: each value under each name, with and without All, and what Segment itself needs."""
    for everything in (None, "false", "true"):
        for name in (CLASSIC, ACTION, ACTION_NAME):
            for value in VALUES:
                yield entries(**{"All": everything, "Segment.io": "true", name: value})
        yield from (entries(**{"All": everything, "Segment.io": value}) for value in VALUES)


CALLS = (
    "undefined",
    "{}",
    "{ All: false }",
    *(f"{{ '{CLASSIC}': {value}, '{ACTION}': {value} }}" for value in VALUES[1:]),
    f"{{ '{ACTION_NAME}': false }}",
)


def _told(load: str, call: str) -> dict[str, Any]:
    object_ = f"analytics.track('E', {{}}, {{ integrations: {call} }})"
    told = explain(Inquiry(object=object_, library="analytics.js", load=load, destinations=(CLASSIC, ACTION)))
    sent = told.segment.verdict != "does-not"
    ran = [each.key for each in told.destinations if each.verdict != "does-not"]
    return {"sent": sent, "integrations": told.effective if sent else None, "ran": ran}


def test_load_time_objects_work_as_the_checker_says(chromium_browser: Browser, made: Bundles) -> None:
    """Every value of a classic destination, an Action, its display name and Segment.io is tried under every call."""
    cases = [[load, list(CALLS)] for load in loads()]
    with shop(chromium_browser, made, {"/": MODULE, "/generated.js": APP}) as (page, _):
        page.wait_for_function("window.app")
        outcomes = iter(page.evaluate("(cases) => window.app.run(cases)", cases))
    found = []
    for load in loads():
        for call in CALLS:
            outcome = next(outcomes)
            happened = {
                "sent": outcome["sent"],
                "integrations": outcome.get("integrations"),
                "ran": [key for key in (CLASSIC, ACTION) if key in outcome["ran"]],
            }
            if happened != (told := _told(load, call)):
                found.append((load, call, happened, told))
    assert found == [], found[:8]
