"""The special needs of single vendors: shared ids, second names and mobile plugins.

Sources: Segment's destination pages (Facebook Conversions API, Google Ads Conversions, TikTok, Pinterest,
Reddit, Snap and Bing conversions), its library pages on device-mode plugins, and the browser code of the
hybrid destinations. Addresses: ``docs/credits.md``.
"""

from advisor.model import SharedId

SALESFORCE = "Salesforce"
"""A key that is off by default even if everything is enabled: it needs ``true`` on every call."""

BRAZE_FAMILY = "braze"
HYBRID = "actions-hybrid"

SECOND_NAMES: dict[str, str] = {
    "Actions Google Enhanced Conversions": "Google Ads Conversions",
    "Ms Bing Capi": "Microsoft Bing CAPI (Actions)",
}
"""Key -> the other name that its browser plugin uses on Analytics.js."""

SHARED_IDS: tuple[SharedId, ...] = (
    SharedId(client="Facebook Pixel", server="Facebook Conversions API (Actions)", property="event_id"),
    SharedId(client="Facebook Pixel", server="Facebook Pixel Server Side", property="event_id"),
    SharedId(client="TikTok Pixel", server="Tiktok Conversions", property="event_id"),
    SharedId(client="Pinterest Tag", server="Pinterest Conversions API", property="event_id"),
    SharedId(client="Reddit Pixel", server="Reddit Conversions Api", property="event_id"),
    SharedId(client="Google AdWords New", server="Actions Google Enhanced Conversions", property="order_id"),
)
"""Pairs of one vendor that recognize copies of an event by a common id."""

COUNTED_TWICE: tuple[frozenset[str], ...] = (
    frozenset({"Google Analytics 4 Web", "Actions Google Analytic 4"}),
    frozenset({"Bing Ads", "Ms Bing Capi"}),
)
"""Pairs of one vendor that can't recognize copies of an event, because they have no common id."""

FAMILIES_OF_DIFFERENT_PRODUCTS = frozenset({"Google Tag Manager", "Optimizely"})
"""Keys whose family is a vendor, not a product: no other destination of the family replaces them."""


_EVERY: tuple[str, ...] = (
    "Adobe Analytics",
    "Amplitude",
    "AppsFlyer",
    "Appboy",
    "Facebook App Events",
    "Firebase",
    "Intercom",
    "Localytics",
    "Mixpanel",
)
_EVERY += ("Nielsen DCR", "Nielsen DTVR", "Optimizely X", "Quantcast", "Survicate", "Adjust", "Bugsnag")
_REACT_NATIVE: tuple[str, ...] = (
    "Adjust",
    "Amplitude",
    "AppsFlyer",
    "Branch Metrics",
    "Appboy",
    "CleverTap",
    "Facebook App Events",
    "Firebase",
    "FullStory",
)
_REACT_NATIVE += ("Mixpanel", "Survicate", "Taplytics")

PLUGINS: dict[str, frozenset[str]] = {
    "swift": frozenset(_EVERY),
    "kotlin": frozenset((*_EVERY, "comScore", "Flurry")),
    "react-native": frozenset(_REACT_NATIVE),
    "flutter": frozenset(("Adjust", "AppsFlyer", "Firebase")),
    "unity": frozenset(),
}
"""Library key -> destinations with a documented device-mode plugin. The two old SDKs contain all plugins."""
