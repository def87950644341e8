"""Pages of a plan with rows that can't be read, and what a guest with an edit link can't do to it."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import text

from every_form import DOCUMENTS
from owned_plans import SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient

PAGES = (
    "",
    "/grid",
    "/grid/plain",
    "/questions",
    "/findings",
    "/privacy",
    "/developers",
    "/code/files",
    "?view=list",
    "/settings",
    "/export/json",
    "/export/for/segment-public-api",
)
FILES = (
    "/privacy/csv",
    "/export/json/download",
    "/export/markdown/download",
    "/export/for/segment-public-api/download",
    "/export/for/rudder-cli/download",
    "/report",
    "/code/download",
    "/developers/tickets?show=all",
)


def write_row(app: Flask, table: str, row_id: str, content: str) -> None:
    """Change a row without the app."""
    with the_store(app)._database.writing() as connection:
        connection.execute(
            text(f"UPDATE {table} SET content = :content WHERE id = :id"), {"content": content, "id": row_id}
        )


@pytest.fixture
def plan_id(app: Flask, client: PageClient) -> str:
    """Return the id of a plan whose second event is damaged, but was saved once before."""
    plan_id = own(app, client)
    ids = event_ids(app, plan_id)
    the_store(app).save_event("me", plan_id, ids[1], 1, SHOP.events[3])
    write_row(app, "event", ids[1], '{"name":"Order Completed","call":"shout"}')
    return plan_id


def test_every_page_opens_and_names_the_damaged_event(client: PageClient, plan_id: str) -> None:
    """The plan, the grid, the findings, the code, the settings and the export say which event is missing and why."""
    for page in PAGES:
        client.get(f"/plans/{plan_id}{page}", status=200)
        shown = client.page.root.first("main").text
        assert "One event of this plan is damaged" in shown, page
        assert "Order Completed" in shown, page
    client.get("/plans", status=200)


@pytest.mark.parametrize("address", FILES)
def test_no_export_silently_leaves_out_damaged_parts(client: PageClient, plan_id: str, address: str) -> None:
    """A page says what would be missing, and makes the file if the visitor wants it; the API refuses."""
    client.get(f"/plans/{plan_id}{address}", status=409)
    assert "This file would not be whole" in client.page.root.first("main").text
    (link,) = [a["href"] for a in client.page.root.all("a") if "incomplete=1" in a["href"]]
    assert client.get(link, lint=False).status_code == 200
    answer = client.get(f"/api/v1/plans/{plan_id}", status=409)
    assert "Order Completed" in answer.json["error"]["message"]
    client.get(f"/plans/{plan_id}/export/json")
    assert [a["href"] for a in client.page.root.all("a") if "download" in a["href"] and "incomplete=1" in a["href"]]


def test_the_damaged_event_is_restored_from_its_history(app: Flask, client: PageClient, plan_id: str) -> None:
    """The page of the damaged event offers its earlier versions."""
    event_id = the_store(app).load("me", plan_id).damaged[0].id
    client.get(f"/plans/{plan_id}/events/{event_id}", status=409)
    assert "This event can’t be read" in client.page.root.first("main").text
    client.submit("/history/1/restore")
    assert plan_of(app, plan_id) == SHOP


def test_the_damaged_event_is_deleted(app: Flask, client: PageClient, plan_id: str) -> None:
    """The page of the damaged event can delete it, and the plan is complete afterwards."""
    event_id = the_store(app).load("me", plan_id).damaged[0].id
    client.get(f"/plans/{plan_id}/events/{event_id}", status=409)
    client.submit(f"/{event_id}/delete")
    assert the_store(app).load("me", plan_id).is_whole
    assert "damaged" not in client.page.root.first("main").text


@pytest.mark.parametrize("content", ["{", '{"format":"tracking-plan/1","name":"Shop","warehouse":"perhaps"}'])
def test_damaged_settings_are_named_and_repaired(app: Flask, client: PageClient, content: str) -> None:
    """All pages open and nothing can be saved over the settings, in pages or the grid, until a button keeps what is readable."""
    plan_id = own(app, client)
    write_row(app, "plan", plan_id, content)
    for page in (*PAGES, "/history"):
        client.get(f"/plans/{plan_id}{page}", status=200, lint=False)
        assert page == "/history" or "The settings of this plan are damaged" in client.page.root.first("main").text
    client.get("/plans", status=200)
    client.post(f"/plans/{plan_id}/events", data={"name": "A", "call": "track"}, status=409)
    assert "The settings of this plan can’t be read" in client.page.root.first("main").text
    changes = {"remove": [event_ids(app, plan_id)[0]]}
    answer = client.post(
        f"/plans/{plan_id}/grid/changes", json=changes, headers={"X-CSRFToken": client.token or ""}, status=409
    )
    assert "settings" in answer.json["message"]
    client.get(f"/plans/{plan_id}")
    client.submit("/settings/repair")
    assert the_store(app).load("me", plan_id).is_whole
    assert "damaged" not in client.page.root.first("main").text
    client.post(f"/plans/{plan_id}/events", data={"name": "A", "call": "track"}, status=303)


def test_no_change_of_a_guest_breaks_a_page_of_the_plan(
    app: Flask, client: PageClient, other_client: PageClient
) -> None:
    """With any version of the settings and of an event that a guest sends, the owner's pages open."""
    plan_id = own(app, client)
    event_id = event_ids(app, plan_id)[1]
    shares = the_store(app).shares
    shares.create("me", plan_id, "a" * 32, "b" * 64, "edit", "")
    with other_client.session_transaction() as session:
        session["owner"] = "guest"
    shares.open("b" * 64, "guest")
    other_client.get("/plans/new")
    for document in DOCUMENTS:
        for address in (f"/plans/{plan_id}/settings/merge", f"/plans/{plan_id}/events/{event_id}/merge"):
            for revision in ("1", "0"):
                data = {"mine": document, "all": "mine", "revision": revision, "csrf_token": other_client.token}
                answer = super(PageClient, other_client).open(address, method="POST", data=data)
                assert answer.status_code in (303, 400, 409), document
        for page in PAGES:
            client.get(f"/plans/{plan_id}{page}", status=200, lint=False)
    exported = client.get(f"/api/v1/plans/{plan_id}?recommendations=none").json
    assert json.dumps(exported).count("mixpanel") == 0
