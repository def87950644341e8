"""The properties of an event at the keyboard: known events, sensitive names, fields inside others, and a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

SHEET = "\n".join(
    (
        "Property\tType\tRequired\tNotes",
        "coupon\ttext\tno\tThe code",
        "items\tlist",
        "items[].sku\tstring\tyes",
        "bad\tcolour",
    )
)


def _new_event(page: Page) -> None:
    """Open the page of a new event in a plan of one's own."""
    page.goto("/plans/new")
    page.get_by_label("Name", exact=True).fill("Mine")
    page.get_by_role("button", name="Start the plan").click()
    page.goto(page.url.partition("/settings")[0] + "/events/new")


def _press(target: Locator) -> None:
    """Press the button with the keyboard, wherever it is on the page."""
    target.focus()
    target.press("Enter")


def _names(page: Page) -> list[str]:
    fields = page.locator("table[data-rows=properties] input[name$='-name']")
    return [field.input_value() for field in fields.all()]


def _saved(page: Page) -> None:
    expect(page.get_by_role("button", name="Delete").or_(page.get_by_role("link", name="Delete"))).to_be_visible()


def _saved_itself(page: Page) -> None:
    expect(page.locator("#saving")).to_contain_text("Saved ")


def test_a_known_name_offers_properties_that_a_click_adds(page: Page, axe: Callable[[Page], None]) -> None:
    """The offer appears without a reload, changes no row by itself, and is accepted with Enter."""
    _new_event(page)
    page.get_by_label("Event name").fill("trial_started")
    expect(page.locator("#known")).to_contain_text("Trial Started, from Segment’s B2B SaaS spec")
    expect(page.locator("#offer")).to_contain_text("Properties of Trial Started")
    assert _names(page) == [""]
    axe(page)
    _press(page.get_by_role("button", name="Add all 3"))
    _saved(page)
    assert _names(page) == ["trial_start_date", "trial_end_date", "trial_plan_name", ""]
    _press(page.get_by_role("button", name="Use these"))
    _saved(page)
    expect(page.locator("#accuracy-yes")).to_be_checked()
    expect(page.locator("#known")).to_be_hidden()


def test_a_sensitive_looking_name_is_marked_while_typing(page: Page) -> None:
    """The row is ticked without a save, and the suggestion disappears."""
    _new_event(page)
    page.get_by_label("Name of property 1").fill("user_email")
    mark = page.get_by_role("button", name="Mark as sensitive user_email")
    expect(mark).to_be_visible()
    _press(mark)
    expect(page.get_by_label("Property 1 is sensitive")).to_be_checked()
    expect(mark).to_have_count(0)
    assert page.url.endswith("/events/new")


def test_a_field_inside_a_list_is_added_without_a_reload(page: Page) -> None:
    """The field is added below the other fields of the list, focused and named; its text is stored inside the list."""
    _new_event(page)
    page.get_by_label("Event name").fill("Cart Viewed")
    _press(page.get_by_role("button", name="Add all 2"))
    _saved(page)
    row = _names(page).index("products")
    _press(page.get_by_role("button", name=f"Add a field inside property {row + 1}"))
    expect(page.locator("input:focus")).to_have_attribute("name", f"properties-{len(_names(page)) - 2}-name")
    page.keyboard.type("gift_wrap")
    _saved_itself(page)
    page.reload()
    assert _names(page)[-2:] == ["gift_wrap", ""]
    expect(page.locator("tr[data-level='1'] input[value='gift_wrap']")).to_have_count(1)


def test_spreadsheet_rows_can_be_pasted_into_the_table(page: Page, axe: Callable[[Page], None]) -> None:
    """Ctrl+V in a name opens the preview, which marks errors and saves nothing; Enter accepts the other rows."""
    _new_event(page)
    page.get_by_label("Event name").fill("Basket Looked At")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", SHEET)
    page.get_by_label("Name of property 1").focus()
    page.keyboard.press("Control+V")
    preview = page.locator("#pasting")
    expect(preview).to_contain_text("3 new, 0 changed, 1 with something wrong")
    expect(preview.locator(".pasting__bad")).to_have_count(1)
    expect(preview.locator(".pasting__bad")).to_contain_text("“colour” is no type")
    assert _names(page) == [""]
    axe(page)
    _press(page.get_by_role("button", name="Save with these 3 rows, leave 1 out"))
    _saved(page)
    assert _names(page) == ["coupon", "items", "sku", ""]
    expect(page.get_by_label("Pasted")).to_have_count(0)


def test_the_head_of_a_pasted_column_says_what_it_holds(page: Page, axe: Callable[[Page], None]) -> None:
    """A choice with the keyboard changes the preview and keeps the focus; the saved rows have what the heads say."""
    _new_event(page)
    page.get_by_label("Event name").fill("Basket Looked At")
    page.locator("#paste > summary").click()
    page.get_by_label("Rows, a property each").fill("Property,Wording\ntotal,Gross\n")
    preview = page.locator("#pasting")
    expect(preview).to_contain_text("Left out unless you say what they hold: Wording")
    head = preview.get_by_label("What column 2 “Wording” holds")
    head.focus()
    head.select_option("Description")
    expect(preview).not_to_contain_text("Left out unless")
    expect(head).to_be_focused()
    axe(page)
    _press(page.get_by_role("button", name="Save with this row"))
    _saved(page)
    assert _names(page) == ["total", ""]
    expect(page.locator("[name='properties-0-description']")).to_have_value("Gross")


@pytest.mark.parametrize("take", ["Add all 3"])
def test_everything_works_without_javascript(plain_page: Page, base_url: str, take: str) -> None:
    """Offer, mark, inner fields, preview and paste each load a page, and no typed text is lost."""
    page = plain_page
    page.goto(f"{base_url}/plans/new")
    page.get_by_label("Name", exact=True).fill("Mine")
    page.get_by_role("button", name="Start the plan").click()
    page.goto(page.url.partition("/settings")[0] + "/events/new")
    page.get_by_label("Event name").fill("Trial Ended")
    page.get_by_role("button", name="Add the event").last.press("Enter")
    _press(page.get_by_role("button", name=take))
    assert _names(page) == ["trial_start_date", "trial_end_date", "trial_plan_name", ""]
    page.get_by_label("Name of property 4").fill("email")
    page.get_by_label("Type of property 4").select_option("object")
    page.get_by_role("button", name="Save", exact=True).last.press("Enter")
    _press(page.get_by_role("button", name="Add a field inside property 4"))
    page.get_by_label("Name of property 5, inside email").fill("domain")
    page.get_by_role("button", name="Save", exact=True).last.press("Enter")
    _press(page.get_by_role("button", name="Mark as sensitive email"))
    expect(page.get_by_label("Property 4 is sensitive")).to_be_checked()
    page.get_by_text("Paste rows from a spreadsheet").click()
    page.get_by_label("Rows, a property each").fill(SHEET)
    _press(page.get_by_role("button", name="Show what it would do"))
    expect(page.locator("#pasting .pasting__bad")).to_have_count(1)
    _press(page.get_by_role("button", name="Save with these 3 rows, leave 1 out"))
    assert _names(page)[3:] == ["email", "domain", "coupon", "items", "sku", ""]
