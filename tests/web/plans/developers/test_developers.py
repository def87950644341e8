"""The page for developers: what is agreed and not built, one event in full, its ticket, and taking it off the list."""

from __future__ import annotations

from dataclasses import replace as replace_fields

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.advice import advise
from advisor.formats.ticket import joined_tickets, ticket
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Destination, Event, Plan, Practice, Property, recommendation_of
from advisor.snippets import snippet
from advisor.web.app import current
from owned_plans import CLOUD, HOSTILE, PIXEL, SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient

AGREED = replace(
    SHOP,
    events=tuple(
        replace(event, status=status, owner=owner, practice=practice)
        for event, status, owner, practice in zip(
            SHOP.events,
            ("proposed", "agreed", "agreed", "implemented"),
            ("", "Ada", "Bob", ""),
            (None, Practice(placement="client"), None, None),
            strict=True,
        )
    ),
)


@pytest.fixture
def plan_id(app: Flask, client: PageClient) -> str:
    """Return the id of a plan with two events to build."""
    return own(app, client, AGREED)


def index(client: PageClient) -> list[str]:
    """Return the names of the events that the page lists."""
    return [link.first("bdi").text for link in client.page.root.by_class("build__index")[0].all("a")]


def test_the_page_lists_what_is_agreed_and_not_built(client: PageClient, plan_id: str) -> None:
    """Or all events, those of an owner, of a side, or with a text in their name."""
    client.get(f"/plans/{plan_id}")
    (tab,) = [link for link in client.page.root.by_class("tabs")[0].all("a") if link.text == "Developers"]
    assert len(client.page.root.by_class("tabs")[0].all("a")) == 9
    client.get(tab["href"])
    assert "2 events are agreed and wait for code. 1 is implemented." in client.page.root.text
    assert index(client) == ["Order Completed", "Renewed"]
    for query, names in (
        ("show=all", [event.name for event in SHOP.events]),
        ("owner=Bob", ["Renewed"]),
        ("placement=server", ["Renewed"]),
        ("find=new", ["Renewed"]),
        ("show=all&owner=Ada", ["Order Completed"]),
        ("status=proposed&page=9&event=x&owner=Nobody", ["Order Completed", "Renewed"]),
    ):
        client.get(f"/plans/{plan_id}/developers?{query}")
        assert index(client) == names, query
    client.get(f"/plans/{plan_id}/developers?find=nothing")
    assert "No event matches" in client.page.root.text


def test_an_event_has_its_code_object_properties_handoff_settings_and_ticket(client: PageClient, plan_id: str) -> None:
    """The code is that of the plan's libraries, call by call."""
    plan = advise(AGREED)
    event = plan.events[1]
    client.get(f"/plans/{plan_id}/developers")
    main = client.page.root.first("main").text
    blocks = {block["aria-label"]: block.text for block in client.page.root.all("pre")}
    for call in recommendation_of(event).calls:
        name = LIBRARIES[call.library or ""].name
        assert blocks[f"code of the {call.side} call, {name}"] == " ".join(snippet(plan, event, call).text.split())
        assert f"integrations object of the {call.side} call, {name}" in blocks
    assert all(value.to in main for value in recommendation_of(event).handoff)
    assert all(step.setting in main and step.value in main for step in recommendation_of(event).setup)
    assert "Today: client only, adds the server call." in main
    rows = {
        row.first("th").text: [cell.text for cell in row.all("td")]
        for row in client.page.root.by_class("job__props")[0].first("tbody").all("tr")
    }
    assert rows == {"total required": ["number", "sent", "sent"], "margin": ["any", "sensitive", "sent"]}
    assert blocks["ticket text of Order Completed"].startswith("## Track Order Completed from both sides")


def test_an_app_without_a_page_is_told_to_send_the_values_itself(app: Flask, client: PageClient) -> None:
    """The code that collects values is for pages. The page of the event and the page for developers say what an app does."""
    sources = replace(SHOP.sources, client=("swift",))
    plan_id = own(app, client, replace(SHOP, sources=sources, events=(replace(SHOP.events[0], sources="all"),)))
    (event_id,) = event_ids(app, plan_id)
    for address in (f"/plans/{plan_id}/developers?show=all", f"/plans/{plan_id}/events/{event_id}"):
        client.get(address)
        assert "The app sends the values with its own request" in client.page.root.first("main").text, address


def test_nested_properties_share_the_fate_of_what_contains_them(app: Flask, client: PageClient) -> None:
    """A masked child is left out of the client call alone."""
    nested = Property(
        name="address", type="object", properties=(Property(name="city"), Property(name="door", sensitive=True))
    )
    event = replace(SHOP.events[1], properties=(nested,))
    plan_id = own(app, client, replace(SHOP, events=(event,)))
    client.get(f"/plans/{plan_id}/developers?show=all")
    rows = {
        row.first("th").text: [cell.text for cell in row.all("td")][1:]
        for row in client.page.root.by_class("job__props")[0].first("tbody").all("tr")
    }
    assert rows == {
        "address": ["sent", "sent"],
        "address › city": ["sent", "sent"],
        "address › door": ["sensitive", "sent"],
    }


def test_values_from_pages_and_from_apps_name_their_source(app: Flask, client: PageClient) -> None:
    """The same place in the call is filled differently by each, on the page and in the ticket."""
    sources = replace(SHOP.sources, client=("analytics.js", "swift"))
    plan = replace(SHOP, sources=sources, events=(replace(SHOP.events[1], status="agreed"),))
    client.get(f"/plans/{own(app, client, plan)}/developers")
    handed = recommendation_of(advise(plan).events[0]).handoff
    assert {value.source for value in handed} == {"web", "mobile"}
    shown = [item.text for item in client.page.root.by_class("job__hand")[0].all("li")]
    assert any(line.startswith("anonymousId web, ") for line in shown)
    assert any(line.startswith("anonymousId mobile, ") for line in shown)
    text = ticket(advise(plan), 0, "2026-11-27")
    assert all(text.count(f"- `anonymousId` ({source}): ") == 1 for source in ("web", "mobile"))
    assert "(web): " not in ticket(advise(SHOP), 1, "2026-11-27")


def test_the_tickets_are_a_file_of_what_is_listed_or_of_one_event(client: PageClient, plan_id: str) -> None:
    """They end with rules and date; an event that isn't there has no file."""
    plan, today = advise(AGREED), current.today()
    expected = [ticket(plan, place, today) for place in range(4)]
    address = f"/plans/{plan_id}/developers/tickets"
    answer = client.get(address)
    assert answer.text == joined_tickets(expected[1:3])
    assert answer.content_type == "text/markdown; charset=utf-8"
    assert "shop-tickets.md" in answer.headers["Content-Disposition"]
    assert client.get(f"{address}?show=all").text == joined_tickets(expected)
    assert client.get(f"{address}?owner=Bob").text == expected[2]
    client.get(f"/plans/{plan_id}/developers")
    (link,) = [a["href"] for a in client.page.root.all("a") if "/tickets" in a["href"] and "event=" in a["href"]]
    assert client.get(link).text == expected[1]
    client.get(f"{address}?event=x", status=404)
    assert client.get(f"{address}?find=nothing").text == "No event of this list is agreed and not built yet.\n"
    assert client.get(f"{address}?find=nothing&show=all").text == "This list has no event.\n"


def test_everything_copied_ends_with_rules_date_and_the_public_address(app: Flask, client: PageClient) -> None:
    """With a public address, the ticket leads back to the event on this page, whatever its status is by then."""
    app.extensions["settings"] = replace_fields(app.extensions["settings"], public_url="https://advisor.example")
    plan_id = own(app, client, AGREED)
    event_id = event_ids(app, plan_id)[1]
    back = f"https://advisor.example/plans/{plan_id}/developers?show=all&event={event_id}"
    client.get(f"/plans/{plan_id}/developers")
    notes = [
        block["data-copy-note"]
        for block in client.page.root.all("div")
        if "data-copy" in block and "data-copy-note" in block
    ]
    assert len(notes) > 3
    assert all(back in note and current.today() in note for note in notes)
    assert client.get(f"/plans/{plan_id}/developers/tickets").text.count(f"<{back}>") == 1


def test_an_implemented_event_leaves_the_list_and_comes_back(app: Flask, client: PageClient, plan_id: str) -> None:
    """It is one change of the history, which the page undoes; the filter stays."""
    point = the_store(app).history.latest("me", plan_id)
    client.get(f"/plans/{plan_id}/developers?owner=Ada")
    client.submit("/implemented")
    assert [event.status for event in plan_of(app, plan_id).events] == [
        "proposed",
        "implemented",
        "agreed",
        "implemented",
    ]
    assert the_store(app).history.latest("me", plan_id) == point + 1
    assert "No event matches" in client.page.root.text
    assert "Order Completed is implemented. 1 to build." in client.page.root.text
    client.submit("/undo")
    assert client.address == f"/plans/{plan_id}/developers"
    assert index(client) == ["Order Completed", "Renewed"]
    client.post(f"/plans/{plan_id}/developers/implemented", data={"event": "x"}, status=404)


def test_marking_an_implemented_event_again_makes_no_change(app: Flask, client: PageClient, plan_id: str) -> None:
    """The history has no step for it, and the page offers no undo, which would undo somebody else's change."""
    point = the_store(app).history.latest("me", plan_id)
    data = {"event": event_ids(app, plan_id)[3]}
    client.get(f"/plans/{plan_id}/developers")
    client.post(f"/plans/{plan_id}/developers/implemented", data=data, follow_redirects=True)
    assert client.address == f"/plans/{plan_id}/developers"
    assert the_store(app).history.latest("me", plan_id) == point
    assert not client.page.root.by_class("note--undo")


def test_the_old_address_of_the_code_leads_here(client: PageClient, plan_id: str) -> None:
    """One with a library or a file leads to the files, which the page links to."""
    client.get(f"/plans/{plan_id}/code", follow_redirects=True)
    assert client.address == f"/plans/{plan_id}/developers"
    client.get(f"/plans/{plan_id}/code?library=analytics-node", follow_redirects=True)
    assert client.address == f"/plans/{plan_id}/code/files"
    assert "analytics-node.mjs" in client.page.root.text
    assert "analytics.js.js" not in client.page.root.text
    client.get(f"/plans/{plan_id}/developers")
    assert f"/plans/{plan_id}/code/files" in [a["href"] for a in client.page.root.all("a")]


@pytest.mark.parametrize("count", [0, 1, 1000])
def test_plans_of_any_size_and_names_of_any_kind_have_the_page(app: Flask, client: PageClient, count: int) -> None:
    """A page lists at most 100 events, and stays small."""
    events = tuple(
        Event(name=f"{HOSTILE[n % len(HOSTILE)][:480]} {n}", status="agreed", answers={"payment": "yes"})
        for n in range(count)
    )
    keys = (Destination(key=PIXEL), Destination(key=CLOUD))
    plan_id = own(app, client, replace(Plan(name=HOSTILE[0], sources=SHOP.sources), destinations=keys, events=events))
    client.get(f"/plans/{plan_id}/developers")
    if not count:
        assert "Nothing to build" in client.page.root.text
    else:
        assert len(index(client)) == min(count, 100)


def test_calls_without_a_library_have_their_object(app: Flask, client: PageClient) -> None:
    """The page says that there is no code yet."""
    plan_id = own(app, client, Plan(name="P", events=(Event(name="E", status="agreed"),)))
    client.get(f"/plans/{plan_id}/developers")
    assert "the plan has no library yet" in client.page.root.text


def test_the_api_has_the_tickets_of_a_sent_and_of_a_stored_plan(client: PageClient, plan_id: str) -> None:
    """Of all events, each with its status, so that a program chooses."""
    document = client.get(f"/api/v1/plans/{plan_id}").data
    sent = client.post("/api/v1/tickets", data=document, content_type="application/json", csrf=False, status=200).json
    assert sent == client.get(f"/api/v1/plans/{plan_id}/tickets").json
    plan, today = advise(AGREED), current.today()
    assert sent["tickets"] == [
        {"event": event.name, "status": event.status, "text": ticket(plan, place, today)}
        for place, event in enumerate(plan.events)
    ]
