"""Pages that save every change by themselves: nothing clicked is lost, and all can be undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from pages import import_plan, new_plan

PLAN: dict[str, object] = {
    "format": "tracking-plan/1",
    "name": "Mine",
    "sources": {"client": ["analytics.js"], "server": "analytics-node"},
    "destinations": [{"key": "Mixpanel"}],
    "events": [
        {"name": "First", "properties": [{"name": "total", "extra": {"kept": 1}}, {"name": "coupon"}]},
        {"name": "Second"},
    ],
}


@pytest.fixture
def event(page: Page) -> str:
    """Open the first event of a plan of one's own in ``page``, and return the path of the event."""
    page.goto(import_plan(page, PLAN))
    page.locator(".matrix").get_by_role("link", name="First").click()
    expect(page.locator("#saving")).to_be_visible()
    return page.url.split("#")[0]


def _click(page: Page, answer: str) -> None:
    page.locator(f"label:has(#{answer})").click()


def _is_saved(page: Page) -> None:
    expect(page.locator("#saving")).to_contain_text("Saved ")
    expect(page.locator("#saving")).to_have_attribute("data-state", "saved")


def _away(page: Page) -> None:
    page.route(
        "**/plans/**", lambda route: route.abort("aborted") if route.request.method == "POST" else route.continue_()
    )


def _names(page: Page) -> list[str]:
    fields = page.locator("table[data-rows=properties] input[name$='-name']")
    return [field.input_value() for field in fields.all()]


def test_an_answer_is_saved_automatically_with_a_message(page: Page, event: str) -> None:
    """There is no Save button; the line shows the state of the change, and a reload shows the answer."""
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    _click(page, "payment-yes")
    _is_saved(page)
    page.reload()
    expect(page.locator("#payment-yes")).to_be_checked()


@pytest.mark.parametrize("link", ["Next event", "Mine", "Plans"])
def test_leaving_right_after_a_click_loses_nothing(page: Page, event: str, link: str) -> None:
    """A link waits for the save, and so does a form that leads to another page."""
    _click(page, "accuracy-yes")
    page.get_by_role("link", name=link, exact=True).first.click()
    page.wait_for_url(lambda url: not url.startswith(event))
    page.goto(event)
    expect(page.locator("#accuracy-yes")).to_be_checked()


def test_text_in_an_open_field_is_saved_when_leaving(page: Page, event: str) -> None:
    """Text in an open field is saved also when the visitor leaves through the address bar, which no script can delay."""
    page.locator("#facts > summary").click()
    page.get_by_label("Description").first.type("On every order")
    page.goto("/rules")
    # What was sent on the way out may still be on its way.
    page.wait_for_function(
        "async (address) => (await (await fetch(address)).text()).includes('On every order')", arg=event, polling=100
    )
    page.goto(event)
    expect(page.get_by_label("Description").first).to_have_value("On every order")


def test_unsent_changes_are_sent_from_the_next_page(page: Page, event: str) -> None:
    """Unsent changes are kept in the tab, and the next page of the app sends them."""
    _away(page)
    _click(page, "sensitive-yes")
    expect(page.locator("#saving")).to_contain_text("Not saved, trying again.")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/rules")
    assert asked == ["beforeunload"]
    expect(page.locator(".note--outbox")).to_contain_text("First isn’t saved, trying again.")
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".note--outbox")).to_have_count(0)
    page.goto(event)
    expect(page.locator("#sensitive-yes")).to_be_checked()


def test_offline_changes_are_sent_when_the_server_is_reachable(page: Page, event: str) -> None:
    """The last state of all changes is sent; until then the status line says that they are not saved."""
    _away(page)
    _click(page, "payment-yes")
    expect(page.locator("#saving")).to_contain_text("Not saved, trying again.")
    _click(page, "user_absent-no")
    page.get_by_label("Event name").fill("Renamed Offline")
    page.unroute_all()
    page.evaluate("dispatchEvent(new Event('online'))")
    _is_saved(page)
    page.reload()
    expect(page.locator("#payment-yes")).to_be_checked()
    expect(page.locator("#user_absent-no")).to_be_checked()
    expect(page.locator("h1")).to_have_text("Renamed Offline")


def test_a_save_with_a_lost_response_is_not_repeated(page: Page, event: str) -> None:
    """The change is sent again without a conflict, and the next change is based on it."""
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method != "POST" or lost or route.request.url.endswith("/advice"):
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort("aborted")

    page.route("**/plans/**", lose_the_first_answer)
    _click(page, "payment-yes")
    _click(page, "accuracy-yes")
    _is_saved(page)
    assert lost
    page.goto(f"{event}/history")
    expect(page.locator(".moments > li")).to_have_count(3)


def test_changes_can_be_undone_and_redone(page: Page, event: str) -> None:
    """Ctrl+Z, Ctrl+Shift+Z and the button undo and redo changes of answers, texts and rows."""
    _click(page, "payment-yes")
    _is_saved(page)
    page.locator("tr:has(input[value=total]) input[name$='-remove']").click()
    expect(page.locator("table[data-rows=properties] tbody tr")).to_have_count(2)
    assert _names(page) == ["coupon", ""]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("table[data-rows=properties] tbody tr")).to_have_count(3)
    assert _names(page) == ["total", "coupon", ""]
    page.keyboard.press("Control+z")
    expect(page.locator("#payment-yes")).not_to_be_checked()
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("#payment-yes")).to_be_checked()
    page.reload()
    expect(page.locator("#payment-yes")).to_be_checked()
    page.keyboard.press("Control+z")
    expect(page.locator("#payment-yes")).not_to_be_checked()


def test_moved_rows_keep_their_hidden_values(page: Page, event: str) -> None:
    """After a row is removed the others keep their own properties, and a field can be added inside a new one at
    once.
    """
    page.locator("tr:has(input[value=coupon]) input[name$='-remove']").click()
    expect(page.locator("table[data-rows=properties] tbody tr")).to_have_count(2)
    page.get_by_label("Name of property 2").fill("items")
    _is_saved(page)
    page.get_by_role("button", name="Add a field inside property 2").click()
    page.keyboard.type("sku")
    page.get_by_label("Property 1 is required").check()
    _is_saved(page)
    page.wait_for_function("sessionStorage.getItem('saves:' + location.pathname) === null")
    plan = page.request.get(event.partition("/events/")[0] + "/export/json/download?recommendations=none").json()
    first, second = plan["events"][0]["properties"]
    assert (first["name"], first["required"], first["extra"]) == ("total", True, {"kept": 1})
    assert [item["name"] for item in second["properties"]] == ["sku"]


def test_a_refused_value_does_not_stop_other_saves(page: Page, event: str, axe: Callable[[Page], None]) -> None:
    """The message is at its field and in the status line; everything else is saved."""
    page.get_by_label("Event name").fill(" ")
    _click(page, "payment-yes")
    expect(page.locator("#saving")).to_contain_text("Not saved. Enter a name for the event.")
    expect(page.locator("#name-refused")).to_have_text("Enter a name for the event")
    axe(page)
    page.get_by_label("Event name").fill("Named")
    _is_saved(page)
    expect(page.locator("#name-refused")).to_have_count(0)
    page.reload()
    expect(page.locator("h1")).to_have_text("Named")
    expect(page.locator("#payment-yes")).to_be_checked()


def _two_windows(page: Page, event: str) -> Page:
    other = page.context.new_page()
    other.goto(event)
    _click(other, "payment-yes")
    _is_saved(other)
    return other


def test_saving_in_two_windows_shows_the_conflict_page(page: Page, event: str) -> None:
    """The second person to save sees both versions, chooses, and can save again afterwards."""
    other = _two_windows(page, event)
    _click(page, "payment-no")
    expect(page.locator("h1")).to_have_text("Someone saved this meanwhile")
    page.get_by_role("button", name="Save this choice").click()
    expect(page.locator("#payment-no")).to_be_checked()
    _click(page, "accuracy-yes")
    _is_saved(page)
    other.close()


def test_the_conflict_page_waits_until_typing_ends(page: Page, event: str) -> None:
    """The conflict page appears after the typing has ended, and includes the letters that were typed meanwhile."""
    _two_windows(page, event)
    page.locator("#facts > summary").click()
    description = page.get_by_label("Description").first
    description.type("Half")
    expect(page.locator("#saving")).to_contain_text("Not saved: someone else changed this meanwhile.")
    description.type(" and half")
    description.press("Tab")
    expect(page.locator("h1")).to_have_text("Someone saved this meanwhile")
    expect(page.get_by_role("group", name="Description")).to_contain_text("Half and half")


def test_settings_save_themselves_and_can_be_undone(page: Page, axe: Callable[[Page], None]) -> None:
    """Name, libraries, a destination and its mode are saved at once, and undone step by step."""
    plan = new_plan(page, "Mine")
    page.goto(f"{plan}/settings")
    page.get_by_label("Name", exact=True).fill("Ours")
    expect(page.locator("h1")).to_have_text("Ours")
    page.locator("label:has(input[value=swift])").click()
    page.locator("#q").fill("mixpanel")
    page.locator("button[name=add][value=Mixpanel]").click()
    expect(page.locator("#planned tbody tr")).to_have_count(1)
    page.locator("#planned label:has(input[value=cloud])").first.click()
    _is_saved(page)
    axe(page)
    page.get_by_role("link", name="Overview").click()
    page.get_by_role("link", name="Settings").click()
    expect(page.locator("#planned input:checked").first).to_have_value("cloud")
    for _ in range(2):
        page.get_by_role("button", name="Undo").click()
        _is_saved(page)
        page.wait_for_function("sessionStorage.getItem('saves:' + location.pathname) === null")
    expect(page.locator("#planned tbody tr")).to_have_count(0)
    expect(page.locator("input[value=swift]")).to_be_checked()
    expect(page.locator("h1")).to_have_text("Ours")


def test_without_javascript_the_save_and_next_buttons_save(plain_page: Page, base_url: str) -> None:
    """Next is a button that saves first; after saving there is an Undo."""
    page = plain_page
    page.goto(f"{base_url}/plans/new")
    page.get_by_label("Name", exact=True).fill("Mine")
    page.get_by_role("button", name="Start the plan").click()
    plan = page.url.partition("/settings")[0]
    for name in ("First", "Second"):
        page.goto(f"{plan}/events/new")
        page.get_by_label("Event name").fill(name)
        page.get_by_role("button", name="Add the event").last.click()
    page.get_by_role("button", name="Previous event").click()
    page.locator("label:has(#payment-yes)").click()
    page.get_by_role("button", name="Next event").click()
    expect(page.locator("h1")).to_have_text("Second")
    page.get_by_role("button", name="Previous event").click()
    expect(page.locator("#payment-yes")).to_be_checked()
    page.locator("#others > summary").click()
    page.locator("label:has(#payment-no)").click()
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#payment-yes")).to_be_checked()


def test_an_unfinished_new_event_is_restored_on_its_page(page: Page) -> None:
    """The name, the answers and the rows of an unfinished event are restored; after it was added, the page is empty."""
    plan = new_plan(page, "Mine")
    page.goto(f"{plan}/events/new")
    page.get_by_label("Event name").fill("Half Made")
    _click(page, "payment-yes")
    page.get_by_label("Name of property 1").fill("total")
    page.get_by_label("Name of property 2").fill("coupon")
    page.get_by_role("link", name="Mine").click()
    page.goto(f"{plan}/events/new")
    expect(page.locator("#draft")).to_be_visible()
    expect(page.locator("#payment-yes")).to_be_checked()
    assert _names(page) == ["total", "coupon", ""]
    page.get_by_role("button", name="Add the event").first.click()
    expect(page.locator("h1")).to_have_text("Half Made")
    page.goto(f"{plan}/events/new")
    expect(page.locator("#draft")).to_be_hidden()
    expect(page.get_by_label("Event name")).to_have_value("")


@pytest.mark.parametrize("width", [360, 1280])
def test_long_names_leave_room_for_other_text(page: Page, width: int) -> None:
    """With names of 200 letters without a blank, no text is squeezed to the width of a letter and nothing overflows."""
    long = "W" * 200
    plan = import_plan(page, _long_plan(long))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(plan)
    event = page.locator(".matrix tbody th a").first.get_attribute("href") or ""
    paths = [plan, f"{plan}/findings", f"{plan}/settings", f"{plan}/share", f"{plan}/grid", f"{plan}/report"]
    for path in [*paths, event, f"{event}/history", f"/advise?name={long}&payment=yes&browser_only=yes"]:
        page.goto(path)
        assert page.evaluate(NARROW) == [], path


def _long_plan(long: str) -> dict[str, object]:
    pixel = {"key": f"D{long}", "custom": {"web": "device", "mobile": "none", "server": "none"}}
    absent = {"payment": "yes", "user_absent": "yes", "browser_only": "yes"}
    properties = [{"name": f"p{long}", "required": True, "known_by": "client"}, {"name": f"email{long}"}]
    decision = {"placement": "client", "reason": long, "author": long, "date": "2026-01-01"}
    return PLAN | {
        "name": f"P{long}",
        "destinations": [{"key": "Facebook Pixel"}, pixel],
        "events": [
            {"name": f"E{long}", "labels": {"team": long}, "answers": absent, "properties": properties},
            {"name": f"e_{long}", "answers": {"sensitive": "yes"}, "decision": decision},
        ],
    }


NARROW = """() => {
  const root = document.documentElement;
  const found = root.scrollWidth > root.clientWidth + 1 ? [`${root.scrollWidth} wide`] : [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (element.closest(".vh, svg, i, .report__scroll") || getComputedStyle(element).clipPath !== "none") continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const { width, height } = range.getBoundingClientRect();
    if (width && width < 60 && height > 200) found.push(`${width} x ${height}: ${texts.currentNode.textContent.slice(0, 40)}`);
  }
  return found;
}"""
"""Texts that are much higher than wide, and a page that is wider than its window."""
