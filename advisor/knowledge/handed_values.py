"""What destinations need from the browser or app when the server calls, and where in the call it goes (law, part 2.5).

`VALUES` are ids of vendors, in the order of a hand-off; `DEMANDED` is the context without which a vendor refuses or
ignores events. If a field reads a value by default (`advisor.knowledge.destination_fields`), the value goes exactly there.
Sources: Segment's destination pages and the field definitions of its Actions destinations (``docs/credits.md``).
"""

from dataclasses import dataclass

from advisor.model import SourceType

_META = "Facebook Conversions API (Actions)"
_GA4 = "Actions Google Analytic 4"
_GOOGLE_ADS = "Actions Google Enhanced Conversions"
_REDDIT = "Reddit Conversions Api"
_SNAP = "Snap Conversions Api"
_PINTEREST = "Pinterest Conversions API"
_NEXTDOOR = "Nextdoor Conversions API"
_TIKTOK, _TIKTOK_OFFLINE = "Tiktok Conversions", "Tiktok Offline Conversions (Actions)"


@dataclass(frozen=True, slots=True)
class HandedValue:
    """An id that a vendor leaves in the browser or app and needs back.

    ``fields`` has the destinations that need it, each with the name of its field, empty if unknown. ``web`` and ``app``
    say where the value is, empty if there is none. ``unread`` says what happens if no field reads it.
    """

    value: str
    fields: dict[str, str]
    to: str
    why: str
    web: str = ""
    app: str = ""
    unread: str = ""
    of_session: bool = False

    def place(self, source: SourceType) -> str:
        """Return where a source of this type has the value; empty if it has none."""
        return self.web if source == "web" else self.app


def _of_landing(name: str) -> str:
    return f"{name} of the landing address"


def _click(vendor: str) -> str:
    return f"{vendor} matches the event to the click on an ad"


VALUES: tuple[HandedValue, ...] = (
    HandedValue(
        "fbp", {_META: "user_data.fbp", "Facebook Pixel Server Side": "", "Angler AI": "identifiers.fbp"},
        "properties.fbp", "Meta matches the event to the browser", web="cookie _fbp",
    ),
    HandedValue(
        "fbc", {_META: "user_data.fbc", "Facebook Pixel Server Side": "", "Angler AI": "identifiers.fbc"},
        "properties.fbc", _click("Meta"), web="cookie _fbc",
    ),
    HandedValue(
        "ga_client_id", {_GA4: "client_id"}, "properties.client_id", "Google Analytics joins the event to the visitor",
        web="cookie _ga: the last two numbers",
        unread="By default the user ID or anonymous ID goes there, and every buyer becomes a new user.",
    ),
    HandedValue(
        "ga_session_id", {_GA4: "params.session_id"}, "properties.session_id", "Google Analytics joins the event to the visit",
        web="cookie _ga_ and your measurement ID: the number after GS", of_session=True,
        unread="The action has no field for it; without it the event belongs to no visit and to no source of traffic.",
    ),
    HandedValue(
        "ga_session_number", {_GA4: "params.session_number"}, "properties.session_number",
        "Google Analytics counts the visits of a visitor",
        web="cookie _ga_ and your measurement ID: the number after the session ID", of_session=True,
        unread="The action has no field for it.",
    ),
    HandedValue(
        "ga_app_instance_id", {_GA4: "app_instance_id"}, "properties.app_instance_id",
        "Google Analytics joins the event to the app", app="the Firebase SDK’s app instance ID",
        unread="By default nothing goes there, and Google Analytics refuses what happens in an app without it.",
    ),
    HandedValue(
        "ttclid", {_TIKTOK: "ttclid", _TIKTOK_OFFLINE: "ttclid"}, "properties.ttclid", _click("TikTok"),
        web=_of_landing("ttclid"),
    ),
    HandedValue(
        "ttp", {_TIKTOK: "ttp", _TIKTOK_OFFLINE: "ttp"}, "properties.ttp", "TikTok matches the event to the browser",
        web="cookie _ttp",
    ),
    HandedValue("gclid", {_GOOGLE_ADS: "gclid"}, "properties.gclid", _click("Google Ads"), web=_of_landing("gclid")),
    HandedValue(
        "gbraid", {_GOOGLE_ADS: "gbraid"}, "properties.gbraid", "Google Ads matches the event to a click on iOS",
        web=_of_landing("gbraid"),
    ),
    HandedValue(
        "wbraid", {_GOOGLE_ADS: "wbraid"}, "properties.wbraid", "Google Ads matches the event to a click on iOS",
        web=_of_landing("wbraid"),
    ),
    HandedValue(
        "msclkid", {"Ms Bing Capi": "userData.msclkid"}, "properties.msclkid", _click("Microsoft Advertising"),
        web=_of_landing("msclkid"),
    ),
    HandedValue(
        "rdt_cid", {_REDDIT: "click_id"}, f'integrations["{_REDDIT}"].click_id', _click("Reddit"), web=_of_landing("rdt_cid"),
    ),
    HandedValue(
        "rdt_uuid", {_REDDIT: "user.uuid"}, f'integrations["{_REDDIT}"].uuid', "Reddit matches the event to the browser",
        web="cookie _rdt_uuid",
    ),
    HandedValue(
        "ScCid", {_SNAP: "user_data.sc_click_id"}, f'integrations["{_SNAP}"].click_id', _click("Snapchat"),
        web=_of_landing("ScCid"),
    ),
    HandedValue(
        "scid", {_SNAP: "user_data.sc_cookie1"}, f'integrations["{_SNAP}"].uuid_c1', "Snapchat matches the event to the browser",
        web="cookie _scid",
    ),
    HandedValue(
        "epik", {_PINTEREST: "user_data.click_id"}, "properties.epik", _click("Pinterest"),
        web="epik of the landing address, or cookie _epik",
    ),
    HandedValue(
        "li_fat_id", {"LinkedIn Conversions API": "linkedInUUID"}, "properties.li_fat_id", _click("LinkedIn"),
        web="cookie li_fat_id",
    ),
    HandedValue(
        "ndclid", {_NEXTDOOR: "customer.click_id"}, f'integrations["{_NEXTDOOR}"].click_id', _click("Nextdoor"),
        web=_of_landing("ndclid"),
    ),
    HandedValue(
        "hubspotutk", {"Hubspot Cloud Mode (actions)": "utk"}, "properties.hubspotutk",
        "HubSpot matches the event to the browser", web="cookie hubspotutk",
    ),
    HandedValue(
        "dub_id", {"Dub (Actions)": "clickId"}, 'integrations["Dub (Actions)"].dub_id',
        "Dub matches the event to the click on a link",
        web="cookie dub_id",
    ),
    HandedValue(
        "vwo_uuid", {"VWO Cloud Mode (Actions)": "vwoUuid"}, "properties.vwo_uuid", "VWO matches the event to the visitor",
        web="cookie _vwo_uuid",
    ),
    HandedValue(
        "appsflyer_id", {"AppsFlyer": "appsFlyerId"}, 'integrations["AppsFlyer"].appsFlyerId',
        "AppsFlyer refuses events without it; the call adds to the app’s SDK and does not replace it",
        app="the AppsFlyer SDK’s own id",
    ),
    HandedValue(
        "amplitude_session_id", {"Actions Amplitude": "session_id"}, 'integrations["Actions Amplitude"].session_id',
        "Amplitude joins the event to the visit",
        web="analytics_session_id in localStorage, set by Amplitude’s plugin", of_session=True,
    ),
)  # fmt: skip
"""Every value, in the order of a hand-off. A value that several destinations need goes to one place for all of them."""

_DEVICE = ("context.device.type", "context.device.id", "context.device.advertisingId")
_APP_VENDOR = ("context.ip", *_DEVICE, "context.app.namespace")
DEMANDED: dict[str, dict[SourceType, tuple[str, ...]]] = {
    _META: {
        "web": ("context.ip", "context.userAgent", "context.page.url"),
        "mobile": ("context.ip", "context.device.advertisingId"),
    },
    "Facebook Pixel Server Side": {"web": ("context.ip", "context.userAgent", "context.page.url")},
    _PINTEREST: {
        "web": ("context.ip", "context.userAgent"),
        "mobile": ("context.ip", "context.device.advertisingId"),
    },
    _SNAP: {"mobile": ("context.device.advertisingId",)},
    _REDDIT: {"mobile": ("context.device.advertisingId",)},
    "StackAdapt Cloud (Actions)": {"web": ("context.ip", "context.userAgent"), "mobile": ("context.ip", "context.userAgent")},
    "Podscribe (Actions)": {"web": ("context.ip",), "mobile": ("context.ip",)},
    "DoubleClick Floodlight": {"mobile": ("context.userAgent", "context.device.advertisingId")},
    "AppsFlyer": {"mobile": _APP_VENDOR},
    "Adjust": {"mobile": _APP_VENDOR},
    "Branch Metrics": {"mobile": (*_APP_VENDOR, "context.os.name", "context.os.version")},
    "Kochava": {
        "mobile": ("context.ip", *_DEVICE[:2], "context.device.advertising_id", "context.app.namespace"),
    },
    "TUNE": {"mobile": _APP_VENDOR},
    "Facebook App Events": {"mobile": (*_APP_VENDOR, "context.os.version")},
}  # fmt: skip
"""Destination -> type of source -> the parts of the context that it demands."""
UNREAD_CONTEXT: dict[str, dict[str, str]] = {
    _META: {"context.device.advertisingId": "app_data_field.madId"},
    _PINTEREST: {"context.device.advertisingId": "user_data.hashed_maids"},
}
"""Destination -> part of the context -> the field that needs this part but does not read it by default."""
