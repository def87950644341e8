"""What people paste is read in the language of its library, and in the forms that the libraries' documentation uses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from checks import check, codes, rules, verdicts

from advisor.explain import Explanation, InquiryError, read_literal
from advisor.explain.locate.argument_places import CLOSURE_LIBRARIES
from advisor.explain.parse.forms import FORMS
from advisor.explain.parse.values import Closure, Invocation, OpenObject, Variable
from advisor.knowledge.libraries import LIBRARIES

FOLDER = Path(__file__).parent / "forms"
OWN = [key for key in LIBRARIES if key != "pixel-api"]


def _documented() -> Iterator[Any]:
    for path in sorted(FOLDER.iterdir()):
        for number, block in enumerate(path.read_text(encoding="utf-8").split("=====> ")[1:], 1):
            first, _, text = block.partition("\n")
            yield pytest.param(path.stem, text.removesuffix("\n"), json.loads(first), id=f"{path.stem}-{number}")


@pytest.mark.parametrize(("library", "text", "integrations"), list(_documented()))
def test_each_documented_form_gives_its_object(library: str, text: str, integrations: dict[str, Any]) -> None:
    """The files in ``forms`` have a text for each form: calls, closures, plugins, builders and objects alone."""
    assert check(text, library).effective == integrations


def test_every_library_has_documented_forms() -> None:
    """None is left out."""
    assert {path.stem for path in FOLDER.iterdir()} == set(LIBRARIES)


@pytest.mark.parametrize("library", OWN)
def test_the_example_of_a_refusal_can_be_pasted(library: str) -> None:
    """The example in a refusal is itself read, for its library."""
    _, example = FORMS[library]
    found = check(example, library)
    assert found.effective in ({"All": False}, {"Firebase": False})
    assert "variable" not in codes(found)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    "text",
    [
        "{ All: false, Mixpanel: true }",
        '{"All": false, "Mixpanel": true}',
        "{\n  // only this one\n  'All': false,\n  Mixpanel: true,\n}",
    ],
)
def test_json_and_javascript_are_read_for_every_library(library: str, text: str) -> None:
    """The object alone is the same in every language."""
    assert check(text, library).effective == {"All": False, "Mixpanel": True}


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_message_as_json_is_read_for_every_library(library: str) -> None:
    """A payload as it was sent, from any library."""
    text = '{"type": "track", "event": "E", "userId": "u", "integrations": {"All": false}}'
    assert check(text, library).effective == {"All": False}


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_refusal_names_the_language_and_shows_an_example(library: str) -> None:
    """It also has the place at which reading stopped."""
    language, example = FORMS[library]
    with pytest.raises(InquiryError) as refusal:
        check("{ All: false Mixpanel: true }", library)
    (fault,) = refusal.value.faults
    assert f"{language} is read in forms such as {example}" in fault.message
    assert '{"All": false}' in fault.message
    assert (fault.line, fault.column) == (1, 14)


def test_a_refused_load_time_object_shows_the_load_call() -> None:
    """The example is for the load-time field, not for the field of the call."""
    with pytest.raises(InquiryError, match=re.escape("such as analytics.load(")):
        check("{}", "analytics.js", load="{ All false }")


# Names in place of objects.

OPAQUE = {
    "analytics-node": ["analytics.track(message)", "analytics.track({ ...message })", "analytics.track(build(x))"],
    "analytics-python": ["analytics.track(**message)", "analytics.track('u', 'X', integrations=chosen)"],
    "analytics-ruby": ["Analytics.track(message)", "Analytics.track(**message)", "Analytics.track message"],
    "analytics-php": ["Segment::track($message);", "Segment::track(['userId' => 1, 'integrations' => $chosen]);"],
    "analytics-go": ["client.Enqueue(message)", 'client.Enqueue(analytics.Track{Event: "X", Integrations: chosen})'],
    "analytics-java": ["analytics.enqueue(message);"],
    "analytics-rust": [
        'Track { event: "X".into(), integrations: chosen, ..Default::default() }',
        "Track { ..message }",
    ],
    "analytics-clojure": ['(segment/track analytics "u" "X" {} options)'],
    "react-native": ["client.track('X', {}, enrich)"],
    "kotlin": ['analytics.track("X", props, enrich)', 'analytics.track("X", enrichment = enrich)'],
    "swift": ['analytics.track(name: "X", enrichments: enrichments)'],
    "analytics-csharp": ['analytics.Track("X", properties, enrich);'],
    "unity": ['analytics.Screen("X", properties, "", enrich);'],
    "ios": ['[[SEGAnalytics sharedAnalytics] track:@"X" properties:nil options:options];'],
    "android": ['Analytics.with(context).track("X", properties, options);'],
    "http-api": ["fetch('https://api.segment.io/v1/track', { body: JSON.stringify(message) })"],
}


@pytest.mark.parametrize(
    ("library", "text"),
    [pytest.param(key, text, id=f"{key}-{text}") for key, texts in OPAQUE.items() for text in texts],
)
def test_a_name_in_place_of_an_object_is_unknown(library: str, text: str) -> None:
    """It is neither missing nor an error: the text does not say what the call carries."""
    found = check(text, library, "Mixpanel")
    assert "variable" in codes(found)
    assert "no-object" not in codes(found)
    assert found.effective is None
    assert found.corrected is None


@pytest.mark.parametrize(
    ("library", "text"),
    [
        (
            "analytics-node",
            "const message = { userId, event: 'X', integrations: { All: false } };\nanalytics.track(message)",
        ),
        ("analytics-php", "$options = ['All' => false];\nSegment::track(['userId' => 1, 'integrations' => $options]);"),
        ("analytics-python", "chosen = {'All': False}\nanalytics.track('u', 'X', integrations=chosen)"),
        (
            "kotlin",
            'val enrich = { e: BaseEvent? -> e?.putIntegrations("All", false) }\nanalytics.track("X", p, enrich)',
        ),
    ],
)
def test_a_name_has_the_value_that_the_text_assigns(library: str, text: str) -> None:
    """If the text assigns an object to the name, it is checked as if it were written in the call."""
    assert check(text, library).effective == {"All": False}


def test_a_name_that_is_assigned_twice_is_unknown() -> None:
    """It is not known which assignment counts."""
    text = "let chosen = { All: false };\nif (x) chosen = {};\nanalytics.track({ userId, event: 'X', integrations: chosen })"
    assert codes(check(text, "analytics-node")) == {"variable"}


# Inside the object.


@pytest.mark.parametrize(
    ("library", "text"),
    [
        ("analytics-node", "{ integrations: { All: false, Mixpanel: EXPRESSION } }"),
        ("analytics-python", "analytics.track('u', 'X', integrations={'All': False, 'Mixpanel': EXPRESSION})"),
        ("analytics-ruby", "track(user_id: 1, event: 'X', integrations: { 'All' => false, 'Mixpanel' => EXPRESSION })"),
        (
            "analytics-php",
            "Segment::page(['userId' => 1, 'integrations' => ['All' => false, 'Mixpanel' => EXPRESSION]]);",
        ),
        ("analytics-go", 'analytics.Track{Integrations: analytics.Integrations{"All": false, "Mixpanel": EXPRESSION}}'),
        ("swift", 'event.integrations = try? JSON(["All": false, "Mixpanel": EXPRESSION])'),
        ("flutter", "event.integrations = {'All': false, 'Mixpanel': EXPRESSION};"),
        ("ios", '@{@"All": @NO, @"Mixpanel": @(EXPRESSION)}'),
        (
            "analytics-java",
            'TrackMessage.builder("X").enableIntegration("All", false).enableIntegration("Mixpanel", EXPRESSION)',
        ),
        ("kotlin", 'event?.putIntegrations("All", false)?.putIntegrations("Mixpanel", EXPRESSION)'),
        ("analytics-csharp", 'e.Integrations = new JsonObject { ["All"] = false, ["Mixpanel"] = EXPRESSION };'),
        ("analytics-rust", 'json!({"All": false, "Mixpanel": EXPRESSION})'),
    ],
)
@pytest.mark.parametrize("expression", ["allowed(user)", "!refused", "consent.ads", "a && b(c, d)"])
def test_an_expression_inside_the_object_is_unknown(library: str, text: str, expression: str) -> None:
    """The other entries are known."""
    found = check(text.replace("EXPRESSION", expression), library, "Mixpanel")
    assert "variable" in codes(found)
    assert found.effective is not None
    assert found.effective["All"] is False
    assert rules(found) == {"Mixpanel": "variable"}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("{ ...chosen, All: false, Mixpanel: true }", {"All": False, "Mixpanel": True}),
        ("{ All: false, ...chosen }", {"All": Variable("...chosen")}),
        ("{ All: false, [name]: true }", {"All": False}),
        ("{ All: false, ...chosen, Mixpanel: true }", {"All": Variable("...chosen"), "Mixpanel": True}),
    ],
)
def test_a_spread_makes_missing_entries_unknown(text: str, known: dict[str, Any]) -> None:
    """A key that isn't written is unknown, and so is a key that the spread may have changed."""
    value = read_literal(text).value
    assert isinstance(value, OpenObject)
    assert value == known


def test_a_spread_of_an_object_in_the_text_is_resolved() -> None:
    """An object of the same text, and entries that depend on a condition."""
    text = "const base = { All: false };\nanalytics.track({ userId, event: 'E', integrations: { ...base, Mixpanel: true } })"
    assert check(text, "analytics-node").effective == {"All": False, "Mixpanel": True}
    value = read_literal("{ All: false, ...(allowed && { Mixpanel: true }), ...(x ? { Slack: true } : {}) }").value
    assert not isinstance(value, OpenObject)
    assert isinstance(value, dict)
    assert [*value] == ["All", "Mixpanel", "Slack"]
    assert value["All"] is False
    assert isinstance(value["Mixpanel"], Variable)


# Around the object.


def test_several_calls_are_reported() -> None:
    """The first one with an object is checked."""
    text = "analytics.page();\nanalytics.track({ userId, event: 'E', integrations: { All: false } });"
    found = check(text, "analytics-node", "Slack")
    assert codes(found) == {"several-calls"}
    assert found.call == "track"
    assert verdicts(found) == {"Slack": "does-not"}


def test_the_load_call_is_found_among_others() -> None:
    """In the load-time field, among any other copied code."""
    load = "const analytics = AnalyticsBrowser.load({ writeKey }, { integrations: { All: false } });\nanalytics.page('Home');"
    assert check("{}", "analytics.js", "Facebook Pixel", load=load).effective == {"All": False}


@pytest.mark.parametrize(("library", "name"), [("react-native", "integrations"), ("analytics-csharp", "Integrations")])
def test_the_assignments_in_a_closure_are_read(library: str, name: str) -> None:
    """Under the names of its library, with the place of each key."""
    text = {
        "react-native": "client.track('X', {},\n  (e) => { e.integrations = { All: false }; return e; })",
        "analytics-csharp": 'analytics.Track("X", p,\n e => { e.Integrations = new JsonObject { ["All"] = false }; });',
    }[library]
    literal = read_literal(text, library)
    assert isinstance(literal.value, Invocation)
    closure = literal.value.arguments[2]
    assert isinstance(closure, Closure)
    assert closure.assigned[name] == {"All": False}
    line, column = literal.place((2, name, "All")) or (0, 0)
    assert line == 2
    assert text.split("\n")[1][column - 1 :].lstrip('["').startswith("All")


def test_a_closure_that_chooses_between_two_objects_is_unknown() -> None:
    """Both objects are in the text, but not the condition."""
    text = (
        "client.track('X', {}, (e) => { if (a) { e.integrations = { All: false }; } "
        "else { e.integrations = {}; } return e; })"
    )
    assert "variable" in codes(check(text, "react-native"))


PLACES = {
    block.partition("\n")[0]: block.partition("\n")[2]
    for block in (Path(__file__).parent / "misspelled.txt").read_text(encoding="utf-8").split("=====> ")[1:]
}
"""Library -> a text whose fifth line has a wrong key in its fifth column."""


@pytest.mark.parametrize("library", PLACES)
def test_a_key_has_its_own_place_in_every_language(library: str) -> None:
    """A problem has the line and column in the pasted text."""
    wrong = {each.code: each.where for each in check(PLACES[library], library).problems}["wrong-case"]
    assert (wrong.line, wrong.column) == (5, 5)


def _fields(text: str, library: str) -> Explanation:
    return check(text, library, "Slack")


@pytest.mark.parametrize("library", sorted(CLOSURE_LIBRARIES))
def test_an_object_as_an_argument_is_dropped_where_calls_take_none(library: str) -> None:
    """A JavaScript call shows this for every library."""
    found = _fields("client.track('E', {}, { integrations: { All: false } })", library)
    assert codes(found) == {"no-integrations-argument"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("https://api.segment.io/v1/pixel/track?data=e30x!", "base64"),
        ("https://api.segment.io/v1/pixel/track?data=é", "base64"),
        ("curl https://api.segment.io/v1/track -d @body.json", "in a file"),
        ("curl https://api.segment.io/v1/track", "no data"),
        ('curl https://api.segment.io/v1/track -d \'{"a": 1', "no end"),
        ("curl https://api.segment.io/v1/track -d '{\"a\" 1}'", "a colon is needed after a"),
    ],
)
def test_a_request_that_cannot_be_read_says_why(text: str, words: str) -> None:
    """It also says what to do instead."""
    with pytest.raises(InquiryError, match=re.escape(words)):
        check(text, "http-api")
