"""Printed pages, as Chromium's PDF: an event on one page, and the report with all its events."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

from playwright.sync_api import Page, expect

from advisor.knowledge.catalogue import CATALOGUE
from pages import Shop, import_plan

SHEET = {"width": 1024, "height": 720}
"""A sheet of A4 laid across, without its margins, in pixels."""


def _pages(page: Page) -> int:
    """Return how many printed pages the current page takes, on A4 or on the paper that its styles ask for."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


def test_an_event_prints_on_one_sheet(visit: Callable[[str], AbstractContextManager[Page]], shop: Shop) -> None:
    """The longest event fits on one page: verdict, diagram, objects, reasons, trade-offs, hand-off and sources."""
    with visit("plan") as page:
        links = page.locator(f"a[href^='{shop.plan}/events/']").evaluate_all("all => all.map((link) => link.pathname)")
        events = {link for link in links if re.search(r"/events/[0-9a-f]+$", link)}
        assert len(events) > 5
        for event in sorted(events, key=lambda path: -len(page.request.get(path).text()))[:6]:
            page.goto(event)
            assert _pages(page) == 1, page.locator("h1").inner_text()


def test_the_report_prints_the_matrix_and_every_event(visit: Callable[[str], AbstractContextManager[Page]]) -> None:
    """The matrix comes first, and each event begins on a page of its own."""
    with visit("report") as page:
        events = page.locator("article.event").count()
        assert events < _pages(page) <= 3 * events


def test_a_wide_matrix_is_printed_completely(page: Page) -> None:
    """In the report and on the plan's page, each destination is in one part of the matrix, and no part is wider than the
    sheet.
    """
    keys = [key for key, row in CATALOGUE.items() if row.kind not in ("audience", "retl", "storage")][:40]
    document = {
        "format": "tracking-plan/1",
        "name": "Wide",
        "destinations": [{"key": key} for key in keys],
        "events": [{"name": "Order Completed", "decision": {"placement": "both", "reason": "-"}}, {"name": "n" * 500}],
    }
    plan = import_plan(page, document)
    page.set_viewport_size(SHEET)
    for path, table in ((plan, ".matrix--part"), (f"{plan}/report", ".report__part table")):
        page.goto(path)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        parts = page.locator(table)
        heads = parts.locator("thead th bdi").all_inner_texts()
        assert sorted(heads) == sorted(CATALOGUE[key].name for key in keys)
        for part in parts.all():
            assert part.evaluate("table => table.scrollWidth <= document.documentElement.clientWidth")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
        expect(parts.first).to_be_hidden()
