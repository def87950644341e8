"""Segment's libraries: the side and source type of each, its names, and what its code needs.

Support status: Segment's library pages (front matter ``support_type``); packages, minimum versions and behaviour as
measured on the real libraries or read from their source. The code itself is in ``templates/snippets``. To add a
library, add an entry here and a template there.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from advisor.model import CALL_TYPES, CallType, Side, Sources, SourceType

Status = Literal["current", "end of support"]
Verified = Literal["run in our tests", "checked for syntax", "reviewed"]
Language = Literal[
    "javascript", "python", "ruby", "go", "java", "php", "csharp", "kotlin", "rust", "clojure", "swift", "dart",
    "objective-c", "shell", "html",
]  # fmt: skip
ONLY_ON: dict[CallType, SourceType] = {"page": "web", "screen": "mobile"}
"""Call types that only one type of client library makes."""
_SOURCES = "https://www.twilio.com/docs/segment/connections/sources/catalog/libraries"


@dataclass(frozen=True)
class Code:
    """What the code of a library needs.

    ``extension`` is that of its files, ``install`` says how to install it, and ``runtime`` is the oldest system that it
    runs on. ``calls`` are the calls that it has, ``verified`` says how far we have tested its snippets, and ``trap`` is a
    pitfall that a reader should know.
    """

    language: Language
    extension: str
    install: str
    runtime: str
    verified: Verified
    trap: str
    calls: tuple[CallType, ...] = CALL_TYPES


@dataclass(frozen=True)
class Library:
    """One library. ``honours_all`` says whether ``All: false`` also stops its device-mode destinations."""

    key: str
    name: str
    side: Side
    type: SourceType
    package: str
    docs: str
    code: Code
    status: Status = "current"
    honours_all: bool = True
    aliases: tuple[str, ...] = ()


def _web(key: str, name: str, package: str, path: str, code: Code, *aliases: str) -> Library:
    return Library(key, name, "client", "web", package, f"{_SOURCES}/{path}", code, aliases=aliases)


def _mobile(key: str, name: str, package: str, path: str, code: Code) -> Library:
    return Library(key, name, "client", "mobile", package, f"{_SOURCES}/{path}", code, honours_all=False)


def _old(key: str, name: str, package: str, path: str, code: Code) -> Library:
    return Library(key, name, "client", "mobile", package, f"{_SOURCES}/{path}", code, "end of support")


def _server(key: str, name: str, package: str, path: str, code: Code, *aliases: str) -> Library:
    short = (key.removeprefix("analytics-"),) if key.startswith("analytics-") else ()
    return Library(key, name, "server", "server", package, f"{_SOURCES}/{path}", code, aliases=(*short, *aliases))


_APP_CALLS: tuple[CallType, ...] = tuple(call for call in CALL_TYPES if call != "page")
_IGNORES_ALL = "All: false does not stop destinations that run inside the app, so each of these is named with false."
_CLOSURE = "There is no integrations argument: the object is set on the event, in a closure."
_BY_STATE = "The library keeps one user and one anonymous id, which a server must not use: the closure sets both for every call."
_WAITS = "only starts to send: a process that ends has to wait."

_ALL: tuple[Library, ...] = (
    _web(
        "analytics.js", "Analytics.js", "@segment/analytics-next", "website/javascript",
        Code("javascript", "js", "npm install @segment/analytics-next", "any current browser", "run in our tests",
             "Keep the {} where there are no properties: without it, the options would be taken for the properties."),
        "analytics-next",
    ),
    _mobile(
        "swift", "Swift", "analytics-swift", "mobile/apple",
        Code("swift", "swift", "In Xcode: Add Package, https://github.com/segmentio/analytics-swift",
             "Swift 5.9, iOS 13, macOS 10.15; analytics-swift 1.5.12", "reviewed", f"{_CLOSURE} {_IGNORES_ALL}", _APP_CALLS),
    ),
    _mobile(
        "kotlin", "Kotlin", "com.segment.analytics.kotlin:android", "mobile/kotlin-android",
        Code("kotlin", "kt", 'implementation("com.segment.analytics.kotlin:android:1.25.0")',
             "Android 4.1 (API 16), Java 8; analytics-kotlin 1.16.3", "checked for syntax",
             f"{_CLOSURE} {_IGNORES_ALL}", _APP_CALLS),
    ),
    _mobile(
        "react-native", "React Native", "@segment/analytics-react-native", "mobile/react-native",
        Code("javascript", "js", "npm install @segment/analytics-react-native @segment/sovran-react-native "
             "react-native-get-random-values @react-native-async-storage/async-storage",
             "analytics-react-native 2.20", "run in our tests",
             "The third argument is a closure; an object there is dropped without an error. An event that waits for the client’s "
             "start is kept without its closure if the app ends before: make calls once the client is ready. "
             f"{_IGNORES_ALL}", _APP_CALLS),
    ),
    _mobile(
        "flutter", "Flutter", "segment_analytics", "mobile/flutter",
        Code("dart", "dart", "flutter pub add segment_analytics", "Dart 3.2, Flutter 3.16", "reviewed",
             "No call takes an integrations object: each call queues its own, and one plugin sets it on the event. "
             f"{_IGNORES_ALL}", _APP_CALLS),
    ),
    _old(
        "ios", "iOS (Objective-C)", "Analytics", "mobile/ios",
        Code("objective-c", "m", "pod 'Analytics', '~> 4.1'", "iOS 10", "checked for syntax",
             "The library has reached its end of support. Move to Swift when you can.", _APP_CALLS),
    ),
    _old(
        "android", "Android (Java)", "com.segment.analytics.android:analytics", "mobile/android",
        Code("java", "java", "implementation 'com.segment.analytics.android:analytics:4.11.4'", "Android 4.0 (API 14)",
             "checked for syntax", "The library has reached its end of support. Move to Kotlin when you can.", _APP_CALLS),
    ),
    _mobile(
        "unity", "Unity (Analytics-CSharp)", "com.segment.analytics.csharp", "server/csharp",
        Code("csharp", "cs", "openupm add com.segment.analytics.csharp", ".NET Standard 2.0; Analytics-CSharp 2.5",
             "checked for syntax", f"{_CLOSURE} {_IGNORES_ALL}"),
    ),
    _server(
        "analytics-node", "Node.js", "@segment/analytics-node", "server/node",
        Code("javascript", "mjs", "npm install @segment/analytics-node", "Node.js 20", "run in our tests",
             "Everything is one object with integrations at its top level; a second argument is dropped without an error."),
    ),
    _server(
        "analytics-python", "Python", "segment-analytics-python", "server/python",
        Code("python", "py", "pip install segment-analytics-python", "Python 3.9", "run in our tests",
             "Name every argument: the place of integrations differs from call to call."),
    ),
    _server(
        "analytics-ruby", "Ruby", "analytics-ruby", "server/ruby",
        Code("ruby", "rb", "gem install analytics-ruby", "Ruby 2.6", "checked for syntax",
             "Names of destinations are strings with =>, and page drops its category."),
    ),
    _server(
        "analytics-go", "Go", "github.com/segmentio/analytics-go/v3", "server/go",
        Code("go", "go", "go get github.com/segmentio/analytics-go/v3", "Go 1.17", "checked for syntax",
             "Don’t use DisableAll(): it writes all in lower case, which is another key."),
    ),
    _server(
        "analytics-java", "Java", "com.segment.analytics.java:analytics", "server/java",
        Code("java", "java", 'implementation("com.segment.analytics.java:analytics:3.5.5")',
             "Java 8; analytics-java 3.5.5", "checked for syntax",
             f"A null throws where Guava is on the path, so map() leaves it out. flush() {_WAITS} shutdown() does."),
    ),
    _server(
        "analytics-php", "PHP", "segmentio/analytics-php", "server/php",
        Code("php", "php", "composer require segmentio/analytics-php",
             "PHP 7.4 with mbstring and curl", "checked for syntax",
             "An empty array would be sent as a list, so empty objects are left out."),
    ),
    _server(
        "analytics-csharp", "C# (.NET)", "Segment.Analytics.CSharp", "server/csharp",
        Code("csharp", "cs", "dotnet add package Segment.Analytics.CSharp", ".NET Standard 2.0; Analytics-CSharp 2.5",
             "checked for syntax", f"{_CLOSURE} {_BY_STATE} Flush() {_WAITS}"),
    ),
    _server(
        "kotlin-server", "Kotlin on a server", "com.segment.analytics.kotlin:core", "server/kotlin",
        Code("kotlin", "kt", 'implementation("com.segment.analytics.kotlin:core:1.25.0")',
             "Java 8; analytics-kotlin 1.16.3", "checked for syntax",
             f"{_CLOSURE} {_BY_STATE} process() keeps neither, unlike identify() and alias(). flush() {_WAITS}", _APP_CALLS),
    ),
    _server(
        "analytics-rust", "Rust", "analytics", "server/rust",
        Code("rust", "rs", "cargo add analytics serde_json", "Rust 1.63, edition 2021; analytics 0.2",
             "checked for syntax", "send() blocks until the call is sent, and panics in async code outside of spawn_blocking. "
             "Community library: Segment does not maintain it."),
    ),
    _server(
        "analytics-clojure", "Clojure", "circleci/analytics-clj", "server/clojure",
        Code("clojure", "clj", '[circleci/analytics-clj "0.10.2"]', "Java 8", "checked for syntax",
             "Names of destinations are strings, and settings of a destination go into :integration-options. A null throws "
             f"where Guava is on the path, so nil is left out. flush {_WAITS} shutdown does."),
        "analytics-clj",
    ),
    _server(
        "http-api", "HTTP API", "", "server/http-api",
        Code("shell", "sh", "nothing to install: any HTTP client will do", "curl 7.55", "run in our tests",
             "Segment answers 200 to almost everything, also to what it then drops."),
    ),
    _server(
        "pixel-api", "Pixel API", "", "server/pixel-tracking-api",
        Code("html", "html", "nothing to install: it is an image", "anything that shows images", "run in our tests",
             "The answer is always 200 and a picture, also for what Segment then drops. Segment’s documentation does not say "
             "explicitly that integrations are read here; it says the API takes what the HTTP API takes."),
    ),
)  # fmt: skip

LIBRARIES: dict[str, Library] = {library.key: library for library in _ALL}
"""Library key -> library, client libraries first."""
DEFAULT_CLIENT = "analytics.js"
DEFAULT_SERVER = "analytics-node"
"""The libraries that a form offers first, because most plans have them."""
USUAL_SOURCES = Sources(client=(DEFAULT_CLIENT,), server=DEFAULT_SERVER)


def _accepted_spellings() -> dict[str, str]:
    spellings = {spelling: library.key for library in _ALL for spelling in (*library.aliases, library.package)}
    # "analytics" is a crate and "Analytics" a pod, but nobody means one of these by the word alone.
    return {spelling: key for spelling, key in spellings.items() if spelling not in ("", "analytics", "Analytics")} | {
        key: key for key in LIBRARIES
    }


_ACCEPTED = _accepted_spellings()


@cache
def libraries_of(side: Side) -> tuple[Library, ...]:
    """Return the libraries of a side, in the order of `LIBRARIES`."""
    return tuple(library for library in LIBRARIES.values() if library.side == side)


def spellings(side: Side) -> tuple[str, ...]:
    """Return every accepted name of a library of this side: the keys first, then short forms and package names."""
    keys = [library.key for library in libraries_of(side)]
    return (*keys, *(name for name, key in _ACCEPTED.items() if key in keys and name not in keys))


def find_library(name: str) -> str | None:
    """Return the library's key for a key, a short form or a package name; None if it is unknown."""
    return _ACCEPTED.get(name)


def library_name(key: str) -> str:
    """Return the name of a library; its key if it is unknown."""
    return LIBRARIES[key].name if key in LIBRARIES else key
