"""What comes out of a printer, as Chromium's own PDF: an event on one page, and the report with all its events."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

from playwright.sync_api import Page

from pages import Shop


def _pages(page: Page) -> int:
    """How many pages the page that is shown takes on A4, or on what it asks for itself."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


def test_an_event_is_one_sheet(visit: Callable[[str], AbstractContextManager[Page]], shop: Shop) -> None:
    """Verdict, picture, objects, reasons, trade-offs, hand-off and sources: each event of the example on one page."""
    with visit("plan") as page:
        links = page.locator(f"a[href^='{shop.plan}/events/']").evaluate_all("all => all.map((link) => link.pathname)")
        events = {link for link in links if re.search(r"/events/[0-9a-f]+$", link)}
        assert len(events) > 5
        for event in sorted(events):
            page.goto(event)
            assert _pages(page) == 1, page.locator("h1").inner_text()


def test_the_report_prints_the_matrix_and_every_event(visit: Callable[[str], AbstractContextManager[Page]]) -> None:
    """The matrix first, then each event from the top of a page."""
    with visit("report") as page:
        events = page.locator("article.event").count()
        assert events < _pages(page) <= 3 * events
