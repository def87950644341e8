"""Slow work shows a message until its response arrives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from playwright.sync_api import Page, Route, expect

Visit = Callable[[str], AbstractContextManager[Page]]


def _hold(page: Page, pattern: str) -> list[Route]:
    """The requests for such addresses, which wait until the test answers them."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(pattern, keep)
    return held


def test_a_slow_download_shows_a_message_until_it_is_ready(visit: Visit) -> None:
    """The line and the clicked link are marked busy, screen readers are told, and the file has its name."""
    with visit("export") as page:
        held = _hold(page, "**/export/json/download")
        link = page.get_by_role("link", name="Download")
        link.click()
        expect(page.locator(".busy")).to_contain_text("Making")
        expect(page.get_by_role("status")).to_contain_text("Making")
        expect(link).to_have_attribute("aria-busy", "true")
        link.click()
        with page.expect_download() as file:
            assert len(held) == 1, "pressed twice, it is made once"
            held[0].continue_()
        assert file.value.suggested_filename.endswith(".json")
        expect(page.locator(".busy")).to_be_hidden()
        expect(page.locator("[aria-busy]")).to_have_count(0)


def test_a_failed_download_shows_an_error(visit: Visit) -> None:
    """The page stays, and its link can be pressed again."""
    with visit("export") as page:
        page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')); }")
        link = page.get_by_role("link", name="Download")
        link.click()
        expect(page.get_by_role("status")).to_have_text("The file couldn’t be made. Try again.")
        expect(link).not_to_have_attribute("aria-busy", "true")


def test_a_slow_page_shows_a_message(visit: Visit) -> None:
    """From the click until the page is replaced."""
    with visit("export") as page:
        page.evaluate(
            """() => {
              const line = document.querySelector('.busy');
              new MutationObserver(() => sessionStorage.setItem('said', line.textContent)).observe(line, { attributes: true });
            }"""
        )
        held = _hold(page, "**/share")
        page.get_by_role("link", name="Share").click(no_wait_after=True)
        page.wait_for_timeout(800)
        held[0].continue_()
        page.wait_for_url("**/share")
        assert page.evaluate("sessionStorage.getItem('said')") == "Opening the page…"
        expect(page.locator(".busy")).to_be_hidden()
