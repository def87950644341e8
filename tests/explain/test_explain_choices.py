"""A value that may be one of several is known as far as all of them agree."""

from __future__ import annotations

import pytest
from checks import check, rules, verdicts

FORMS = [
    ("analytics-node", "track({ userId: 'u', event: 'X', integrations: { All: false, Mixpanel: id ? @1 : @2 } })"),
    ("analytics-node", "track({ userId: 'u', event: 'X', integrations: { All: false, Mixpanel: a || b ? @1 : @2 } })"),
    ("analytics.js", "({ All: false, Mixpanel: a ? @1 : b === 1 ? @2 : @1 })"),
    ("analytics-python", "track('u', 'X', integrations={'All': False, 'Mixpanel': @1 if sent else @2})"),
    ("analytics-python", "track('u', 'X', integrations={'All': False, 'Mixpanel': @1 or @2})"),
    (
        "analytics-ruby",
        "track(user_id: 'u', event: 'X', integrations: { 'All' => false, 'Mixpanel' => sent ? @1 : @2 })",
    ),
    (
        "analytics-php",
        "Segment::track(['userId' => 'u', 'event' => 'X', 'integrations' => ['All' => false, 'Mixpanel' => @1 ?: @2]]);",
    ),
    (
        "analytics-php",
        "Segment::track(['userId' => 'u', 'event' => 'X', 'integrations' => ['All' => false, 'Mixpanel' => $a ? @1 : @2]]);",
    ),
    ("analytics-csharp", 'e.Integrations = new JsonObject { ["All"] = false, ["Mixpanel"] = sent ? @1 : @2 };'),
    ("swift", 'event.integrations = try? JSON(["All": false, "Mixpanel": sent ? @1 : @2])'),
    ("flutter", "event.integrations = {'All': false, 'Mixpanel': sent ? @1 : @2};"),
    ("ios", '@{@"All": @NO, @"Mixpanel": sent ? @1 : @2}'),
    ("analytics-rust", 'json!({"All": false, "Mixpanel": if sent { @1 } else { @2 }})'),
    ("kotlin-server", 'e?.putIntegrations("All", false)?.putIntegrations("Mixpanel", if (sent) @1 else @2)'),
    ("kotlin-server", 'e?.putIntegrations("All", false)?.putIntegrations("Mixpanel", @1.ifEmpty { @2 })'),
    (
        "analytics-java",
        "TrackMessage.Builder m = TrackMessage.builder('X').userId('u').enableIntegration('All', false); "
        "if (s.isEmpty()) { m.integrationOptions('Mixpanel', @1); } else { m.enableIntegration('Mixpanel', @2); }".replace(
            "'", '"'
        ),
    ),
]
OBJECTS = {
    "analytics-node": "{ id: id }",
    "analytics.js": "{ id: id }",
    "analytics-python": "{'id': sent}",
    "analytics-ruby": "{ 'id' => sent }",
    "analytics-php": "['id' => $a]",
    "analytics-csharp": 'new JsonObject { ["id"] = sent }',
    "swift": '["id": sent]',
    "flutter": "{'id': sent}",
    "ios": '@{@"id": sent}',
    "analytics-rust": 'json!({"id": sent})',
    "kotlin-server": 'buildJsonObject { put("id", sent) }',
    "analytics-java": 'map("id", sent)',
}
WORDS = {"analytics-python": ("True", "False"), "ios": ("@YES", "@NO")}


@pytest.mark.parametrize(("library", "form"), FORMS)
def test_an_object_or_true_switches_on(library: str, form: str) -> None:
    """In each language, an expression that gives either an object or true switches the destination on."""
    yes, _ = WORDS.get(library, ("true", "false"))
    found = check(form.replace("@1", OBJECTS[library], 1).replace("@1", yes).replace("@2", yes), library, "Mixpanel")
    assert rules(found) == {"Mixpanel": "key"}
    assert verdicts(found)["Mixpanel"] in ("receives", "check")


@pytest.mark.parametrize(("library", "form"), FORMS)
@pytest.mark.parametrize("other", ["no", "a name"])
def test_a_value_that_may_be_false_is_unknown(library: str, form: str, other: str) -> None:
    """A value that isn't in the text is unknown, too."""
    _, no = WORDS.get(library, ("true", "false"))
    text = form.replace("@1", OBJECTS[library]).replace("@2", no if other == "no" else "chosen")
    assert rules(check(text, library, "Mixpanel")) == {"Mixpanel": "variable"}


def test_entries_that_two_objects_share_are_known() -> None:
    """All other entries are unknown, not missing."""
    found = check(
        "({ integrations: a ? { All: false, Mixpanel: true } : { All: false, Slack: true } })", "analytics-node"
    )
    assert found.effective is not None
    assert found.effective["All"] is False
    assert set(found.effective) == {"All", "Mixpanel", "Slack"}
    assert all(isinstance(found.effective[key], str) for key in ("Mixpanel", "Slack"))


QUEUE = "PlannedIntegrations.next(EventType.track, 'X', {'All': false});\n"


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        (QUEUE + "analytics.track('X', properties: {});", True),
        (QUEUE + "await analytics.track('X');", True),
        (QUEUE, True),
        (QUEUE + "analytics.track('Y');", False),
        (QUEUE + "analytics.screen('X');", False),
        (QUEUE.replace("{'All': false}", "null") + "analytics.track('X');", False),
    ],
)
def test_a_call_of_flutter_takes_its_object_out_of_its_own_queue(text: str, closed: bool) -> None:
    """The queue is that of its call type and name."""
    found = check(text, "flutter")
    assert found.effective == ({"All": False} if closed else {})


@pytest.mark.parametrize("call", ["track", "identify", "screen", "group", "alias"])
def test_a_processed_event_has_a_known_call_type(call: str) -> None:
    """On servers, Kotlin code creates the event itself."""
    text = f'analytics.process({call.capitalize()}Event(userId = "u")) {{ it?.putIntegrations("All", false) }}'
    found = check(text, "kotlin-server")
    assert (found.call, found.effective) == (call, {"All": False})
