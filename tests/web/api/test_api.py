"""The HTTP API: the same bytes as the command line, one error body for everything, no cookie without stored plans."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from advisor import document
from advisor.advice import advise
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.destination_search import search
from advisor.knowledge.findings import FINDINGS
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.rules import RULES
from advisor.knowledge.ruleset import RULESET
from advisor.settings import Settings
from advisor.web.api.openapi import description
from advisor.web.api.routes import blueprint

EXAMPLE = (Path(__file__).parents[2] / "examples" / "ten-events.json").read_bytes()
MAX_BODY = 100_000


@pytest.fixture(scope="module")
def api() -> FlaskClient:
    """Return the API alone, without pages, sessions and store."""
    app = Flask(__name__)
    app.extensions["settings"] = Settings(database_url="sqlite://", secret_key="of no use here", max_body=MAX_BODY)
    app.register_blueprint(blueprint)
    return app.test_client()


def post(api: FlaskClient, data: bytes, address: str = "/api/v1/advice", **members: Any) -> TestResponse:
    """Ask for advice on a document."""
    return api.post(address, data=data, **{"content_type": "application/json"} | members)


def error_of(response: TestResponse) -> dict[str, Any]:
    """Return the content of an error body, whose form is checked."""
    assert response.mimetype == "application/json"
    body = response.get_json()
    assert list(body) == ["error"]
    error: dict[str, Any] = body["error"]
    assert list(error) == ["code", "message", "pointer", "details"]
    assert 1 <= len(error["details"]) <= 100
    assert all(list(detail) == ["code", "message", "pointer"] for detail in error["details"])
    assert {key: error[key] for key in ("code", "message", "pointer")} == error["details"][0]
    return error


def test_advice_is_what_the_command_line_writes(api: FlaskClient) -> None:
    """The API answers with the same bytes as the command line and sets no cookie."""
    reading = document.read(EXAMPLE)
    response = post(api, EXAMPLE)
    assert (response.status_code, response.content_type) == (200, "application/json")
    assert response.data == document.write(advise(reading.plan, reading.notes))
    assert "Set-Cookie" not in response.headers


def test_advice_without_recommendations_is_the_bare_document(api: FlaskClient) -> None:
    """The document is in canonical form."""
    response = post(api, EXAMPLE, "/api/v1/advice?recommendations=none")
    assert response.data == document.write(document.read(EXAMPLE).plan)


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_the_content_type_may_have_parameters(api: FlaskClient, content_type: str) -> None:
    """Parameters and case of the content type don't matter."""
    assert post(api, EXAMPLE, content_type=content_type).status_code == 200


NOT_JSON = {
    "nothing": b"",
    "cut off": b"{",
    "NaN": b'{"a": NaN}',
    "UTF-8": b'{"a": "\xff"}',
    "doubled key": b'{"a": 1, "a": 1}',
    "surrogate": rb'{"a": "\ud800"}',
    "deep": b"[" * 2_000,
    "very deep": b'{"a":' * (MAX_BODY // 5),
}


@pytest.mark.parametrize("data", NOT_JSON.values(), ids=NOT_JSON)
def test_a_body_that_is_not_json_gets_400(api: FlaskClient, data: bytes) -> None:
    """A body that is not JSON gets the error body."""
    response = post(api, data)
    assert response.status_code == 400
    error_of(response)


def test_an_invalid_plan_gets_422_with_every_problem(api: FlaskClient) -> None:
    """The first problem is at the top of the error body, and all of them are in its details."""
    data = json.dumps({"format": "tracking-plan/1", "name": "", "events": [{}, {"name": "a", "call": "trak"}]}).encode()
    response = post(api, data)
    assert response.status_code == 422
    error = error_of(response)
    assert [detail["pointer"] for detail in error["details"]] == ["/name", "/events/0", "/events/1/call"]


def test_a_document_over_the_limit_gets_413(api: FlaskClient) -> None:
    """A body over the limit is refused with and without a stated length, and read no further than the limit."""
    fitting = EXAMPLE + b" " * (MAX_BODY - len(EXAMPLE))
    assert post(api, fitting).status_code == 200
    endless = {"wsgi.input": _Endless(), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    for response in (post(api, fitting + b" "), post(api, b"", environ_overrides=endless)):
        assert (response.status_code, error_of(response)["code"]) == (413, "too-large")


class _Endless:
    """A body that never ends and has no stated length."""

    def read(self, size: int) -> bytes:
        """Return more blanks."""
        return b" " * size


@pytest.mark.parametrize(
    "members",
    [
        {"content_type": None},
        {"content_type": "text/plain"},
        {"content_type": "application/x-www-form-urlencoded"},
        {"headers": {"Content-Encoding": "gzip"}},
    ],
    ids=str,
)
def test_another_content_type_gets_415(api: FlaskClient, members: dict[str, Any]) -> None:
    """Another content type, none, and a compressed body are refused."""
    response = post(api, EXAMPLE, **members)
    assert (response.status_code, error_of(response)["code"]) == (415, "unsupported-media-type")


def test_an_unknown_parameter_value_gets_400(api: FlaskClient) -> None:
    """The API does not answer a question that was not asked."""
    response = post(api, EXAMPLE, "/api/v1/advice?recommendations=some")
    assert (response.status_code, error_of(response)["code"]) == (400, "parameter")


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/advice", "/api/v1/destinations/a/b"])
def test_an_unknown_address_gets_404_with_the_error_body(api: FlaskClient, path: str) -> None:
    """Every unknown address under /api/ answers with the error body."""
    response = api.get(path)
    assert (response.status_code, error_of(response)["code"]) == (404, "not-found")


def test_a_wrong_method_gets_405_with_the_allowed_methods(api: FlaskClient) -> None:
    """The header Allow has the allowed methods, as HTTP demands."""
    response = api.delete("/api/v1/advice")
    assert (response.status_code, error_of(response)["code"]) == (405, "method-not-allowed")
    assert set(response.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


def test_an_internal_error_gets_500_with_the_error_body(api: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer reveals nothing about the error."""

    def fail(*_arguments: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("advisor.web.api.views.advice.advise", fail)
    response = post(api, EXAMPLE)
    assert (response.status_code, error_of(response)["code"]) == (500, "internal-server-error")
    assert b"secret" not in response.data


def test_hostile_text_is_returned_unchanged(api: FlaskClient) -> None:
    """It is the same in the document and in the pointer of an error, always as JSON, which no browser takes for markup."""
    name = "</script>\n\u202e'\"👧\x00"
    plan = {"format": "tracking-plan/1", "events": [{"name": name, "labels": {name: "x"}}]}
    assert post(api, json.dumps(plan).encode()).get_json()["events"][0]["name"] == name
    plan["events"][0]["labels"] = {name: 1}  # type: ignore[index]
    response = post(api, json.dumps(plan).encode())
    assert error_of(response)["pointer"] == "/events/0/labels/" + name.replace("/", "~1")


def test_the_schema_is_served(api: FlaskClient) -> None:
    """The API serves what `advisor schema` prints."""
    response = api.get("/schemas/tracking-plan-1.json")
    assert (response.get_json(force=True), response.mimetype) == (document.schema(), "application/schema+json")


def test_questions_rules_libraries_and_findings_are_all_there(api: FlaskClient) -> None:
    """Each list is in the order of the code, and every cited address has its title."""
    questions, rules = api.get("/api/v1/questions").get_json(), api.get("/api/v1/rules").get_json()
    assert questions["ruleset"] == rules["ruleset"] == RULESET
    assert tuple(each["key"] for each in questions["questions"]) == QUESTION_KEYS
    assert [each["key"] for each in rules["rules"]] == [rule.key for rule in RULES]
    assert {each["citation"] for each in questions["questions"]} <= set(questions["citations"])
    assert {each["citation"] for each in rules["rules"]} <= set(rules["citations"])
    assert [each["key"] for each in api.get("/api/v1/libraries").get_json()["libraries"]] == list(LIBRARIES)
    assert [each["code"] for each in api.get("/api/v1/findings").get_json()["findings"]] == list(FINDINGS)


def test_the_catalogue_is_served_and_searched(api: FlaskClient) -> None:
    """The API gives the whole catalogue, the destinations that a search finds, and one by its exact key."""
    whole = api.get("/api/v1/destinations").get_json()["destinations"]
    assert [each["key"] for each in whole] == list(CATALOGUE)
    found = api.get("/api/v1/destinations?q=Facebook").get_json()["destinations"]
    assert "Facebook Pixel" in {each["key"] for each in found}
    assert 0 < len(found) < len(whole)
    assert api.get("/api/v1/destinations?q=%20").get_json()["destinations"] == whole
    for each in whole:
        assert api.get("/api/v1/destinations/" + _quoted(each["key"])).get_json() == each
    assert api.get("/api/v1/destinations/facebook%20pixel").status_code == 404


def test_the_search_of_the_api_says_why(api: FlaskClient) -> None:
    """It finds what the pages find, in the same order, each with the name that matched; a warehouse is said, and no entry."""
    for text in ("ga4", "meta pixel", "facebok pixel", "google"):
        body = api.get("/api/v1/destinations", query_string={"q": text}).get_json()
        hits = [hit for hit in search(text) if hit.is_destination]
        assert [each["key"] for each in body["destinations"]] == [hit.row.key for hit in hits]
        assert body["matches"] == [{"key": hit.row.key, "name": hit.name, "why": hit.why} for hit in hits]
        assert body["warehouse"] is False
    warehouse = api.get("/api/v1/destinations?q=bigquery").get_json()
    assert warehouse == {"destinations": [], "matches": [], "warehouse": True}


def _quoted(key: str) -> str:
    return "".join(f"%{byte:02X}" for byte in key.encode())


def test_the_reach_of_a_destination_is_given_by_source(api: FlaskClient) -> None:
    """The default mode of each source comes first."""
    assert api.get("/api/v1/destinations/Mixpanel").get_json()["reach"] == {
        "web": ["device", "cloud"],
        "mobile": ["cloud", "device"],
        "server": ["cloud"],
    }


def test_every_route_is_described_and_every_description_is_a_route(api: FlaskClient) -> None:
    """Each route is described with its address and method, and every struct that the description refers to is in it."""
    described = description("session")
    routes = {
        (str(rule).replace("<", "{").replace(">", "}"), method.lower())
        for rule in api.application.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }
    assert {(path, method) for path, item in described["paths"].items() for method in item} == routes
    names = {text.split('"')[0] for text in json.dumps(described).split("#/components/schemas/")[1:]}
    assert names <= set(described["components"]["schemas"])
    assert api.get("/api/v1/openapi.json").get_json() == json.loads(msgspec.json.encode(described))
