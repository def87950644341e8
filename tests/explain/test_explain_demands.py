"""The answer says that an event is sent only if its library would send it: with the ids, names and types that it
demands.

What Node and Python do is measured in ``tests/wire``; Ruby, PHP, Java, Go and Android were read in their code.
"""

from __future__ import annotations

import pytest
from checks import check, codes, verdicts

from advisor.explain.check.demands import find_refusal
from advisor.explain.parse.values import OpenObject, Variable
from advisor.model import CALL_TYPES, CallType

OBJECT = "integrations: { All: false, Mixpanel: true }"

REFUSED = [
    ("analytics-node", f"analytics.track({{ event: 'X', {OBJECT} }})", "missing-field"),
    ("analytics-node", f"analytics.track({{ userId: null, event: 'X', {OBJECT} }})", "missing-field"),
    ("analytics-node", f"analytics.track({{ userId: 5, event: 'X', {OBJECT} }})", "wrong-type"),
    ("analytics-node", f"analytics.track({{ userId: 'u', {OBJECT} }})", "missing-field"),
    ("analytics-node", f"analytics.track({{ userId: 'u', event: 'X', properties: [], {OBJECT} }})", "wrong-type"),
    ("analytics-python", "analytics.track(event='X', integrations={'All': False})", "missing-field"),
    ("analytics-python", "analytics.track('u', integrations={'All': False})", "missing-field"),
    ("analytics-python", "analytics.track('u', 'X', timestamp='2026-11-26')", "wrong-type"),
    ("analytics-python", "analytics.track('u', 'X', integration={'All': False, 'Mixpanel': True})", "unknown-argument"),
    ("analytics-python", "analytics.track('u', 'X', Integrations={'All': False})", "unknown-argument"),
    ("analytics-python", "analytics.track('u', 'X', userId='u')", "unknown-argument"),
    ("analytics-ruby", "Analytics.track(event: 'X', integrations: { 'All' => false })", "missing-field"),
    ("analytics-ruby", "Analytics.track(user_id: '', event: 'X')", "missing-field"),
    ("analytics-ruby", "Analytics.track(user_id: 'u')", "missing-field"),
    ("analytics-ruby", "Analytics.group(user_id: 'u')", "missing-field"),
    ("analytics-ruby", "Analytics.screen(user_id: 'u')", "missing-field"),
    ("analytics-ruby", "Analytics.track(user_id: 'u', event: 'X', properties: 'p')", "wrong-type"),
    ("analytics-ruby", "Analytics.track(user_id: 'u', event: 'X', timestamp: '2026-11-26')", "wrong-type"),
    ("analytics-php", "Segment::track(['event' => 'X', 'integrations' => ['All' => false]]);", "missing-field"),
    ("analytics-php", "Segment::track(['userId' => 'u', 'event' => '']);", "missing-field"),
    ("analytics-php", "Segment::alias(['userId' => 'u']);", "missing-field"),
    ("analytics-php", "Segment::group(['userId' => 'u']);", "missing-field"),
    (
        "analytics-java",
        'analytics.enqueue(TrackMessage.builder("X").enableIntegration("All", false));',
        "missing-field",
    ),
    ("analytics-java", 'analytics.enqueue(TrackMessage.builder("").userId("u"));', "missing-field"),
    ("analytics-java", 'analytics.enqueue(IdentifyMessage.builder().anonymousId("a"));', "missing-field"),
    ("analytics-go", 'client.Enqueue(analytics.Track{Event: "X"})', "missing-field"),
    ("analytics-go", 'client.Enqueue(analytics.Track{UserId: "u"})', "missing-field"),
    ("analytics-go", 'client.Enqueue(analytics.Alias{UserId: "u"})', "missing-field"),
    ("analytics-go", 'client.Enqueue(analytics.Group{UserId: "u"})', "missing-field"),
    ("analytics.js", "analytics.track()", "missing-field"),
    ("analytics.js", "analytics.track('')", "missing-field"),
    ("analytics.js", "analytics.track({ properties: {} }, {})", "missing-field"),
    ("analytics.js", "analytics.track('X', {}, { messageId: 5 })", "wrong-type"),
    ("analytics-clojure", '(track analytics nil "X" {} {:integrations {"All" false}})', "missing-field"),
    ("analytics-clojure", '(track analytics "u" "" {} {:integrations {"All" false}})', "missing-field"),
    ("android", 'Analytics.with(context).track("", new Properties());', "missing-field"),
]


@pytest.mark.parametrize(("library", "text", "code"), REFUSED)
def test_a_call_that_the_library_refuses_is_not_reported_as_sent(library: str, text: str, code: str) -> None:
    """No destination gets the event, and the problem says why."""
    found = check(text, library, "Mixpanel")
    assert (found.segment.verdict, found.segment.rule) == ("does-not", "raises")
    assert code in codes(found)
    assert set(verdicts(found).values()) <= {"does-not"}


RUBY = "integrations: { 'All' => false, 'Mixpanel' => true }"
JAVA = '.enableIntegration("All", false).enableIntegration("Mixpanel", true)'
RUST = 'integrations: Some(json!({"All": false, "Mixpanel": true})), ..Default::default()'
CLOJURE = ':integrations {"All" false "Mixpanel" true}'
SENT = [
    ("analytics-node", f"analytics.track({{ anonymousId: 'a', event: 'X', {OBJECT} }})"),
    ("analytics-node", f"analytics.group({{ groupId: 'g', {OBJECT} }})"),
    ("analytics-node", f"analytics.track({{ userId: user.id, event: EVENT, {OBJECT} }})"),
    ("analytics-node", f"analytics.track({{ ...base, event: 'X', {OBJECT} }})"),
    ("analytics-python", "analytics.track(user_id=5, event='X', integrations={'All': False, 'Mixpanel': True})"),
    ("analytics-python", "track('u', 'X', timestamp=now, integrations={'All': False, 'Mixpanel': True})"),
    ("analytics-ruby", f"Analytics.track(user_id: 'u', event: 'X', {RUBY})"),
    ("analytics-ruby", f"Analytics.page(anonymous_id: 'a', {RUBY})"),
    (
        "analytics-php",
        "Segment::track(['userId' => 'u', 'event' => 'X', 'integrations' => ['All' => false, 'Mixpanel' => true]]);",
    ),
    ("analytics-java", f'analytics.enqueue(TrackMessage.builder("X").userId("u"){JAVA});'),
    (
        "analytics-go",
        (
            'client.Enqueue(analytics.Track{UserId: "u", Event: "X", '
            'Integrations: analytics.Integrations{"All": false, "Mixpanel": true}})'
        ),
    ),
    ("analytics.js", f"analytics.track('X', {{}}, {{ {OBJECT} }})"),
    ("analytics-rust", f'Track {{ user: User::UserId {{ user_id: "u".into() }}, event: "X".into(), {RUST} }}'),
    ("analytics-clojure", f'(track analytics "u" "X" {{}} {{{CLOJURE}}})'),
    ("analytics-clojure", f'(track analytics nil "X" {{}} {{:anonymous-id "a" {CLOJURE}}})'),
    (
        "ios",
        (
            '[[SEGAnalytics sharedAnalytics] track:@"X" properties:@{} '
            'options:@{@"integrations": @{@"All": @NO, @"Mixpanel": @YES}}];'
        ),
    ),
    (
        "android",
        (
            'Analytics.with(context).track("X", new Properties(), '
            'new Options().setIntegration("All", false).setIntegration("Mixpanel", true));'
        ),
    ),
]


@pytest.mark.parametrize(("library", "text"), SENT)
def test_a_valid_call_is_reported_as_sent(library: str, text: str) -> None:
    """Also if an id isn't in the text, which then counts as valid."""
    found = check(text, library, "Mixpanel")
    assert found.effective == {"All": False, "Mixpanel": True}
    assert (found.segment.verdict, codes(found)) == ("receives", set())


@pytest.mark.parametrize(
    ("library", "text"),
    [
        ("analytics-go", 'message := analytics.Track{Integrations: analytics.Integrations{"All": false}}'),
        ("analytics-java", 'TrackMessage.builder("X").enableIntegration("All", false)'),
        ("analytics-node", "{ event: 'X', integrations: { All: false } }"),
    ],
)
def test_an_unsent_message_is_not_refused(library: str, text: str) -> None:
    """Missing fields may still be added."""
    assert codes(check(text, library, "Mixpanel")) == set()


def test_the_message_names_the_intended_argument() -> None:
    """Python's TypeError names the unknown argument; the answer names the known one."""
    found = check(
        "analytics.track('u', 'X', integration={'All': False, 'Mixpanel': True})", "analytics-python", "Mixpanel"
    )
    (problem,) = found.problems
    assert "integrations=" in problem.fix
    assert (problem.where.pointer, found.corrected) == ("/integration", {"All": False, "Mixpanel": True})


def test_a_problem_points_to_its_field() -> None:
    """If the field is in the text."""
    found = check("analytics.track({ userId: 5, event: 'X', integrations: {} })", "analytics-node")
    (problem,) = found.problems
    assert (problem.code, problem.where.pointer) == ("wrong-type", "/0/userId")


@pytest.mark.parametrize(
    "library",
    ["analytics-node", "analytics-python", "analytics-ruby", "analytics-php", "analytics-java", "analytics-go"],
)
@pytest.mark.parametrize("call", CALL_TYPES)
def test_values_outside_the_text_are_not_reported(library: str, call: CallType) -> None:
    """A message of names, or one that a spread may fill, counts as valid; every server library refuses an empty one."""
    names = ("userId", "user_id", "UserId", "event", "Event", "groupId", "group_id", "GroupId", "name", "previousId")
    fields = {name: Variable("x") for name in (*names, "previous_id", "PreviousId")}
    assert find_refusal(library, call, dict(fields)) is None
    assert find_refusal(library, call, OpenObject()) is None
    assert find_refusal(library, call, {}) is not None
