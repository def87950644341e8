"""The plans of a visitor: starting, opening an example, deleting and undoing, and whose they are."""

from __future__ import annotations

from threading import Thread
from typing import Any
from unittest.mock import Mock

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from advisor.advice import advise
from advisor.model import Sources
from advisor.presentation.states import tally
from advisor.store import Store, UnavailableError
from advisor.web.plans.start.examples import EXAMPLES, example_plan
from advisor.web.plans.start.views import plans as listed
from owned_plans import SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient


def _owner(client: PageClient) -> str:
    with client.session_transaction() as session:
        owner: str = session["owner"]
        return owner


def test_a_first_visit_offers_a_start_an_example_and_an_import(client: PageClient) -> None:
    """Without plans the page says so, and shows every way to begin."""
    client.get("/plans")
    assert "No plans yet" in client.page.root.first("main").text
    links = {link["href"] for link in client.page.root.first("main").all("a")}
    assert {"/plans/new", "/plans/import", "#examples"} <= links
    assert client.page.root.by_id("examples")


def test_a_visitor_gets_an_owner_id_with_the_first_form(app: Flask, client: PageClient) -> None:
    """Two first forms that are sent at once make two plans of one owner, in any order of the cookies."""
    client.get("/plans")
    name = app.session_interface.get_cookie_name(app)
    known = client.get_cookie(name).value
    for plan in ("First", "Second"):
        client.set_cookie(name, known)
        client.post("/plans/new", data={"name": plan, "server": ""}, status=303)
    assert sorted(plan.name for plan in the_store(app).plans(_owner(client))) == ["First", "Second"]


def test_a_plan_starts_with_a_name_and_libraries(app: Flask, client: PageClient) -> None:
    """The chosen libraries are stored, and the destinations come next."""
    client.get("/plans/new")
    client.submit("/plans/new", name="Shop", client=["swift", "kotlin"], server="analytics-go", warehouse="yes")
    plan_id = client.address.split("/")[2]
    assert client.address == f"/plans/{plan_id}/settings"
    plan = plan_of(app, plan_id, _owner(client))
    assert (plan.name, plan.warehouse) == ("Shop", True)
    assert plan.sources == Sources(client=("swift", "kotlin"), server="analytics-go")


@pytest.mark.parametrize("name", ["", "   ", "x" * 501])
def test_a_plan_without_a_proper_name_is_refused_and_nothing_typed_is_lost(client: PageClient, name: str) -> None:
    """The error is in the summary and at the field, and every other entry is still there."""
    client.get("/plans/new")
    client.submit("/plans/new", name=name, description="Two\r\nlines", client="flutter", server="")
    assert client.page.root.first("title").text.startswith("Error: ")
    assert client.page.root.by_id("problems").first("a")["href"] == "#name"
    assert client.page.root.by_id("name-error").text
    assert client.page.root.by_id("name")["value"] == name
    assert client.page.root.by_id("description").text == "Two lines"
    ticked = {box["value"] for box in client.page.root.all("input") if "checked" in box}
    assert ticked == {"flutter", ""}


@pytest.mark.parametrize("key", EXAMPLES)
def test_every_example_opens_as_a_plan_of_the_visitor(app: Flask, client: PageClient, key: str) -> None:
    """An example is copied exactly as shipped, with eight to twelve events and something to decide."""
    client.get("/plans")
    client.submit(f"/plans/examples/{key}")
    plan = plan_of(app, client.address.split("/")[2], _owner(client))
    assert plan == example_plan(key)
    assert 8 <= len(plan.events) <= 12
    assert client.page.root.by_class("audit__next")


def test_an_unknown_example_is_not_found(client: PageClient) -> None:
    """The name of an unknown example leads to no other file."""
    client.get("/plans")
    client.post("/plans/examples/..%2Fshop", status=404)
    client.post("/plans/examples/none", status=404)


def test_the_list_says_where_the_events_of_each_plan_go(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each plan has its totals, the list has the sum, and a plan beyond the limit says that it isn't counted yet."""
    for key in ("shop", "saas"):
        own(app, client, example_plan(key))
    client.get("/plans")
    table = client.page.root.first("table")
    rows = table.first("tbody").all("tr")
    for row, key in zip(rows, ("saas", "shop"), strict=True):
        counts = tally(advise(example_plan(key)).events)
        words = [one.text.replace("\xa0", " ") for one in row.by_class("side")]
        expected = [(counts.client, "from the client"), (counts.server, "from the server"),
                    (counts.both, "from both sides"), (counts.open, "not settled")]  # fmt: skip
        assert words == [f"{count} {text}" for count, text in expected if count]
    total = sum(len(example_plan(key).events) for key in ("shop", "saas"))
    assert next(cell.text for cell in table.first("tfoot").all("td")) == str(total)
    monkeypatch.setattr(listed, "COUNTED", total - 1)
    client.get("/plans")
    assert client.page.root.first("table").text.count("counted when it is opened") == 1


def test_a_form_sent_twice_creates_one_thing(app: Flask, client: PageClient) -> None:
    """After a plan is started, an example opened or an event added, a second copy of the form leads to the first's result."""
    client.get("/plans/new")
    first = client.post("/plans/new", data={"name": "Once", "server": "", "once": "token-1"}, status=303)
    second = client.post("/plans/new", data={"name": "Once", "server": "", "once": "token-1"}, status=303)
    assert first.location == second.location
    assert len(the_store(app).plans(_owner(client))) == 1
    plan_id = first.location.split("/")[2]
    for _ in range(2):
        client.post(f"/plans/{plan_id}/events", data={"name": "A", "call": "track", "once": "token-2"}, status=303)
        client.post("/plans/examples/shop", data={"once": "token-3"}, status=303)
    assert len(event_ids(app, plan_id, _owner(client))) == 1
    assert len(the_store(app).plans(_owner(client))) == 2


def test_a_form_filled_in_again_creates_another_thing(app: Flask, client: PageClient) -> None:
    """A visitor who goes back in the browser and types another name sends the same token, but means another plan."""
    client.get("/plans/new")
    for name in ("First", "Second", "First"):
        client.post("/plans/new", data={"name": name, "server": "", "once": "token"}, status=303)
    assert sorted(plan.name for plan in the_store(app).plans(_owner(client))) == ["First", "Second"]


def test_two_copies_sent_at_once_create_one_thing(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second copy of a visitor's first form waits for the first, leads to the same plan, and may open it."""
    client.get("/plans/new")
    data = {"name": "Once", "server": "", "once": "token", "csrf_token": client.token}
    other = app.test_client()
    name = app.session_interface.get_cookie_name(app)
    other.set_cookie(name, client.get_cookie(name).value)
    store, copies = the_store(app), list[TestResponse]()
    second = Thread(target=lambda: copies.append(other.post("/plans/new", data=data)))
    create = Store.create

    def create_meanwhile(*args: Any) -> str:
        if second.ident is None:
            second.start()
            second.join(0.2)
            assert second.is_alive(), "the second copy did not wait"
        return create(*args)

    monkeypatch.setattr(Store, "create", create_meanwhile)
    first = client.post("/plans/new", data=data, status=303)
    second.join()
    assert copies[0].location == first.location
    assert len(store.plans(_owner(client))) == 1
    assert other.get(first.location).status_code == 200


def test_a_form_that_failed_can_be_sent_again(app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an error the form is released, so that the next copy does not wait."""
    client.get("/plans/new")
    with monkeypatch.context() as patched:
        patched.setattr(Store, "create", Mock(side_effect=UnavailableError("gone")))
        client.post("/plans/new", data={"name": "Once", "server": "", "once": "token"}, status=503)
    client.post("/plans/new", data={"name": "Once", "server": "", "once": "token"}, status=303)
    assert len(the_store(app).plans(_owner(client))) == 1


def test_deleting_a_plan_asks_first_and_can_be_undone(app: Flask, client: PageClient) -> None:
    """The page asks, the plan is deleted, and the message has an undo that restores the plan as it was."""
    plan_id = own(app, client)
    client.get("/plans")
    client.get(f"/plans/{plan_id}/delete")
    assert "4 events" in client.page.root.first("main").text
    client.submit("/delete")
    assert client.address == "/plans"
    assert "was deleted" in client.page.root.first("main").text
    client.get(f"/plans/{plan_id}", status=410)
    client.get(f"/plans/{plan_id}/settings", status=410)
    client.get(f"/plans?deleted={plan_id}")
    restoring = [form for form in client.page.root.all("form") if form["action"] == f"/plans/{plan_id}/restore"]
    assert len(restoring) == 2, "the message has an undo, and the list of deleted plans a button"
    client.post(f"/plans/{plan_id}/restore", status=303)
    client.get(f"/plans/{plan_id}")
    assert plan_of(app, plan_id).name == SHOP.name


def test_deleting_and_restoring_twice_is_harmless(app: Flask, client: PageClient) -> None:
    """Pressing a button again, or returning with the Back button, causes no error."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/delete")
    for action in ("delete", "delete", "restore", "restore"):
        client.post(f"/plans/{plan_id}/{action}", status=303)
    client.get(f"/plans/{plan_id}")


_GETS = ("", "/settings", "/settings/found?q=mix", "/settings/remove?destination=Mixpanel", "/delete", "/events/new")
_GETS += ("/export/json", "/export/json/download", "/export/for/csv", "/export/for/csv/download")
_POSTS = ("/delete", "/restore", "/settings", "/settings/merge", "/settings/remove", "/events", "/events/several")
_POSTS += ("/events/new", "/events/new/advice")
_EVENT_GETS = ("", "/delete", "/previous", "/next")
_EVENT_POSTS = ("", "/advice", "/merge", "/delete", "/restore")


def test_another_owners_plan_looks_like_a_missing_plan(
    app: Flask, client: PageClient, other_client: PageClient
) -> None:
    """Every address answers 404 with the same page, and nothing changes."""
    plan_id = own(app, client)
    event_id = event_ids(app, plan_id)[0]
    own(app, other_client, owner="someone else")
    other_client.get("/plans/new")
    nowhere = "0" * 32
    data = {"question": "payment", "answer": "yes", "mine": "{}", "name": "x", "names": "x", "destination": "Mixpanel"}
    data |= {"mine": '{"name":"x"}'}
    pairs = [("GET", f"/plans/{{}}{path}") for path in _GETS] + [("POST", f"/plans/{{}}{path}") for path in _POSTS]
    pairs += [("GET", f"/plans/{{}}/events/{event_id}{path}") for path in _EVENT_GETS]
    pairs += [("POST", f"/plans/{{}}/events/{event_id}{path}") for path in _EVENT_POSTS]
    before = the_store(app).load("me", plan_id)
    for method, path in pairs:
        sent = {"data": data} if method == "POST" else {}
        theirs = other_client.open(path.format(plan_id), method=method, status=404, **sent)
        unknown = other_client.open(path.format(nowhere), method=method, status=404, **sent)
        assert theirs.text == unknown.text, f"{method} {path}"
    assert the_store(app).load("me", plan_id) == before


def test_an_event_is_found_in_its_own_plan_only(app: Flask, client: PageClient) -> None:
    """The id of an event of one plan opens nothing below another plan of the same person."""
    one, other = own(app, client), own(app, client)
    client.get(f"/plans/{other}/events/{event_ids(app, one)[0]}", status=404)
    client.get(f"/plans/{other}/events/nonsense", status=404)


def test_every_address_that_changes_something_needs_a_csrf_token(app: Flask, client: PageClient) -> None:
    """Without a CSRF token nothing is changed."""
    plan_id = own(app, client)
    for path in _POSTS:
        client.post(f"/plans/{plan_id}{path}", status=400, csrf=False)
    for path in _EVENT_POSTS:
        client.post(f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}{path}", status=400, csrf=False)
    assert plan_of(app, plan_id) == plan_of(app, own(app, client))
