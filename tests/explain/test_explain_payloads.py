"""A payload says which library sent it, which SDKs the app has, and what the visitor consented to."""

from __future__ import annotations

from typing import Any

import pytest
from checks import check, cloud, codes, device, rules, verdicts

from advisor.explain import Explanation

OLD = ("ios", "android")


def _payload(sender: str = "", **more: Any) -> dict[str, Any]:
    context = {"library": {"name": sender, "version": "1.0.0"}} if sender else {}
    return {"type": "track", "event": "Order Completed", "messageId": "m", "context": context, **more}


def _told(found: Explanation, code: str) -> str:
    return next(each.message for each in found.problems if each.code == code)


@pytest.mark.parametrize("library", OLD)
def test_false_in_a_payload_of_the_old_mobile_libraries_may_be_the_mark_of_a_bundled_sdk(library: str) -> None:
    """The mark keeps Segment's servers from sending a second time. It does not show what the author wants, so
    nothing is corrected.
    """
    sent = _payload(f"analytics-{library}", integrations={"Appboy": False, "Segment.io": False})
    found = check(sent, library, device("Appboy"), "Slack")
    assert (verdicts(found)["Appboy"], rules(found)["Appboy"]) == ("check", "bundled-mark")
    assert verdicts(found)["Slack"] == "receives"
    assert found.segment.verdict == "receives"
    assert (codes(found), found.corrected) == ({"bundled-mark"}, None)
    assert "second time" in _told(found, "bundled-mark")


@pytest.mark.parametrize("library", OLD)
def test_false_in_a_call_is_the_intention_of_the_author(library: str) -> None:
    """In an object or in options, false switches the destination off."""
    for text in ({"Appboy": False}, {"event": "E", "options": {"integrations": {"Appboy": False}}}):
        assert verdicts(check(text, library, device("Appboy"))) == {"Appboy": "does-not"}


@pytest.mark.parametrize("library", ["swift", "kotlin", "analytics.js", "analytics-node"])
def test_false_in_other_payloads_is_the_intention_of_the_author(library: str) -> None:
    """Newer libraries write the mark of bundled SDKs in another place."""
    found = check(_payload(integrations={"Slack": False}), library, "Slack")
    assert (verdicts(found), codes(found)) == ({"Slack": "does-not"}, set())


def test_metadata_lists_the_bundled_destinations() -> None:
    """Segment's servers don't send to bundled destinations, and the app doesn't have the unbundled ones."""
    sent = _payload("analytics-swift", integrations={}, _metadata={"bundled": ["Amplitude"], "unbundled": ["Mixpanel"]})
    found = check(sent, "swift", cloud("Amplitude"), device("Mixpanel"), "Slack")
    assert rules(found) == {"Amplitude": "bundled", "Mixpanel": "bundled", "Slack": "default"}
    assert verdicts(found) == {"Amplitude": "check", "Mixpanel": "check", "Slack": "receives"}
    assert codes(found) == {"bundled-mark"}
    agreeing = check(sent, "swift", device("Amplitude"), cloud("Mixpanel"))
    assert verdicts(agreeing) == {"Amplitude": "receives", "Mixpanel": "receives"}


@pytest.mark.parametrize(
    ("sender", "library", "other"),
    [
        ("analytics.js", "analytics.js", "analytics-node"),
        ("analytics-ios", "ios", "swift"),
        ("analytics-android", "android", "kotlin"),
        ("analytics-kotlin", "kotlin-server", "analytics-java"),
        ("Analytics-CSharp", "unity", "analytics-java"),
        ("@segment/analytics-node", "analytics-node", "analytics.js"),
        ("analytics-python", "analytics-python", "analytics-ruby"),
        ("analytics-react-native", "react-native", "flutter"),
    ],
)
def test_a_payload_from_another_library_is_reported(sender: str, library: str, other: str) -> None:
    """Libraries have different rules, so the wrong choice gives a wrong answer."""
    sent = _payload(sender, integrations={"Slack": True})
    assert "other-library" not in codes(check(sent, library, "Slack"))
    assert sender in _told(check(sent, other, "Slack"), "other-library")


def test_a_batch_names_its_library_once() -> None:
    """Go names it in the envelope."""
    batch = {"batch": [{"type": "track", "event": "E"}], "context": {"library": {"name": "analytics-go"}}}
    assert "other-library" in codes(check(batch, "analytics-ruby", "Slack"))
    assert "other-library" not in codes(check(batch, "analytics-go", "Slack"))


def test_bundled_marks_are_read_by_the_sending_library() -> None:
    """Also if another library was chosen."""
    sent = _payload("analytics-ios", integrations={"Appboy": False})
    found = check(sent, "swift", device("Appboy"))
    assert (rules(found), codes(found)) == ({"Appboy": "bundled-mark"}, {"bundled-mark", "other-library"})


def _with_consent(consent: Any, **integrations: bool) -> dict[str, Any]:
    return {"type": "track", "event": "X", "context": {"consent": consent}, "integrations": integrations}


def test_refused_consent_comes_before_the_object() -> None:
    """True never overrules it and false stays false, because the text does not say which destinations have the
    category.
    """
    consent = {"categoryPreferences": {"Advertising": False, "Analytics": True}}
    sent = _with_consent(consent, All=False, **{"Facebook Conversions API (Actions)": True})
    found = check(sent, "analytics-node", "Facebook Conversions API (Actions)", "Slack")
    assert verdicts(found) == {"Facebook Conversions API (Actions)": "check", "Slack": "does-not"}
    assert rules(found)["Facebook Conversions API (Actions)"] == "consent"
    assert codes(found) == {"consent-refused"}
    assert "never overrules" in _told(found, "consent-refused")


@pytest.mark.parametrize("consent", [{}, {"categoryPreferences": {}}])
def test_empty_consent_denies_every_destination_with_a_category(consent: Any) -> None:
    """It looks like no statement, but it denies."""
    found = check(_with_consent(consent), "analytics-node", "Slack")
    assert (verdicts(found), rules(found), codes(found)) == (
        {"Slack": "check"},
        {"Slack": "consent"},
        {"consent-empty"},
    )


def test_with_granted_or_missing_consent_the_object_decides() -> None:
    """An event without consent is delivered."""
    granted = {"categoryPreferences": {"Advertising": True}}
    for sent in (_with_consent(granted, Slack=True), {"type": "track", "event": "X", "integrations": {"Slack": True}}):
        found = check(sent, "analytics-node", "Slack")
        assert (verdicts(found), rules(found), codes(found)) == ({"Slack": "receives"}, {"Slack": "key"}, set())


@pytest.mark.parametrize(
    ("text", "library"),
    [
        ("analytics.track({ userId: 'u', event: 'X', context: { consent: CONSENT } })", "analytics-node"),
        ("analytics.track('X', {}, { context: { consent: CONSENT } })", "analytics.js"),
        ("analytics.track('u', 'X', context={'consent': CONSENT})", "analytics-python"),
    ],
)
@pytest.mark.parametrize(
    "consent", ["{ 'categoryPreferences': { 'ads': false } }", "{ 'categoryPreferences': { 'ads': agreed } }", "given"]
)
def test_consent_in_a_call_counts_like_that_of_a_payload(text: str, library: str, consent: str) -> None:
    """Also if the consent is given as a name."""
    consent = consent.replace("false", "False") if library == "analytics-python" else consent
    found = check(text.replace("CONSENT", consent), library, "Mixpanel")
    assert rules(found) == {"Mixpanel": "consent"}
    assert "consent-refused" in codes(found)
