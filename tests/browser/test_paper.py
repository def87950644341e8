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


def test_an_event_prints_everything(visit: Callable[[str], AbstractContextManager[Page]], shop: Shop) -> None:
    """Paper has no folds and no tabs: both calls, every reason, loss and setting are printed, on a few sheets."""
    with visit("event") as page:
        assert page.locator(".dev__pane").count() == 2
        page.emulate_media(media="print")
        hidden = "all => all.filter((each) => !each.getClientRects().length).map((each) => each.textContent)"
        for part in (
            ".dev__pane",
            ".dev__pane > .code",
            ".todo li",
            ".hand tr",
            "#losses tr",
            "#reasons li",
            ".notes li",
        ):
            assert page.locator(f"#advice {part}").evaluate_all(hidden) == []
        assert 1 < _pages(page) <= 4


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
