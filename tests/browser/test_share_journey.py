"""Sharing between two browsers: a link to view, one to edit, one that is revoked, and a browser that has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from pages import open_shop
from pictures import DESKTOP
from quiet import quiet


@pytest.fixture
def plan(page: Page) -> str:
    """Make a plan of the owner's in ``page``, and return its path."""
    return open_shop(page)


@pytest.fixture
def guest(browser: Browser, base_url: str) -> Iterator[Page]:
    """Yield a page in another browser. It may be answered that there is no such plan."""
    context = browser.new_context(base_url=base_url, viewport=DESKTOP, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def make_link(page: Page, plan: str, may: str, label: str) -> str:
    """Make a link as the owner does."""
    page.goto(f"{plan}/share")
    page.locator(f"input[name=may][value={may}]").check(force=True)
    page.get_by_label("Who is it for?").fill(label)
    page.get_by_role("button", name="Make a link").click()
    return page.locator(".is-new a[data-copy-link]").get_attribute("href") or ""


def test_a_view_link_cannot_change_anything(page: Page, plan: str, guest: Page, axe: Callable[[Page], None]) -> None:
    """Without the link the plan is not found; with it every page opens without controls. axe finds no problems."""
    answer = guest.goto(plan)
    assert answer is not None
    assert answer.status == 404
    link = make_link(page, plan, "view", "Agency")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(page)
    with quiet(guest.context):
        guest.goto(link)
        assert urlsplit(guest.url).path == plan, "the secret leaves the address bar"
        expect(guest.locator(".standing")).to_contain_text("You view this plan by a link.")
        expect(guest.get_by_role("link", name="Add an event")).to_have_count(0)
        expect(guest.get_by_role("button", name="Add", exact=True)).to_have_count(0)
        for name in ("Settings", "History"):
            guest.get_by_role("link", name=name, exact=True).click()
            expect(guest.locator("main form[method=post] button:visible")).to_have_count(0)
            axe(guest)
        guest.goto(plan)
        guest.locator("#matrix").get_by_role("link", name="Order Completed", exact=True).click()
        expect(guest.get_by_label("Event name")).to_be_disabled()
        expect(guest.locator("form#event button:visible")).to_have_count(0)
        expect(guest.locator("#advice")).to_be_visible()
        axe(guest)


def test_a_revoked_link_stops_working_in_an_open_browser(page: Page, plan: str, guest: Page) -> None:
    """The guest's typed text is not saved, and the plan is not found."""
    guest.goto(make_link(page, plan, "edit", "Jonas"))
    guest.locator("#matrix").get_by_role("link", name="Order Completed", exact=True).click()
    page.goto(f"{plan}/share")
    expect(page.locator(".shares")).to_contain_text("Opened in one browser")
    page.get_by_role("button", name="Revoke the link for Jonas").click()
    expect(page.locator("main")).to_contain_text("The link for Jonas is revoked.")
    guest.locator("#facts > summary").click()
    guest.get_by_label("Description").first.fill("Too late")
    expect(guest.locator("#saving")).to_contain_text(
        "Not saved. This plan was deleted, or is no longer shared with you."
    )
    page.goto(f"{plan}/history")
    expect(page.locator(".versions > li")).to_have_count(1)


def test_two_people_who_edit_one_event_choose_part_by_part(
    page: Page, plan: str, guest: Page, axe: Callable[[Page], None]
) -> None:
    """The second to save sees both versions and keeps parts of each; the history names both people."""
    guest.goto(make_link(page, plan, "edit", "Jonas"))
    guest.goto("/plans")
    guest.get_by_role("textbox", name="Your name").fill("Jonas Weber")
    guest.get_by_role("button", name="Save the name").click()
    for person in (page, guest):
        person.goto(plan)
        person.locator("#matrix").get_by_role("link", name="Order Completed", exact=True).click()
    for person in (page, guest):
        person.locator("#facts > summary").click()
    page.get_by_label("Description").first.fill("From the owner")
    expect(page.locator("#saving")).to_contain_text("Saved ")
    guest.get_by_label("Description").first.fill("From the guest")
    guest.get_by_label("Event name").fill("Order Paid")
    expect(guest.locator("#saving")).to_contain_text("Not saved: someone else changed this meanwhile.")
    guest.get_by_role("button", name="Choose").click()
    expect(guest.locator("h1")).to_have_text("Someone saved this meanwhile")
    axe(guest)
    guest.get_by_role("group", name="Description").get_by_label("Theirs, saved").check()
    guest.get_by_role("button", name="Save this choice").click()
    expect(guest.locator("h1")).to_have_text("Order Paid")
    expect(guest.get_by_label("Description").first).to_have_value("From the owner")
    page.goto(f"{plan}/history")
    expect(page.locator(".versions > li").first).to_contain_text("Order Completed is now Order Paid")
    expect(page.locator(".versions > li").first).to_contain_text("Jonas Weber")
