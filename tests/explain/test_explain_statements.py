"""What statements do to an object is read, or makes it unknown; it is never ignored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from checks import check, codes, rules, verdicts

from advisor.explain import InquiryError
from advisor.knowledge.libraries import LIBRARIES

FILE = Path(__file__).parent / "statements.txt"


def _statements() -> Iterator[Any]:
    """Yield the library and the text of each statement in the file ``statements.txt``."""
    for block in FILE.read_text(encoding="utf-8").split("=====> ")[1:]:
        head, _, text = block.partition("\n")
        name, _, library = head.partition(" | ")
        yield pytest.param(library, text.removesuffix("\n"), id=name)


@pytest.mark.parametrize(("library", "text"), list(_statements()))
def test_what_only_the_running_code_knows_is_unknown(library: str, text: str) -> None:
    """A change in a branch, or one that can't be followed, leaves the destination unknown instead of as it was before."""
    found = check(text, library, "Mixpanel")
    assert (verdicts(found)["Mixpanel"], rules(found)["Mixpanel"]) == ("unknown", "variable")
    assert found.corrected is None


@pytest.mark.parametrize(
    ("library", "text"),
    [
        (
            "react-native",
            "execute(event) { if (event.event === 'X') { event.integrations = { All: false }; } return event; }",
        ),
        ("kotlin", 'if (event is TrackEvent && event.event == "X") { event.putIntegrations("All", false) }'),
        ("swift", 'if let track = event as? TrackEvent { track.integrations = try? JSON(["All": false]) }'),
        ("flutter", "if (event.event == 'X') event.integrations = {'All': false};"),
    ],
)
def test_a_condition_that_asks_which_event_it_is_hides_nothing(library: str, text: str) -> None:
    """A plugin sees every event, and its condition says which call is looked at."""
    assert check(text, library).effective == {"All": False}


@pytest.mark.parametrize(
    ("library", "text"),
    [
        ("react-native", "const integrations = { All: false }; integrations.Mixpanel = true; client.track('X')"),
        ("kotlin", 'val integrations = mapOf("All" to false)\nanalytics.track("X")'),
        ("analytics-csharp", 'JsonObject integrations = new JsonObject { ["All"] = false };\nanalytics.Track("X");'),
    ],
)
def test_a_variable_that_the_call_does_not_use_sets_nothing(library: str, text: str) -> None:
    """A variable named integrations is not the event's field of this name."""
    assert check(text, library).effective == {}


@pytest.mark.parametrize("library", [key for key in LIBRARIES if key != "pixel-api"])
def test_a_payload_in_json_means_the_same_for_every_library(library: str) -> None:
    """Braces and brackets mean other things in Go, Swift or Objective-C; in JSON they are objects and lists."""
    body = {"batch": [{"type": "track", "userId": "u", "event": "A", "integrations": {"all": False, "Mixpanel": []}}]}
    found = check(json.dumps(body), library, "Mixpanel")
    assert (found.read_as, found.call, found.effective) == ("message", "track", {"all": False, "Mixpanel": []})
    assert {"all-lower-case", "list-value"} <= codes(found)


def test_what_a_spread_overwrites_is_no_duplicate() -> None:
    """Only a key that is written twice is a slip."""
    text = "const base = { integrations: { All: true } };\nanalytics.track('X', {}, { ...base, integrations: { All: false } })"
    assert "duplicate-key" not in codes(check(text))
    assert "duplicate-key" in codes(check("analytics.track('X', {}, { integrations: { All: true, All: false } })"))


@pytest.mark.parametrize("method", ["trackLink", "trackForm", "trackClick", "trackSubmit"])
@pytest.mark.parametrize(
    "arguments",
    [
        "{}, { integrations: { All: false } }",
        "{ integrations: { All: false } }",
        "null, { integrations: { All: false } }",
        "(element) => ({}), { integrations: { All: false } }",
        "{}, options",
        "{}, { All: false }",
        "{}",
    ],
)
def test_tracking_on_an_element_takes_what_track_takes(method: str, arguments: str) -> None:
    """``trackLink(element, …)`` passes on what follows the element."""
    plain, on_element = (check(f"analytics.{call}'X', {arguments})") for call in ("track(", f"{method}(link, "))
    assert on_element.effective == plain.effective
    assert codes(on_element) == codes(plain)
    assert [each.where.column for each in on_element.problems if each.where.pointer] == [
        (each.where.column or 0) + len(f"{method}(link, ") - len("track(")
        for each in plain.problems
        if each.where.pointer
    ]


@pytest.mark.parametrize(
    ("library", "text", "code"),
    [
        (
            "swift",
            'Analytics.shared().track("X", options: ["integrations": ["All": false]])',
            "no-integrations-argument",
        ),
        (
            "flutter",
            "Segment.track(eventName: 'X', options: {'integrations': {'All': false}});",
            "no-integrations-argument",
        ),
        ("ios", '[a track:@"X" properties:@{ @"integrations": @{ @"All": @NO } }];', "properties-integrations"),
        ("ios", '[a track:@"X" properties:nil options:@{ @"All": @NO }];', "bare-options"),
        (
            "analytics-go",
            'analytics.Page{UserId: "u", Context: &C{Extra: map[string]any{"integrations": map[string]any{"All": false}}}}',
            "context-integrations",
        ),
    ],
)
def test_an_object_in_a_named_argument_is_found_where_it_is_lost(library: str, text: str, code: str) -> None:
    """A named argument is no better place than the same argument without its name."""
    found = check(text, library)
    assert found.effective == {}
    assert code in codes(found)
    assert (found.corrected or {}).get("All") is False


def test_a_misplaced_object_of_python_is_shown_at_its_argument() -> None:
    """Its place is that of the argument, also where the argument has no name."""
    found = check('analytics.track("u", "E", {}, {"integrations": {"All": False}})', "analytics-python")
    (problem,) = (each for each in found.problems if each.code == "context-integrations")
    assert (problem.where.pointer, problem.where.column) == ("/3/integrations", 32)


def test_options_of_a_load_call_beside_the_call_are_mentioned() -> None:
    """They aren't looked at in the text of the call, which could be taken for the whole answer."""
    text = "analytics.load('K', { integrations: { 'Segment.io': false } });\nanalytics.track('X', {}, { integrations: {} });"
    assert "several-calls" in codes(check(text))
    assert "several-calls" not in codes(check(text, load=text))
    assert "several-calls" not in codes(check("analytics.load('K');\nanalytics.page();"))


@pytest.mark.parametrize("text", ["{ “All”: false }", "{ All: false, ‘Mixpanel’: true }", "analytics.track(“X”)"])
def test_quotation_marks_of_a_word_processor_are_named(text: str) -> None:
    """They make no text in any language, and the refusal says so."""
    with pytest.raises(ValueError, match='Write " instead'):
        check(text)


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u202e", "\u2066", "\u200b", "\ufeff"])
@pytest.mark.parametrize("library", LIBRARIES)
def test_marks_without_width_between_words_do_not_matter(mark: str, library: str) -> None:
    """Chats and editors of languages that are written from right to left add them."""
    text = f'{mark}{{ "All"{mark}: false,{mark} "Mixpanel": true }}{mark}'
    assert check(text, library).effective == {"All": False, "Mixpanel": True}


def test_a_text_that_holds_an_object_is_no_list_of_names() -> None:
    """The object in quotes isn't corrected to a destination of this name."""
    found = check({"event": "X", "userId": "u", "integrations": '{"All": false}'}, "analytics-node")
    assert "not-an-object" in codes(found)
    assert found.corrected is None


def test_settings_of_a_destination_in_the_options_themselves_are_reported() -> None:
    """An old form of the documentation, which Analytics.js moves into the context."""
    found = check("analytics.identify('u', {}, { Intercom: { user_hash: 'h' } })")
    assert found.effective == {}
    assert "bare-options" in codes(found)
    assert found.corrected == {"Intercom": {"user_hash": "h"}}
    assert "bare-options" not in codes(check("analytics.identify('u', {}, { context: { ip: 'x' }, custom: { a: 1 } })"))


def test_the_options_of_a_message_in_a_browser_are_not_read() -> None:
    """One message has no options in any library."""
    found = check("analytics.track({ event: 'X', options: { integrations: { All: false } } })")
    assert ("options-integrations" in codes(found), found.corrected) == (True, {"All": False})


@pytest.mark.parametrize("name", ["trackEvent", "pageEvent", "identifyMessage"])
def test_a_wrapper_is_no_call_of_the_library(name: str) -> None:
    """What a function of one's own does with its arguments isn't known."""
    with pytest.raises(InquiryError, match="isn’t one of Segment’s calls"):
        check(f"{name}('X', {{}}, {{ integrations: {{ All: false }} }})")


def test_a_call_that_raises_for_another_argument_has_its_object() -> None:
    """Nothing is sent, but it would be wrong to say that there is no object."""
    found = check("analytics.page('u', 'c', 'n', {}, integrations={'All': False}, foo=1)", "analytics-python")
    assert (found.segment.verdict, found.effective) == ("does-not", {"All": False})
    assert "unknown-argument" in codes(found)
    assert "no-object" not in codes(found)
