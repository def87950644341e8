"""When plans can't be stored or read, every answer says what happened, and that nothing was lost."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from advisor.store import Cause, UnavailableError
from advisor.store.databases.causes import cause_of
from advisor.store.databases.database import Database
from advisor.store.databases.sqlite import SQLite
from every_form import Stage
from grid_requests import Grid
from owned_plans import event_ids, own, plan_of
from page_client import PageClient

SAYS: dict[Cause, str] = {
    "busy": "Someone else is at it",
    "full": "The disk is full",
    "read-only": "Plans can’t be written",
    "moved": "The database file is gone",
    "newer": "This app is too old",
    "away": "The plans can’t be reached",
}


def refuse_writes(monkeypatch: pytest.MonkeyPatch, cause: Cause) -> None:
    """Let every transaction that writes fail."""

    @contextmanager
    def refuse(_self: Database) -> Iterator[None]:
        raise UnavailableError("secret place", cause)
        yield

    monkeypatch.setattr(Database, "writing", refuse)
    monkeypatch.setattr(SQLite, "writing", refuse)


@pytest.mark.parametrize("cause", SAYS)
def test_a_page_says_what_happened_and_what_to_do(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch, cause: Cause
) -> None:
    """The page does not blame the request, says that nothing was changed, and reveals no location."""
    plan_id = own(app, client)
    event_id = event_ids(app, plan_id)[0]
    client.get(f"/plans/{plan_id}/events/{event_id}/delete")
    refuse_writes(monkeypatch, cause)
    answer = client.post(f"/plans/{plan_id}/events/{event_id}/delete", status=503)
    main = client.page.root.first("main").text
    assert client.page.root.first("h1").text == SAYS[cause]
    assert "Nothing was saved" in main
    assert "couldn’t be understood" not in main
    assert "secret place" not in main
    assert ("Retry-After" in answer.headers) == (cause in ("busy", "away"))
    monkeypatch.undo()
    assert len(plan_of(app, plan_id).events) == 4


@pytest.mark.parametrize("cause", SAYS)
def test_requests_for_json_get_json_errors(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch, cause: Cause
) -> None:
    """The grid sends JSON and gets JSON, with a message that it can show."""
    plan_id = own(app, client)
    grid = Grid(client, plan_id)
    refuse_writes(monkeypatch, cause)
    answer = grid.put(event_ids(app, plan_id)[0], "name", "Page Viewed", "New", status=503)
    assert answer["message"].startswith(SAYS[cause])


@pytest.mark.parametrize("path", ["/plans", "/plans/{}", "/plans/{}/grid", "/plans/{}/export/json"])
def test_every_page_reports_a_missing_database(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Each page that reads plans answers 503 with a message, and a page that needs no database works."""
    plan_id = own(app, client)

    @contextmanager
    def refuse(_self: Database) -> Iterator[None]:
        raise UnavailableError("gone")
        yield

    monkeypatch.setattr(Database, "reading", refuse)
    client.get(path.format(plan_id), status=503)
    assert client.page.root.first("h1").text == SAYS["away"]
    assert client.get("/api/v1/plans", status=503).get_json()["error"]["code"] == "service-unavailable"
    client.get("/rules")


@pytest.mark.parametrize("cause", ["full", "read-only"])
def test_every_page_can_be_read_while_nothing_can_be_written(
    app: Flask, monkeypatch: pytest.MonkeyPatch, cause: Cause
) -> None:
    """A full disk takes no page away: people read their plans and export them."""
    stage = Stage(app)
    parts = {"plan_id": "plan", "event_id": "event1", "version_id": "version", "upload_id": "upload"}
    known = {name: stage.ids[mark] for name, mark in parts.items()} | {"format_key": "json", "key": "e-commerce"}
    refuse_writes(monkeypatch, cause)
    paths = [
        re.sub(r"<(?:\w+:)?(\w+)>", lambda match: known.get(match[1], "1"), rule.rule)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and "static" not in rule.endpoint
    ]
    assert [path for path in paths if stage.get(path).status_code >= 500] == []


def test_json_sent_to_an_unknown_address_gets_a_json_error(client: PageClient) -> None:
    """A page that a person asks for at an unknown address is an HTML page."""
    sent = client.get("/nowhere", headers={"Accept": "application/json"}, status=404)
    assert sent.get_json()["message"].startswith("Page not found")
    client.get("/nowhere", headers={"Accept": "text/html,*/*;q=0.8"}, status=404)
    assert client.page.root.first("h1").text == "Page not found"


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        (sqlite3.SQLITE_BUSY, "busy"),
        (sqlite3.SQLITE_BUSY | (2 << 8), "busy"),
        (sqlite3.SQLITE_LOCKED, "busy"),
        (sqlite3.SQLITE_FULL, "full"),
        (sqlite3.SQLITE_READONLY | (1 << 8), "read-only"),
        (sqlite3.SQLITE_IOERR, "away"),
        (sqlite3.SQLITE_CANTOPEN, "away"),
        (None, "away"),
    ],
)
def test_errors_of_sqlite_are_explained(code: int | None, cause: Cause) -> None:
    """An extended code of SQLite has the plain code in its last byte."""
    error = sqlite3.OperationalError("whatever it says")
    if code is not None:
        error.sqlite_errorcode = code
    assert cause_of(error) == cause


@pytest.mark.parametrize(
    ("state", "cause"),
    [("53100", "full"), ("55P03", "busy"), ("57014", "busy"), ("25006", "read-only"), (None, "away")],
)
def test_errors_of_postgresql_are_explained(state: str | None, cause: Cause) -> None:
    """The state that the server sends decides, in any language of its messages."""
    error = Exception("whatever it says")
    error.sqlstate = state  # type: ignore[attr-defined]
    wrapped = Exception()
    wrapped.orig = error  # type: ignore[attr-defined]
    assert cause_of(wrapped) == cause


def test_an_exhausted_connection_pool_counts_as_busy() -> None:
    """An exhausted pool is not an error of the database."""
    assert cause_of(PoolTimeoutError()) == "busy"


def test_a_full_disk_is_reported(app: Flask, client: PageClient) -> None:
    """SQLite itself reports that the disk is full: it is told that its file may not grow."""
    plan_id = own(app, client)
    store = app.extensions["store"]
    with store._database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    engine = store._database._reads
    engine.dispose()
    event.listen(engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {pages}"))
    client.get("/plans/new")
    client.post("/plans/new", data={"name": "x", "description": "d" * 9_000}, status=503)
    assert client.page.root.first("h1").text == SAYS["full"]
    assert plan_of(app, plan_id)


def test_typed_text_never_gets_into_the_log(app: Flask, client: PageClient, caplog: pytest.LogCaptureFixture) -> None:
    """A statement that fails is logged without its values."""
    own(app, client)
    store = app.extensions["store"]
    with store._database._writes.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE INSERT ON plan BEGIN SELECT RAISE(ABORT, 'on purpose'); END"
        )
    client.get("/plans/new")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with caplog.at_level(logging.DEBUG):
        client.post("/plans/new", data={"name": "Secret Merger"}, status=500)
    assert 'INSERT INTO "plan"' in caplog.text
    assert "Secret Merger" not in caplog.text
