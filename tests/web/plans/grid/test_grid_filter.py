"""The filter of the grid: its address says which rows are shown."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import advise
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Event, Plan, Practice
from advisor.web.plans.grid.filter import ANSWERS, FACETS, RowFilter
from advisor.web.plans.summary.overview import Overview, overview
from owned_plans import SHOP, event_ids, own, the_store
from page_client import PageClient

_REVIEWED = tuple(
    replace(event, owner="Ann" if place % 2 else "", status="agreed" if place else "proposed", suggested=("payment",))
    for place, event in enumerate(SHOP.events)
)
PLAN = replace(SHOP, events=(*_REVIEWED, Event(name="Parcel <b>", practice=Practice(placement="client"))))
IDS = tuple(f"{number:032x}" for number in range(len(PLAN.events)))


def _whole() -> Overview:
    return overview(advise(PLAN), IDS)


def _shown(**sent: str) -> tuple[str, ...]:
    return RowFilter.of(sent).ids(_whole())


@pytest.mark.parametrize("facet", FACETS)
def test_a_facet_shows_the_events_that_the_overview_lists(facet: str) -> None:
    """Each option finds the same events as on the page of the plan, in the order of the plan."""
    whole = _whole()
    for value, option in whole.facets[facet].options.items():
        assert _shown(**{facet: value}) == tuple(IDS[place] for place in sorted(option.events))


@pytest.mark.parametrize("key", QUESTION_KEYS)
def test_every_event_shows_one_of_the_three_answers(key: str) -> None:
    """Yes, no and not answered split the plan; a suggestion is found by its answer and as a suggestion."""
    parts = [_shown(asked=key, answered=answer) for answer in ("yes", "no", "unsure")]
    assert sorted(event_id for part in parts for event_id in part) == sorted(IDS)
    assert set(_shown(asked=key, answered="suggested")) <= set(parts[0]) | set(parts[1])


TEXTS = st.sampled_from(["", " ", "order", "<B>", "zzz", "x" * 900, "yes", "client", "open", "Ann", "\0", *ANSWERS])


@given(st.dictionaries(st.sampled_from(["find", *FACETS, "asked", "answered", "page", "label"]), TEXTS))
def test_any_filter_chooses_events_of_the_plan_in_order_and_is_its_own_address(sent: dict[str, str]) -> None:
    """The query of a filter makes the same filter, several parts narrow it together, and the kept event is shown."""
    chosen, whole = RowFilter.of(sent), _whole()
    assert RowFilter.of(chosen.query) == chosen
    shown = chosen.ids(whole)
    assert [event_id for event_id in IDS if event_id in shown] == list(shown)
    assert set(chosen.ids(whole, kept=IDS[1])) == {*shown, IDS[1]}
    for name in ("find", *FACETS):
        if name in chosen.sent:
            assert set(shown) <= set(_shown(**{name: chosen.sent[name]}))
    if not chosen.is_on:
        assert shown == IDS


def _rows(client: PageClient) -> list[str]:
    return [row["data-id"] for row in client.page.root.all("tr") if row["data-id"]]


def _names(events: Iterable[Event], text: str) -> list[str]:
    return [event.name for event in events if text in event.name.casefold()]


def test_the_address_filters_the_grid_and_the_plain_table(app: Flask, client: PageClient) -> None:
    """Both show the matching rows, count them, and keep the form filled in; the plain table is one link away."""
    plan_id = own(app, client, PLAN)
    client.get(f"/plans/{plan_id}/grid?find=ORDER&answered=yes", status=200)
    root = client.page.root
    assert [row.first("bdi").text for row in root.all("tr") if row["data-id"]] == _names(PLAN.events, "order")
    assert root.by_id("matches").text == f"{len(_rows(client))} of {len(PLAN.events)} shown Show all"
    assert root.by_id("find")["value"] == "ORDER"
    (way,) = [meta for meta in root.all("meta") if meta["http-equiv"] == "refresh"]
    client.get(way["content"].partition("url=")[2], status=200)
    rows = [row for row in client.page.root.all("tr") if row["id"].startswith("row-") and row["id"] != "row-new"]
    assert len(rows) == len(_names(PLAN.events, "order"))


def test_a_saved_row_stays_until_the_filter_is_applied_again(app: Flask, client: PageClient) -> None:
    """A row that matches no more is still there to say that it was saved."""
    plan_id = own(app, client, PLAN)
    last = event_ids(app, plan_id)[-1]
    client.get(f"/plans/{plan_id}/grid/plain?asked=payment&answered=unsure", status=200)
    client.submit(f"/plain/{last}", payment="yes")
    assert "Saved" in client.page.root.by_id(f"row-{last}").text
    client.get(f"/plans/{plan_id}/grid/plain?asked=payment&answered=unsure", status=200)
    assert not [row for row in client.page.root.all("tr") if row["id"] == f"row-{last}"]


def test_a_filtered_plan_is_paged(app: Flask, client: PageClient) -> None:
    """The next page keeps the filter, and a page beyond the end is the last one."""
    events = tuple(Event(name=f"{'Kept' if number % 2 else 'Other'} {number}") for number in range(220))
    plan_id = own(app, client, Plan(name="Large", events=events))
    client.get(f"/plans/{plan_id}/grid/plain?find=kept&page=99", status=200)
    names = [field["value"] for field in client.page.root.all("input") if field["name"] == "name" and field["value"]]
    assert names == [event.name for event in events if event.name.startswith("Kept")][100:]
    (back,) = [link["href"] for link in client.page.root.all("a") if link["rel"] == "prev"]
    assert "find=kept" in back


def test_viewers_filter_but_have_no_way_to_answer(app: Flask, client: PageClient, other_client: PageClient) -> None:
    """A viewer finds and filters; there is no tip, no menu and no form for a column."""
    plan_id = own(app, client, PLAN)
    with other_client.session_transaction() as session:
        session["owner"] = "guest"
    the_store(app).shares.create("me", plan_id, "a" * 32, "b" * 64, "view", "")
    the_store(app).shares.open("b" * 64, "guest")
    for path in ("grid?find=order", "grid/plain?find=order"):
        other_client.get(f"/plans/{plan_id}/{path}", status=200)
        root = other_client.page.root
        assert root.by_id("filter")
        assert "Fastest by column" not in root.text
        assert not [form for form in root.all("form") if form["action"].partition("?")[0].endswith(("/column", "/tip"))]
        assert not [head for head in root.all("th") if head["aria-haspopup"]]
