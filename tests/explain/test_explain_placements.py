"""Where the object stands decides whether anybody reads it: every misplacement is seen, and moved."""

from __future__ import annotations

import pytest
from checks import check, codes, verdicts

from advisor.explain import Explanation, InquiryError

OBJECT = "{ All: false, Mixpanel: true }"
MEANT = {"All": False, "Mixpanel": True}


def _misses(found: Explanation, code: str) -> None:
    """The object isn't read: everybody receives the call, and the object is offered for its right place."""
    assert code in codes(found)
    assert verdicts(found)["Slack"] == "receives"
    assert found.corrected == MEANT
    assert found.effective == {}


def _hits(found: Explanation) -> None:
    assert codes(found) == set()
    assert found.effective == MEANT
    assert verdicts(found)["Slack"] == "does-not"


BROWSER_RIGHT = [
    "analytics.track('E', {}, { integrations: OBJECT })",
    "analytics.track('E', null, { integrations: OBJECT })",
    "analytics.track('E', undefined, { integrations: OBJECT })",
    "analytics.track('E', order, { integrations: OBJECT })",
    "analytics.track({ event: 'E', properties: {} }, { integrations: OBJECT })",
    "analytics.identify('u', {}, { integrations: OBJECT })",
    "analytics.identify({ plan: 'x' }, { integrations: OBJECT })",
    "analytics.group('g', {}, { integrations: OBJECT })",
    "analytics.page('Home', {}, { integrations: OBJECT })",
    "analytics.page('Category', 'Home', null, { integrations: OBJECT })",
    "analytics.page({}, { integrations: OBJECT })",
    "analytics.alias('to', 'from', { integrations: OBJECT })",
    "analytics.alias('to', { integrations: OBJECT })",
    "window.analytics.track('E', {}, { integrations: OBJECT, timestamp: '2026' });",
]


@pytest.mark.parametrize("text", BROWSER_RIGHT)
def test_analytics_js_reads_the_options_after_the_properties(text: str) -> None:
    """In every call, with null for properties as well."""
    _hits(check(text.replace("OBJECT", OBJECT), "analytics.js", "Mixpanel", "Slack", call="track"))


BROWSER_WRONG = [
    ("analytics.track('E', { integrations: OBJECT })", "missing-properties"),
    ("analytics.page('Home', { integrations: OBJECT })", "missing-properties"),
    ("analytics.page('Category', 'Home', { integrations: OBJECT })", "missing-properties"),
    ("analytics.page('Home', undefined, { integrations: OBJECT })", "missing-properties"),
    ("analytics.identify('u', { integrations: OBJECT })", "missing-properties"),
    ("analytics.identify({ integrations: OBJECT })", "missing-properties"),
    ("analytics.group('g', { integrations: OBJECT })", "missing-properties"),
    ("analytics.track('E', OBJECT)", "missing-properties"),
    ("analytics.track('E', { integrations: OBJECT }, {})", "properties-integrations"),
    ("analytics.identify('u', { integrations: OBJECT }, {})", "traits-integrations"),
    ("analytics.track('E', {}, OBJECT)", "bare-options"),
    ("analytics.track('E', {}, { Integrations: OBJECT })", "capital-integrations"),
    ("analytics.track('E', {}, { options: { integrations: OBJECT } })", "options-integrations"),
    ("analytics.track('E', {}, { context: { integrations: OBJECT } })", "context-integrations"),
    ("analytics.track('E', {}, {}, { integrations: OBJECT })", "ignored-argument"),
    ("analytics.track({ event: 'E', integrations: OBJECT })", "message-in-browser"),
]


@pytest.mark.parametrize(("text", "code"), BROWSER_WRONG)
def test_analytics_js_drops_what_stands_elsewhere(text: str, code: str) -> None:
    """Taken as properties or traits, moved into the context, or dropped."""
    found = check(text.replace("OBJECT", OBJECT), "analytics.js", "Mixpanel", "Slack")
    if found.call in ("identify", "page", "group"):
        assert code in codes(found)
        assert found.corrected == MEANT
        assert found.effective == {}
    else:
        _misses(found, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{ event: 'E', userId: 'u', context: { integrations: OBJECT } }", "context-integrations"),
        ("{ event: 'E', userId: 'u', properties: { integrations: OBJECT } }", "properties-integrations"),
        ("{ userId: 'u', traits: { integrations: OBJECT } }", "traits-integrations"),
        ("{ event: 'E', userId: 'u', options: { integrations: OBJECT } }", "options-integrations"),
        ("{ event: 'E', userId: 'u', Integrations: OBJECT }", "capital-integrations"),
        ("{ event: 'E', userId: 'u', context: OBJECT }", "bare-options"),
        ("analytics.track({ event: 'E', userId: 'u' }, { integrations: OBJECT })", "second-argument"),
        ("analytics.track({ event: 'E', context: { integrations: OBJECT } })", "context-integrations"),
    ],
)
def test_a_message_carries_the_object_at_its_top_level(text: str, code: str) -> None:
    """Anywhere else it is a property, a trait or nothing at all."""
    _misses(check(text.replace("OBJECT", OBJECT), "analytics-node", "Mixpanel", "Slack"), code)


@pytest.mark.parametrize(
    "text",
    [
        "{ event: 'E', userId: 'u', integrations: OBJECT }",
        "analytics.track({ userId: 'u', event: 'E', properties: {}, integrations: OBJECT })",
        "{ type: 'track', event: 'E', messageId: 'm', context: { library: {} }, integrations: OBJECT }",
        "{ batch: [{ type: 'track', event: 'E', integrations: OBJECT }] }",
        "{ integrations: OBJECT, batch: [{ type: 'track', event: 'E' }] }",
    ],
)
@pytest.mark.parametrize("library", ["analytics-node", "http-api"])
def test_messages_and_payloads_are_read(text: str, library: str) -> None:
    """Also as they were sent, and with the entries of a whole batch."""
    _hits(check(text.replace("OBJECT", OBJECT), library, "Mixpanel", "Slack"))


def test_of_a_batch_the_first_message_is_looked_at() -> None:
    """And it is said that there are more."""
    text = "{ batch: [{ event: 'E', integrations: OBJECT }, { event: 'F' }] }".replace("OBJECT", OBJECT)
    assert codes(check(text, "http-api", "Mixpanel")) == {"batch"}


def test_a_payload_as_sent_is_fine_and_a_bare_message_is_not() -> None:
    """What the debugger shows of Analytics.js has a type; a message handed to a call loses its object."""
    sent = {"type": "track", "event": "E", "integrations": MEANT}
    assert codes(check(sent, "analytics.js", "Mixpanel")) == set()
    assert codes(check({"event": "E", "integrations": MEANT}, "analytics.js", "Mixpanel")) == {"message-in-browser"}


def test_node_refuses_a_browsers_arguments() -> None:
    """It throws, and nothing is sent."""
    found = check(
        "analytics.track('E', {}, { integrations: OBJECT })".replace("OBJECT", OBJECT), "analytics-node", "Mixpanel"
    )
    assert "browser-style-call" in codes(found)
    assert (verdicts(found), found.segment.verdict) == ({"Mixpanel": "does-not"}, "does-not")
    assert found.corrected == MEANT


def test_python_takes_a_keyword() -> None:
    """By name or in the seventh place; the fourth is the context, and options raise."""
    python = "{'All': False, 'Mixpanel': True}"
    _hits(
        check(
            f"analytics.track(user_id='u', event='E', integrations={python})", "analytics-python", "Mixpanel", "Slack"
        )
    )
    _hits(check(f"track('u', 'E', {{}}, None, None, None, {python})", "analytics-python", "Mixpanel", "Slack"))
    _misses(check(f"track('u', 'E', {{}}, {python})", "analytics-python", "Mixpanel", "Slack"), "bare-options")
    found = check(f"track('u', 'E', options={{'integrations': {python}}})", "analytics-python", "Mixpanel")
    assert (codes(found), found.segment.verdict) == ({"options-integrations"}, "does-not")
    assert found.corrected == MEANT


@pytest.mark.parametrize(
    "library", ["swift", "kotlin", "react-native", "flutter", "unity", "analytics-csharp", "kotlin-server"]
)
def test_some_libraries_take_no_argument(library: str) -> None:
    """An object handed to the call is dropped; it belongs into a closure or a plugin."""
    _misses(
        check(f"client.track('E', {{}}, {{ integrations: {OBJECT} }})", library, "Mixpanel", "Slack"),
        "no-integrations-argument",
    )
    assert codes(check(f"{{ integrations: {OBJECT} }}", library, "Mixpanel")) == {"no-integrations-argument"}
    assert codes(check(OBJECT, library, "Mixpanel")) == set()
    assert codes(check(f"event.integrations = {OBJECT}", library, "Mixpanel")) <= {"no-integrations-argument"}


@pytest.mark.parametrize("library", ["ios", "android"])
def test_the_two_old_libraries_read_it_inside_options(library: str) -> None:
    """There options are where it belongs."""
    _hits(check(f"{{ event: 'E', options: {{ integrations: {OBJECT} }} }}", library, "Mixpanel", "Slack"))


def test_no_object_at_all_is_said() -> None:
    """Whatever is enabled receives the call."""
    for text in ("analytics.track('E')", "analytics.track('E', { total: 3 }, {})", "{ event: 'E', userId: 'u' }"):
        found = check(text, "analytics.js", "Slack")
        assert codes(found) == {"no-object"}
        assert verdicts(found) == {"Slack": "receives"}
        assert found.corrected is None


@pytest.mark.parametrize(
    ("text", "load", "says"),
    [
        ("analytics.load('KEY', { integrations: {} })", None, "load-time object"),
        ("analytics.ready(1)", None, "isn’t one of Segment’s calls"),
        ("{}", "analytics.track('E')", "isn’t analytics.load"),
    ],
)
def test_calls_that_say_nothing_about_it_are_refused(text: str, load: str | None, says: str) -> None:
    """With what to paste instead."""
    with pytest.raises(InquiryError, match=says):
        check(text, "analytics.js", load=load)


@pytest.mark.parametrize(
    "load",
    [
        "{ All: false, 'Segment.io': true }",
        "{ integrations: { All: false, 'Segment.io': true } }",
        "analytics.load('KEY', { integrations: { All: false, 'Segment.io': true } })",
        "AnalyticsBrowser.load({ writeKey: 'KEY' }, { integrations: { All: false, 'Segment.io': true } })",
    ],
)
def test_the_load_time_object_is_found(load: str) -> None:
    """As it is, in its options, or in the call."""
    found = check("{}", "analytics.js", "Facebook Pixel", load=load)
    assert found.effective == {"All": False, "Segment.io": True}
    assert verdicts(found) == {"Facebook Pixel": "does-not"}


def test_bare_options_and_other_values_at_load_time_are_pointed_out() -> None:
    """``analytics.load`` reads them no more than a call does."""
    assert "bare-options" in codes(check("{}", "analytics.js", "Slack", load="analytics.load('KEY', { All: false })"))
    assert "not-an-object" in codes(check("{}", "analytics.js", "Slack", load="['Slack']"))


def test_problems_say_where_they_are() -> None:
    """A pointer into what was pasted, and line and column of text."""
    found = check("analytics.page('Home', {\n  integrations: { all: false } })", "analytics.js", "Slack")
    places = {each.code: (each.where.pointer, each.where.line, each.where.column) for each in found.problems}
    assert places["missing-properties"] == ("/1/integrations", 2, 3)
    assert places["all-lower-case"] == ("/1/integrations/all", 2, 19)
    (problem,) = check({"a/b": True}, "analytics.js", "Slack").problems
    assert (problem.where.pointer, problem.where.line, problem.where.column) == ("/a~1b", None, None)
