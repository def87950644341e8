"""Code in a browser with script: copied, chosen with mouse and keyboard, without losing what is typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect

ADDRESS = (
    "/advise?name=Order+Completed&payment=yes&needs_cookies=yes&destination=Facebook+Pixel"
    "&destination=Facebook+Conversions+API+(Actions)"
)

Visit = Callable[[str], AbstractContextManager[Page]]


def show(page: Page, side: str) -> None:
    """Show the call of a side, if there are two."""
    tab = page.locator(f"label:has(#in-view-{side})")
    if tab.count():
        tab.click()


def other_library(page: Page, side: str, name: str) -> None:
    """Choose a library that the plan does not use, on the tab of its call."""
    show(page, side)
    page.locator(f"#other-{side} summary").click()
    page.locator(f"#code-{side}").get_by_role("link", name=name, exact=True).click()


def test_code_is_copied_unchanged(page: Page, context: object) -> None:
    """The button copies the text of the code and a comment that says where it is from, also after the advice was refreshed."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(ADDRESS)
    for step in ("at first", "after an answer"):
        if step == "after an answer":
            page.locator("label:has(#sensitive-no)").click()
            expect(page.locator("#status")).not_to_be_empty()
        show(page, "server")
        block = page.locator(".code", has=page.get_by_role("region", name="code of the server call, Node.js"))
        block.get_by_role("button", name="Copy code of the server call, Node.js").click()
        expect(block.get_by_role("button")).to_contain_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        code, _, note = copied.rstrip().rpartition("\n")
        assert code == (block.locator("pre").text_content() or "").rstrip()
        assert code.startswith("// Tracking Advisor")
        assert note.startswith("// Copied from Tracking Advisor, rules 20")
    page.locator("#setup-server").get_by_role("button", name="Copy settings for the server call").click()
    steps = page.evaluate("navigator.clipboard.readText()")
    assert "- mapping " in steps
    assert steps.rstrip().splitlines()[-1].startswith("# Copied from Tracking Advisor")


def test_switching_tabs_keeps_typed_text(page: Page) -> None:
    """The code changes in place: the form keeps its state, the address has the choice, and the tab keeps the focus."""
    page.goto(ADDRESS)
    page.locator("#name").fill("Order Paid")
    other_library(page, "server", "Python")
    expect(page.get_by_role("region", name="code of the server call, Python")).to_contain_text('event="Order Paid"')
    assert page.locator("#name").input_value() == "Order Paid"
    expect(page).to_have_url(re.compile(r"name=Order\+Paid.*library=analytics-python"))
    chosen = page.locator("#code-server").get_by_role("link", name="Python", exact=True)
    expect(chosen).to_be_focused()
    expect(chosen).to_have_attribute("aria-current", "true")
    page.locator("label:has(#sensitive-no)").click()
    expect(page).to_have_url(re.compile("sensitive=no"))
    expect(page.get_by_role("region", name="code of the server call, Python")).to_be_visible()
    page.reload()
    expect(page.get_by_role("region", name="code of the server call, Python")).to_be_visible()


def test_a_late_response_does_not_undo_a_tab_choice(page: Page) -> None:
    """An older answer that arrives after the click shows the code from before; the choice still comes through."""
    page.goto(ADDRESS)
    show(page, "server")
    page.locator("#other-server summary").click()
    page.evaluate(
        """async () => {
          const old = await (await fetch(document.querySelector('[data-live]').dataset.live + location.search)).text();
          document.querySelector('#code-server a[data-key="analytics-python"]').click();
          const fresh = new DOMParser().parseFromString(old, 'text/html').getElementById('advice');
          document.getElementById('advice').replaceWith(fresh);
          document.dispatchEvent(new CustomEvent('advisor:shown', { detail: fresh }));
        }"""
    )
    expect(page.get_by_role("region", name="code of the server call, Python")).to_be_visible()


def test_tabs_work_with_the_keyboard(page: Page) -> None:
    """A tab is reached with Tab and chosen with Enter; the focus continues from the chosen tab."""
    page.goto(ADDRESS)
    page.locator("#in-view-client").focus()
    page.keyboard.press("ArrowRight")
    handoff = page.locator("#handoff-code")
    handoff.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(handoff.get_by_role("link", name="Express")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="code of the hand-off, Flask")).to_contain_text("handoff")
    expect(handoff.get_by_role("link", name="Flask")).to_be_focused()
    page.keyboard.press("Tab")
    expect(handoff.get_by_role("link", name="Django")).to_be_focused()


def test_open_sections_stay_open(page: Page) -> None:
    """The setup of a library stays open when the advice changes."""
    page.goto(ADDRESS)
    show(page, "server")
    page.locator("#library-server summary").click()
    other_library(page, "server", "Ruby")
    expect(page.get_by_role("region", name="install line of Ruby")).to_be_visible()
    page.locator("label:has(#sensitive-no)").click()
    expect(page).to_have_url(re.compile("sensitive=no"))
    expect(page.get_by_role("region", name="install line of Ruby")).to_be_visible()


def test_switching_tabs_keeps_typed_text_on_the_page_of_an_event(visit: Visit) -> None:
    """A page load would lose the text, because nothing was saved."""
    with visit("event") as page:
        page.locator("#facts > summary").click()
        page.locator("#description").fill("typed, not saved")
        other_library(page, "server", "Go")
        expect(page.get_by_role("region", name="code of the server call, Go")).to_be_visible()
        assert page.locator("#description").input_value() == "typed, not saved"


@pytest.mark.parametrize("name", ["one event, code", "code"])
def test_tabs_are_pages_without_javascript(plain_page: Page, base_url: str, name: str, visit: Visit) -> None:
    """Each link leads to the page with its code."""
    if name == "one event, code":
        plain_page.goto(base_url + ADDRESS)
        other_library(plain_page, "server", "Rust")
        expect(plain_page.get_by_role("region", name="code of the server call, Rust")).to_be_visible()
        assert plain_page.url.endswith("library=analytics-rust&side=server#code-server")
        return
    with visit(name) as page:
        plain_page.context.add_cookies(page.context.cookies())
        plain_page.goto(page.url)
        plain_page.get_by_role("navigation", name="Files").get_by_role("link", name="analytics-node.mjs").click()
        expect(plain_page.get_by_role("region", name="analytics-node.mjs")).to_contain_text("export function")


def test_the_zip_is_named_after_the_plan(visit: Visit) -> None:
    """One click downloads one file, which has the name of the plan."""
    with visit("code") as page:
        with page.expect_download() as started:
            page.get_by_role("link", name=re.compile("Download all")).click()
        assert started.value.suggested_filename == "shop-with-a-subscription.zip"
