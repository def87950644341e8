"""What single vendors need: shared ids, second names, browser ids and mobile plugins.

Sources: Segment's destination pages (Facebook Conversions API, Google Ads Conversions, TikTok, Pinterest,
Reddit, Snap and Bing conversions), its library pages on device-mode plugins, and the browser code of the
hybrid destinations. Addresses: ``docs/credits.md``.
"""

from dataclasses import dataclass

from advisor.model import SharedId

SALESFORCE = "Salesforce"
"""Off by default even when everything is enabled: it needs ``true`` on every call."""

BRAZE_FAMILY = "braze"
HYBRID = "actions-hybrid"

SECOND_NAMES: dict[str, str] = {
    "Actions Google Enhanced Conversions": "Google Ads Conversions",
    "Ms Bing Capi": "Microsoft Bing CAPI (Actions)",
}
"""Key -> the other string that its browser plugin uses on Analytics.js."""

SHARED_IDS: tuple[SharedId, ...] = (
    SharedId(client="Facebook Pixel", server="Facebook Conversions API (Actions)", property="event_id"),
    SharedId(client="Facebook Pixel", server="Facebook Pixel Server Side", property="event_id"),
    SharedId(client="TikTok Pixel", server="Tiktok Conversions", property="event_id"),
    SharedId(client="Pinterest Tag", server="Pinterest Conversions API", property="event_id"),
    SharedId(client="Reddit Pixel", server="Reddit Conversions Api", property="conversion_id"),
    SharedId(client="Google AdWords New", server="Actions Google Enhanced Conversions", property="order_id"),
)
"""Pairs of one vendor that tell copies of an event apart by one id."""

COUNTED_TWICE: tuple[frozenset[str], ...] = (
    frozenset({"Google Analytics 4 Web", "Actions Google Analytic 4"}),
    frozenset({"Bing Ads", "Ms Bing Capi"}),
)
"""Pairs of one vendor that can't tell copies of an event apart: no id goes with both."""

FAMILIES_OF_DIFFERENT_PRODUCTS = frozenset({"Google Tag Manager", "Optimizely"})
"""Keys whose family is a vendor, not a product: nothing in it replaces them."""


@dataclass(frozen=True)
class BrowserId:
    """An id that a vendor leaves in the browser and needs back: its name, where it is, where it goes, and why."""

    value: str
    source: str
    goes_to: str
    why: str


_FBP = BrowserId("fbp", "cookie _fbp", "properties.fbp", "Meta matches the event to the browser")
_FBC = BrowserId("fbc", "cookie _fbc", "properties.fbc", "Meta matches the event to the click on an ad")

BROWSER_IDS: dict[str, tuple[BrowserId, ...]] = {
    "Facebook Conversions API (Actions)": (_FBP, _FBC),
    "Facebook Pixel Server Side": (_FBP, _FBC),
    "Actions Google Analytic 4": (
        BrowserId(
            "ga_client_id",
            "cookie _ga: the last two numbers",
            "properties.client_id",
            "Google Analytics joins the event to the visitor",
        ),
        BrowserId(
            "ga_session_id",
            "cookie _ga_ and your measurement ID: the number after GS",
            "properties.session_id",
            "Google Analytics joins the event to the visit",
        ),
    ),
    "Tiktok Conversions": (
        BrowserId(
            "ttclid",
            "ttclid of the landing address",
            "properties.ttclid",
            "TikTok matches the event to the click on an ad",
        ),
        BrowserId("ttp", "cookie _ttp", "properties.ttp", "TikTok matches the event to the browser"),
    ),
    "Actions Google Enhanced Conversions": (
        BrowserId(
            "gclid", "gclid of the landing address", "properties.gclid", "Google Ads matches the event to the click"
        ),
    ),
    "Ms Bing Capi": (
        BrowserId(
            "msclkid",
            "msclkid of the landing address",
            "properties.msclkid",
            "Microsoft Advertising matches the event to the click",
        ),
    ),
    "Reddit Conversions Api": (
        BrowserId(
            "rdt_cid", "rdt_cid of the landing address", "properties.click_id", "Reddit matches the event to the click"
        ),
    ),
    "Snap Conversions Api": (
        BrowserId(
            "ScCid", "ScCid of the landing address", "properties.click_id", "Snapchat matches the event to the click"
        ),
    ),
    "Pinterest Conversions API": (
        BrowserId(
            "epik",
            "epik of the landing address, or cookie _epik",
            "properties.click_id",
            "Pinterest matches the event to the click",
        ),
    ),
    "LinkedIn Conversions API": (
        BrowserId("li_fat_id", "cookie li_fat_id", "properties.li_fat_id", "LinkedIn matches the event to the click"),
    ),
    "Actions Amplitude": (
        BrowserId(
            "amplitude_session_id",
            "analytics_session_id in localStorage, set by Amplitude’s plugin",
            "integrations.Actions Amplitude.session_id",
            "Amplitude joins the event to the visit",
        ),
    ),
}
"""Destination key -> the browser ids that its server call needs."""

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
"""Library key -> destinations with a documented device-mode plugin. The two old SDKs bundled them all."""
