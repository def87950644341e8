"""Finding destinations in a browser: by words and keys, several at once, on a phone, without JavaScript; and their pages."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from pages import new_plan, open_shop

NAMES = "GA4\nmeta pixel\nX Ads\nLoyalty service"


def test_ten_tools_are_ten_words(page: Page, axe: Callable[[Page], None]) -> None:
    """Enter adds the first match and empties the field, the arrows reach the others, and axe finds nothing."""
    plan = new_plan(page, "Words")
    page.goto(f"{plan}/settings")
    search = page.get_by_label("Find tools")
    planned = page.locator("#planned tbody tr")
    for number, word in enumerate(("gtm", "meta pixel", "x ads"), 1):
        search.press_sequentially(word)
        search.press("Enter")
        expect(search).to_have_value("")
        expect(planned).to_have_count(number)
        expect(search).to_be_focused()
    search.press_sequentially("ga4")
    expect(page.locator("#found .pick > li")).to_have_count(2)
    expect(page.locator("#found")).to_contain_text("in the page only, newer version")
    axe(page)
    search.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Add Google Analytics 4 Web")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(search).to_be_focused()
    search.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(planned).to_have_count(4)
    expect(page.locator("#planned")).to_contain_text("Google Analytics 4 Cloud")
    search.fill("bigquery")
    page.get_by_role("button", name="Turn on the warehouse").click()
    expect(page.get_by_label("These sources load a warehouse")).to_be_checked()
    expect(page.locator("#found")).to_contain_text("Turned on")
    expect(page.locator("#onward")).to_contain_text("4 destinations are in")


def test_several_pasted_names_are_added_with_one_button(page: Page, axe: Callable[[Page], None]) -> None:
    """The table shows what was read; one button adds what is found, and one's own tool starts with its name."""
    page.set_viewport_size({"width": 360, "height": 740})
    plan = new_plan(page, "Pasted")
    page.goto(f"{plan}/settings")
    page.get_by_label("Find tools").fill(NAMES)
    expect(page.locator("#found")).to_contain_text("4 names, 2 found, ")
    axe(page)
    assert page.locator("html").evaluate("root => root.scrollWidth") <= 360
    page.get_by_role("button", name="Add the 2 found").click()
    expect(page.locator("#planned tbody tr")).to_have_count(2)
    page.get_by_role("button", name="Add as your own Loyalty service").click()
    expect(page.get_by_label("Its key in the integrations object")).to_have_value("Loyalty service")
    page.get_by_label("From a server").select_option("cloud")
    axe(page)
    page.get_by_role("button", name="Add this tool").click()
    expect(page.locator("#planned tbody tr")).to_have_count(3)
    page.reload()
    expect(page.locator("#planned")).to_contain_text("Loyalty service")


def test_without_javascript_the_buttons_find_and_add(plain_page: Page, base_url: str) -> None:
    """Find shows the table, the one button adds, and the page of a destination reads the same."""
    page = plain_page
    page.goto(f"{base_url}/plans/new")
    page.get_by_label("Name", exact=True).fill("Plain")
    page.get_by_role("textbox", name="Destinations").fill("hotjar, ga4")
    page.get_by_role("button", name="Start the plan").click()
    expect(page.get_by_label("Find tools")).to_have_value("ga4")
    page.get_by_role("button", name="Add Google Analytics 4 Web").click()
    expect(page.locator("#planned tbody tr")).to_have_count(2)
    page.get_by_label("Find tools").fill(NAMES)
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name="Add the 2 found").click()
    expect(page.locator("#planned tbody tr")).to_have_count(4)
    page.locator("#planned").get_by_role("link", name="Facebook Pixel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Facebook Pixel")
    expect(page.get_by_role("complementary")).to_contain_text("In Plain")


def test_the_page_of_a_destination_on_desk_phone_and_paper(page: Page, axe: Callable[[Page], None]) -> None:
    """From the settings to the page and from there to an event; nothing scrolls sideways, axe finds nothing in light and dark."""
    plan = open_shop(page)
    page.goto(f"{plan}/settings")
    page.locator("#planned").get_by_role("link", name="Facebook Conversions API (Actions)").click()
    expect(page.get_by_role("heading", name="In Shop with a subscription")).to_be_visible()
    expect(page.get_by_role("button", name="Copy the key")).to_be_visible()
    expect(page.get_by_role("button", name="Copy these settings as a checklist")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.locator("html").evaluate("root => root.scrollWidth") <= 360
    axe(page)
    page.get_by_role("complementary").get_by_role("link", name="Order Completed", exact=True).click()
    expect(page.get_by_label("Event name")).to_have_value("Order Completed")
    page.goto("/destinations/meta-pixel")
    expect(page.get_by_role("heading", level=1)).to_have_text("Facebook Pixel")


def test_ticks_of_the_checklist_stay_for_each_plan(page: Page, axe: Callable[[Page], None]) -> None:
    """A tick is there after a reload and counted in the heading; without the plan, the list is another one."""
    address = f"/destinations/facebook-conversions-api-actions?plan={open_shop(page).rpartition('/')[2]}"
    page.goto(address)
    first = page.get_by_role("checkbox", name="Done: ").first
    first.check()
    expect(page.get_by_role("heading", name="Set it up in Segment 1 of")).to_be_visible()
    axe(page)
    page.reload()
    expect(first).to_be_checked()
    page.goto(address.partition("?")[0])
    expect(first).not_to_be_checked()


def test_a_word_for_two_tools_is_asked_about_at_one_event(page: Page, axe: Callable[[Page], None]) -> None:
    """The picker of one event offers both with what sets them apart, and adds the one that is chosen."""
    page.goto("/advise?name=Order+Completed")
    field = page.get_by_label("Add a destination")
    field.fill("ga4")
    field.press("Enter")
    expect(page.locator("#add-errors")).to_contain_text("Choose one.")
    axe(page)
    page.get_by_role("button", name="Add Google Analytics 4 Web").click()
    expect(page.locator("#destinations")).to_contain_text("Google Analytics 4 Web")
    expect(field).to_have_value("")


def test_enter_adds_nothing_that_was_not_asked_for(page: Page) -> None:
    """A similar name, and the second of two when the first is in the plan, wait for a choice."""
    plan = new_plan(page, "Careful")
    page.goto(f"{plan}/settings")
    search = page.get_by_label("Find tools")
    for text, shown in (("facebok pixel", "The nearest names:"), ("loyalty service", "Is it your own tool?")):
        search.fill(text)
        expect(page.locator("#found")).to_contain_text(shown)
        search.press("Enter")
        expect(search).to_have_value(text)
    search.fill("klaviyo")
    search.press("Enter")
    expect(page.locator("#planned tbody tr")).to_have_count(1)
    search.fill("klaviyo")
    expect(page.locator("#found")).to_contain_text("In the plan")
    search.press("Enter")
    expect(search).to_have_value("klaviyo")
    expect(page.locator("#planned tbody tr")).to_have_count(1)
