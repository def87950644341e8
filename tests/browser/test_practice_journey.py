"""Practice against advice in a browser: following, keeping and saying, by keyboard, on a phone and without script."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from pages import import_plan
from pictures import PHONE
from quiet import quiet

PAID = {"payment": "yes", "user_absent": "yes", "sensitive": "no", "browser_only": "no"}
DOCUMENT: dict[str, object] = {
    "format": "tracking-plan/1",
    "name": "Audited",
    "sources": {"client": ["analytics.js"], "server": "analytics-node"},
    "destinations": [{"key": "Mixpanel"}, {"key": "Facebook Pixel"}],
    "events": [
        {
            "name": "Plan Renewed",
            "answers": PAID,
            "practice": {"placement": "client", "evidence": "labels.source = web"},
        },
        {"name": "Plan Paid", "answers": PAID, "practice": {"placement": "client", "evidence": ""}},
        {"name": "Plan Refunded", "answers": PAID, "practice": {"placement": "server", "evidence": ""}},
        {"name": "Plan Viewed", "answers": {}},
    ],
}


def test_a_difference_is_decided_with_the_keyboard(page: Page, axe: Callable[[Page], None]) -> None:
    """Following takes one key, keeping asks for a reason; each leaves the list, counts down, and says what became of it."""
    page.goto(import_plan(page, DOCUMENT))
    line = page.locator("#audit-title")
    expect(line).to_have_text("4 events: 1 as advised, 2 differ, 1 unknown.")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(page)
    page.get_by_role("button", name="Follow the advice for Plan Renewed").focus()
    page.keyboard.press("Enter")
    expect(line).to_have_text("4 events: 1 as advised, 1 differs, 1 agreed to move, 1 unknown.")
    expect(page.locator(".note--undo")).to_contain_text("Plan Renewed: Server. 1 differs.")
    axe(page)
    page.get_by_role("link", name="Keep today’s side for Plan Paid").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep it where it is tracked today?")
    axe(page)
    page.get_by_label("Why does it stay there?").fill("Our page is all we have")
    page.get_by_role("button", name="Keep client").click()
    expect(line).to_have_text("4 events: 2 as advised, 0 differ, 1 agreed to move, 1 unknown.")
    page.get_by_role("button", name="Undo").click()
    expect(line).to_have_text("4 events: 1 as advised, 1 differs, 1 agreed to move, 1 unknown.")


def test_practice_is_said_on_a_phone(page: Page, axe: Callable[[Page], None]) -> None:
    """The page that asks fits a phone, and one choice says it for all events that are still not known."""
    page.set_viewport_size(PHONE)
    plan = import_plan(page, DOCUMENT)
    page.goto(plan)
    page.get_by_role("link", name="Say where the others are tracked today").click()
    expect(page.locator(".practice tbody tr")).to_have_count(1)
    assert page.locator("html").evaluate("root => root.scrollWidth") <= PHONE["width"]
    axe(page)
    page.locator(".practice__rest input[value=client]").check(force=True)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#audit-title")).to_contain_text("0 unknown.")


def test_practice_works_without_javascript(plain_page: Page, base_url: str) -> None:
    """Saying it, following the advice and the filters are forms and links."""
    page = plain_page
    with quiet(page.context, runs_scripts=False):
        page.goto(f"{base_url}{import_plan(page, DOCUMENT)}")
        page.get_by_role("button", name="Follow the advice for Plan Renewed").click()
        page.get_by_role("link", name="1 agreed to move").click()
        expect(page.locator(".matrix tbody th bdi")).to_have_text(["Plan Renewed"])
        page.get_by_role("link", name="1 unknown").click()
        expect(page.locator(".matrix tbody th bdi")).to_have_text(["Plan Viewed"])
