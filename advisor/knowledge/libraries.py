"""Segment's libraries: the side and source type each belongs to, and the names it goes by.

Support status: Segment's library pages (front matter ``support_type``); packages and behaviour as measured on
the real libraries. To add a library, add an entry here.
"""

from dataclasses import dataclass
from typing import Literal

from advisor.model import Side, SourceType

Status = Literal["current", "end of support"]
_SOURCES = "https://www.twilio.com/docs/segment/connections/sources/catalog/libraries"


@dataclass(frozen=True)
class Library:
    """One library. ``honours_all`` says whether ``All: false`` also stops its device-mode destinations."""

    key: str
    name: str
    side: Side
    type: SourceType
    package: str
    docs: str
    status: Status = "current"
    honours_all: bool = True
    aliases: tuple[str, ...] = ()


def _web(key: str, name: str, package: str, path: str, *aliases: str) -> Library:
    return Library(key, name, "client", "web", package, f"{_SOURCES}/{path}", aliases=aliases)


def _mobile(
    key: str, name: str, package: str, path: str, *aliases: str, honours_all: bool = False, status: Status = "current"
) -> Library:
    return Library(key, name, "client", "mobile", package, f"{_SOURCES}/{path}", status, honours_all, aliases)


def _server(key: str, name: str, package: str, path: str, *aliases: str) -> Library:
    short = (key.removeprefix("analytics-"),) if key.startswith("analytics-") else ()
    return Library(key, name, "server", "server", package, f"{_SOURCES}/{path}", aliases=(*short, *aliases))


_ALL: tuple[Library, ...] = (
    _web("analytics.js", "Analytics.js", "@segment/analytics-next", "website/javascript", "analytics-next"),
    _mobile("swift", "Swift", "analytics-swift", "mobile/apple"),
    _mobile("kotlin", "Kotlin", "com.segment.analytics.kotlin:android", "mobile/kotlin-android"),
    _mobile("react-native", "React Native", "@segment/analytics-react-native", "mobile/react-native"),
    _mobile("flutter", "Flutter", "segment_analytics", "mobile/flutter"),
    _mobile("ios", "iOS (Objective-C)", "Analytics", "mobile/ios", honours_all=True, status="end of support"),
    _mobile(
        "android",
        "Android (Java)",
        "com.segment.analytics.android:analytics",
        "mobile/android",
        honours_all=True,
        status="end of support",
    ),
    _mobile("unity", "Unity (Analytics-CSharp)", "com.segment.analytics.csharp", "server/csharp"),
    _server("analytics-node", "Node.js", "@segment/analytics-node", "server/node"),
    _server("analytics-python", "Python", "segment-analytics-python", "server/python"),
    _server("analytics-ruby", "Ruby", "analytics-ruby", "server/ruby"),
    _server("analytics-go", "Go", "github.com/segmentio/analytics-go/v3", "server/go"),
    _server("analytics-java", "Java", "com.segment.analytics.java:analytics", "server/java"),
    _server("analytics-php", "PHP", "segmentio/analytics-php", "server/php"),
    _server("analytics-csharp", "C# (.NET)", "Segment.Analytics.CSharp", "server/csharp"),
    _server("kotlin-server", "Kotlin on a server", "com.segment.analytics.kotlin:core", "server/kotlin"),
    _server("analytics-rust", "Rust", "analytics", "server/rust"),
    _server("analytics-clojure", "Clojure", "circleci/analytics-clj", "server/clojure", "analytics-clj"),
    _server("http-api", "HTTP API", "", "server/http-api"),
    _server("pixel-api", "Pixel API", "", "server/pixel-tracking-api"),
)

LIBRARIES: dict[str, Library] = {library.key: library for library in _ALL}
"""Library key -> library, client libraries first."""


def _accepted() -> dict[str, str]:
    spellings = {spelling: library.key for library in _ALL for spelling in (*library.aliases, library.package)}
    # "analytics" and "Analytics" name a crate and a pod, but nobody means one of these by the bare word.
    return {spelling: key for spelling, key in spellings.items() if spelling not in ("", "analytics", "Analytics")} | {
        key: key for key in LIBRARIES
    }


_ACCEPTED = _accepted()


def find_library(name: str) -> str | None:
    """The library's key for a key, a short form or a package name; none if it is not known."""
    return _ACCEPTED.get(name)
