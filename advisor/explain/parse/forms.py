"""For each library, an example of a call that can be read. Error messages of `advisor.explain.parse.paste` show it.

Used by `advisor.explain.parse.paste`.
"""

from __future__ import annotations

_CLOSURE_CSHARP = (
    'analytics.Track("Order Completed", properties, '
    'e => { e.Integrations = new JsonObject { ["All"] = false }; return e; });'
)
_CLOSURE_SWIFT = (
    'analytics.track(name: "Order Completed", enrichments: [{ event in var event = event; '
    'event?.integrations = try? JSON(["All": false]); return event }])'
)
_STRUCT_GO = (
    'client.Enqueue(analytics.Track{UserId: "u1", Event: "Order Completed", '
    'Integrations: analytics.Integrations{"All": false}})'
)
_QUEUE_DART = (
    "PlannedIntegrations.next(EventType.track, 'Order Completed', {'All': false}); analytics.track('Order Completed');"
)
_KOTLIN = 'analytics.track("Order Completed", properties) { event -> event?.putIntegrations("All", false) }'

FORMS: dict[str, tuple[str, str]] = {
    "analytics.js": ("JavaScript", "analytics.track('Order Completed', {}, { integrations: { All: false } })"),
    "swift": ("Swift", _CLOSURE_SWIFT),
    "kotlin": ("Kotlin", _KOTLIN),
    "react-native": (
        "JavaScript",
        "client.track('Order Completed', {}, (event) => { event.integrations = { Firebase: false }; return event; })",
    ),
    "flutter": ("Dart", _QUEUE_DART),
    "ios": (
        "Objective-C",
        '[[SEGAnalytics sharedAnalytics] track:@"Order Completed" properties:@{} options:@{@"integrations": @{@"All": @NO}}];',
    ),
    "android": (
        "Java",
        'Analytics.with(context).track("Order Completed", properties, new Options().setIntegration("All", false));',
    ),
    "unity": ("C#", _CLOSURE_CSHARP),
    "analytics-node": (
        "JavaScript",
        "analytics.track({ userId: 'u1', event: 'Order Completed', integrations: { All: false } })",
    ),
    "analytics-python": (
        "Python",
        "analytics.track(user_id='u1', event='Order Completed', integrations={'All': False})",
    ),
    "analytics-ruby": (
        "Ruby",
        "Analytics.track(user_id: 'u1', event: 'Order Completed', integrations: { 'All' => false })",
    ),
    "analytics-go": ("Go", _STRUCT_GO),
    "analytics-java": ("Java", 'TrackMessage.builder("Order Completed").userId("u1").enableIntegration("All", false)'),
    "analytics-php": (
        "PHP",
        "Segment::track(['userId' => 'u1', 'event' => 'Order Completed', 'integrations' => ['All' => false]]);",
    ),
    "analytics-csharp": ("C#", _CLOSURE_CSHARP),
    "kotlin-server": ("Kotlin", _KOTLIN),
    "analytics-rust": (
        "Rust",
        'Track { event: "Order Completed".to_owned(), integrations: Some(json!({ "All": false })), ..Default::default() }',
    ),
    "analytics-clojure": (
        "Clojure",
        '(segment/track analytics "u1" "Order Completed" {} {:integrations {"All" false}})',
    ),
    "http-api": (
        "curl",
        """curl https://api.segment.io/v1/track -d '{"event": "Order Completed", "integrations": {"All": false}}'""",
    ),
    "pixel-api": ("The pixel’s address", "https://api.segment.io/v1/pixel/track?data=eyJ3cml0ZUtleSI6…"),
}
"""Library key -> the language, and an example call in it."""


_LOAD = "analytics.load('YOUR_WRITE_KEY', { integrations: { All: false, 'Segment.io': true } })"


def readable_forms(library: str, *, load: bool = False) -> str:
    """Return the sentence that says what can be pasted for a library, or as its load-time object."""
    language, example = FORMS[library]
    example = _LOAD if load else example
    return f'{language} is read in forms such as {example}, and so is the object alone as JSON: {{"All": false}}.'
