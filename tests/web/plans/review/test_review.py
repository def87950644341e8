"""The list of events with their review: what it shows, and changing status and owner of one and of many."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.model import Event, Plan, Practice
from advisor.web.plans.review.changes import CLEAR, KEEP, ONE, review_change
from advisor.web.plans.review.review_list import initials
from owned_plans import HOSTILE, SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient

STATUSES = ["proposed", "agreed", "implemented"]


@pytest.fixture
def plan_id(app: Flask, client: PageClient) -> str:
    """Return the id of a plan whose events have different statuses, owners and comments."""
    reviewed = (
        replace(SHOP.events[0], status="agreed", owner="Ada", practice=Practice(placement="server")),
        SHOP.events[1],
        replace(SHOP.events[2], status="implemented", owner="Bob"),
        SHOP.events[3],
    )
    plan_id = own(app, client, replace(SHOP, events=reviewed))
    the_store(app).comments.add("me", plan_id, event_ids(app, plan_id)[1], "me", "Twice?")
    return plan_id


def listed(client: PageClient) -> list[str]:
    """Return the names of the events in the list."""
    return [cell.first("a").text for cell in client.page.root.by_class("events__name")]


def reviews(app: Flask, plan_id: str) -> list[tuple[str, str]]:
    """Return status and owner of each stored event."""
    return [(event.status, event.owner) for event in plan_of(app, plan_id).events]


def test_the_list_shows_status_owner_practice_placement_and_comments(client: PageClient, plan_id: str) -> None:
    """A row says all of it; the sums above count the whole plan and lead to the events that they count."""
    client.get(f"/plans/{plan_id}?view=list")
    first, second, *_ = (row.text for row in client.page.root.first("tbody").all("tr"))
    assert all(word in first for word in ("Page Viewed", "Client", "Agreed to move from: server", "Agreed", "Ada"))
    assert all(word in second for word in ("Order Completed", "Both", "unknown", "Proposed", "No owner", "1 comment"))
    sums = client.page.root.by_class("review__sums")[0].all("a")
    assert [link.text for link in sums] == [
        "2 proposed",
        "1 agreed, not built",
        "1 implemented",
        "2 without owner",
        "1 comment",
    ]
    expected = [
        {"Order Completed", "Untold"},
        {"Page Viewed"},
        {"Renewed"},
        {"Order Completed", "Untold"},
        {"Order Completed"},
    ]
    for address, names in zip([link["href"] for link in sums], expected, strict=True):
        client.get(address)
        assert set(listed(client)) == names, address


def test_the_selected_events_are_changed_in_one_step_and_back(app: Flask, client: PageClient, plan_id: str) -> None:
    """What is left empty stays as it is; the step is one change of the history, and undone as one."""
    ids = event_ids(app, plan_id)
    before, point = reviews(app, plan_id), the_store(app).history.latest("me", plan_id)
    client.get(f"/plans/{plan_id}?view=list")
    client.submit("/review", "do=set", selected=[ids[0], ids[1]], new_status="implemented")
    assert reviews(app, plan_id) == [("implemented", "Ada"), ("implemented", ""), *before[2:]]
    assert the_store(app).history.latest("me", plan_id) == point + 1
    assert "2 events changed." in client.page.root.first("main").text
    client.submit("/undo")
    assert reviews(app, plan_id) == before
    assert set(listed(client)) == {event.name for event in SHOP.events}
    client.submit("/review", "do=set", selected=[ids[0]], new_owner="  Cleo ")
    assert reviews(app, plan_id)[0] == ("agreed", "Cleo")


def test_all_means_all_that_the_filter_lists(app: Flask, client: PageClient, plan_id: str) -> None:
    """Also those that are on other pages of the list; nothing else is touched, and the filter stays."""
    client.get(f"/plans/{plan_id}?view=list&status=proposed")
    client.submit("/review", "do=set", every="yes", new_owner="Dan")
    assert reviews(app, plan_id) == [
        ("agreed", "Ada"),
        ("proposed", "Dan"),
        ("implemented", "Bob"),
        ("proposed", "Dan"),
    ]
    assert listed(client) == ["Order Completed", "Untold"]
    client.submit("/review", "do=clear", every="yes")
    assert [owner for _, owner in reviews(app, plan_id)] == ["Ada", "", "Bob", ""]


def test_one_event_is_edited_in_its_row(app: Flask, client: PageClient, plan_id: str) -> None:
    """Its status leads to a row with fields, in which an empty owner means none."""
    client.get(f"/plans/{plan_id}?view=list")
    link, *_ = client.page.root.by_class("events__change")
    client.get(link["href"].partition("#")[0])
    (form,) = [form for form in client.page.root.all("form") if form["id"] == "one"]
    fields = {field["name"]: field["value"] for field in form.all("input")}
    assert fields["selected"] == event_ids(app, plan_id)[0]
    client.post(form["action"], data={**fields, "new_status": "proposed", "new_owner": "", "do": "one"})
    assert reviews(app, plan_id)[0] == ("proposed", "")


def test_nothing_selected_or_nothing_new_is_no_step(app: Flask, client: PageClient, plan_id: str) -> None:
    """The page says so, and the history has no empty change; a wrong status or too long a name changes nothing."""
    point = the_store(app).history.latest("me", plan_id)
    ids = event_ids(app, plan_id)
    for changes in (
        {"new_status": "agreed"},
        {"selected": [ids[0]], "new_status": "agreed"},
        {"selected": [ids[0]], "new_owner": "x" * 201},
        {"selected": ["0" * 32, "x"], "new_status": "agreed"},
    ):
        client.get(f"/plans/{plan_id}?view=list")
        client.submit("/review", "do=set", **changes)
        assert the_store(app).history.latest("me", plan_id) == point, changes


def test_viewers_get_the_list_without_its_controls(
    app: Flask, client: PageClient, other_client: PageClient, plan_id: str
) -> None:
    """They see the same rows, and no box, form or link that changes something."""
    store = the_store(app)
    store.shares.create("me", plan_id, "a" * 32, "b" * 64, "view", "")
    with other_client.session_transaction() as session:
        session["owner"] = "guest"
    store.shares.open("b" * 64, "guest")
    client.get(f"/plans/{plan_id}?view=list")
    other_client.get(f"/plans/{plan_id}?view=list&edit={event_ids(app, plan_id)[0]}")
    assert listed(other_client) == listed(client)
    main = other_client.page.root.first("main")
    assert [form["method"] for form in main.all("form")] == ["get"]
    assert not other_client.page.root.by_class("events__change")


@pytest.mark.parametrize("count", [0, 1, 1000])
def test_plans_of_any_size_and_names_of_any_kind_are_listed(app: Flask, client: PageClient, count: int) -> None:
    """A page has at most 100 rows."""
    events = tuple(
        Event(name=f"{HOSTILE[n % len(HOSTILE)][:480]} {n}", owner=HOSTILE[n % 5][:200]) for n in range(count)
    )
    plan_id = own(app, client, Plan(name="P", events=events))
    client.get(f"/plans/{plan_id}?view=list")
    assert len(listed(client)) == min(count, 100)


@given(st.sampled_from([KEEP, CLEAR, ONE, "x"]), st.sampled_from(["", *STATUSES, "done"]), st.text(max_size=5))
def test_a_change_sets_what_was_said_and_nothing_else(do: str, status: str, owner: str) -> None:
    """An unknown status counts as not said; only clearing, or one event without an owner, removes an owner."""
    event = Event(name="E", status="agreed", owner="Ada", description="d")
    after = review_change(do, status, owner).of(event)
    assert replace(after, status="agreed", owner="Ada") == event
    assert after.status == (status if status in STATUSES and do != CLEAR else "agreed")
    if do == CLEAR:
        assert after.owner == ""
    else:
        assert after.owner == (owner.strip() or ("" if do == ONE else "Ada"))


def test_initials_are_those_of_the_first_and_the_last_word() -> None:
    """A single name has one, and a name of blanks none."""
    assert [initials(name) for name in ("Ondrej Vass", "ada", "a b c", " ", "")] == ["OV", "A", "AC", "", ""]
