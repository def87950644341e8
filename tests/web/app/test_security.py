"""What protects a visitor: headers, cookies, CSRF tokens, limits, and texts that are never logged."""

from __future__ import annotations

import logging
import re
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask

from advisor.settings import Settings
from advisor.web import create_app
from advisor.web.app.body_limits import MAX_FORM
from advisor.web.app.security import csrf
from page_client import CSP, PageClient

PROMISED = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STATELESS = [
    "/advise?name=X&payment=yes",
    "/advise/fragment",
    "/rules",
    "/destinations",
    "/find",
    "/healthz",
    "/nowhere",
]


def cookies(response: object) -> list[str]:
    """Return the Set-Cookie headers of a response."""
    return response.headers.getlist("Set-Cookie")  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", [*STATELESS, "/plans", "/static/base/base.css", "/api/v1/nowhere"])
def test_every_response_has_the_security_headers(client: PageClient, path: str) -> None:
    """Pages, fragments, files, errors and answers of the API have them."""
    status = 404 if "nowhere" in path else 200
    with client.get(path, status=status) as response:
        assert {name: response.headers.get(name) for name in PROMISED} == PROMISED


@pytest.mark.parametrize("path", STATELESS)
def test_pages_that_store_nothing_set_no_cookie(client: PageClient, path: str) -> None:
    """A visitor who stores nothing is not identified."""
    assert cookies(client.get(path, status=404 if path == "/nowhere" else 200)) == []


def test_the_first_page_begins_a_session(client: PageClient) -> None:
    """Its form brings a plan, and every form that stores something needs a token, which belongs to a session."""
    assert len(cookies(client.get("/"))) == 1
    assert client.token


def test_the_api_sets_no_cookie_and_needs_no_token(client: PageClient) -> None:
    """Programs send a document and get it back."""
    document = b'{"format": "tracking-plan/1"}'
    response = client.post("/api/v1/advice", data=document, content_type="application/json", csrf=False, status=200)
    assert cookies(response) == []


@pytest.mark.usefixtures("app")
def test_only_calculations_are_exempt_from_csrf() -> None:
    """The views in this list only answer from what was sent; a view that reads or changes stored data must not be in it."""
    assert csrf._exempt_views == {
        "advisor.web.api.views.advice.advice",
        "advisor.web.api.views.explain.explain_object",
        "advisor.web.api.views.privacy.privacy",  # reads the plan document that was sent
        "advisor.web.api.views.snippets.snippets",  # writes the code of the plan document that was sent
        "advisor.web.api.views.tickets.tickets",  # writes the tickets of the plan document that was sent
        "advisor.web.advise.views.fragment",
    }
    assert not csrf._exempt_blueprints


def test_every_unsafe_request_needs_a_token(app: Flask, client: PageClient) -> None:
    """Every address that takes a POST refuses one without its token, with a page that says what to do."""
    exempt = {"api.advice", "advise.fragment"}
    refused = 0
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.endpoint not in exempt and not rule.rule.startswith("/api/"):
            path = re.sub(r"<(int:)?\w+>", "1", rule.rule)
            client.post(path, csrf=False, status=400)
            assert client.page.root.first("h1").text == "This form is no longer valid", path
            refused += 1
    assert refused > 5


def test_a_token_belongs_to_its_session(app: Flask) -> None:
    """A token that was given to somebody else is refused."""
    alice, mallory = app.test_client(), app.test_client()
    alice.get("/plans/new")
    mallory.get("/plans/new")
    assert alice.token != mallory.token
    mallory.post("/plans/new", data={"csrf_token": alice.token, "name": "Stolen"}, csrf=False, status=400)


@pytest.mark.parametrize(("public_url", "is_secure"), [(None, False), ("https://advisor.example.com", True)])
def test_the_cookie_is_as_strict_as_the_address_allows(tmp_path: Path, public_url: str | None, is_secure: bool) -> None:
    """Scripts and other sites never get the cookie; over HTTPS, it is bound to this host and to HTTPS."""
    app = create_app(
        Settings(database_url="sqlite://", data_dir=tmp_path, secret_key="known-to-every-test", public_url=public_url)
    )
    response = app.test_client().get("/plans/new", base_url=public_url or "http://localhost")
    (header,) = cookies(response)
    ((name, cookie),) = SimpleCookie(header).items()
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert bool(cookie["secure"]) is is_secure
    assert name.startswith("__Host-") is is_secure
    assert ("Strict-Transport-Security" in response.headers) is is_secure


def test_a_forged_cookie_identifies_nobody(app: Flask, client: PageClient) -> None:
    """The session is signed, and a cookie with another signature is ignored."""
    client.set_cookie(app.session_interface.get_cookie_name(app), "eyJvd25lciI6ImFsaWNlIn0.ZzZzZz.forged")
    client.get("/plans")


def test_a_form_may_have_a_mebibyte(client: PageClient) -> None:
    """A form of 1 MiB is read, and one byte more is refused with a page."""
    client.get("/plans/new")
    room = MAX_FORM - len("name=")
    assert client.post("/advise/fragment", data=b"name=" + b"x" * room, content_type=FORM).status_code == 200
    client.post("/advise/fragment", data=b"name=" + b"x" * (room + 1), content_type=FORM, status=413)
    assert client.page.root.first("h1").text == "That is too much at once"
    assert "up to 1 MiB" in client.page.root.first("main").text


def test_a_document_may_be_larger_than_a_form(client: PageClient) -> None:
    """The error page of an import states the limit of a document, not that of a form."""
    client.get("/plans/import")
    client.post("/plans/import", data={"document": "x" * (64 * 1024**2 + 128 * 1024)}, status=413)
    assert "up to 64 MiB" in client.page.root.first("main").text


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example/plans", "/\\evil.example", "/rules//evil.example"])
def test_no_redirect_leaves_the_app(client: PageClient, path: str) -> None:
    """No address sends a visitor to another site."""
    response = client.get("/", environ_overrides={"PATH_INFO": path}, status=404, lint=False)
    assert "Location" not in response.headers


def test_debugging_is_off(app: Flask) -> None:
    """A visitor never sees a traceback or a debugging console."""
    assert app.debug is False
    assert create_app.__module__ == "advisor.web.create_app"


def test_an_internal_error_shows_a_page_and_logs_no_query(
    app: Flask, client: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The log has the path of the request, and not the query, which may have the name of an event."""

    def broken() -> str:
        raise ZeroDivisionError("on purpose")

    app.view_functions["app.health"] = broken
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with caplog.at_level(logging.DEBUG):
        client.get("/advise?name=Secret+Merger")
        client.get("/healthz?name=Secret+Merger", status=500)
    assert client.page.root.first("h1").text == "Something broke on our side"
    assert "on purpose" not in client.page.root.text
    assert "ZeroDivisionError" in caplog.text
    assert "Secret" not in caplog.text
    assert "Merger" not in caplog.text


def test_errors_of_the_api_are_json(client: PageClient) -> None:
    """An error has a JSON body also where no view of the API was reached."""
    response = client.get("/api/v1/nowhere", status=404)
    error = response.get_json()["error"]
    assert set(error) == {"code", "message", "pointer", "details"}
    assert error["details"] == [{key: error[key] for key in ("code", "message", "pointer")}]
