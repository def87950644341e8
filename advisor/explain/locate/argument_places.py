"""Where the ``integrations`` object of a call goes, library by library.

The placements of Analytics.js, Node, Python, Ruby, PHP, Go and React Native were measured on the real library; the others
were read in the libraries' code.
"""

from __future__ import annotations

from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CallType

CLOSURE_LIBRARIES = frozenset(
    {"swift", "kotlin", "react-native", "flutter", "unity", "analytics-csharp", "kotlin-server"}
)
"""Libraries whose calls take no ``integrations`` argument: the event is changed in a closure or a plugin."""
OPTIONS_LIBRARIES = frozenset({"analytics.js", "ios", "android"})
"""Libraries that read the object inside an options argument."""
MESSAGE_LIBRARIES = frozenset(LIBRARIES) - CLOSURE_LIBRARIES - OPTIONS_LIBRARIES
"""Libraries that read the object at the top level of the message, or as a separate argument."""

PLACEMENTS: dict[str, str] = {
    "analytics.js": "In the options, after the properties: track(event, properties, { integrations: … }).",
    "swift": "In an enrichment closure of the call, or a plugin: event.integrations = ….",
    "kotlin": "In the enrichment lambda of the call: event?.putIntegrations(key, value).",
    "react-native": "In the closure that is the third argument: (e) => { e.integrations = …; return e; }.",
    "flutter": (
        "In a plugin that sets event.integrations; a call that needs its own puts it into the plugin’s queue right before: "
        "PlannedIntegrations.next(EventType.track, event, {…})."
    ),
    "ios": 'In the options: options: @{@"integrations": @{…}}.',
    "android": "In the Options argument: new Options().setIntegration(key, value).",
    "unity": "In the enrichment closure of the call: e.Integrations = …; return e.",
    "analytics-node": "At the top level of the message: track({ userId, event, properties, integrations: … }).",
    "analytics-python": "As the keyword argument integrations=….",
    "analytics-ruby": "As the key integrations: of the message, next to properties:.",
    "analytics-go": "In the field Integrations of the message, as a map: DisableAll() writes all in lower case.",
    "analytics-java": "On the message’s builder: .enableIntegration(key, value).",
    "analytics-php": "As the key 'integrations' of the message, next to 'properties'.",
    "analytics-csharp": "In the enrichment closure of the call: e.Integrations = …; return e.",
    "kotlin-server": "In the enrichment lambda of the call: event?.putIntegrations(key, value).",
    "analytics-rust": "In the field integrations of the message.",
    "analytics-clojure": 'In the options map, with text keys: {:integrations {"All" false}}.',
    "http-api": "At the top level of the JSON body.",
    "pixel-api": "At the top level of the JSON that data= carries.",
}
"""Library key -> a sentence that says where its calls carry the object."""

_PYTHON_END = ("context", "timestamp", "anonymous_id", "integrations", "message_id")
_PYTHON_PAGE = ("user_id", "category", "name", "properties", *_PYTHON_END)
ARGUMENTS: dict[str, dict[CallType, tuple[str, ...]]] = {
    "analytics-python": {
        "track": ("user_id", "event", "properties", *_PYTHON_END),
        "identify": ("user_id", "traits", *_PYTHON_END),
        "group": ("user_id", "group_id", "traits", *_PYTHON_END),
        "alias": ("previous_id", "user_id", "context", "timestamp", "integrations", "message_id"),
        "page": _PYTHON_PAGE,
        "screen": _PYTHON_PAGE,
    },
    "analytics-clojure": {
        "track": ("analytics", "user-id", "event", "properties", "options"),
        "identify": ("analytics", "user-id", "traits", "options"),
        "group": ("analytics", "user-id", "group-id", "traits", "options"),
        "alias": ("analytics", "previous-id", "user-id", "options"),
        "page": ("analytics", "user-id", "name", "properties", "options"),
        "screen": ("analytics", "user-id", "name", "properties", "options"),
    },
    "android": {
        "track": ("event", "properties", "options"),
        "identify": ("userId", "traits", "options"),
        "group": ("groupId", "traits", "options"),
        "alias": ("newId", "options"),
        "page": ("name", "properties", "options"),
        "screen": ("category", "name", "properties", "options"),
    },
    "ios": {
        "track": ("event", "properties", "options"),
        "identify": ("userId", "traits", "options"),
        "group": ("groupId", "traits", "options"),
        "alias": ("newId", "options"),
        "page": ("name", "properties", "options"),
        "screen": ("screenTitle", "properties", "options"),
    },
}
"""Library -> the arguments of each of its calls, in their order, under the names that the library gives them."""

_APP_CLOSURE: dict[CallType, int] = {"track": 2, "identify": 2, "group": 2, "alias": 1, "page": 2, "screen": 2}
_CSHARP_CLOSURE: dict[CallType, int] = {**_APP_CLOSURE, "page": 3, "screen": 3}
CLOSURE_PLACES: dict[str, tuple[tuple[str, ...], dict[CallType, int]]] = {
    "swift": (("enrichments", "enrichment"), _APP_CLOSURE),
    "kotlin": (("enrichment",), _APP_CLOSURE),
    "kotlin-server": (("enrichment",), _APP_CLOSURE),
    "react-native": ((), _APP_CLOSURE),
    "flutter": ((), dict.fromkeys(_APP_CLOSURE, 99)),
    "unity": (("enrichment",), _CSHARP_CLOSURE),
    "analytics-csharp": (("enrichment",), _CSHARP_CLOSURE),
}
"""Library -> the names and the first index of the argument that takes a closure. Flutter's calls take none."""
