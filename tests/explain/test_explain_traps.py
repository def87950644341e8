"""Every trap that was found with the real libraries is reported: what happens, why, and what to write instead."""

from __future__ import annotations

import pytest
from checks import check, cloud, codes, device, rules, verdicts

from advisor.advice.reach.network import tool
from advisor.explain import PROBLEMS
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CustomReach, Destination

IGNORING_ALL = ["swift", "kotlin", "react-native", "flutter", "unity"]


# How the object is read


def test_the_allow_list_of_segments_guide_feeds_exactly_its_two_tools() -> None:
    """``All: false`` and two names: only those two receive the call."""
    found = check(
        {"All": False, "Google Analytics": True, "Drift": True},
        "analytics.js",
        "Google Analytics",
        "Drift",
        "Facebook Pixel",
    )
    assert verdicts(found) == {"Google Analytics": "receives", "Drift": "check", "Facebook Pixel": "does-not"}
    assert (codes(found), found.corrected) == (set(), None)


def test_the_deny_list_of_segments_guide_feeds_all_tools_but_one() -> None:
    """A single false excludes one tool only."""
    found = check({"Facebook Pixel": False}, "analytics.js", "Facebook Pixel", "Mixpanel")
    assert verdicts(found) == {"Facebook Pixel": "does-not", "Mixpanel": "receives"}
    assert rules(found) == {"Facebook Pixel": "key", "Mixpanel": "default"}


def test_an_empty_object_feeds_every_tool_but_salesforce() -> None:
    """A destination without an entry is on; only classic Salesforce is off until its key is true."""
    found = check({}, "analytics-node", "Mixpanel", "Salesforce", "Salesforce (Actions)")
    assert verdicts(found) == {"Mixpanel": "receives", "Salesforce": "does-not", "Salesforce (Actions)": "receives"}
    assert rules(found)["Salesforce"] == "salesforce-default"
    assert verdicts(check({"Salesforce": True}, "analytics-node", "Salesforce")) == {"Salesforce": "receives"}
    assert verdicts(check({"All": True}, "analytics-node", "Salesforce")) == {"Salesforce": "does-not"}


def test_an_options_object_counts_as_true_and_overrides_filters_of_the_app() -> None:
    """An object with settings switches a destination on, also under ``All: false``."""
    found = check({"All": False, "Amplitude": {"session_id": 1}}, "analytics-node", "Amplitude")
    assert verdicts(found) == {"Amplitude": "receives"}
    assert codes(found) == {"options-object"}
    assert found.corrected is None


# Segment itself


def test_segment_io_false_in_the_browser_stops_segment_and_not_the_tools_of_the_page() -> None:
    """The event never leaves the browser for Segment, while device-mode destinations still get it."""
    found = check({"Segment.io": False}, "analytics.js", "Facebook Pixel", "Slack", warehouse=True)
    assert found.segment.verdict == "does-not"
    assert verdicts(found) == {"Facebook Pixel": "receives", "Slack": "does-not"}
    assert rules(found)["Slack"] == "not-sent"
    assert found.warehouse is not None
    assert found.warehouse.verdict == "does-not"
    assert "segment-io-false" in codes(found)
    assert found.corrected == {}


@pytest.mark.parametrize(
    ("library", "verdict"),
    [
        *((key, "does-not") for key in ("analytics-node", "kotlin", "react-native", "flutter", "unity", "android")),
        *((key, "does-not") for key in ("analytics-csharp", "kotlin-server")),
        *((key, "receives") for key in ("ios", "swift")),
        *((key, "unknown") for key in ("analytics-python", "analytics-ruby", "http-api")),
    ],
)
def test_segment_io_false_means_something_else_in_each_library(library: str, verdict: str) -> None:
    """It is dropped, blocked, thrown, ignored or undocumented; it is always reported."""
    found = check({"Segment.io": False}, library, "Slack")
    assert (found.segment.verdict, verdicts(found)["Slack"]) == (verdict, verdict)
    assert "segment-io-false" in codes(found)


def test_switching_segment_off_is_reported_even_if_the_page_never_loads_it() -> None:
    """The author has to correct both, so both are reported."""
    found = check({"Segment.io": False}, "analytics.js", "Slack", load={"All": False, "Slack": True})
    assert {"load-without-segment-io", "segment-io-false"} <= codes(found)
    assert found.corrected == {}


def test_an_entry_meant_as_false_needs_no_loaded_destination() -> None:
    """A text in place of false is reported; the destination is not loaded, as intended."""
    off = check({"Facebook Pixel": "false"}, load={"All": False, "Segment.io": True})
    assert "never-loaded" not in codes(off)
    assert "string-for-boolean" in codes(off)
    on = check({"Facebook Pixel": "true"}, load={"All": False, "Segment.io": True})
    assert "never-loaded" in codes(on)


def test_a_wrong_value_is_named_by_its_key() -> None:
    """An object has many values, so the message names the key."""
    found = check({"Mixpanel": "false", "Drift": None, "Slack": 1, "Vero": []})
    told = {each.code: each.message for each in found.problems}
    for code, key in (("string-for-boolean", "Mixpanel"), ("null-value", "Drift"), ("number-for-boolean", "Slack"),
                      ("list-value", "Vero")):  # fmt: skip
        assert f"“{key}”" in told[code]


def test_all_false_in_a_call_does_not_stop_segment_itself() -> None:
    """``Segment.io`` is exempt from ``All``."""
    assert check({"All": False}, "analytics.js", "Slack").segment.verdict == "receives"


@pytest.mark.parametrize("value", ["false", 0, None, True, {"apiHost": "x"}, []])
def test_segment_io_follows_javascript_in_the_browser(value: object) -> None:
    """Only values that JavaScript treats as false switch it off; null decides nothing."""
    assert (check({"Segment.io": value}).segment.verdict == "does-not") == (value == 0 and value is not None)


# The load-time object of Analytics.js


def test_loading_with_all_false_and_without_segment_io_sends_nothing_to_segment() -> None:
    """The named tool still runs on the page; cloud destinations and warehouses get nothing."""
    load = {"All": False, "Facebook Pixel": True}
    found = check({}, "analytics.js", "Facebook Pixel", "Slack", load=load)
    assert found.segment.verdict == "does-not"
    assert verdicts(found) == {"Facebook Pixel": "receives", "Slack": "does-not"}
    assert "load-without-segment-io" in codes(found)
    assert found.corrected_load == {"All": False, "Segment.io": True, "Facebook Pixel": True}
    assert (
        check({}, "analytics.js", "Slack", load={**load, "Segment.io": {"apiHost": "x"}}).segment.verdict == "receives"
    )


def test_a_tool_left_out_at_load_time_cannot_be_brought_back() -> None:
    """It isn't on the page. The call still claims it, and cloud destinations do follow the call."""
    load = {"All": False, "Segment.io": True}
    found = check({"Drift": True, "Slack": True}, "analytics.js", "Drift", "Slack", load=load)
    assert verdicts(found) == {"Drift": "does-not", "Slack": "receives"}
    assert rules(found)["Drift"] == "not-loaded"
    assert found.effective == {"All": False, "Segment.io": True, "Drift": True, "Slack": True}
    assert "never-loaded" in codes(found)
    assert found.corrected_load is not None
    assert found.corrected_load["Drift"] is True
    assert verdicts(check({"All": True}, "analytics.js", "Drift", load=load)) == {"Drift": "does-not"}


def test_the_call_overrides_the_load_time_object_key_by_key() -> None:
    """Load-time entries become true or false; the entries of the call stay unchanged and win."""
    found = check(
        {"Drift": {"tag": "x"}, "Facebook Pixel": False},
        "analytics.js",
        load={"Segment.io": {"apiHost": "x"}, "Facebook Pixel": True, "Mixpanel": {"token": 1}, "Hotjar": False},
    )
    assert found.effective == {
        "Segment.io": True,
        "Facebook Pixel": False,
        "Mixpanel": True,
        "Hotjar": False,
        "Drift": {"tag": "x"},
    }
    assert verdicts(found) == {
        "Drift": "check",
        "Facebook Pixel": "does-not",
        "Mixpanel": "receives",
        "Hotjar": "does-not",
    }


def test_all_false_in_a_call_keeps_destinations_named_at_load_time() -> None:
    """To exclude them, the call has to name them."""
    found = check({"All": False}, "analytics.js", "Facebook Pixel", "Mixpanel", load={"Facebook Pixel": True})
    assert verdicts(found) == {"Facebook Pixel": "receives", "Mixpanel": "does-not"}
    assert "load-keeps-on" in codes(found)
    assert found.corrected == {"All": False, "Facebook Pixel": False}


@pytest.mark.parametrize("value", ["undefined", "null"])
def test_undefined_and_null_are_false_at_load_time(value: str) -> None:
    """A problem says so, the corrected object has false, and the tool stays off."""
    found = check("{}", "analytics.js", "Mixpanel", load=f"{{ integrations: {{ Mixpanel: {value} }} }}")
    (problem,) = found.problems
    assert (problem.code, problem.fix) == (f"{value}-value", "Write false.")
    assert "At load time this is false" in problem.message
    assert (found.effective, verdicts(found)) == ({"Mixpanel": False}, {"Mixpanel": "does-not"})
    assert found.corrected_load == {"Mixpanel": False}


def test_undefined_in_a_call_overrides_a_load_time_entry() -> None:
    """It removes the entry, so that All decides; leaving it out would let the tool in."""
    load = {"All": False, "Segment.io": True, "Mixpanel": True}
    found = check("{ Mixpanel: undefined }", "analytics.js", "Mixpanel", load=load)
    assert (verdicts(found), found.corrected) == ({"Mixpanel": "does-not"}, {"Mixpanel": False})


def test_a_display_name_at_load_time_stops_the_plugin_of_a_hybrid() -> None:
    """The plugin then doesn't write the key; how Segment reads the name isn't certain."""
    found = check("{}", "analytics.js", "Actions Amplitude", load={"Amplitude (Actions)": False})
    assert (verdicts(found), rules(found)) == ({"Actions Amplitude": "check"}, {"Actions Amplitude": "other-name"})
    assert (codes(found), found.corrected_load) == ({"not-the-key"}, {"Actions Amplitude": False})


def test_a_call_cannot_use_a_plugin_that_was_excluded_at_load_time() -> None:
    """Segment feeds the destination without the plugin's values, and the answer doesn't contradict the call."""
    load = {"All": False, "Segment.io": True}
    found = check({"Actions Amplitude": True}, "analytics.js", "Actions Amplitude", load=load)
    assert (verdicts(found), codes(found)) == ({"Actions Amplitude": "receives"}, {"never-loaded"})
    assert "plugin" in found.problems[0].message
    assert (found.corrected, found.corrected_load) == (None, {**load, "Actions Amplitude": True})
    quiet = check({}, "analytics.js", "Actions Amplitude", load=load)
    assert (verdicts(quiet), codes(quiet), quiet.corrected_load) == ({"Actions Amplitude": "does-not"}, set(), None)


def test_a_web_action_uses_its_display_name_only_at_load_time() -> None:
    """``analytics.load`` accepts both names; a call accepts only the key."""
    load = {"All": False, "Segment.io": True, "Braze Web Device Mode (Actions)": True}
    key = "Braze Web Mode (Actions)"
    assert rules(check({key: True}, "analytics.js", key, load=load)) == {key: "key"}


# Plugins that don't look at All


@pytest.mark.parametrize("library", IGNORING_ALL)
def test_plugins_in_apps_ignore_all_false(library: str) -> None:
    """Only their own key, and only false, stops them; cloud destinations obey as everywhere."""
    found = check(
        {"All": False, "Amplitude": True}, library, device("Amplitude"), device("AppsFlyer"), cloud("Mixpanel")
    )
    assert rules(found)["AppsFlyer"] == "plugin-ignores-all"
    assert verdicts(found)["AppsFlyer"] in ("receives", "check")
    assert verdicts(found)["Mixpanel"] == "does-not"
    assert "device-ignores-all" in codes(found)
    assert found.corrected == {"All": False, "Amplitude": True, "AppsFlyer": False}
    stopped = check(found.corrected, library, device("Amplitude"), device("AppsFlyer"), cloud("Mixpanel"))
    assert verdicts(stopped)["AppsFlyer"] == "does-not"
    assert codes(stopped) == set()


@pytest.mark.parametrize("library", ["ios", "android"])
def test_the_two_old_libraries_honour_all(library: str) -> None:
    """In these libraries ``All: false`` also stops the tools in the app."""
    found = check({"All": False}, library, device("AppsFlyer"))
    assert (verdicts(found), codes(found)) == ({"AppsFlyer": "does-not"}, set())


@pytest.mark.parametrize("value", [None, 0, "false", ""])
def test_react_native_stops_a_plugin_only_with_false(value: object) -> None:
    """The comparison is strict."""
    assert verdicts(check({"AppsFlyer": value}, "react-native", device("AppsFlyer"))) == {"AppsFlyer": "receives"}


def test_swift_reads_a_dot_in_a_key_as_a_path() -> None:
    """A false under such a key stops no plugin."""
    custom = Destination(key="our.tool", custom=CustomReach(mobile="device"))
    found = check({"our.tool": False}, "swift", custom)
    assert verdicts(found)["our.tool"] in ("receives", "check")
    assert codes(found) == {"dot-in-key"}
    assert verdicts(check({"our.tool": False}, "kotlin", custom)) == {"our.tool": "does-not"}


def test_a_hybrid_destination_has_to_be_named_under_all_false() -> None:
    """Its browser plugin may write the key; a false that is there is never overwritten."""
    found = check({"All": False}, "analytics.js", "Actions Amplitude")
    assert rules(found) == {"Actions Amplitude": "hybrid-plugin"}
    assert (verdicts(found), codes(found)) == ({"Actions Amplitude": "check"}, {"hybrid-not-named"})
    assert found.corrected == {"All": False, "Actions Amplitude": False}
    assert verdicts(check({"All": False}, "analytics-node", "Actions Amplitude")) == {"Actions Amplitude": "does-not"}


def test_excluding_a_hybrid_destination_by_its_display_name_is_undone_by_its_plugin() -> None:
    """An object appears under the key, which counts as true."""
    found = check({"Amplitude (Actions)": False}, "analytics.js", "Actions Amplitude")
    assert verdicts(found) == {"Actions Amplitude": "receives"}
    assert rules(found) == {"Actions Amplitude": "hybrid-plugin"}
    assert found.corrected == {"Actions Amplitude": False}


@pytest.mark.parametrize("call", ["identify", "group"])
def test_brazes_plugin_may_bring_braze_back(call: str) -> None:
    """It works on identify and group, and writes its keys without checking All."""
    assert verdicts(check({"All": False}, "analytics.js", "Appboy", call=call)) == {"Appboy": "check"}
    assert verdicts(check({"All": False}, "analytics.js", "Appboy", call="track")) == {"Appboy": "does-not"}


@pytest.mark.parametrize(
    ("key", "second"),
    [
        ("Actions Google Enhanced Conversions", "Google Ads Conversions"),
        ("Ms Bing Capi", "Microsoft Bing CAPI (Actions)"),
    ],
)
def test_two_plugins_have_a_second_name(key: str, second: str) -> None:
    """Both names need the same value, or the plugin doesn't see it."""
    found = check({key: False}, "analytics.js", key)
    assert (verdicts(found), codes(found)) == ({key: "check"}, {"second-name-missing"})
    assert found.corrected == {key: False, second: False}
    both = check(found.corrected, "analytics.js", key)
    assert (verdicts(both), codes(both)) == ({key: "does-not"}, set())


# Keys


def test_all_in_lower_case_is_ignored_in_the_browser_and_unclear_elsewhere() -> None:
    """An event with ``{all: false}`` still goes to the tools of the page."""
    found = check("{ all: false }", "analytics.js", "Facebook Pixel", "Slack")
    assert verdicts(found) == {"Facebook Pixel": "receives", "Slack": "unknown"}
    assert codes(found) == {"all-lower-case"}
    assert found.corrected == {"All": False}
    assert verdicts(check({"all": False}, "analytics-go", "Slack")) == {"Slack": "unknown"}
    assert verdicts(check({"all": False}, "ios", device("AppsFlyer"))) == {"AppsFlyer": "does-not"}


@pytest.mark.parametrize(
    "row", [row for row in CATALOGUE.values() if row.name != row.key and row.name not in CATALOGUE]
)
def test_every_display_name_that_is_not_a_key_is_reported(row: object) -> None:
    """A wrong key fails silently; the right one is named and used in the corrected object."""
    found = check({"All": False, row.name: True}, "analytics-node")
    problem = next(problem for problem in found.problems if problem.where.pointer == f"/{row.name}".replace("~", "~0"))
    assert problem.code in ("not-the-key", "wrong-case")
    assert f"“{row.key}”" in problem.fix
    assert row.key in verdicts(found)


def test_keys_match_exactly_in_the_browser() -> None:
    """Other capitals or a missing blank reach no destination."""
    for wrong in ("google analytics", "Google  Analytics", " Google Analytics"):
        found = check({"All": False, wrong: True}, "analytics.js", "Google Analytics")
        assert (verdicts(found), codes(found)) == ({"Google Analytics": "does-not"}, {"wrong-case"})
        assert found.corrected == {"All": False, "Google Analytics": True}
    found = check({"All": False, "GoogleAnalytics": True}, "analytics.js", "Google Analytics")
    assert (verdicts(found), codes(found)) == ({"Google Analytics": "does-not"}, {"unknown-key"})


def test_a_former_name_in_cloud_mode_needs_a_check() -> None:
    """Segment takes some such names, and is known to miss others."""
    found = check({"All": False, "Amplitude (Actions)": True}, "analytics-node", "Actions Amplitude")
    assert (verdicts(found), rules(found)) == ({"Actions Amplitude": "check"}, {"Actions Amplitude": "other-name"})
    assert codes(found) == {"not-the-key"}


@pytest.mark.parametrize(("written", "meant"), [("FullStory", "Fullstory"), ("Fullstory", "FullStory")])
def test_keys_that_differ_only_in_capitals_are_distinguished(written: str, meant: str) -> None:
    """FullStory is the classic one, Fullstory the Actions one."""
    found = check({"All": False, written: True}, "analytics.js", meant)
    assert (verdicts(found), codes(found)) == ({meant: "does-not"}, {"twin-key"})
    assert found.corrected == {"All": False, meant: True}
    assert codes(check({written: True}, "analytics.js")) == {"case-twin"}
    assert codes(check({written: True}, "analytics.js", written)) == set()


def test_the_key_of_another_destination_of_the_vendor_is_reported() -> None:
    """Mixpanel is the legacy one; people who use Mixpanel (Actions) mean that one."""
    found = check({"All": False, "Mixpanel": True}, "analytics-node", "Mixpanel (Actions)")
    assert (verdicts(found), codes(found)) == ({"Mixpanel (Actions)": "does-not"}, {"twin-key"})
    assert found.corrected == {"All": False, "Mixpanel (Actions)": True}


def test_an_unknown_key_is_an_error_and_is_never_called_harmless() -> None:
    """Under ``All: false`` its tool gets nothing; otherwise false doesn't stop it. The nearest key is offered."""
    found = check({"All": False, "Facebok Pixel": True, "Zyx": False}, "analytics.js", "Facebook Pixel")
    assert verdicts(found) == {"Facebook Pixel": "does-not"}
    told = {each.where.pointer: each for each in found.problems if each.code == "unknown-key"}
    assert "Facebook Pixel" in told["/Facebok Pixel"].fix
    assert "reaches no destination" in told["/Facebok Pixel"].message
    assert found.corrected == {"All": False, "Facebook Pixel": True, "Zyx": False}
    (alone,) = check({"All": False, "GA4": True, "Segment.io": True}, "analytics-node").problems
    assert "reaches no destination" in alone.message
    assert (
        "doesn’t get the event"
        in check({"All": False, "GA4": True, "Slack": True}, "analytics-node").problems[0].message
    )
    (open_,) = check({"Zyx": False}, "analytics-node").problems
    assert "still gets the event" in open_.message
    for problem in (*told.values(), open_):
        assert problem.severity == "error"
        assert "Remove" not in problem.fix


def test_a_destination_function_is_named_by_name_and_workspace() -> None:
    """Only the workspace knows it, so it is neither wrong nor confirmed."""
    found = check({"All": False, "Send to ERP (Acme)": True}, "analytics-node")
    assert (verdicts(found), codes(found)) == ({"Send to ERP (Acme)": "receives"}, {"destination-function"})
    assert codes(check({"Send to ERP (Acme)": True}, "analytics-node", "Send to ERP (Acme)")) == set()


def test_a_key_of_an_unreachable_tool_is_reported() -> None:
    """A server library reaches no pixel, and false for it is harmless."""
    found = check({"Facebook Pixel": True}, "analytics-node", "Facebook Pixel")
    assert (verdicts(found), rules(found)) == ({"Facebook Pixel": "does-not"}, {"Facebook Pixel": "unreachable"})
    assert codes(found) == {"named-but-unreachable"}
    assert codes(check({"Facebook Pixel": False}, "analytics-node", "Facebook Pixel")) == set()


def test_a_right_key_of_an_unchosen_destination_is_reported() -> None:
    """It does no harm, but perhaps the destination was forgotten."""
    found = check({"Drift": False}, "analytics.js", "Facebook Pixel")
    assert (verdicts(found), codes(found), found.corrected) == ({"Facebook Pixel": "receives"}, {"not-listed"}, None)


def test_a_call_type_that_a_destination_does_not_take_never_arrives() -> None:
    """No object changes that."""
    assert rules(check({}, "analytics.js", "Facebook Pixel", call="group")) == {"Facebook Pixel": "call-type"}
    assert rules(check({"Facebook Pixel": True}, "analytics.js", "Facebook Pixel", call="screen")) == {
        "Facebook Pixel": "call-type"
    }


def test_audiences_are_not_fed_by_events() -> None:
    """No call reaches a destination that is fed from audiences."""
    assert rules(check({"All": True}, "analytics-node", "Braze Cohorts")) == {"Braze Cohorts": "not-a-stream"}


# Values


@pytest.mark.parametrize(
    ("value", "verdict", "code", "meant"),
    [
        ("false", "receives", "string-for-boolean", False),
        ("true", "receives", "string-for-boolean", True),
        ("", "does-not", "string-for-boolean", False),
        (0, "does-not", "number-for-boolean", False),
        (1, "receives", "number-for-boolean", True),
        ([], "receives", "list-value", False),
    ],
)
def test_in_a_browser_other_values_follow_javascript(value: object, verdict: str, code: str, meant: bool) -> None:
    """“false” as a text switches on, 0 switches off; the behaviour of Segment's servers is not published."""
    found = check({"Facebook Pixel": value}, "analytics.js", "Facebook Pixel")
    assert (verdicts(found), codes(found)) == ({"Facebook Pixel": verdict}, {code})
    assert found.corrected == {"Facebook Pixel": meant}
    assert verdicts(check({"Slack": value}, "analytics-node", "Slack")) == {"Slack": "unknown"}


@pytest.mark.parametrize(("everything", "verdict"), [(False, "does-not"), (True, "receives")])
def test_in_a_browser_null_leaves_the_decision_to_all(everything: bool, verdict: str) -> None:
    """Null counts like a missing entry."""
    found = check({"All": everything, "Facebook Pixel": None}, "analytics.js", "Facebook Pixel")
    assert (verdicts(found), codes(found)) == ({"Facebook Pixel": verdict}, {"null-value"})


@pytest.mark.parametrize("value", ["false", 0, None])
def test_in_a_browser_all_closes_the_object_only_with_false(value: object) -> None:
    """``All: 'false'`` does not close the object."""
    assert verdicts(check({"All": value}, "analytics.js", "Facebook Pixel")) == {"Facebook Pixel": "receives"}
    assert verdicts(check({"All": value}, "analytics-node", "Slack")) == {"Slack": "unknown"}
    assert check({"All": value}, "analytics.js", "Facebook Pixel").corrected == {"All": False}


def test_undefined_counts_like_a_missing_entry() -> None:
    """JSON omits it, and the page doesn't see it."""
    found = check("{ All: false, Mixpanel: undefined }", "analytics.js", "Mixpanel")
    assert (verdicts(found), codes(found)) == ({"Mixpanel": "does-not"}, {"undefined-value"})
    assert found.corrected == {"All": False}


def test_a_value_that_is_a_name_is_not_guessed() -> None:
    """Everything that depends on it is unknown, and no corrected object is offered."""
    found = check("{ All: false, Mixpanel: consent.analytics }", "analytics.js", "Mixpanel", "Facebook Pixel")
    assert verdicts(found) == {"Mixpanel": "unknown", "Facebook Pixel": "does-not"}
    assert (codes(found), found.corrected) == ({"variable"}, None)


@pytest.mark.parametrize(
    ("library", "verdict"),
    [
        ("analytics.js", "receives"),
        ("analytics-node", "receives"),
        ("analytics-python", "does-not"),
        ("analytics-ruby", "unknown"),
    ],
)
@pytest.mark.parametrize("given", [["Slack"], '"Slack"'])
def test_a_list_or_a_text_is_not_an_object(library: str, verdict: str, given: object) -> None:
    """Libraries spread it into useless entries, refuse it, or send it unchanged."""
    found = check(given, library, "Slack")
    assert verdicts(found) == {"Slack": verdict}
    assert (codes(found), found.effective) == ({"not-an-object"}, None)
    assert found.corrected == {"All": False, "Slack": True}


def test_a_duplicate_key_is_reported() -> None:
    """The last one counts, as in every language."""
    found = check("{ Mixpanel: true, Mixpanel: false }", "analytics.js", "Mixpanel")
    assert (verdicts(found), codes(found)) == ({"Mixpanel": "does-not"}, {"duplicate-key"})


def test_all_takes_no_settings() -> None:
    """Its value is true or false."""
    found = check({"All": {}}, "analytics.js", "Facebook Pixel")
    assert (codes(found), found.corrected) == ({"object-for-all"}, {"All": False})


# Warehouses and stores


@pytest.mark.parametrize(
    ("given", "verdict", "code"),
    [
        ({}, "receives", None),
        ({"All": True}, "receives", None),
        ({"All": False}, "unknown", "warehouses-unsaid"),
        ({"All": False, "Warehouses": {"all": True}}, "receives", None),
        ({"Warehouses": {"all": False}}, "does-not", None),
        ({"All": False, "Warehouses": {"warehouseIds": ["x"]}}, "check", None),
        ({"Warehouses": False}, "unknown", "warehouses-form"),
        ({"Warehouses": {"All": False}}, "unknown", "warehouses-form"),
        ({"Snowflake": False}, "receives", "not-the-key"),
    ],
)
def test_warehouses_follow_their_own_key(given: dict[str, object], verdict: str, code: str | None) -> None:
    """``All: false`` alone is disputed, the inner ``all`` is in lower case, and no warehouse is addressed by its
    name.
    """
    found = check(given, "analytics-node", "Slack", warehouse=True)
    assert found.warehouse is not None
    assert found.warehouse.verdict == verdict
    assert codes(found) == ({code} if code else set())


@pytest.mark.parametrize("key", ["AWS S3", "Amazon S3"])
def test_object_stores_ignore_the_object(key: str) -> None:
    """They keep every call, and false has no effect."""
    found = check({"All": False, key: False}, "analytics-node", key)
    assert (verdicts(found), rules(found), codes(found)) == (
        {key: "receives"},
        {key: "storage"},
        {"storage-ignores-object"},
    )


# The table behind it


def test_every_problem_is_caused_by_some_test_of_this_folder() -> None:
    """Every code in the table can occur, and every code that occurs is in the table."""
    from pathlib import Path

    sources = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert {code for code in PROBLEMS if f'"{code}"' not in sources} == set()


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_valid_object_is_valid_in_every_library(library: str) -> None:
    """For two destinations in every library there is no problem, and the modes are those of the catalogue."""
    found = check({"All": False, "Slack": True}, library, "Slack", "Zapier")
    assert verdicts(found) == {"Slack": "receives", "Zapier": "does-not"}
    assert codes(found) == set()
    assert {verdict.mode for verdict in found.destinations} == {
        tool(Destination(key="Slack")).modes[LIBRARIES[library].type]
    }
