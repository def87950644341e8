"""The Export page in a browser: from a plan to the file of another tool, at the desk, on a phone, and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from pages import open_shop


def test_a_plan_is_taken_to_another_tool(page: Page, axe: Callable[[Page], None]) -> None:
    """The format is found with the keyboard, the page says what is lost before the download, and a phone shows all of it."""
    plan = open_shop(page)
    page.goto(f"{plan}/export/json")
    formats = page.locator("summary", has_text="For another tool")
    formats.focus()
    formats.press("Enter")
    axe(page)
    page.get_by_role("link", name="Excel workbook").press("Enter")
    expect(page.get_by_role("heading", name="What this format can’t hold")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    for fold in page.locator(".preview summary").all():
        fold.click()
    assert page.locator("html").evaluate("root => root.scrollWidth") <= 360
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_without_javascript_a_choice_is_one_form(plain_page: Page) -> None:
    """What else is in the file is chosen with radios and a button, and the command says the same."""
    plan = open_shop(plain_page)
    plain_page.goto(f"{plan}/export/for/segment-public-api")
    plain_page.get_by_label("And all answers and decisions").check()
    plain_page.get_by_role("button", name="Show", exact=True).click()
    expect(plain_page.locator(".preview")).to_contain_text("--verdict --advisor-data")
