"""Long lists are split over pages in the same way everywhere: beyond the end is the last page, nonsense is the first."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from advisor.knowledge.destination_slugs import rows_by_slug
from advisor.model import Event, Plan, Property
from advisor.web.app.pager import Pager
from advisor.web.plans.grid.views import grid, plain
from advisor.web.plans.privacy import page as privacy
from advisor.web.plans.summary import filter as event_filter
from advisor.web.reference.catalogue_page import PAGE_SIZE
from owned_plans import SHOP, own, the_store
from page_client import PageClient
from serving import ROOT

PLAN = Plan(
    name="Long",
    sources=SHOP.sources,
    destinations=SHOP.destinations[:2],
    events=tuple(
        Event(name=f"E{number}", status="agreed", properties=(Property(name="email", personal="contact"),))
        for number in range(7)
    ),
)
NONSENSE = ("", " ", "0", "-1", "+2", "x", "1.5", "1e3", "²", "٣", "1_0", "None")
BEYOND = ("42", "999", "10000", "100000", "0099999", "9" * 20, "9" * 4_000)
SIZES = ((event_filter, "PER_PAGE", 3), (grid, "ROWS", 3), (plain, "ROWS", 3), (privacy, "RECEIVERS_PER_PAGE", 1))
PAGED = {
    "plans/overview/listing.html": "/plans/{id}",
    "plans/overview/practice.html": "/plans/{id}/practice",
    "plans/review/show.html": "/plans/{id}?view=list",
    "plans/developers/show.html": "/plans/{id}/developers",
    "plans/privacy/details.html": "/plans/{id}/privacy",
    "plans/grid/show.html": "/plans/{id}/grid",
    "plans/grid/plain.html": "/plans/{id}/grid/plain",
    "reference/destinations.html": "/destinations",
}
"""Each template with a pager, and its address."""


@given(st.integers(0, 500), st.integers(1, 60), st.integers(1, 600))
def test_every_item_is_on_one_page(total: int, size: int, asked: int) -> None:
    """All pages together are the list, and what a pager says of a page is true of its items."""
    items = list(range(total))
    first = Pager.of("1", size, total)
    pages = [Pager.of(str(number), size, total) for number in range(1, first.pages + 1)]
    assert [item for page in pages for item in page.cut(items)] == items
    assert [page.next for page in pages] == [*range(2, len(pages) + 1), None]
    assert [page.previous for page in pages] == [None, *range(1, len(pages))]
    page = Pager.of(str(asked), size, total)
    assert page == pages[min(asked, len(pages)) - 1]
    assert [item + 1 for item in page.cut(items)] == list(range(page.first, page.last + 1))


@pytest.mark.parametrize("template", PAGED)
def test_odd_page_numbers_show_the_first_or_the_last_page(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    """A number beyond the end shows the last page, and a text that is no number shows the first."""
    for module, name, size in SIZES:
        monkeypatch.setattr(module, name, size)
    path, _, query = PAGED[template].format(id=own(app, client, PLAN)).partition("?")
    pages = -(-len(rows_by_slug()) // PAGE_SIZE) if path == "/destinations" else 3

    def shown(page: str) -> str:
        client.get(path, query_string={**dict(parse_qsl(query)), "page": page}, status=200, lint=False)
        return client.page.root.first("main").text

    first, before, last = (shown(page) for page in ("1", str(pages - 1), str(pages)))
    assert len({first, before, last}) == 3
    assert [page for page in NONSENSE if shown(page) != first] == []
    assert [page for page in BEYOND if shown(page) != last] == []


def test_every_page_with_a_pager_is_tried() -> None:
    """Every template that shows the pages of a list is in the table above."""
    folder = ROOT / "templates"
    using = {str(path.relative_to(folder)) for path in folder.rglob("*.html") if "{{ pages(" in path.read_text()}
    assert using == set(PAGED)


def test_the_history_shows_its_last_page_beyond_the_end(app: Flask, client: PageClient) -> None:
    """Before the first change there is nothing to show, so the page with the first change is shown."""
    plan_id = own(app, client)
    store = the_store(app)
    for number in range(45):
        store.add_event("me", plan_id, Event(name=f"E{number}"))
        store.versions.name("me", plan_id, f"V{number}")

    def spans(query: str) -> list[str]:
        client.get(f"/plans/{plan_id}/history{query}", status=200)
        return [item.text for item in client.page.root.by_class("spans")[0].all("li")]

    newest = spans("")
    assert [query for query in ("x", "-1", "²", "9" * 8, "9" * 30) if spans(f"?before={query}") != newest] == []
    assert spans("?before=0") == spans("?before=1") == spans("?before=2") != newest
    assert len(spans("?before=0")) == 1


def test_the_history_of_an_event_shows_its_first_change_beyond_the_end(app: Flask, client: PageClient) -> None:
    """An event that came later has no change before its own first one."""
    plan_id = own(app, client)
    store = the_store(app)
    event_id = store.add_event("me", plan_id, Event(name="Late"))
    store.save_event("me", plan_id, event_id, 1, Event(name="Later"))

    def moments(query: str) -> list[str]:
        client.get(f"/plans/{plan_id}/events/{event_id}/history{query}", status=200)
        return [item.text for item in client.page.root.by_class("moments")[0].all("h2")]

    assert moments("") == moments("?before=x") == moments("?before=99") == ["Changed", "Added"]
    assert moments("?before=0") == moments("?before=1") == moments("?before=3") == ["Added"]


def test_a_long_list_is_read_in_one_place() -> None:
    """Only the pager reads the number of a page from an address, so that no page has a rule of its own."""
    own_rule = re.compile(r"int\((page|asked)\b|get\(\"page\", 1|-\(-\w*(total|len\()")
    paths = [path for path in (ROOT / "advisor" / "web").rglob("*.py") if path.name != "pager.py"]
    assert [path for path in paths if own_rule.search(path.read_text())] == []
