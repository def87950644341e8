"""The grid without JavaScript: a form in every row saves it and shows where the event goes."""

from __future__ import annotations

from flask import Flask

from advisor.document import check
from advisor.model import Event, Plan
from owned_plans import HOSTILE, SHOP, event_ids, own, plan_of
from page_client import PageClient


def _open(app: Flask, client: PageClient, plan: Plan = SHOP) -> tuple[str, tuple[str, ...]]:
    plan_id = own(app, client, plan)
    client.get(f"/plans/{plan_id}/grid")
    (way,) = [meta for meta in client.page.root.all("meta") if meta["http-equiv"] == "refresh"]
    client.get(way["content"].partition("url=")[2], status=200)
    return plan_id, event_ids(app, plan_id)


def test_saving_an_unchanged_row_changes_nothing(app: Flask, client: PageClient) -> None:
    """With any content of the event and any name."""
    odd = tuple(Event(name=name, answers={"payment": "yes"}, suggested=("payment",)) for name in HOSTILE)
    plan = check(Plan(name="Odd", destinations=SHOP.destinations, events=(*odd, *SHOP.events)))[0]
    plan_id, ids = _open(app, client, plan)
    for event_id in ids:
        client.submit(f"/plain/{event_id}")
    assert plan_of(app, plan_id) == plan


def test_a_row_saves_its_answers_and_shows_the_placement(app: Flask, client: PageClient) -> None:
    """Name, call type and answers; the row is marked, and its placement is the new one."""
    plan_id, ids = _open(app, client)
    client.submit(f"/plain/{ids[3]}", name="Told", call="identify", payment="yes")
    event = plan_of(app, plan_id).events[3]
    assert (event.name, event.call, event.answers) == ("Told", "identify", {"payment": "yes"})
    row = client.page.root.by_id(f"row-{ids[3]}")
    assert "is-new" in row["class"]
    assert row.by_class("plain__place")[0].text.startswith("Server")
    assert "Saved" in row.text


def test_a_refused_row_keeps_what_was_typed(app: Flask, client: PageClient) -> None:
    """The summary leads to the field, and the answers chosen beside it are still chosen."""
    plan_id, ids = _open(app, client)
    client.submit(f"/plain/{ids[3]}", name="  ", payment="yes", status=200)
    root = client.page.root
    assert root.first("title").text.startswith("Error: ")
    assert f"#{ids[3]}-name" in [link["href"] for link in root.by_class("error-summary")[0].all("a")]
    (chosen,) = [one for one in root.by_id(f"{ids[3]}-payment").all("option") if "selected" in one]
    assert chosen["value"] == "yes"
    assert plan_of(app, plan_id) == check(SHOP)[0]


def test_a_new_event_is_added_once(app: Flask, client: PageClient) -> None:
    """By name and call type; without a name it says so, and a form sent twice adds it once."""
    plan_id, _ = _open(app, client)
    client.submit("/plain/new", name="", status=200)
    assert "Enter a name for the event." in client.page.root.text
    page = client.page
    client.submit("/plain/new", name="Told Again", call="screen")
    client.page, client.address = page, f"/plans/{plan_id}/grid/plain"
    client.submit("/plain/new", name="Told Again", call="screen")
    assert [(event.name, event.call) for event in plan_of(app, plan_id).events[4:]] == [("Told Again", "screen")]


def test_a_row_that_someone_else_saved_shows_both_versions(
    app: Flask, client: PageClient, other_client: PageClient
) -> None:
    """Nothing is stored until the second person has chosen; then the choice is stored."""
    plan_id, ids = _open(app, client)
    with other_client.session_transaction() as session:
        session["owner"] = "me"
    other_client.get(f"/plans/{plan_id}/grid/plain")
    other_client.submit(f"/plain/{ids[1]}", name="Order Paid")
    client.submit(f"/plain/{ids[1]}", name="Bought", accuracy="yes", status=409)
    assert plan_of(app, plan_id).events[1].name == "Order Paid"
    client.submit("/merge")
    merged = plan_of(app, plan_id).events[1]
    assert (merged.name, merged.answers["accuracy"]) == ("Bought", "yes")


def test_large_plans_are_paged(app: Flask, client: PageClient) -> None:
    """50 rows each, and saving a row leads back to its page."""
    plan = Plan(name="Large", events=tuple(Event(name=f"E{number}") for number in range(120)))
    plan_id, ids = _open(app, client, plan)
    client.get(f"/plans/{plan_id}/grid/plain?page=3")
    assert [row["id"] for row in client.page.root.all("tr") if row["id"]] == [
        *(f"row-{one}" for one in ids[100:]),
        "row-new",
    ]
    client.submit(f"/plain/{ids[110]}", payment="yes")
    assert client.page.root.by_id(f"row-{ids[110]}")
