"""Asking one question about many events in a browser: by keys, on a phone, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from pages import import_plan
from pictures import PHONE

NAMES = (
    *("order_completed", "Invoice Paid", "Banner Clicked", "Video Started", "Qq Zz", "Patient Created"),
    *("user signed up", "Report Generated", "Coupon Applied", "<b>bold</b>"),
)
ONE_QUESTION = "?question=payment&seen=accuracy"


def _plan(page: Page) -> str:
    """Make a plan of ten events with destinations, and return its path."""
    page.goto("/plans/new")
    document = {
        "format": "tracking-plan/1",
        "name": "Names",
        "sources": {"client": ["analytics.js"], "server": "analytics-node"},
        "destinations": [{"key": "Facebook Pixel"}, {"key": "Actions Amplitude"}],
        "events": [{"name": name} for name in NAMES],
    }
    return import_plan(page, document)


def test_a_screen_is_answered_by_keys_alone(page: Page, axe: Callable[[Page], None]) -> None:
    """Arrows move, y, n and ? answer, the sum follows, and Enter goes on to the next question."""
    plan = _plan(page)
    page.goto(f"{plan}/questions{ONE_QUESTION}", wait_until="networkidle")
    axe(page)
    total = page.locator("[data-sum]")
    expect(total).to_have_text("2 yes, 6 no, 2 not sure ")
    page.locator("#ask").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("y")
    expect(total).to_contain_text("3 yes, 6 no, 1 not sure")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("n")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("order_completed")).to_be_focused()
    page.keyboard.press("Space")
    expect(total).to_contain_text("2 yes, 8 no, 0 not sure")
    page.keyboard.press("Enter")
    expect(page.get_by_text("10 events answered.")).to_be_visible()
    expect(page.locator("#ask")).not_to_contain_text("record money")
    page.get_by_role("button", name="Payment").click()
    before = page.locator(".ask__before")
    expect(before.get_by_role("group", name="order_completed").get_by_label("No", exact=True)).to_be_checked()
    axe(page)


def test_the_questions_work_without_scripts_and_on_a_phone(plain_page: Page) -> None:
    """Every screen has its buttons, nothing scrolls sideways, and the last one says what is left."""
    plan = _plan(plain_page)
    plain_page.set_viewport_size(PHONE)
    plain_page.goto(f"{plan}/questions")
    go_on = plain_page.locator(".ask__foot .btn--primary")
    for _ in range(9):
        plain_page.wait_for_load_state()
        expect(plain_page.locator("#ask")).to_be_visible()
        assert plain_page.locator("html").evaluate("root => root.scrollWidth") <= PHONE["width"]
        if not go_on.count():
            break
        plain_page.locator("input[type=radio][value=no]").evaluate_all(
            "all => all.forEach((one) => { one.checked = true; })"
        )
        go_on.click()
    expect(plain_page.locator("#ask")).to_have_text("Every event is settled")


def test_pasted_names_of_the_quick_add_are_settled_at_once(page: Page) -> None:
    """Known names bring their answers along; accepting these settles them without a question."""
    plan = _plan(page)
    page.goto(plan)
    page.locator(".add__many summary").click()
    page.get_by_label("Event names, one on each line").fill("Order Refunded\npurchase\nsigned_up")
    page.get_by_role("button", name="Add all").click()
    expect(page.locator(".add__done")).to_contain_text("3 events are in the plan now.")
    page.get_by_role("button", name="Accept all 27").first.click()
    page.goto(f"{plan}/questions")
    expect(page.locator(".ask__count")).to_contain_text("3 of ")
