"""The first minute: from the first page to a plan with advice, and an event on its way whose switches need no script."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from advisor.knowledge.catalogue import destination_name
from advisor.web.advise.arrivals import TRIPS, outcome
from advisor.web.advise.example_plan import PLAN
from advisor.web.advise.example_sheet import SAMPLE
from advisor.web.advise.trip_words import CAUSES, sentences

NAMES = "\n".join(SAMPLE)
OVERVIEW = re.compile(r"/plans/[0-9a-f]{32}(\?saved=\d+)?$")
USEFUL = 30
"""Seconds in which ten pasted names give a useful plan. It is mostly reading; the pages take a second of it."""
CASES = """() => {
  const way = document.querySelector("[data-way]");
  const seen = (element) => element.checkVisibility();
  const texts = (selector, inside = way) => [...inside.querySelectorAll(selector)].filter(seen).map((each) => each.textContent);
  const cases = {};
  for (const sides of ["both", "client", "server"])
    for (let bits = 0; bits < 8; bits++) {
      const flags = { blocker: bits & 4, refusal: bits & 2, away: bits & 1 };
      document.getElementById(`sim-${sides}`).checked = true;
      for (const name in flags) document.getElementById(`sim-${name}`).checked = Boolean(flags[name]);
      way.dispatchEvent(new Event("change"));
      const key = sides[0] + (flags.blocker ? "k" : "") + (flags.refusal ? "r" : "") + (flags.away ? "a" : "");
      const tools = [...way.querySelectorAll(".sim__tool")];
      cases[key] = {
        count: way.querySelector(".sim__n").textContent,
        said: texts(".sim__say"),
        off: Object.fromEntries(tools.filter((each) => texts(".sim__cross", each).length)
          .map((each) => [each.querySelector(".sim__name").textContent, texts(".sim__why", each).join()])),
        reasons: tools.flatMap((each) => texts(".sim__why", each)).length,
      };
    }
  return cases;
}"""


def test_ten_pasted_names_give_a_useful_plan_in_seconds(page: Page, axe: Callable[[Page], None]) -> None:
    """By keyboard: paste, and the page says what it saw; Tab, Enter, Enter, and every event has its placement."""
    started = time.monotonic()
    page.goto("/")
    page.get_by_label("Paste names").focus()
    page.keyboard.insert_text(NAMES)
    expect(page.locator("#glance")).to_have_text("10 events, 9 of them known: 77 answers suggested.")
    axe(page)
    button = page.get_by_role("button", name="Place every event")
    for _ in range(2):  # the example lies between
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Client library")).to_have_value("analytics.js")
    axe(page)
    page.get_by_role("button", name="Start a plan with 10 events").press("Enter")
    page.wait_for_url(OVERVIEW)
    expect(page.get_by_role("row", name="Order Refunded")).to_contain_text("Server")
    expect(page.get_by_role("row", name="Product Viewed")).to_contain_text("Client")
    expect(page.get_by_role("main")).not_to_contain_text("A call without a library")
    assert time.monotonic() - started < USEFUL


def test_a_plan_is_pasted_without_javascript(plain_page: Page, base_url: str) -> None:
    """The preview says what the first page could not; the picture stands still and its switches work."""
    page = plain_page
    page.goto(base_url)
    expect(page.get_by_role("button", name="Use an example")).to_be_hidden()
    page.locator("label:has(#sim-server)").click()
    page.locator("label:has(#sim-refusal)").click()
    shown = page.locator(".sim__say:visible")
    expect(shown).to_have_text(list(sentences(PLAN, outcome(PLAN, next(each for each in TRIPS if each.key == "sr")))))
    page.get_by_label("Paste names").fill(NAMES)
    page.get_by_role("button", name="Place every event").click()
    expect(page.get_by_text("10 new events, 9 of them known: 77 answers suggested.")).to_be_visible()
    page.get_by_role("button", name="Start a plan with 10 events").click()
    page.wait_for_url(OVERVIEW)


def test_the_picture_shows_what_arrives_in_every_case(page: Page) -> None:
    """Crosses, causes, sentences and the number are those of the advice, in all 24 cases."""
    page.goto("/")
    shown = page.evaluate(CASES)
    for trip in TRIPS:
        result = outcome(PLAN, trip)
        lost = {destination_name(each.key): CAUSES[each.cause] for each in result.arrivals if each.cause}
        assert shown[trip.key] == {
            "count": str(len(result.arrived)),
            "said": list(sentences(PLAN, result)),
            "off": lost,
            "reasons": len(lost),
        }, trip


def test_the_switches_are_reached_by_keyboard_and_pass_axe(page: Page, axe: Callable[[Page], None]) -> None:
    """Arrows choose the side, Space the rest; forced colours and dark keep every word."""
    page.goto("/")
    page.locator("#sim-both").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#sim-client")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".sim__count")).to_have_text("0 of 8 tools get it")
    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page)


def test_the_calls_travel_twice_and_never_under_reduced_motion(page: Page) -> None:
    """Nothing moves longer than five seconds, so nothing needs a way to stop it."""
    page.goto("/")
    moves = "document.getAnimations().filter((each) => each.animationName?.startsWith('sim-')).length"
    assert page.evaluate(moves) == 0
    page.emulate_media(reduced_motion="no-preference")
    page.reload()
    assert page.evaluate(moves) == 10
    ends = page.evaluate("Math.max(...document.getAnimations().map((each) => each.effect.getComputedTiming().endTime))")
    assert ends <= 5000


def test_a_file_is_dropped_and_known_names_are_filled_in(page: Page) -> None:
    """The page says what a file is before it is sent; one event leads to its usual answers."""
    page.goto("/")
    page.evaluate(
        """() => { const data = new DataTransfer(); data.items.add(new File(['Event,Payment\\nOrder Completed,yes'], 'a.csv'));
        window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); }"""
    )
    expect(page.locator("#glance")).to_contain_text("a.csv: CSV or TSV, any columns: 1 event, 1 of them known")
    page.get_by_label("Event name").fill("order completed")
    page.get_by_role("button", name="Decide").click()
    page.get_by_role("button", name="Fill them in").click()
    expect(page.locator("#payment-yes")).to_be_checked()
    expect(page.locator(".verdict__line")).to_contain_text("server")


def test_the_first_page_fits_a_phone(page: Page, axe: Callable[[Page], None]) -> None:
    """At 360 px nothing makes the page wider, whatever is switched on, and both doors come before the picture."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/")
    for switch in ("server", "blocker", "refusal", "away"):
        page.locator(f"label:has(#sim-{switch})").click()
        assert page.locator("html").evaluate("root => root.scrollWidth") <= 360
    axe(page)
