"""Slow requests take turns: one works, a few wait, and the next one is told that the server is busy."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread
from time import sleep

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.web.app import turns
from advisor.web.app.turns import TooBusyError, Turns
from owned_plans import SHOP, own, the_store
from page_client import PageClient


def patient() -> bool:
    """Return a client that stays connected."""
    return False


def test_requests_take_turns_in_the_order_of_arrival() -> None:
    """Only one request is processed at a time."""
    line, order = Turns(most=4), list[int]()
    first = line.take(patient)

    def work(number: int) -> None:
        turn = line.take(patient)
        order.append(number)
        line.give_back(turn)

    others = []
    for number in range(3):
        others.append(Thread(target=work, args=(number,)))
        others[-1].start()
        while len(line._waiting) < number + 2:
            sleep(0.001)
    assert order == []
    line.give_back(first)
    for other in others:
        other.join()
    assert order == [0, 1, 2]


def test_the_fifth_request_is_told_to_come_back() -> None:
    """The fifth request is refused at once, and accepted when one of the others is done."""
    line = Turns(most=1)
    first = line.take(patient)
    with pytest.raises(TooBusyError) as refused:
        line.take(patient)
    assert refused.value.retry_after == turns.RETRY_SECONDS
    line.give_back(first)
    line.give_back(line.take(patient))


def test_a_disconnected_client_leaves_the_queue() -> None:
    """Work that no client waits for is not done."""
    line, left = Turns(most=2), Event()
    first = line.take(patient)
    told: list[bool] = []

    def wait() -> None:
        try:
            line.take(left.is_set)
        except TooBusyError:
            told.append(True)

    waiting = Thread(target=wait)
    waiting.start()
    left.set()
    waiting.join(10)
    assert told == [True]
    assert len(line._waiting) == 1
    line.give_back(first)


@pytest.fixture
def full_line(app: Flask) -> Iterator[None]:
    """Yield an app whose places are all taken."""
    line = app.extensions["turns"]
    taken = [object() for _ in range(turns.MOST)]
    line._waiting.extend(taken)
    yield
    for turn in taken:
        line.give_back(turn)


WHOLE = [
    "/report",
    "/export/html",
    "/export/html/download",
    "/export/for/csv",
    "/export/for/csv/download",
    "/code/download",
]


@pytest.mark.usefixtures("full_line")
@pytest.mark.parametrize("path", WHOLE)
def test_the_report_of_a_large_plan_is_refused_while_others_wait(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """The refusal is a page that says so; small plans and all other pages are served at once."""
    monkeypatch.setattr(turns, "MANY_EVENTS", 5)
    small = own(app, client)
    large = own(
        app, client, replace(SHOP, events=SHOP.events + tuple(replace(e, name=f"{e.name} 2") for e in SHOP.events))
    )
    answer = client.get(f"/plans/{large}{path}", status=503)
    assert client.page.root.first("h1").text == "The server is busy"
    assert "Try again in a moment" in client.page.root.first("main").text
    assert answer.headers["Retry-After"] == str(turns.RETRY_SECONDS)
    assert client.get(f"/plans/{small}{path}", lint=False).status_code == 200
    client.get(f"/plans/{small}")


@pytest.mark.usefixtures("full_line")
def test_the_export_of_a_version_of_a_large_plan_takes_a_turn(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads and advises the whole plan as it was, and nothing of that is cached."""
    monkeypatch.setattr(turns, "MANY_EVENTS", 1)
    plan_id = own(app, client)
    version_id = the_store(app).versions.name("me", plan_id, "v1")
    client.get(f"/plans/{plan_id}/versions/{version_id}/export", status=503)


@pytest.mark.usefixtures("full_line")
def test_a_large_document_is_refused_in_json_while_others_wait(client: PageClient) -> None:
    """The API answers as it always does."""
    document = b'{"format": "tracking-plan/1", "description": "' + b"x" * turns.LARGE_BODY + b'"}'
    answer = client.post("/api/v1/advice", data=document, content_type="application/json", status=503)
    assert answer.get_json()["error"]["code"] == "service-unavailable"
    assert answer.headers["Retry-After"]


@pytest.mark.usefixtures("full_line")
def test_a_busy_server_does_not_reveal_whether_a_plan_exists(
    app: Flask, client: PageClient, other_client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's large plan looks like a missing one, however busy the server is."""
    monkeypatch.setattr(turns, "MANY_EVENTS", 1)
    plan_id = own(app, client)
    for path in WHOLE:
        other_client.get(f"/plans/{plan_id}{path}", status=404)
    other_client.get(f"/api/v1/plans/{plan_id}", status=404)


def test_a_turn_ends_with_its_request(app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn also ends if the request fails."""
    monkeypatch.setattr(turns, "MANY_EVENTS", 1)
    plan_id = own(app, client)
    for _ in range(turns.MOST + 1):
        client.get(f"/plans/{plan_id}/report", lint=False)
        client.get(f"/plans/{plan_id}/export/nonsense/download", status=404)
    assert not app.extensions["turns"]._waiting
