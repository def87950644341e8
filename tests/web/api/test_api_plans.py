"""Stored plans over the API: they open with their owner's cookie only."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from advisor import document
from advisor.advice import advise
from advisor.formats import EXPORTS
from advisor.model import CustomReach, Destination, Event, Plan
from advisor.web.app.security import claim_owner

PLAN = Plan(
    name="Shop",
    destinations=(Destination(key="Mixpanel"),),
    events=(Event(name="</script>👧", answers={"payment": "yes"}), Event(name="Signed Up")),
)


OVER_THE_CATALOGUE = Plan(
    destinations=(Destination(key="Mixpanel", custom=CustomReach(server="cloud")),), events=(Event(name="Signed Up"),)
)
"""A plan whose reading makes a note each time."""


@pytest.fixture
def app(app: Flask) -> Flask:
    """The whole app, with an address that makes its visitor an owner and stores a plan."""

    @app.get("/own")
    def own() -> str:
        owner = claim_owner()
        return str(app.extensions["store"].create(owner, PLAN))

    @app.get("/own-over-the-catalogue")
    def own_over_the_catalogue() -> str:
        return str(app.extensions["store"].create(claim_owner(), OVER_THE_CATALOGUE))

    return app


def test_a_visitor_without_a_cookie_has_no_plans(client: FlaskClient) -> None:
    """And gets none by asking."""
    response = client.get("/api/v1/plans")
    assert (response.get_json(), "Set-Cookie" in response.headers) == ({"plans": []}, False)


def test_an_owner_lists_and_reads_their_plans(client: FlaskClient) -> None:
    """A plan is the document that the command line writes for its bare form."""
    plan_id = client.get("/own", lint=False).text
    (entry,) = client.get("/api/v1/plans").get_json()["plans"]
    assert (entry["id"], entry["name"], entry["events"]) == (plan_id, "Shop", 2)
    bare, notes = document.check(PLAN)
    assert client.get(f"/api/v1/plans/{plan_id}").data == document.write(advise(bare, notes))
    assert client.get(f"/api/v1/plans/{plan_id}?recommendations=none").data == document.write(bare)


def test_a_plan_survives_a_round_trip_through_the_api(client: FlaskClient) -> None:
    """Sent to the advice again, a stored plan's document comes back the same; no CSRF token is asked for."""
    plan_id = client.get("/own", lint=False).text
    stored = client.get(f"/api/v1/plans/{plan_id}").data
    response = client.post("/api/v1/advice", data=stored, content_type="application/json", csrf=False)
    assert (response.status_code, response.data) == (200, stored)


@pytest.mark.parametrize("format_key", EXPORTS)
def test_a_plan_is_the_same_file_on_the_page_and_in_the_api(client: FlaskClient, format_key: str) -> None:
    """In every format, with everything that is found about it."""
    plan_id = client.get("/own-over-the-catalogue", lint=False).text
    page = client.get(f"/plans/{plan_id}/export/{format_key}?download=1", follow_redirects=True, lint=False)
    assert page.status_code == 200
    assert page.data == client.get(f"/api/v1/plans/{plan_id}/export/{format_key}", lint=False).data
    assert b"its custom reach is taken as written" in client.get(f"/api/v1/plans/{plan_id}").data


def test_another_owners_plan_looks_like_a_missing_plan(client: FlaskClient, other_client: FlaskClient) -> None:
    """Byte for byte, for every visitor."""
    plan_id = client.get("/own", lint=False).text
    theirs, nobodys = other_client.get(f"/api/v1/plans/{plan_id}"), other_client.get("/api/v1/plans/nobodys")
    assert (theirs.status_code, theirs.data) == (nobodys.status_code, nobodys.data)
    assert theirs.status_code == 404
    assert other_client.get("/api/v1/plans").get_json() == {"plans": []}


def test_a_deleted_plan_is_gone(app: Flask, client: FlaskClient) -> None:
    """From the list and by its address."""
    plan_id = client.get("/own", lint=False).text
    with client.session_transaction() as session:
        owner = session["owner"]
    app.extensions["store"].delete(owner, plan_id)
    assert client.get("/api/v1/plans").get_json() == {"plans": []}
    assert client.get(f"/api/v1/plans/{plan_id}").status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/"])
def test_unknown_api_addresses_get_the_error_body(client: FlaskClient, path: str) -> None:
    """The answer is not the HTML error page."""
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (404, "application/json")
    assert response.get_json()["error"]["details"][0]["code"] == "not-found"


def test_the_stateless_addresses_take_no_cookie(client: FlaskClient) -> None:
    """Neither ask for one nor set one."""
    for path in (
        "/api/v1/questions",
        "/api/v1/rules",
        "/api/v1/libraries",
        "/api/v1/destinations",
        "/api/v1/openapi.json",
    ):
        response = client.get(path)
        assert (response.status_code, "Set-Cookie" in response.headers) == (200, False)
        assert response.vary.as_set() <= {"accept-encoding"}
    document_sent = b'{"format": "tracking-plan/1"}'
    response = client.post("/api/v1/advice", data=document_sent, content_type="application/json", csrf=False)
    assert (response.status_code, "Set-Cookie" in response.headers) == (200, False)


def test_a_document_larger_than_a_form_is_read(client: FlaskClient) -> None:
    """The limit of forms is 1 MiB; that of documents is another."""
    sent = b'{"format": "tracking-plan/1", "x": "' + b"a" * 2 * 1024 * 1024 + b'"}'
    response = client.post("/api/v1/advice", data=sent, content_type="application/json", csrf=False)
    assert response.status_code == 200
