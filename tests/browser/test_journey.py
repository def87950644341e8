"""A complete plan made with the keyboard only: tools, five events, the export. With and without JavaScript."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from advisor import document
from quiet import quiet

EVENTS = {
    "Page Read": ({"browser_only": "yes"}, "client"),
    "Order Completed": ({"payment": "yes", "needs_cookies": "yes"}, "both"),
    "Subscription Renewed": ({"payment": "yes", "user_absent": "yes"}, "server"),
    "Friend Count": ({"computed_from_database": "yes", "stored_in_database": "no"}, "both"),
    "Password Reset": ({"sensitive": "yes"}, "server"),
}
"""Answers, and the placement they lead to with a pixel that only the browser reaches."""
DESTINATIONS = {
    "Facebook Pixel": "Facebook Pixel",
    "Amplitude (Actions)": "Actions Amplitude",
    "Mixpanel (Legacy)": "Mixpanel",
}
"""Names as a person types them, and their integrations keys."""


@dataclass
class Person:
    """Someone at the keyboard. Everything is reached with Tab, and pressed or chosen with a key."""

    page: Page
    scripted: bool

    def goes_to(self, target: Locator) -> None:
        """Press Tab until the target is focused; fails if it never is."""
        expect(target).to_have_count(1)
        for _ in range(250):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"Tab never reaches {target}")

    def presses(self, target: Locator) -> None:
        """Follow a link, or press a button."""
        self.goes_to(target)
        self.page.keyboard.press("Enter")

    def types(self, target: Locator, text: str) -> None:
        """Fill in a field and replace its content."""
        self.goes_to(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def ticks(self, target: Locator) -> None:
        """Tick a checkbox."""
        self.goes_to(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")

    def chooses(self, name: str, value: str) -> None:
        """Choose a radio button: Tab leads to the chosen one, the arrows to the others."""
        radios = self.page.locator(f"input[type=radio][name='{name}']")
        wanted = self.page.locator(f"input[type=radio][name='{name}'][value='{value}']")
        if not wanted.is_visible():
            self.presses(self.page.locator("details:not([open]) > summary").filter(has_text="can’t change this"))
        self.goes_to(self.page.locator(f"input[type=radio][name='{name}']:checked"))
        for _ in range(radios.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowRight")
        pytest.fail(f"the arrows never reach {value} of {name}")


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def person(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Iterator[Person]:
    """Yield a visitor who has never been here, with and without JavaScript."""
    context = browser.new_context(base_url=base_url, java_script_enabled=request.param, accept_downloads=True)
    context.set_default_timeout(20_000)
    with quiet(context, runs_scripts=request.param):
        yield Person(context.new_page(), request.param)
    context.close()


def test_a_visitor_can_create_and_export_a_plan(person: Person, tmp_path: Path) -> None:
    """Start a plan, add destinations and five events, see the advice, export; the file equals the answer of the API."""
    _start_a_plan(person)
    for name, key in DESTINATIONS.items():
        _add_destination(person, name, key)
    _turns_to(person, "Overview")
    for name, (answers, placement) in EVENTS.items():
        _add_event(person, name, answers, placement)
    exported = _export(person, tmp_path)
    plan = json.loads(exported)
    assert [event["name"] for event in plan["events"]] == list(EVENTS)
    assert [event["answers"] for event in plan["events"]] == [answers for answers, _ in EVENTS.values()]
    placements = [event["recommendation"]["placement"] for event in plan["events"]]
    assert placements == [placement for _, placement in EVENTS.values()]
    assert [item["key"] for item in plan["destinations"]] == list(DESTINATIONS.values())
    _same_as_from_the_api(person, exported)


def _start_a_plan(person: Person) -> None:
    page = person.page
    page.goto("/")
    person.presses(page.get_by_role("navigation").get_by_role("link", name="Plans"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Plans")
    person.presses(page.get_by_role("main").get_by_role("link", name="Start a plan"))
    person.types(page.get_by_label("Name"), "Shop")
    person.ticks(page.locator("input[name='client'][value='analytics.js']"))
    person.chooses("server", "analytics-node")
    person.presses(page.get_by_role("button", name="Start the plan"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Shop")


def _add_destination(person: Person, name: str, key: str) -> None:
    page = person.page
    person.types(page.locator("#q"), name)
    if not person.scripted:
        person.presses(page.get_by_role("button", name="Find"))
    person.presses(page.locator(f"button[name='add'][value='{key}']"))
    expect(page.locator("#planned tbody tr").filter(has_text=name)).to_have_count(1)


def _turns_to(person: Person, tab: str) -> None:
    person.presses(person.page.get_by_role("navigation", name="Pages of this plan").get_by_role("link", name=tab))


def _add_event(person: Person, name: str, answers: dict[str, str], placement: str) -> None:
    page = person.page
    person.presses(page.get_by_role("link", name="Add an event").first)
    person.types(page.locator("#name"), name)
    for question, answer in answers.items():
        person.chooses(question, answer)
    if person.scripted:
        _expect_advice(page, placement)
    person.presses(page.get_by_role("button", name="Add the event").last)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    _expect_advice(page, placement)
    person.presses(page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Shop"))
    expect(page.get_by_role("main")).to_contain_text(name)


def _expect_advice(page: Page, placement: str) -> None:
    announced = {"client": r"^Client", "server": r"^Server", "both": r"^Both"}[placement]
    expect(page.locator("#advice")).to_have_attribute("data-announce", re.compile(announced))


def _export(person: Person, folder: Path) -> bytes:
    page = person.page
    _turns_to(person, "Export")
    shown = page.locator("pre").first.inner_text()
    with page.expect_download() as download:
        person.presses(page.get_by_role("link", name="Download"))
    download.value.save_as(folder / "plan.json")
    exported = (folder / "plan.json").read_bytes()
    assert exported.decode().startswith(shown.rstrip()[:2000])
    return exported


def _same_as_from_the_api(person: Person, exported: bytes) -> None:
    bare = document.write(document.read(exported).plan)
    assert b'"recommendation"' not in bare
    answer = person.page.request.post(
        "/api/v1/advice", data=bare, headers={"Content-Type": "application/json"}, fail_on_status_code=True
    )
    assert answer.body() == exported


def test_the_advice_follows_each_answer(page: Page, axe: Callable[[Page], None]) -> None:
    """On the page of one event, every answer changes the advice and the address, and the focus stays where it was."""
    person = Person(page, scripted=True)
    page.goto("/advise")
    person.types(page.locator("#name"), "Order Completed")
    person.chooses("browser_only", "yes")
    _expect_advice(page, "client")
    person.goes_to(page.locator("#payment-unsure"))
    page.keyboard.press("ArrowRight")
    _expect_advice(page, "server")
    expect(page.locator("#payment-yes")).to_be_focused()
    expect(page.locator("#status")).to_have_text(re.compile("^Server"))
    expect(page).to_have_url(re.compile(r"payment=yes"))
    axe(page)
    verdict = page.locator(".verdict__line").inner_text()
    page.goto(page.url)
    assert page.locator(".verdict__line").inner_text() == verdict, "the address is not the whole state"


def test_a_reload_of_one_event_keeps_the_answers(page: Page) -> None:
    """The address follows each answer, so that a reload restores the name, the answers and the advice."""
    page.goto("/advise")
    page.get_by_label("Event name").fill("Trial Ended")
    page.locator("label:has(#user_absent-yes)").click()
    page.wait_for_url("/advise?*user_absent=yes*")
    page.reload()
    expect(page.get_by_label("Event name")).to_have_value("Trial Ended")
    expect(page.locator("#user_absent-yes")).to_be_checked()
    expect(page.locator(".verdict__line")).to_contain_text("Trial Ended from your server")
