"""“Check an object” through the page without JavaScript, the API and the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jsonschema
import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.cli import main
from advisor.explain import Inquiry, explain
from advisor.web.api.views.explain import MAX_BYTES
from advisor.web.app.body_limits import MAX_QUERY
from advisor.web.check.examples import EXAMPLES
from page_client import PageClient

HOSTILE = [
    "</textarea><script>alert(1)</script>",
    "{ '</script><img src=x onerror=alert(1)>': true }",
    '{ "\\u202e\\u0000<b>": "<i>", All: `"\'` }',
    "{{ 7*7 }} {% raw %}",
    "\x00\x1b[31m",
    "👧🏽" * 50,
    "{" * 5_000,
    "/*" * 5_000,
    "{ a: 1e400 }",
    "{ __proto__: { All: false }, constructor: true }",
    "analytics.track('</title><script>', {}, { integrations: { '<svg onload=x>': false } })",
]


def ask(client: PageClient, *state: tuple[str, str]) -> PageClient:
    """Open the page with this state in its address."""
    client.get(f"/integrations?{urlencode(state)}")
    return client


def answer(client: PageClient) -> str:
    """The sentence on top of the answer."""
    return client.page.root.by_id("answer").text


def receivers(client: PageClient) -> dict[str, str]:
    """What the table says, by receiver."""
    rows = [row for body in client.page.root.all("tbody") for row in body.all("tr")]
    return {row.first("th").text.partition("key ")[0]: row.by_class("chip")[0].text for row in rows}


def run(*arguments: object, given: str | bytes = b"") -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["explain", *map(str, arguments)], input=given)


# The page


def test_without_input_the_page_shows_only_the_form(client: PageClient) -> None:
    """Empty, it shows what goes wrong often; no cookie is set."""
    response = client.get("/integrations")
    assert "Set-Cookie" not in response.headers
    assert client.page.root.first("h1").text == "Check an object"
    assert [link.text for link in client.page.root.by_class("examples")[0].all("a")] == [each.name for each in EXAMPLES]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_shows_a_mistake(client: PageClient, example: Any) -> None:
    """Each has an answer, a problem, and a corrected object."""
    client.get(f"/integrations?{example.query}")
    assert answer(client)
    assert client.page.root.by_class("finding--error")
    assert "What you probably meant" in client.page.root.text


def test_the_answer_names_receivers_reasons_and_repairs(client: PageClient) -> None:
    """It says who receives the event, what is wrong and where, and shows the corrected object."""
    ask(
        client,
        ("object", "{\n  all: false,\n  'Facebook pixel': true }"),
        ("destination", "Facebook Pixel"),
        ("warehouse", "yes"),
    )
    assert answer(client) == "Facebook Pixel receives it."
    assert receivers(client) == {"Segment": "receives", "Facebook Pixel": "receives", "Warehouses": "unknown"}
    text = client.page.root.text
    assert "line 2, column 3" in text
    assert '"All": false' in text


def test_the_form_adds_and_removes_destinations_and_keeps_the_text(client: PageClient) -> None:
    """By name, also an old one; with the buttons alone."""
    ask(client, ("object", "{ All: false }"))
    client.submit("/integrations", add="Mixpanel (Legacy)")
    client.submit("/integrations", add="Slack")
    assert receivers(client) == {"Segment": "receives", "Mixpanel (Legacy)": "does not", "Slack": "does not"}
    client.submit("/integrations", "remove=Slack")
    assert receivers(client) == {"Segment": "receives", "Mixpanel (Legacy)": "does not"}
    assert client.page.root.by_id("object").text == "{ All: false }"


def test_a_destination_is_asked_for_in_the_mode_it_has(client: PageClient) -> None:
    """Where a source reaches it both ways there is a choice, and the answer follows it."""
    ask(client, ("object", "{ 'Segment.io': false }"), ("destination", "Mixpanel"))
    assert receivers(client)["Mixpanel (Legacy)"] == "receives"
    client.submit("/integrations", mode="Mixpanel=cloud")
    assert receivers(client)["Mixpanel (Legacy)"] == "does not"


def test_the_address_is_the_whole_state(client: PageClient) -> None:
    """The link to the check leads to the same page."""
    state = [("object", "{ Drift: true }"), ("load", "{ All: false }"), ("destination", "Drift"), ("call", "identify")]
    ask(client, *state)
    link = next(link for link in client.page.root.all("a") if "data-copy-link" in link)
    first = client.page.root.first("main").text
    client.get(link["href"])
    assert client.page.root.first("main").text == first


def test_a_text_that_cannot_be_read_is_an_error_at_its_field(client: PageClient) -> None:
    """With line and column, in the summary and the title, and what was typed stays."""
    ask(client, ("object", "{ All: false\n Drift: true }"), ("library", "analytics-node"))
    assert client.page.root.first("title").text.startswith("Error: ")
    error = client.page.root.by_id("object-error").text
    assert error.startswith(
        "Error: Line 2, column 2: a comma or } is needed here, not 'D'. JavaScript is read in forms"
    )
    assert "Drift" in client.page.root.by_id("object").text


@pytest.mark.parametrize(
    ("name", "value", "anchor"),
    [
        ("add", "Facebok Pixel", "add"),
        ("destination", "Facebok Pixel", "add"),
        ("library", "analytics-cobol", "library"),
        ("call", "tarck", "call"),
        ("load", "{", "load"),
    ],
)
def test_other_errors_are_shown_at_their_fields(client: PageClient, name: str, value: str, anchor: str) -> None:
    """Each with a link from the summary."""
    ask(client, ("object", "{}"), (name, value))
    assert [link["href"] for link in client.page.root.by_id("problems").all("a")] == [f"#{anchor}"]


def test_a_load_time_object_for_another_library_is_an_error(client: PageClient) -> None:
    """Only Analytics.js has one."""
    ask(client, ("object", "{}"), ("load", "{}"), ("library", "analytics-node"))
    assert "Only Analytics.js" in client.page.root.by_id("load-error").text


def test_a_text_too_long_for_an_address_is_posted(client: PageClient) -> None:
    """Above 6 KB the form posts; a short state that was posted becomes an address."""
    long = "{ All: false, Mixpanel: true } //" + "x" * MAX_QUERY
    ask(client, ("object", long))
    form = client.page.form("/integrations")
    assert form.root.first("form")["method"] == "post" or form["method"] == "post"
    client.submit("/integrations", add="Slack")
    assert receivers(client) == {"Segment": "receives", "Slack": "does not"}
    client.submit("/integrations", object="{ All: false }")
    assert "All: false" in client.page.root.by_id("object").text
    assert client.page.form("/integrations")["method"] == "get"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_runs(client: PageClient, text: str) -> None:
    """Any text in any field gives a valid page that shows it as text, never an internal error."""
    for field in ("object", "load", "add", "destination", "library", "call", "mode", "remove"):
        state = {"object": "{ All: false }"} | {field: text}
        ask(client, *state.items())
        assert not client.page.root.all("img", "i")
        assert {each.text for each in client.page.root.all("b")} <= {"Do this:"}
        assert all(script["src"] for script in client.page.root.all("script"))


# The API


def test_the_api_explains_text_and_value(client: PageClient) -> None:
    """The same answer for both but for line and column, by the published schema, without a cookie."""
    question = {"library": "analytics.js", "destinations": ["Mixpanel (Legacy)", {"key": "Slack"}], "warehouse": True}
    text = client.post("/api/v1/explain", json={"object": '{"all": false}', **question}, csrf=False, status=200)
    value = client.post("/api/v1/explain", json={"object": {"all": False}, **question}, csrf=False, status=200)
    schema = client.get("/schemas/integrations-check-1.json", status=200).get_json()
    jsonschema.Draft202012Validator(schema).validate(text.get_json())
    assert "Set-Cookie" not in text.headers
    without_places = [{key: each[key] for key in ("code", "message", "fix")} for each in text.get_json()["problems"]]
    assert without_places == [
        {key: each[key] for key in ("code", "message", "fix")} for each in value.get_json()["problems"]
    ]
    for one, other in zip(text.get_json()["destinations"], value.get_json()["destinations"], strict=True):
        assert one | {"decided_by": None} == other | {"decided_by": None}


def test_the_api_answers_as_the_library_does(client: PageClient) -> None:
    """Nothing is added on the way."""
    response = client.post(
        "/api/v1/explain", json={"object": "{ Drift: 0 }", "library": "node"}, csrf=False, status=200
    )
    expected = explain(Inquiry(object="{ Drift: 0 }", library="node"))
    assert response.get_json() == json.loads(msgspec.json.encode(expected))


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        (b"{", 400, "not-json", ""),
        (b'{"object": {}, "object": {}, "library": "node"}', 400, "duplicate-key", "/object"),
        (b"[]", 422, "type", ""),
        (b'{"object": {}}', 422, "required", ""),
        (b'{"object": {}, "library": "cobol"}', 422, "unknown-library", "/library"),
        (b'{"object": "{", "library": "node"}', 422, "literal", "/object"),
        (b'{"object": {}, "library": "node", "destinations": ["x", 3]}', 422, "type", "/destinations/1"),
        (
            b'{"object": {}, "library": "node", "destinations": ["Slack", "Slak"]}',
            422,
            "unknown-destination",
            "/destinations/1",
        ),
        (b'{"object": {}, "library": "node", "call": "tarck"}', 422, "choice", "/call"),
        (b'{"object": {}, "library": "node", "objekt": 1}', 422, "unknown-key", "/objekt"),
        (b'{"object": {}, "library": "node", "load": {}}', 422, "load", "/load"),
        (b'"' + b"x" * MAX_BYTES + b'"', 413, "too-large", ""),
    ],
)
def test_the_api_refuses_with_the_usual_body(
    client: PageClient, body: bytes, status: int, code: str, pointer: str
) -> None:
    """Code, message and pointer, as everywhere."""
    response = client.post("/api/v1/explain", data=body, content_type="application/json", csrf=False, status=status)
    error = response.get_json()["error"]
    assert (error["code"], error["pointer"]) == (code, pointer)
    assert error["details"][0] == {key: error[key] for key in ("code", "message", "pointer")}


def test_the_api_lists_everything_that_is_wrong_with_a_question(client: PageClient) -> None:
    """In its order, with nothing invisible in a message."""
    sent = {
        "objekt": {},
        "librar\u202ey": 1,
        "call": "tarck",
        "destinations": [{"key": "x", "custom": {"sever": "cloud"}}],
    }
    body = json.dumps(sent).encode()
    response = client.post("/api/v1/explain", data=body, content_type="application/json", csrf=False, status=422)
    details = response.get_json()["error"]["details"]
    assert [(each["code"], each["pointer"]) for each in details] == [
        ("required", ""),
        ("required", ""),
        ("unknown-key", "/objekt"),
        ("unknown-key", "/librar\u202ey"),
        ("choice", "/call"),
        ("unknown-key", "/destinations/0/custom/sever"),
    ]
    assert all(each["message"].isprintable() for each in details)
    assert "Did you mean object?" in details[2]["message"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=60),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=6,
    ),
)
def test_no_request_breaks_the_api(client: PageClient, text: str, value: Any) -> None:
    """Text and values of any shape are answered or refused."""
    for given_object in (text, value):
        for load in (None, value):
            question = {"object": given_object, "load": load, "library": "analytics.js"}
            body = msgspec.json.encode(question)
            response = client.post("/api/v1/explain", data=body, content_type="application/json", csrf=False)
            assert response.status_code in (200, 422)


# The command line


def test_the_command_prints_receivers_problems_and_the_right_object() -> None:
    """In words, on standard output."""
    result = run("--library", "analytics.js", "--destination", "Facebook Pixel", given="{ all: false }")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Facebook Pixel  receives  device" in result.stdout
    assert "error: line 1, column 3: " in result.stdout
    assert result.stdout.endswith('Probably meant:\n{\n  "All": false\n}\n')


def test_the_command_prints_what_the_api_answers() -> None:
    """With ``--json``, byte for byte the explanation."""
    result = run("-", "--library", "node", "--json", given="{ Drift: 0 }")
    expected = explain(Inquiry(object="{ Drift: 0 }", library="node"))
    assert result.stdout_bytes == msgspec.json.format(msgspec.json.encode(expected), indent=2) + b"\n"


def test_the_command_reads_files_and_a_plan(tmp_path: Path) -> None:
    """The object, the load-time object, and the destinations and warehouse of a plan."""
    for name, text in {
        "call.js": "analytics.track('E', {}, { integrations: { All: false } });",
        "load.js": "analytics.load('KEY', { integrations: { Slack: true } })",
        "plan.json": '{"format": "tracking-plan/1", "destinations": [{"key": "Slack"}], "warehouse": true}',
    }.items():
        (tmp_path / name).write_text(text)
    options = ("--load", tmp_path / "load.js", "--plan", tmp_path / "plan.json", "--destination", "Drift", "--json")
    result = run(tmp_path / "call.js", "--library", "analytics.js", *options)
    found = json.loads(result.stdout)
    assert [each["key"] for each in found["destinations"]] == ["Slack", "Drift"]
    assert (found["call"], found["warehouse"]["verdict"]) == ("track", "unknown")


@pytest.mark.parametrize(
    ("options", "code"),
    [((), 0), (("--fail-on", "error"), 1), (("--fail-on", "info"), 1), (("--fail-on", "warning"), 1)],
)
def test_a_severe_problem_can_fail_the_command(options: tuple[str, ...], code: int) -> None:
    """Exit code 1, with the same output; an info doesn't fail ``--fail-on warning``."""
    assert run("--library", "node", *options, given="{ all: false }").exit_code == code
    fine = run("--library", "analytics.js", "--fail-on", "warning", given="{ FullStory: true }")
    assert (fine.exit_code, "case-twin" in fine.stdout) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "given", "says"),
    [
        (("--library", "node"), "{", "/object: Line 1, column 2: "),
        (("--library", "node"), b"\xff", "/object: Not UTF-8: byte 0 begins no character."),
        (("--library", "cobol"), "{}", "/library: “cobol” isn’t a library."),
        (("--library", "node", "--destination", "Slak"), "{}", "/destinations/0: “Slak” isn’t a destination."),
        (("--library", "node", "--call", "tarck"), "{}", "tarck"),
        (("nowhere.js", "--library", "node"), "", "nowhere.js"),
        ((), "{}", "--library"),
    ],
)
def test_each_input_error_is_one_line(arguments: tuple[str, ...], given: str | bytes, says: str) -> None:
    """Exit code 2, nothing on standard output."""
    result = run(*arguments, given=given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_never_reaches_the_terminal_unescaped(text: str) -> None:
    """Answered or refused, and nothing invisible is printed."""
    result = run("--library", "analytics.js", given=text)
    assert result.exit_code in (0, 2)
    assert all(char.isprintable() or char == "\n" for char in result.output)
