"""The checker sorts the arguments of a browser call as the real library does: every shape, before and after load."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser

from advisor.explain import Inquiry, explain
from advisor.model import CALL_TYPES

from .page import MODULE, Bundles, shop

pytestmark = pytest.mark.slow

OBJECT = "{ integrations: { All: false, Mixpanel: true } }"
USUAL = ("undefined", "null", "'text'", "{ a: 1 }", OBJECT)
UNUSUAL = (*USUAL, "7", "true", "['x']")
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
const outcome = async (call) => {
  try {
    const context = await call();
    const body = bodies.get(context?.event?.messageId);
    return body ? { sent: true, integrations: body.integrations, properties: body.properties ?? {} } : { sent: false };
  } catch (error) {
    return { sent: false, error: String(error) };
  }
};
export const run = async (calls, early) => {
  const analytics = new AnalyticsBrowser();
  const load = () => analytics.load({ writeKey: "YOUR_WRITE_KEY" });
  if (!early) await load().ready();
  const outcomes = calls.map((text) => outcome(new Function("analytics", `return ${text}`).bind(null, analytics)));
  if (early) load();
  return Promise.all(outcomes);
};
"""


def shapes(values: tuple[str, ...], most: int) -> Iterator[tuple[str, ...]]:
    """Every list of up to so many arguments."""
    for count in range(most + 1):
        yield from product(values, repeat=count)


def calls(values: tuple[str, ...], most: int) -> list[str]:
    """Every call with every list of arguments."""
    return [f"analytics.{call}({', '.join(shape)})" for call in CALL_TYPES for shape in shapes(values, most)]


def differences(browser: Browser, made: Bundles, texts: list[str], *, early: bool) -> list[tuple[str, Any, Any]]:
    """Calls of which something else arrives than the checker says."""
    with shop(browser, made, {"/": MODULE, "/generated.js": APP}) as (page, _):
        page.wait_for_function("window.app")
        outcomes = page.evaluate("([texts, early]) => window.app.run(texts, early)", [texts, early])
    assert len(outcomes) == len(texts)
    assert {each["sent"] for each in outcomes} == {True, False}
    found = []
    for text, outcome in zip(texts, outcomes, strict=True):
        told = explain(Inquiry(object=text, library="analytics.js"))
        is_sent = told.segment.verdict != "does-not"
        if is_sent != outcome["sent"] or (is_sent and told.effective != outcome["integrations"]):
            found.append((text, outcome, (told.segment.verdict, told.effective)))
    return found


def test_every_usual_call_arrives_as_the_checker_says(chromium_browser: Browser, made: Bundles) -> None:
    """Up to four arguments, each undefined, null, a text, or an object with or without integrations."""
    assert differences(chromium_browser, made, calls(USUAL, 4), early=False) == []


def test_the_checker_sorts_unusual_arguments_like_the_library(chromium_browser: Browser, made: Bundles) -> None:
    """Numbers, booleans and lists among up to three arguments."""
    assert differences(chromium_browser, made, calls(UNUSUAL, 3), early=False) == []


def test_calls_before_the_library_has_loaded_are_sorted_alike(chromium_browser: Browser, made: Bundles) -> None:
    """Kept until it has loaded, and then read in the same way."""
    assert differences(chromium_browser, made, calls(USUAL, 3), early=True) == []


def test_a_lost_object_is_reported_and_one_that_arrives_is_not() -> None:
    """In every usual shape of up to three arguments, the object is either in force or said to be lost."""
    for text in calls(USUAL, 3):
        told = explain(Inquiry(object=text, library="analytics.js"))
        is_lost = OBJECT in text and told.effective != {"All": False, "Mixpanel": True}
        assert is_lost <= any(problem.severity == "error" for problem in told.problems), text
        if OBJECT not in text and told.segment.verdict == "receives":
            assert {problem.code for problem in told.problems} == {"no-object"}, text
