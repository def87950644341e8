"""The history of a plan and of an event: what changed, placements first, and the way back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.advice import advise
from advisor.document import check, write
from advisor.model import Decision, Event, Plan, Property
from advisor.store import Change, NamedVersion
from advisor.web.plans.history.spans import spans
from grid_requests import Grid
from owned_plans import HOSTILE, PIXEL, SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient


@pytest.fixture
def plan_id(app: Flask, client: PageClient) -> str:
    """A plan of the person at the client."""
    return own(app, client)


def change_event(app: Flask, plan_id: str, place: int, author: str = "", **fields: object) -> Event:
    """Save an event with other fields: what it was."""
    store = the_store(app).signed(author)
    stored = store.load("me", plan_id)
    before = stored.plan.events[place]
    store.save_event("me", plan_id, stored.event_ids[place], stored.event_revisions[place], replace(before, **fields))
    return before


def main(client: PageClient) -> str:
    """The text of the page."""
    return client.page.root.first("main").text


def test_history_starts_with_the_plan_itself(client: PageClient, plan_id: str) -> None:
    """The first entry is that it was made, with every event added."""
    client.get(f"/plans/{plan_id}/history")
    assert "Plan made" in main(client)
    assert "4 events added" in main(client)
    assert client.page.root.first("main").all("form") == [], "there is nothing to restore yet"


def test_a_change_is_shown_in_the_words_of_its_questions_with_its_author(
    app: Flask, client: PageClient, plan_id: str
) -> None:
    """Who, what, before and after; an unanswered question was “Not sure”."""
    answers = SHOP.events[1].answers | {"accuracy": "yes"}
    change_event(app, plan_id, 1, "Maya Okafor", answers=answers, description="Paid\nin full")
    client.get(f"/plans/{plan_id}/history")
    text = main(client)
    assert "Order Completed: 1 answer and description" in text
    assert "Maya Okafor" in text
    assert "Does something act on every single one: e-mails, billing, official figures?" in text
    card = client.page.root.by_class("change")[0]
    assert [line.text for line in card.all("del")] == ["−before: Not sure"]
    assert [line.text for line in card.all("ins")] == ["+after: in full", "+after: Yes"]
    assert "3 events are the same." in text


def test_a_placement_that_flipped_comes_first_with_its_cause(app: Flask, client: PageClient, plan_id: str) -> None:
    """Above all other cards, and above the lines of its own."""
    change_event(app, plan_id, 1, description="new")
    change_event(app, plan_id, 2, decision=Decision(placement="client", reason="agreed"))
    client.get(f"/plans/{plan_id}/history")
    assert "1 placement flipped, 1 event changed" in main(client)
    first = client.page.root.by_class("change")[0]
    assert first.first("h3").text == "Renewed"
    children = [child for child in first.children if not isinstance(child, str)]
    assert children[1]["class"] == "flipline"
    assert children[1].text == "Placement from Server to Client The team decided to send it from the client."


def test_a_change_of_the_plan_lists_the_events_it_affected(app: Flask, client: PageClient, plan_id: str) -> None:
    """A removed destination flips events that did not change themselves; the others get other calls."""
    without = replace(SHOP, destinations=SHOP.destinations[1:], events=())
    events = (*SHOP.events[:2], replace(SHOP.events[2], destinations=SHOP.events[2].destinations[1:]), SHOP.events[3])
    the_store(app).save_settings("me", plan_id, 1, lambda _: replace(without, events=events))
    client.get(f"/plans/{plan_id}/history")
    text = main(client)
    assert f"{PIXEL} removed" in text
    assert f"{PIXEL} was removed from the plan." in text
    assert "flipped" in text
    order = event_ids(app, plan_id)[1]
    client.get(f"/plans/{plan_id}/events/{order}/history")
    assert "The plan’s settings changed" in main(client)
    assert f"{PIXEL} was removed from the plan." in main(client)


def moment(minutes: float) -> datetime:
    """A time of one afternoon."""
    return datetime(2026, 11, 24, 14, tzinfo=UTC) + timedelta(minutes=minutes)


def change(number: int, minutes: float, author: str = "", kind: str = "event", note: str = "") -> Change:
    """A change of that afternoon."""
    return Change(number=number, at=moment(minutes), kind=kind, author=author, note=note)  # type: ignore[arg-type]


def test_changes_in_one_session_are_one_entry() -> None:
    """Until a pause, an hour, another person, another kind of change, an import, or a point with a name."""
    changes = [
        change(1, 0, kind="created"),
        *(change(number, number) for number in (2, 3, 4)),
        change(5, 15),
        change(6, 16, "Maya"),
        change(7, 17, "Maya"),
        change(8, 18, "Maya", note="From a file", kind="added"),
        change(9, 19, "Maya"),
        change(10, 20, "Maya", kind="restored"),
        *(change(number, 12 + number, "Maya") for number in range(11, 90)),
    ]
    version = NamedVersion(id="x", number=6, name="v1", author="", created_at=moment(0))
    found = spans(changes[::-1], [version], 100)
    assert [one.key for one in found] == [
        "29-89", "11-28", "10-10", "9-9", "8-8", "7-7", "6-6", "5-5", "2-4", "1-1",
    ]  # fmt: skip
    assert [one.versions for one in found if one.versions] == [("v1",)]
    assert spans(changes[::-1], [], 2) == found[:2]
    assert [(one.first, one.last) for one in found][::-1] == sorted((one.first, one.last) for one in found)


def test_a_long_history_is_paged(app: Flask, client: PageClient, plan_id: str) -> None:
    """Twenty entries a page, none left out and none twice, and each opens beside its list."""
    for number in range(45):
        change_event(app, plan_id, 0, str(number), description=str(number))
    seen: list[str] = []
    address: str | None = f"/plans/{plan_id}/history"
    while address:
        client.get(address)
        links = client.page.root.by_class("versions")[0].all("a")
        seen += [link["href"].split("/")[-1].split("?")[0] for link in links]
        assert len(links) <= 20
        address = next((link["href"] for link in client.page.root.all("a") if link["rel"] == "next"), None)
    assert seen == [f"{number}-{number}" for number in range(46, 0, -1)]
    client.get(f"/plans/{plan_id}/history/20-20?before=27")
    current = [link for link in client.page.root.by_class("versions")[0].all("a") if link["aria-current"]]
    assert [link["href"].split("/")[-1] for link in current] == ["20-20?before=27"]


def test_restoring_a_plan_shows_what_it_would_change_and_can_be_undone(
    app: Flask, client: PageClient, plan_id: str
) -> None:
    """Asked first; done, with a button to undo; and undone."""
    change_event(app, plan_id, 1, description="new")
    the_store(app).delete_event("me", plan_id, event_ids(app, plan_id)[0])
    changed = plan_of(app, plan_id)
    client.get(f"/plans/{plan_id}/history/1/restore")
    assert "What would change now: 1 event changed, 1 event added" in main(client)
    assert plan_of(app, plan_id) == changed
    client.submit("/history/1/restore")
    assert plan_of(app, plan_id) == check(SHOP)[0]
    assert "The plan is as it was then." in main(client)
    client.submit("/history/3/restore")
    assert plan_of(app, plan_id) == changed
    assert len(the_store(app).history.changes("me", plan_id)) == 5


def test_restoring_a_plan_that_changed_meanwhile_asks_again(app: Flask, client: PageClient, plan_id: str) -> None:
    """What was shown is not what would happen any more, so nothing happens."""
    change_event(app, plan_id, 1, description="new")
    client.get(f"/plans/{plan_id}/history/1/restore")
    change_event(app, plan_id, 2, description="theirs")
    client.submit("/history/1/restore")
    assert client.address.endswith("/history/1/restore")
    assert "This plan was changed meanwhile" in main(client)
    assert "2 events changed" in main(client)
    assert plan_of(app, plan_id).events[2].description == "theirs"


def test_one_event_is_restored_and_the_others_stay(app: Flask, client: PageClient, plan_id: str) -> None:
    """From its own page, with the name of who did it; a deleted one too."""
    event_id = event_ids(app, plan_id)[1]
    before = change_event(app, plan_id, 1, description="new", properties=(Property(name="other"),))
    change_event(app, plan_id, 2, description="theirs")
    client.get(f"/plans/{plan_id}/events/{event_id}/history")
    assert [heading.text for heading in client.page.root.first("main").all("h2")] == ["Changed", "Came with the plan"]
    client.submit("/history/1/restore")
    assert plan_of(app, plan_id).events[1] == before
    assert plan_of(app, plan_id).events[2].description == "theirs"
    assert client.page.root.first("main").all("h2")[0].text == "Brought back"
    the_store(app).delete_event("me", plan_id, event_id)
    client.get(f"/plans/{plan_id}/events/{event_id}/history")
    assert "This event is not in the plan now." in main(client)
    client.submit("/history/2/restore")
    assert plan_of(app, plan_id).events[1].description == "new"


def test_a_restored_event_wants_only_what_the_plan_still_has(app: Flask, client: PageClient, plan_id: str) -> None:
    """A destination that left the plan does not come back by a side door."""
    event_id = event_ids(app, plan_id)[2]
    change_event(app, plan_id, 2, destinations=())
    the_store(app).save_settings("me", plan_id, 1, lambda plan: replace(plan, destinations=plan.destinations[1:]))
    client.get(f"/plans/{plan_id}/events/{event_id}/history")
    client.submit("/history/1/restore")
    plan = plan_of(app, plan_id)
    assert plan.events[2].destinations == SHOP.events[2].destinations[1:]
    assert check(plan)[0] == plan


def test_versions_can_be_named_renamed_exported_and_deleted(app: Flask, client: PageClient, plan_id: str) -> None:
    """“v1, sent to the agency”: the document is the plan of then, with advice, as any export."""
    client.get(f"/plans/{plan_id}/versions")
    assert "No named versions yet" in main(client)
    client.submit("/versions", version="")
    assert client.page.root.first("title").text.startswith("Error: ")
    client.submit("/versions", version="v1, sent to the agency")
    change_event(app, plan_id, 1, description="new")
    (version,) = the_store(app).versions.of("me", plan_id)
    answer = client.get(f"/plans/{plan_id}/versions/{version.id}/export", status=200)
    assert answer.data == write(advise(*check(SHOP)))
    assert "shop-v1-sent-to-the-agency.json" in answer.headers["Content-Disposition"]
    client.get(f"/plans/{plan_id}/versions")
    client.submit("/rename", version="v1")
    assert "v1" in [heading.text for heading in client.page.root.all("h2")]
    client.get(f"/plans/{plan_id}/history")
    assert client.page.root.by_class("versions__name")[0].text == "v1"
    client.get(f"/plans/{plan_id}/versions?number=1")
    client.submit("/versions", version="the same again")
    assert [each.number for each in the_store(app).versions.of("me", plan_id)] == [1, 1]
    for version in the_store(app).versions.of("me", plan_id):
        client.submit(f"/{version.id}/delete")
    assert the_store(app).versions.of("me", plan_id) == []


def test_two_versions_are_compared_at_an_address(app: Flask, client: PageClient, plan_id: str) -> None:
    """Added, removed, changed and flipped between any two points, or one and now; either way round."""
    ids = event_ids(app, plan_id)
    change_event(app, plan_id, 1, description="new")
    change_event(app, plan_id, 2, decision=Decision(placement="client"))
    the_store(app).delete_event("me", plan_id, ids[0])
    the_store(app).add_event("me", plan_id, Event(name="Late"))
    client.get(f"/plans/{plan_id}/compare?from=1")
    assert "1 placement flipped, 1 event changed, 1 event added, 1 event removed" in main(client)
    client.get(f"/plans/{plan_id}/compare?from=5&to=1")
    assert "1 placement flipped, 1 event changed, 1 event added, 1 event removed" in main(client)
    client.get(f"/plans/{plan_id}/compare?from=2&to=3")
    assert "1 placement flipped" in main(client)
    assert "3 events are the same." in main(client)
    client.get(f"/plans/{plan_id}/compare?from=2&to=2")
    assert "Nothing differs" in main(client)
    chosen = [option["value"] for option in client.page.root.all("option") if "selected" in option]
    assert chosen == ["2", "2"]


def test_moved_events_are_described_and_can_be_moved_back(app: Flask, client: PageClient, plan_id: str) -> None:
    """Several moved at once are one entry; a comparison says once that the order changed; restoring brings it back."""
    ids = event_ids(app, plan_id)
    grid = Grid(client, plan_id)
    grid.send(move=[[ids[3], ""], [ids[2], ids[3]]])
    moved = (ids[3], ids[2], ids[0], ids[1])
    assert event_ids(app, plan_id) == moved
    client.get(f"/plans/{plan_id}/history/2-2")
    assert client.page.root.by_class("span__title")[0].text == "2 events moved to another row"
    assert main(client).count("The order of the events changed") == 1
    client.get(f"/plans/{plan_id}/compare?from=1")
    assert "Order changed" in main(client)
    assert main(client).count("The order of the events changed") == 1
    assert "4 events are the same." in main(client)
    client.get(f"/plans/{plan_id}/history/1/restore")
    assert "What would change now: order changed" in main(client)
    client.submit("/history/1/restore")
    assert event_ids(app, plan_id) == ids
    client.submit("/history/2/restore")
    assert event_ids(app, plan_id) == moved


def test_moving_an_event_and_back_shows_no_difference(app: Flask, client: PageClient, plan_id: str) -> None:
    """Both are changes that can be gone back to; together they come to nothing."""
    ids = event_ids(app, plan_id)
    grid = Grid(client, plan_id)
    grid.undo(grid.send(move=[[ids[3], ""]]))
    assert event_ids(app, plan_id) == ids
    assert the_store(app).history.latest("me", plan_id) == 3
    client.get(f"/plans/{plan_id}/history/2-3")
    assert client.page.root.by_class("span__title")[0].text == "Nothing differs in the end"
    assert "The order" not in main(client)


@pytest.mark.parametrize(
    "path",
    [
        "history/0-1", "history/2-2", "history/2-1", "history/1-99", "history/9/restore", "compare?from=9",
        "compare?from=x", "compare?to=-1", "versions/0/export", "events/0/history", "history/x",
    ],
)  # fmt: skip
def test_unknown_history_pages_are_not_found(client: PageClient, plan_id: str, path: str) -> None:
    """Any such address shows the page that says so."""
    client.get(f"/plans/{plan_id}/{path}", status=404)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text_in_the_history(app: Flask, client: PageClient, name: str) -> None:
    """Of plans, events, properties, people and versions, on every page about history."""
    plan = Plan(name=name, events=(Event(name=name, properties=(Property(name=name),)),))
    plan_id = own(app, client, plan)
    change_event(app, plan_id, 0, name, description=name, labels={name[:200]: name[:200]})
    the_store(app).signed(name).versions.name("me", plan_id, name)
    event_id = event_ids(app, plan_id)[0]
    for path in (
        "history",
        "history/1-1",
        "versions",
        "compare?from=1",
        "history/1/restore",
        f"events/{event_id}/history",
    ):
        client.get(f"/plans/{plan_id}/{path}")
    version = the_store(app).versions.of("me", plan_id)[0]
    exported = client.get(f"/plans/{plan_id}/versions/{version.id}/export", status=200)
    assert json.loads(exported.data)["events"][0]["name"] == name


def test_a_very_large_change_shows_its_beginning_and_all_on_demand(app: Flask, client: PageClient) -> None:
    """Fifty cards of a kind, the number of the rest, and a way to them."""
    plan_id = own(app, client, Plan(events=tuple(Event(name=f"Event {number}") for number in range(120))))
    client.get(f"/plans/{plan_id}/history")
    assert "70 more are not shown." in main(client)
    assert "Event 60" not in main(client)
    link = next(link for link in client.page.root.all("a") if link.text == "Show them all")
    client.get(link["href"])
    assert "Event 119" in main(client)
