"""The limits that destinations set for names, as their vendors or Segment document them.

Only limits with a public source are here. They apply to track calls: a page call has no name of its own at these
vendors. Used by the findings about names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LETTER_FIRST = re.compile(r"[^\W\d_]\w*")


@dataclass(frozen=True)
class NameLimit:
    """The limits of one vendor. None means that no limit is documented.

    ``sent`` are the characters that Segment replaces by an underscore when it sends the event; the name is checked after
    that. ``effect`` says what happens to a name that breaks the limit.
    """

    vendor: str
    keys: frozenset[str]
    effect: str
    citations: tuple[str, ...]
    shortest_event: int = 1
    longest_event: int | None = None
    event_pattern: re.Pattern[str] | None = None
    allowed: str = ""
    reserved_events: frozenset[str] = frozenset()
    event_prefixes: tuple[str, ...] = ()
    longest_property: int | None = None
    most_properties: int | None = None
    reserved_properties: frozenset[str] = frozenset()
    property_prefixes: tuple[str, ...] = ()
    sent: str = ""

    @property
    def is_about_events(self) -> bool:
        """Whether it limits the names of events."""
        return self.longest_event is not None

    def as_sent(self, name: str) -> str:
        """Return an event's name as Segment sends it."""
        for character in self.sent:
            name = name.replace(character, "_")
        return name

    def allows_length(self, name: str) -> bool:
        """Return whether an event's name is neither too long nor too short."""
        return self.longest_event is None or self.shortest_event <= len(name) <= self.longest_event

    def allows_event(self, name: str) -> bool:
        """Return whether the vendor takes an event of this name."""
        return self.allows_length(name) and self.allows_characters(name) and not self.reserves(name)

    def allows_characters(self, name: str) -> bool:
        """Return whether the vendor takes an event's name, judged by its characters and its beginning."""
        return self.event_pattern is None or bool(self.event_pattern.fullmatch(self.as_sent(name)))

    def reserves(self, name: str) -> bool:
        """Return whether the vendor reserves this event's name."""
        sent = self.as_sent(name)
        return sent in self.reserved_events or bool(self.event_prefixes and sent.startswith(self.event_prefixes))

    def allows_property(self, name: str) -> bool:
        """Return whether the vendor takes a property of this name as one of the team's own."""
        if self.longest_property is not None and len(name) > self.longest_property:
            return False
        if name in self.reserved_properties:
            return False
        return not (self.property_prefixes and name.startswith(self.property_prefixes))


_GA4_NAMES = "https://support.google.com/analytics/answer/13316687"
_GA4_LIMITS = "https://support.google.com/analytics/answer/9267744"
_SEGMENT = "https://www.twilio.com/docs/segment/connections/destinations/catalog"

_GA4_RESERVED = frozenset(
    {
        *("ad_impression", "app_remove", "app_store_refund", "app_store_subscription_cancel"),
        *("app_store_subscription_renew", "click", "error", "file_download"),
        *("first_open", "first_visit", "form_start", "form_submit"),
        *("in_app_purchase", "page_view", "scroll", "session_start"),
        *("user_engagement", "view_complete", "video_progress", "video_start"),
        *("view_search_results",),
    }
)

LIMITS: tuple[NameLimit, ...] = (
    NameLimit(
        vendor="Google Analytics 4",
        keys=frozenset({"Google Analytics 4 Web", "Actions Google Analytic 4"}),
        effect="drops it",
        citations=(_GA4_NAMES, _GA4_LIMITS, f"{_SEGMENT}/actions-google-analytics-4"),
        longest_event=40,
        event_pattern=_LETTER_FIRST,
        allowed="letters, digits and underscores, a letter first",
        reserved_events=_GA4_RESERVED,
        longest_property=40,
        most_properties=25,
        property_prefixes=("_", "firebase_", "ga_", "google_", "gtag."),
        sent=" ",
    ),
    NameLimit(
        vendor="Firebase",
        keys=frozenset({"Firebase"}),
        effect="drops or cuts it",
        citations=(
            "https://firebase.google.com/docs/reference/android/com/google/firebase/analytics/FirebaseAnalytics",
            f"{_SEGMENT}/firebase",
        ),
        longest_event=40,
        event_pattern=_LETTER_FIRST,
        allowed="letters, digits and underscores, a letter first",
        event_prefixes=("firebase_", "google_", "ga_"),
        longest_property=40,
        most_properties=25,
        property_prefixes=("firebase_", "google_", "ga_"),
        sent=" .",
    ),
    NameLimit(
        vendor="Facebook App Events",
        keys=frozenset({"Facebook App Events"}),
        effect="refuses it, or gets it cut",
        citations=(f"{_SEGMENT}/facebook-app-events",),
        shortest_event=2,
        longest_event=40,
        event_pattern=re.compile(r"[A-Za-z0-9 _-]+"),
        allowed="letters, digits, blanks, hyphens and underscores",
        sent=".",
    ),
    NameLimit(
        vendor="Mixpanel",
        keys=frozenset({"Mixpanel", "Mixpanel (Actions)"}),
        effect="cuts it",
        citations=("https://docs.mixpanel.com/docs/data-structure/events-and-properties",),
        longest_property=255,
    ),
    NameLimit(
        vendor="Braze",
        keys=frozenset({"Appboy", "Braze Cloud Mode (Actions)", "Braze Web Mode (Actions)"}),
        effect="ignores it",
        citations=("https://www.braze.com/docs/developer_guide/platforms/swift/analytics/tracking_custom_events",),
        reserved_properties=frozenset({"time", "event_name"}),
    ),
)


def limits_of(keys: frozenset[str]) -> tuple[NameLimit, ...]:
    """Return the limits of these destinations, in the order of `LIMITS`."""
    return tuple(limit for limit in LIMITS if not limit.keys.isdisjoint(keys))
