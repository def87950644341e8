"""Pages and files say who really gets an event: storage that is not wanted, and tools that only load, among others."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.advice import advise
from advisor.formats import decision_record, html_report
from advisor.model import Decision, Destination, Event, Plan, Recommendation, Sources
from advisor.presentation.lanes import asides, lanes
from advisor.presentation.matrix import event_line
from advisor.presentation.receivers import Receivers
from owned_plans import event_ids, own
from page_client import PageClient

STORE, PIXEL, TAG, ANALYTICS = "AWS S3", "Facebook Pixel", "LinkedIn Insight Tag", "Mixpanel (Actions)"
NOT_STORED = {"stored_in_database": "no", "browser_only": "no"}
PAYMENT = {"payment": "yes"}


def plan(*events: Event, keys: tuple[str, ...] = (STORE, PIXEL, TAG, ANALYTICS), **rest: object) -> Plan:
    """Return a plan for a website and a server, advised."""
    sources = rest.pop("sources", Sources(client=("analytics.js",), server="analytics-node"))
    destinations = tuple(Destination(key=key) for key in keys)
    return advise(Plan(sources=sources, destinations=destinations, events=events, **rest))


def advice_of(event: Event) -> Recommendation:
    """Return what is recommended for an advised event."""
    assert isinstance(event.recommendation, Recommendation)
    return event.recommendation


def said(of: Plan, index: int = 0) -> str:
    """Return the content of an event's picture as text: each lane, and what is beside them."""
    event = of.events[index]
    found = [
        f"{lane.title}: {', '.join(box.text for box in lane.boxes)}." for lane in lanes(of, event, advice_of(event))
    ]
    found += [f"{aside.words}: {', '.join(aside.names)}." for aside in asides(of, event)]
    return " ".join(found)


def cells(of: Plan, index: int = 0) -> dict[str, str]:
    """Return the kind of each cell of an event's line."""
    line = event_line("-", of.events[index], Receivers(of.destinations))
    return {item.key: cell.kind for item, cell in zip(of.destinations, line.cells, strict=True)}


def test_unwanted_storage_is_listed_among_the_receivers() -> None:
    """Unwanted storage stores the call, and the picture and the matrix say so; only what gets nothing is left out."""
    shop = plan(Event(name="Seen", answers=NOT_STORED, destinations=(ANALYTICS,)))
    assert "AWS S3" in said(shop).split("Left out on purpose")[0]
    assert said(shop).endswith("Left out on purpose: Facebook Pixel.")
    (lane,) = lanes(shop, shop.events[0], advice_of(shop.events[0]))
    assert [(box.text, box.note) for box in lane.boxes] == [("Mixpanel (Actions)", "cloud"), ("AWS S3", "cloud")]
    assert cells(shop) == {STORE: "sent", PIXEL: "off", TAG: "off", ANALYTICS: "sent"}


def test_storage_gets_both_calls() -> None:
    """Storage gets the call of either side, although the advice delivers it by the server alone."""
    shop = plan(Event(name="Paid", answers=PAYMENT))
    for lane in lanes(shop, shop.events[0], advice_of(shop.events[0])):
        assert "AWS S3" in [box.text for box in lane.boxes]
    line = event_line("-", shop.events[0], Receivers(shop.destinations))
    assert {side for side, _ in line.cells[0].sent} == {"client", "server"}
    assert {item.side for item in advice_of(shop.events[0]).deliveries if item.destination == STORE} == {"server"}


def test_storage_gets_nothing_where_no_library_makes_a_call() -> None:
    """If no library makes a call, storage is left out like other destinations."""
    shop = plan(Event(name="Paid", answers=PAYMENT, destinations=(ANALYTICS,)), sources=Sources())
    assert cells(shop)[STORE] == "off"
    assert "Left out on purpose: AWS S3, Facebook Pixel." in said(shop)


def test_a_call_for_the_warehouse_names_storage_and_the_warehouse() -> None:
    """An event that wants no destination is still kept in two stores, and both are named."""
    shop = plan(Event(name="Seen", answers=NOT_STORED, destinations=()), warehouse=True)
    assert "Client: AWS S3, your warehouse." in said(shop)


def test_loads_only_tools_are_neither_receivers_nor_left_out() -> None:
    """A wanted tool is said to be loaded; of an unwanted one nothing is said, because it loads all the same."""
    wanting = plan(Event(name="Seen", answers=NOT_STORED, destinations=(TAG, ANALYTICS)))
    assert "Loaded, without a call: LinkedIn Insight Tag." in said(wanting)
    assert cells(wanting)[TAG] == "loads"
    assert "LinkedIn" not in said(plan(Event(name="Seen", answers=NOT_STORED, destinations=(ANALYTICS,))))
    alone = plan(Event(name="Seen", answers=NOT_STORED), keys=(TAG,))
    assert "Client: every destination." in said(alone)


@pytest.mark.parametrize("write", [decision_record.write, html_report.write])
def test_files_say_who_stores_and_what_loads(write: object) -> None:
    """The decision record and the report say it in the section about who receives the event."""
    event = Event(name="Seen", answers=NOT_STORED, destinations=(TAG, ANALYTICS))
    text = write(plan(event)).decode()
    assert "not wanted, but it stores every call" in text
    assert "loads only" in text
    without = write(plan(replace(event, destinations=(ANALYTICS,)), keys=(PIXEL, ANALYTICS))).decode()
    assert "stores every call" not in without


def test_the_page_of_a_plan_says_who_stores_and_what_loads(app: Flask, client: PageClient) -> None:
    """Each cell of the page of a plan says what happens and why."""
    event = Event(
        name="Seen",
        answers=NOT_STORED,
        destinations=(TAG, ANALYTICS),
        decision=Decision(placement="client", reason="-"),
    )
    plan_id = own(app, client, plan(event))
    client.get(f"/plans/{plan_id}")
    row = client.page.root.by_class("matrix")[0].first("tbody").all("tr")[0]
    heads = [head.text for head in client.page.root.by_class("matrix__names")[0].all("th")][3:]
    found = dict(zip(heads, row.all("td")[2:], strict=True))
    store, tag = found[STORE], found[TAG]
    assert (store.text, tag.text) == ("client call, cloud", "loads only")
    assert "Facebook Pixel" in client.page.root.by_class("matrix__fold")[0].text
    reasons = client.page.root.by_id("reasons").all("li")
    assert "AWS S3 stores every call all the same" in reasons[int(store["data-why"])].text
    assert "Loading Analytics.js with it enabled" in reasons[int(tag["data-why"])].text
    (event_id,) = event_ids(app, plan_id)
    client.get(f"/plans/{plan_id}/events/{event_id}")
    assert "Loaded, without a call" in client.page.root.by_id("picture").text


def test_refused_tools_are_never_offered_for_a_sensitive_event(app: Flask, client: PageClient) -> None:
    """The diagram, the trade-offs, the code and the findings never offer them, with any decision of the team."""
    ads = ("Facebook Conversions API (Actions)", "Tiktok Conversions", PIXEL)
    for decision in (None, Decision(placement="client"), Decision(placement="both")):
        event = Event(name="Diagnosis Viewed", answers={"sensitive": "yes"}, decision=decision)
        plan_id = own(app, client, plan(event, keys=(*ads, "Hotjar", ANALYTICS)))
        (event_id,) = event_ids(app, plan_id)
        client.get(f"/plans/{plan_id}/events/{event_id}")
        advice = client.page.root.by_id("advice").text
        assert "must not reach such a tool" in advice
        assert "Use Facebook" not in advice
        assert "instead: Facebook" not in advice
        assert "fbp" not in advice
