"""The event's page in a browser: its answers, its folds, its two calls; at the keyboard, without scripts, on a phone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from pages import import_plan

ANSWERS = {
    "stored_in_database": "yes",
    "computed_from_database": "no",
    "payment": "yes",
    "sensitive": "no",
    "accuracy": "yes",
    "browser_only": "no",
    "user_absent": "no",
    "needs_cookies": "yes",
    "needs_client_context": "yes",
}
TOOLS = (
    "Facebook Pixel",
    "Hotjar",
    "Facebook Conversions API (Actions)",
    "Actions Google Analytic 4",
    "Actions Google Enhanced Conversions",
    "Mixpanel (Actions)",
    "Braze Cloud Mode (Actions)",
    "AWS S3",
)
PROPERTIES = [
    {"name": "order_id", "type": "string", "required": True},
    {"name": "email", "type": "string"},
    {"name": "margin", "type": "number", "sensitive": True},
]
OPEN_EVERYTHING = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"


def plan(*events: dict[str, Any]) -> dict[str, object]:
    """Return the document of a plan with eight tools."""
    return {
        "format": "tracking-plan/1",
        "name": "Web shop",
        "sources": {"client": ["analytics.js"], "server": "analytics-node"},
        "destinations": [{"key": key} for key in TOOLS],
        "events": list(events),
    }


def order(**more: Any) -> dict[str, Any]:
    """Return an event with every question answered."""
    return {"name": "Order Completed", "answers": ANSWERS, "properties": PROPERTIES, **more}


def open_event(page: Page, event: dict[str, Any]) -> str:
    """Import a plan with this event, open the event's page, and return its path."""
    path = import_plan(page, plan(event))
    page.goto(path)
    page.locator(f"a[href^='{path}/events/']").filter(has_text=event["name"]).first.click()
    page.wait_for_url("**/events/*")
    return page.url


def heights(page: Page) -> dict[str, int]:
    """Return where the parts of the page end, and how long panel and page are, in pixels."""
    found: dict[str, int] = page.evaluate(
        """() => {
          const panel = document.getElementById("advice");
          const end = (selector) => Math.round(document.querySelector(selector).getBoundingClientRect().bottom + scrollY);
          return {
            picture: end(".pic"), object: end(".dev__pane .code pre"), panel: panel.scrollHeight,
            page: document.documentElement.scrollHeight, width: document.documentElement.scrollWidth,
            words: panel.innerText.split(/\\s+/).length,
          };
        }"""
    )
    return found


def test_how_long_the_panel_is(page: Page, browser: Browser, record_property: Callable[[str, object], None]) -> None:
    """Report the length of Order Completed with eight tools, at 1280 and at 360 pixels; nothing scrolls sideways."""
    address = open_event(page, order())
    found = {"1280": heights(page)}
    page.locator("label:has(#in-view-server)").click()
    found["1280, server"] = heights(page) | {"object": 0}
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    found["360"] = heights(page)
    record_property("panel", json.dumps(found))
    assert found["360"]["width"] == 360


def test_an_answer_keeps_focus_folds_and_the_chosen_call(page: Page, axe: Callable[[Page], None]) -> None:
    """What moves an event is shown at the answer; giving it at the keyboard changes the panel and nothing else."""
    open_event(page, order())
    expect(page.locator("#questions-words")).to_have_text("2 answers would move it")
    expect(page.locator("#others-head .others__t")).to_have_text("8 others can’t change this")
    expect(page.locator("#sensitive-yes-moves")).to_contain_text("would move it to")
    page.locator("#in-view-client").focus()
    page.keyboard.press("ArrowRight")
    page.locator("#handed-who > summary").press("Enter")
    page.locator("#user_absent-no").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".verdict__line")).to_contain_text("server")
    expect(page.locator("#advice")).to_have_attribute("data-announce", re.compile("^Server, must, settled"))
    expect(page.locator("#user_absent-yes")).to_be_focused()
    expect(page.locator("#handed-who")).to_have_attribute("open", "")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#in-view-server")).to_be_checked()
    expect(page.locator("#code-server")).to_be_visible()
    page.evaluate(OPEN_EVERYTHING)
    axe(page)
    page.locator("label:has(#in-view-client)").click()
    axe(page)


def test_usual_answers_are_accepted_one_by_one_and_all_at_once(page: Page) -> None:
    """A click accepts one in place; the button accepts the rest; a reload shows them as given."""
    address = open_event(page, order(suggested=list(ANSWERS)))
    question = page.locator(".q[data-question=sensitive]")
    expect(question.locator(".usual")).to_have_text("usual")
    question.get_by_role("button", name="Accept no").click()
    expect(question.locator(".usual")).to_have_count(0)
    expect(page.locator("#sensitive-no")).to_be_focused()
    expect(page.locator("[data-suggestions] [data-count]")).to_have_text("8")
    page.get_by_role("button", name="Accept all 8").click()
    expect(page.locator("[data-suggestions]")).to_have_count(0)
    page.goto(address)
    expect(page.locator(".usual")).to_have_count(0)
    expect(page.locator(".chip--good").first).to_have_text("Settled")


def test_a_question_leaves_the_fold_when_it_begins_to_matter(page: Page) -> None:
    """Taking an answer back opens questions that could not change anything before: they are no longer folded."""
    open_event(page, order())
    page.locator("#others > summary").click()
    expect(page.locator("#others-list .q")).to_have_count(8)
    page.locator("label:has(#payment-unsure)").click()
    page.locator("label:has(#accuracy-unsure)").click()
    expect(page.locator("#mattering [data-question=payment]")).to_be_visible()
    left = page.locator("#others-list .q").count()
    expect(page.locator("#others-head [data-count]")).to_have_text(str(left))
    assert left < 8


def test_the_steps_are_one_click_away(page: Page) -> None:
    """The link of the warning shows the server's call and its settings, and the focus is there."""
    open_event(page, order())
    page.get_by_role("link", name="See the steps").click()
    expect(page.locator("#setup-server")).to_be_visible()
    expect(page.locator("#setup-server summary").first).to_be_focused()


def test_everything_works_without_scripts(plain_page: Page, base_url: str, page: Page) -> None:
    """Both calls, all folds, the link to the steps and one accepted answer work as plain pages."""
    address = open_event(page, order(suggested=["sensitive"]))
    plain_page.context.add_cookies(page.context.cookies())
    plain_page.goto(address)
    plain_page.locator("label:has(#in-view-server)").click()
    expect(plain_page.locator("#code-server")).to_be_visible()
    expect(plain_page.locator("#code-client")).to_be_hidden()
    plain_page.locator("label:has(#in-view-client)").click()
    plain_page.get_by_role("link", name="See the steps").click()
    expect(plain_page.locator("#setup-server")).to_be_visible()
    plain_page.get_by_role("button", name="Accept no").click()
    expect(plain_page.locator(".usual")).to_have_count(0)
    expect(plain_page.locator("#sensitive-no")).to_be_checked()


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
def test_a_phone_shows_every_state(page: Page, axe: Callable[[Page], None], colours: str) -> None:
    """At 360 pixels, with every fold open, nothing scrolls sideways, and axe finds nothing in any colours."""
    event = order(name="Test Result Viewed", answers={"sensitive": "yes"}, suggested=["sensitive"])
    page.set_viewport_size({"width": 360, "height": 740})
    if colours == "forced":
        page.emulate_media(forced_colors="active")
    else:
        page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
    open_event(page, event)
    expect(page.locator(".pic__lane--refused")).to_contain_text("Not reached")
    page.evaluate(OPEN_EVERYTHING)
    assert page.locator("html").evaluate("root => root.scrollWidth") == 360
    if colours != "forced":
        axe(page)
