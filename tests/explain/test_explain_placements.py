"""Libraries read the object in one place only: every wrong place is reported and corrected."""

from __future__ import annotations

import pytest
from checks import check, codes, verdicts

from advisor.explain import Explanation, InquiryError

OBJECT = "{ All: false, Mixpanel: true }"
MEANT = {"All": False, "Mixpanel": True}


def _misses(found: Explanation, code: str) -> None:
    """Check that the object isn't read, every destination receives the call, and the object is offered for its right
    place.
    """
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
def test_analytics_js_drops_objects_in_other_places(text: str, code: str) -> None:
    """They are read as properties or traits, moved into the context, or dropped."""
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
        ("analytics.track({ event: 'E', userId: 'u', context: { integrations: OBJECT } })", "context-integrations"),
    ],
)
def test_a_message_carries_the_object_at_its_top_level(text: str, code: str) -> None:
    """In any other place it is a property, a trait or nothing."""
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


def test_the_first_message_of_a_batch_is_checked() -> None:
    """A problem says that there are more messages."""
    text = "{ batch: [{ event: 'E', integrations: OBJECT }, { event: 'F' }] }".replace("OBJECT", OBJECT)
    assert codes(check(text, "http-api", "Mixpanel")) == {"batch"}


def test_a_sent_payload_is_accepted_and_a_bare_message_is_not() -> None:
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
    """By keyword or as the seventh argument; the fourth is the context, and options raise."""
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
    """An object in the call is dropped; it belongs in a closure or a plugin."""
    _misses(
        check(f"client.track('E', {{}}, {{ integrations: {OBJECT} }})", library, "Mixpanel", "Slack"),
        "no-integrations-argument",
    )
    for text in (OBJECT, f"{{ integrations: {OBJECT} }}", f"event.integrations = {OBJECT}"):  # these are no calls
        assert codes(check(text, library, "Mixpanel")) == set()


@pytest.mark.parametrize("library", ["ios", "android"])
def test_the_two_old_libraries_read_it_inside_options(library: str) -> None:
    """In these libraries, the options are the right place."""
    _hits(check(f"{{ event: 'E', options: {{ integrations: {OBJECT} }} }}", library, "Mixpanel", "Slack"))


@pytest.mark.parametrize(
    "text",
    [
        "{ integrations: OBJECT }",
        "integrations: OBJECT",
        "event.integrations = OBJECT",
        "options.integrations = OBJECT",
        "const integrations = OBJECT",
        "analytics._loadOptions = { integrations: OBJECT }",
        "{ context: { ip: '0.0.0.0' }, integrations: OBJECT }",
        "{ anonymousId: 'a', integrations: OBJECT }",
        "{ userId: 'u', timestamp: '2026-11-26', integrations: OBJECT }",
    ],
)
@pytest.mark.parametrize("library", ["analytics.js", "react-native", "swift", "analytics-node", "http-api"])
def test_a_text_that_is_no_call_has_no_problem_of_calls(text: str, library: str) -> None:
    """Options, an assignment or a part of a message are read, and arguments are not mentioned."""
    found = check(text.replace("OBJECT", OBJECT), library, "Mixpanel", "Slack")
    assert (found.effective, codes(found)) == (MEANT, set())


BROWSER_LOST = [
    "analytics.page('Home', null, { integrations: OBJECT })",
    "analytics.page(null, { integrations: OBJECT })",
    "analytics.page(null, null, { integrations: OBJECT })",
    "analytics.page(undefined, undefined, { integrations: OBJECT })",
    "analytics.screen('S', null, { integrations: OBJECT })",
    "analytics.page({}, {}, { integrations: OBJECT })",
    "analytics.alias(undefined, { integrations: OBJECT })",
]


@pytest.mark.parametrize("text", BROWSER_LOST)
def test_calls_that_lose_the_object_are_reported(text: str) -> None:
    """Null and undefined are no properties; with three objects, all are dropped. The wire tests run every shape."""
    found = check(text.replace("OBJECT", OBJECT), "analytics.js", "Mixpanel")
    assert (found.effective, found.corrected) == ({}, MEANT)
    assert codes(found) in ({"missing-properties"}, {"ignored-argument"}, {"lost-with-alias"})


@pytest.mark.parametrize(
    "text",
    [
        "analytics.page(null, null, null, { integrations: OBJECT })",
        "analytics.page('Home', null, null, { integrations: OBJECT })",
        "analytics.page(null, 'Home', null, { integrations: OBJECT })",
        "analytics.page(null, {}, { integrations: OBJECT })",
        "analytics.page(undefined, undefined, undefined, { integrations: OBJECT })",
        "analytics.page('Home', {}, { integrations: OBJECT }, () => {})",
    ],
)
def test_calls_that_keep_the_object_have_no_problem(text: str) -> None:
    """The second of two objects is the options, and so is one alone in the fourth place."""
    _hits(check(text.replace("OBJECT", OBJECT), "analytics.js", "Mixpanel", "Slack", call="track"))


@pytest.mark.parametrize(
    ("text", "library"),
    [
        ("analytics.track('X', {}, options)", "analytics.js"),
        ("analytics.track('X', {}, { integrations })", "analytics.js"),
        ("analytics.track('X', {}, { ...options })", "analytics.js"),
        ("analytics.page('X', {}, options)", "analytics.js"),
        ("analytics.identify('u', {}, options)", "analytics.js"),
        ("analytics.track(...call)", "analytics.js"),
        ("analytics.track(message)", "analytics-node"),
        ("analytics.track({ ...message })", "analytics-node"),
        ("analytics.track({ userId, event, integrations })", "analytics-node"),
        ("analytics.track(**message)", "analytics-python"),
        ("analytics.track('u', 'X', integrations=chosen)", "analytics-python"),
        ("Segment::track($message)", "analytics-php"),
        ("Analytics.track(message)", "analytics-ruby"),
    ],
)
def test_a_name_in_place_of_an_object_is_unknown_and_never_absent(text: str, library: str) -> None:
    """The answer says neither whom it lets in nor that the event is sent."""
    found = check(text, library, "Mixpanel", "Slack")
    takers = [each for each in found.destinations if each.rule != "call-type"]
    assert {(each.verdict, each.rule) for each in takers} == {("unknown", "variable")}
    assert (found.segment.verdict, found.segment.rule) == ("unknown", "variable")
    assert (found.effective, codes(found), found.corrected) == (None, {"variable"}, None)


def test_an_entry_beside_a_spread_still_counts() -> None:
    """Written entries are known; all others, including All, are unknown."""
    found = check("{ ...chosen, Mixpanel: false }", "analytics.js", "Mixpanel", "Slack")
    assert verdicts(found) == {"Mixpanel": "does-not", "Slack": "unknown"}


@pytest.mark.parametrize(
    "load", ["analytics.load(KEY, options)", "{ integrations: chosen }", "analytics.load(KEY, { ...options })"]
)
def test_a_load_time_object_given_by_name_is_unknown(load: str) -> None:
    """A false in the call is certain: it overrides any load-time object."""
    found = check("{ Mixpanel: true, Drift: false }", "analytics.js", "Mixpanel", "Drift", "Slack", load=load)
    assert verdicts(found) == {"Mixpanel": "unknown", "Drift": "does-not", "Slack": "unknown"}
    assert (found.segment.verdict, found.effective) == ("unknown", None)
    assert check("{}", "analytics.js", "Slack", load="analytics.load(KEY)").segment.verdict == "receives"


def test_a_name_before_the_options_of_a_page_call_needs_a_check() -> None:
    """If it is an object, the options are read; if it is null or a text, they are lost."""
    found = check(
        "analytics.page('Home', props, { integrations: OBJECT })".replace("OBJECT", OBJECT), "analytics.js", "Mixpanel"
    )
    assert (verdicts(found), found.effective) == ({"Mixpanel": "check"}, MEANT)
    assert codes(found) == {"variable"}


@pytest.mark.parametrize(
    ("text", "library"),
    [
        ("analytics.track('X', {}, { integration: OBJECT })", "analytics.js"),
        ("analytics.track('X', {}, { Integration: OBJECT })", "analytics.js"),
        ("analytics.track('X', {}, { intergrations: OBJECT })", "analytics.js"),
        ("analytics.track('X', {}, { destinations: OBJECT })", "analytics.js"),
        ("analytics.track('X', {}, { providers: OBJECT })", "analytics.js"),
        ("analytics.track('X', {}, { context: { integration: OBJECT } })", "analytics.js"),
        ("{ integration: OBJECT }", "analytics.js"),
        ("{ userId: 'u', event: 'X', destinations: OBJECT }", "analytics-node"),
        ("analytics.track({ userId: 'u', event: 'X', integration: OBJECT })", "analytics-node"),
        ("{ userId: 'u', event: 'X', options: { providers: OBJECT } }", "http-api"),
        ("{ user_id: 'u', event: 'X', providers: OBJECT }", "analytics-ruby"),
    ],
)
def test_misspellings_of_integrations_are_reported(text: str, library: str) -> None:
    """No library reads them; the intended object is offered."""
    found = check(text.replace("OBJECT", OBJECT), library, "Mixpanel", "Slack")
    assert (found.effective, codes(found), found.corrected) == ({}, {"near-word"}, MEANT)
    assert verdicts(found)["Slack"] == "receives"


def test_similar_words_with_another_meaning_are_accepted() -> None:
    """A property may be called destinations, and a text under provider is not an object."""
    for text in (
        "analytics.track('Trip Planned', { destinations: { Rome: true } }, { integrations: OBJECT })",
        "{ userId: 'u', event: 'X', provider: 'google', integrations: OBJECT }",
    ):
        assert codes(check(text.replace("OBJECT", OBJECT), "analytics.js", "Mixpanel")) <= {"message-in-browser"}


def test_misspellings_in_the_load_time_object_are_reported() -> None:
    """``analytics.load(key, { integration: … })`` loads everything."""
    found = check("{}", "analytics.js", "Mixpanel", load="analytics.load('KEY', { integration: { All: false } })")
    assert (codes(found), verdicts(found)) == ({"near-word"}, {"Mixpanel": "receives"})


def test_a_call_without_an_object_is_reported() -> None:
    """Every enabled destination receives the call."""
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
def test_calls_that_cannot_have_an_object_are_refused(text: str, load: str | None, says: str) -> None:
    """The message says what to paste instead."""
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
    """Alone, in its options, or in the call."""
    found = check("{}", "analytics.js", "Facebook Pixel", load=load)
    assert found.effective == {"All": False, "Segment.io": True}
    assert verdicts(found) == {"Facebook Pixel": "does-not"}


def test_wrong_values_at_load_time_are_reported() -> None:
    """``analytics.load`` ignores them like a call does."""
    assert "bare-options" in codes(check("{}", "analytics.js", "Slack", load="analytics.load('KEY', { All: false })"))
    assert "not-an-object" in codes(check("{}", "analytics.js", "Slack", load="['Slack']"))


def test_every_problem_has_its_place() -> None:
    """It has a pointer into the pasted value, or the line and column of the text."""
    found = check("analytics.page('Home', {\n  integrations: { all: false } })", "analytics.js", "Slack")
    places = {each.code: (each.where.pointer, each.where.line, each.where.column) for each in found.problems}
    assert places["missing-properties"] == ("/1/integrations", 2, 3)
    assert places["all-lower-case"] == ("/1/integrations/all", 2, 19)
    (problem,) = check({"a/b": True}, "analytics.js", "Slack").problems
    assert (problem.where.pointer, problem.where.line, problem.where.column) == ("/a~1b", None, None)
