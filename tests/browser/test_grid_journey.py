"""The grid by keyboard and pointer: typing, answering, pasting, undoing, and nothing lost when something goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from pages import new_plan
from pictures import DESKTOP

NAMES = ("Order Completed", "Page Seen", "Subscription Renewed")
ROWS = "tbody tr[data-id]"
CLIPBOARD = """([what, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  document.activeElement.dispatchEvent(new ClipboardEvent(what, { clipboardData, bubbles: true, cancelable: true }));
  return clipboardData.getData('text/plain');
}"""
"""What the browser tells the page when someone copies or pastes."""


@pytest.fixture
def grid(page: Page) -> Page:
    """Return the grid of a new plan with one event, in a browser of its own."""
    page.goto(f"{new_plan(page, 'Grid')}/grid")
    return page


def _add(page: Page, *names: str) -> None:
    _focus(page)
    _press(page, "Control+End", "Home", "ArrowRight")
    for name in names:
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    _is_saved(page)


def _focus(page: Page) -> None:
    page.locator(".sheet [tabindex='0']").focus()


def _is_saved(page: Page) -> None:
    expect(page.locator("#saving")).to_have_attribute("data-state", "saved")
    expect(page.locator(".is-saving")).to_have_count(0)


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _cell(page: Page, row: int, column: int) -> Any:
    return page.locator(ROWS).nth(row).locator("td, th").nth(column)


def _names(page: Page) -> list[str]:
    return page.locator(f"{ROWS} bdi").all_inner_texts()


def _heard(page: Page, text: str) -> None:
    expect(page.locator("#status")).to_contain_text(text)


def test_a_plan_can_be_typed_and_answered_with_the_keyboard_alone(grid: Page) -> None:
    """The keys alone are enough: Tab into the grid, names with Enter, answers with y, n and ?; each row shows its verdict."""
    page = grid
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.sheet') !== null"):
            break
    _add(page, *NAMES)
    assert _names(page) == list(NAMES)
    _press(page, "Control+Home", "ArrowRight", "ArrowRight", "ArrowRight", "y")
    _heard(page, "Yes. Order Completed: server")
    _press(page, "Shift+N", "Shift+Y")
    _is_saved(page)
    expect(_cell(page, 0, 3)).to_have_text("No")
    expect(_cell(page, 0, 4)).to_have_text("Yes")
    expect(_cell(page, 0, 5)).to_be_focused()
    _press(page, "ArrowDown", "y", "?", "Delete")
    _press(page, "ArrowLeft", "ArrowLeft", "ArrowLeft", "p")
    _is_saved(page)
    expect(_cell(page, 1, 2)).to_have_text("page")
    _press(page, "ArrowLeft", "F2")
    page.keyboard.type("Page Viewed")
    _press(page, "Enter")
    expect(_cell(page, 2, 1)).to_be_focused()
    _is_saved(page)
    page.reload()
    assert _names(page) == ["Order Completed", "Page Viewed", "Subscription Renewed"]
    expect(_cell(page, 0, 4)).to_have_text("Yes")


def test_the_grid_has_one_tab_stop(grid: Page) -> None:
    """Tab leads into the grid and out again; the arrow keys, Home and End move inside and stop at the edges."""
    page = grid
    _add(page, *NAMES)
    expect(page.locator(".sheet [tabindex='0']")).to_have_count(1)
    _press(page, "Control+Home")
    expect(_cell(page, 0, 0)).to_be_focused()
    _press(page, "ArrowUp", "ArrowUp", "ArrowLeft")
    expect(page.locator("thead tr:last-child .s")).to_be_focused()
    _press(page, "End", "ArrowRight", "PageDown", "ArrowDown")
    expect(page.locator(".new .p")).to_be_focused()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('.sheet') !== null")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".new .p")).to_be_focused()


def test_escape_restores_the_previous_name(grid: Page) -> None:
    """Escape restores the previous name; a blank name is refused and the field stays open."""
    page = grid
    _add(page, "Kept")
    _press(page, "ArrowUp", "F2")
    page.keyboard.type("Other")
    _press(page, "Escape")
    assert _names(page) == ["Kept"]
    _press(page, "Enter", "Control+a", "Delete", "Enter")
    _heard(page, "Enter a name for the event.")
    page.keyboard.type("Renamed")
    _press(page, "Enter")
    _is_saved(page)
    assert _names(page) == ["Renamed"]


def test_selected_rows_are_changed_and_undone_together(grid: Page) -> None:
    """Selected rows are answered, retargeted, labelled, duplicated, moved and deleted together; Ctrl+Z undoes each in one
    step.
    """
    page = grid
    _add(page, *NAMES)
    _press(page, "Control+Home", "ArrowRight", " ", "Shift+ArrowDown")
    expect(page.locator("#selected")).to_have_text("2 events")
    _press(page, "ArrowRight", "ArrowRight", "y")
    _heard(page, "Yes for 2 events.")
    page.get_by_role("button", name="Label").click()
    page.get_by_label("Text", exact=True).fill("growth")
    _press(page, "Enter")
    _heard(page, "team set to growth for 2 events.")
    page.get_by_role("button", name="Duplicate").click()
    _heard(page, "2 events added.")
    assert _names(page) == [NAMES[0], NAMES[1], f"{NAMES[0]} copy", f"{NAMES[1]} copy", NAMES[2]]
    _focus(page)
    _press(page, "Alt+ArrowDown")
    _heard(page, "2 events moved to another row.")
    assert _names(page)[:3] == [f"{NAMES[0]} copy", NAMES[0], NAMES[1]]
    page.locator("#selection").get_by_role("button", name="Delete").click()
    _heard(page, "2 events deleted.")
    assert len(_names(page)) == 3
    expect(page.locator("#selection")).to_be_hidden()
    for said in ("brought back", "moved", "deleted", "team set to none", "Stored set to not sure"):
        page.locator("#undo").click()
        _heard(page, said)
    _is_saved(page)
    assert _names(page) == list(NAMES)
    _focus(page)
    _press(page, "Control+Shift+z")
    _heard(page, "Yes for 2 events.")
    page.reload()
    expect(page.locator(f"{ROWS} td:nth-child(4).y")).to_have_count(2)


def test_rows_are_pasted_after_a_preview(grid: Page, axe: Callable[[Page], None]) -> None:
    """The preview marks errors and changes nothing; after confirmation the rows are there, and one undo removes
    them.
    """
    page = grid
    _add(page, "Order Completed")
    _paste(
        page,
        "Event\tCall\tPayment\tOwner\nOrder Completed\ttrack\tyes\tAnn\nGift Card\ttrack\tno\tBo\nNewsletter\ttrack\tmaybe\tBo",
    )
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".is-bad")).to_have_text("Off: maybe")
    expect(dialog).to_contain_text("Owner")
    axe(page)
    assert _names(page) == ["Order Completed"]
    page.keyboard.press("Escape")
    assert _names(page) == ["Order Completed"]
    _paste(page, "Order Completed\ttrack\t\t\tyes\nGift Card")
    dialog.get_by_role("button", name="Add 1, change 1").click()
    expect(page.locator(ROWS)).to_have_count(2)
    expect(_cell(page, 0, 5)).to_have_text("Yes")
    expect(page.locator("tbody :focus")).to_have_count(1)
    _press(page, "Control+z")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(_cell(page, 0, 5)).to_have_text("Not sure")


def _paste(page: Page, text: str) -> None:
    """Paste with Ctrl+V, through the event that the browser sends to the page."""
    page.evaluate(CLIPBOARD, ["paste", text])
    expect(page.get_by_role("dialog").locator("#preview-title")).to_be_visible()


def test_copied_rows_can_be_pasted_again(grid: Page) -> None:
    """Copied rows have headings, and the grid reads them as the same events."""
    page = grid
    _add(page, *NAMES)
    _press(page, "Control+Home", "ArrowRight", "Control+a")
    copied = page.evaluate(CLIPBOARD, ["copy", ""])
    assert copied.split("\n")[0].startswith("Event\tCall\tStored\tComputed")
    assert len(copied.split("\n")) == 4
    _paste(page, copied)
    expect(page.get_by_role("dialog")).to_contain_text("0 new, 0 change, 3 the same, 0 left out.")


@pytest.fixture
def second(grid: Page, context: BrowserContext) -> Iterator[Page]:
    """Yield a second window on the same grid."""
    _add(grid, *NAMES)
    page = context.new_page()
    page.goto(grid.url)
    yield page
    page.close()


def test_two_windows_can_change_different_cells_of_an_event(grid: Page, second: Page) -> None:
    """Both changes are kept, and the second window sees both."""
    _cell(grid, 0, 3).click()
    grid.keyboard.press("y")
    _is_saved(grid)
    _cell(second, 0, 4).click()
    second.keyboard.press("n")
    _is_saved(second)
    expect(_cell(second, 0, 3)).to_have_text("Yes")
    expect(_cell(second, 0, 4)).to_have_text("No")


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_changing_the_same_cell_in_two_windows_is_a_conflict(
    grid: Page, second: Page, keep: str, axe: Callable[[Page], None]
) -> None:
    """The second person gets a message, still sees the typed value, and chooses."""
    _cell(grid, 0, 1).click()
    _press(grid, "F2")
    grid.keyboard.type("Order Paid")
    _press(grid, "Enter")
    _is_saved(grid)
    _cell(second, 0, 1).click()
    _press(second, "F2")
    second.keyboard.type("Bought")
    _press(second, "Enter")
    expect(second.locator("#saving")).to_contain_text("1 cell was changed by someone else.")
    expect(_cell(second, 0, 1)).to_have_text("Bought")
    second.get_by_role("button", name="Choose").click()
    axe(second)
    second.get_by_label("Bought" if keep == "mine" else "Order Paid").check()
    second.get_by_role("button", name="Save my choice").click()
    _is_saved(second)
    second.reload()
    assert _names(second)[0] == ("Bought" if keep == "mine" else "Order Paid")


def test_an_event_deleted_in_another_window_can_be_restored(grid: Page, second: Page) -> None:
    """Changing a deleted event is a conflict; choosing one's own version restores the event with the change."""
    _cell(grid, 1, 1).click()
    _press(grid, "Control+Delete")
    expect(grid.locator(ROWS)).to_have_count(2)
    _cell(second, 1, 3).click()
    _press(second, "y")
    second.get_by_role("button", name="Choose").click()
    expect(second.get_by_role("dialog")).to_contain_text("Deleted")
    second.get_by_role("button", name="Save my choice").click()
    _is_saved(second)
    second.reload()
    assert _names(second) == list(NAMES)
    expect(_cell(second, 1, 3)).to_have_text("Yes")


def test_changes_survive_while_the_server_is_unreachable(grid: Page) -> None:
    """Changes are marked as not saved, kept, and sent when the server can be reached."""
    page = grid
    _add(page, *NAMES)
    _away(page)
    _press(page, "Control+Home", "ArrowRight", "ArrowRight", "ArrowRight", "y", "ArrowDown", "n")
    expect(page.locator("#saving")).to_contain_text("Not saved, trying again.")
    _heard(page, "Not saved, trying again.")
    _press(page, "Control+End", "Home", "ArrowRight")
    page.keyboard.type("Made Offline")
    _press(page, "Enter", "ArrowUp", "ArrowRight", "ArrowRight", "y")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.unroute_all()
    # The grid tries by itself as well and may be quicker: then there is no button left that a mouse could reach.
    page.evaluate("document.getElementById('retry').click()")
    _is_saved(page)
    _heard(page, "Made Offline")
    page.reload()
    assert _names(page) == [*NAMES, "Made Offline"]
    assert [_cell(page, row, 3).inner_text() for row in (0, 1, 3)] == ["Yes", "No", "Yes"]


def _away(page: Page) -> None:
    page.route("**/grid/changes*", lambda route: route.abort("aborted"))


def test_unsent_changes_survive_a_reload(grid: Page) -> None:
    """The browser warns; after the reload every change is there and is sent once."""
    page = grid
    _add(page, *NAMES)
    lost: list[Any] = []

    def lose_the_answer(route: Route) -> None:
        lost.append(route.request.post_data_json)
        route.fetch()
        route.abort("aborted")

    page.route("**/grid/changes*", lose_the_answer)
    _press(page, "Control+End", "Home", "ArrowRight")
    page.keyboard.type("Sent But Unheard")
    _press(page, "Enter")
    expect(page.locator("#saving")).to_contain_text("Not saved, trying again.")
    warned: list[str] = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    page.unroute_all()
    page.reload()
    assert warned == ["beforeunload"]
    assert lost
    _is_saved(page)
    page.reload()
    assert _names(page) == [*NAMES, "Sent But Unheard"]


def test_a_refused_value_stays_and_shows_the_reason(grid: Page) -> None:
    """The limit of a name is checked before anything is sent."""
    page = grid
    _add(page, "Short")
    _press(page, "ArrowUp", "F2")
    page.locator(".edit").fill("n" * 501)
    _press(page, "Enter")
    _heard(page, "Shorten the name to 500 characters or fewer; it has 501.")
    expect(page.locator(".edit")).to_have_value("n" * 501)
    _press(page, "Escape")
    assert _names(page) == ["Short"]


def test_cells_can_be_selected_answered_and_edited_with_the_mouse(grid: Page) -> None:
    """The box of a row selects, one click only moves the focus, a double click offers the other answers or edits a name."""
    page = grid
    _add(page, *NAMES)
    _cell(page, 0, 0).click()
    _cell(page, 2, 0).click(modifiers=["Shift"])
    expect(page.locator("#selected")).to_have_text("3 events")
    page.locator("#selection").get_by_role("button", name="No", exact=True).click()
    _heard(page, "No for 3 events.")
    page.locator("#selection").get_by_role("button", name="Clear").click()
    _cell(page, 1, 3).click()
    expect(_cell(page, 1, 3)).to_be_focused()
    expect(page.locator(".edit")).to_have_count(0)
    _cell(page, 1, 3).dblclick()
    choice = _cell(page, 1, 3).get_by_role("combobox", name="Stored")
    expect(choice).to_have_value("no")
    choice.press("Escape")  # closes the list
    choice.press("Escape")
    expect(_cell(page, 1, 3)).to_have_text("No")
    _cell(page, 1, 3).dblclick()
    choice.select_option("unsure")
    _heard(page, "Not sure.")
    _is_saved(page)
    expect(_cell(page, 1, 3)).to_have_text("Not sure")
    _cell(page, 1, 1).dblclick()
    page.keyboard.type("Twice")
    _press(page, "Enter")
    _is_saved(page)
    assert _names(page)[1] == "Twice"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_problems_in_the_grid(grid: Page, axe: Callable[[Page], None], scheme: Any) -> None:
    """Check rows in every state (answered, selected, edited) in light and dark mode."""
    page = grid
    page.emulate_media(color_scheme=scheme)
    axe(page)
    _add(page, *NAMES)
    _press(page, "Control+Home", "ArrowRight", "ArrowRight", "ArrowRight", "y", "ArrowDown", "n", " ", "ArrowUp", "F2")
    axe(page)


@pytest.mark.parametrize("width", [360, 640])
def test_the_grid_fits_on_a_phone(grid: Page, width: int) -> None:
    """The page never scrolls sideways; the table does, and the focused cell scrolls into view."""
    page = grid
    _add(page, *NAMES)
    page.set_viewport_size({"width": width, "height": 740})
    assert page.locator("html").evaluate("root => root.scrollWidth") <= width
    _focus(page)
    _press(page, "Control+Home", "End")
    expect(_cell(page, 0, 14)).to_be_in_viewport()
    page.set_viewport_size(DESKTOP)


def test_without_javascript_the_plain_table_is_shown(plain_page: Page, grid: Page, axe: Callable[[Page], None]) -> None:
    """The same address redirects to it; a row saves and shows its placement."""
    _add(grid, "Order Completed")
    plain_page.context.add_cookies(grid.context.cookies())
    plain_page.goto(grid.url)
    plain_page.wait_for_url("**/grid/plain")
    plain_page.get_by_label("Payment, Order Completed").select_option("yes")
    plain_page.get_by_role("button", name="Save Order Completed").click()
    expect(plain_page.locator("tr.is-new")).to_contain_text("Server")
    assert "saved=" in plain_page.url
    grid.goto(plain_page.url)
    axe(grid)


def test_columns_can_be_chosen_and_labels_typed(grid: Page) -> None:
    """The dialog sets the visible columns; a label is typed for all selected rows, removed with Delete, and undone."""
    page = grid
    _add(page, *NAMES)
    page.get_by_role("link", name="Columns").click()
    dialog = page.get_by_role("dialog", name="Columns of the grid")
    for name in ("Call", "Stored", "Destinations"):
        dialog.get_by_label(name, exact=True).uncheck()
    dialog.get_by_label("A label, such as team or release").fill("team")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    _focus(page)
    _press(page, "Control+Home", "Control+a", "End", "ArrowLeft")
    expect(_cell(page, 0, 11)).to_be_focused()
    page.keyboard.type("checkout")
    _press(page, "Enter")
    _heard(page, "team set to checkout for 3 events.")
    _press(page, "Delete")
    expect(_cell(page, 1, 11)).to_have_text("")
    _is_saved(page)
    _press(page, "Control+z")
    expect(_cell(page, 1, 11)).to_have_text("checkout")
    _is_saved(page)
    page.reload()
    assert [_cell(page, row, 11).inner_text() for row in range(3)] == ["checkout"] * 3
