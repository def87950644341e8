"""A second implementation of the hand-off (law, part 2.5): plain tables, independent of the engine."""

from .routed import Case
from .routing_model import type_of

IDS = ("anonymousId", "userId")
WHOLE = {
    "web": (
        "context.ip",
        "context.userAgent",
        "context.page",
        "context.campaign",
        "context.locale",
        "context.timezone",
    ),
    "mobile": ("context.ip", "context.locale", "context.timezone", "context.device", "context.app", "context.os"),
}
CONSENT = "context.consent.categoryPreferences"
ORDER = (
    *IDS, "context.ip", "context.userAgent", "context.page", "context.page.url", "context.campaign", "context.locale",
    "context.timezone", "context.device", "context.device.type", "context.device.id", "context.device.advertisingId",
    "context.device.advertising_id", "context.app", "context.app.namespace", "context.os", "context.os.name",
    "context.os.version", "fbp", "fbc", "ga_client_id", "ga_session_id", "ga_session_number", "ga_app_instance_id", "ttclid",
    "ttp", "gclid", "gbraid", "wbraid", "msclkid", "rdt_cid", "rdt_uuid", "ScCid", "scid", "epik", "li_fat_id", "ndclid",
    "hubspotutk", "dub_id", "vwo_uuid", "appsflyer_id", "amplitude_session_id", "consent categories",
)  # fmt: skip
"""Every value that is no property of the event, in the order of a hand-off."""
_META = {"fbp": "properties.fbp", "fbc": "properties.fbc"}
_TIKTOK = {"ttclid": "properties.ttclid", "ttp": "properties.ttp"}
ON_PAGES: dict[str, dict[str, str]] = {
    "Facebook Conversions API (Actions)": _META,
    "Facebook Pixel Server Side": _META,
    "Angler AI": _META,
    "Actions Google Analytic 4": {
        "ga_client_id": "properties.client_id",
        "ga_session_id": "properties.session_id",
        "ga_session_number": "properties.session_number",
    },
    "Tiktok Conversions": _TIKTOK,
    "Tiktok Offline Conversions (Actions)": _TIKTOK,
    "Actions Google Enhanced Conversions": {name: f"properties.{name}" for name in ("gclid", "gbraid", "wbraid")},
    "Ms Bing Capi": {"msclkid": "properties.msclkid"},
    "Reddit Conversions Api": {
        "rdt_cid": 'integrations["Reddit Conversions Api"].click_id',
        "rdt_uuid": 'integrations["Reddit Conversions Api"].uuid',
    },
    "Snap Conversions Api": {
        "ScCid": 'integrations["Snap Conversions Api"].click_id',
        "scid": 'integrations["Snap Conversions Api"].uuid_c1',
    },
    "Pinterest Conversions API": {"epik": "properties.epik"},
    "LinkedIn Conversions API": {"li_fat_id": "properties.li_fat_id"},
    "Nextdoor Conversions API": {"ndclid": 'integrations["Nextdoor Conversions API"].click_id'},
    "Hubspot Cloud Mode (actions)": {"hubspotutk": "properties.hubspotutk"},
    "Dub (Actions)": {"dub_id": 'integrations["Dub (Actions)"].dub_id'},
    "VWO Cloud Mode (Actions)": {"vwo_uuid": "properties.vwo_uuid"},
    "Actions Amplitude": {"amplitude_session_id": 'integrations["Actions Amplitude"].session_id'},
}
IN_APPS: dict[str, dict[str, str]] = {
    "Actions Google Analytic 4": {"ga_app_instance_id": "properties.app_instance_id"},
    "AppsFlyer": {"appsflyer_id": 'integrations["AppsFlyer"].appsFlyerId'},
}
_REQUEST = ("context.ip", "context.userAgent")
_APP = (
    "context.ip",
    "context.device.type",
    "context.device.id",
    "context.device.advertisingId",
    "context.app.namespace",
)
DEMANDED_OF_PAGES: dict[str, tuple[str, ...]] = {
    "Facebook Conversions API (Actions)": (*_REQUEST, "context.page.url"),
    "Facebook Pixel Server Side": (*_REQUEST, "context.page.url"),
    "Pinterest Conversions API": _REQUEST,
    "StackAdapt Cloud (Actions)": _REQUEST,
    "Podscribe (Actions)": ("context.ip",),
}
DEMANDED_OF_APPS: dict[str, tuple[str, ...]] = {
    "Facebook Conversions API (Actions)": ("context.ip", "context.device.advertisingId"),
    "Pinterest Conversions API": ("context.ip", "context.device.advertisingId"),
    "Snap Conversions Api": ("context.device.advertisingId",),
    "Reddit Conversions Api": ("context.device.advertisingId",),
    "DoubleClick Floodlight": ("context.device.advertisingId",),
    "StackAdapt Cloud (Actions)": ("context.ip",),
    "Podscribe (Actions)": ("context.ip",),
    "AppsFlyer": _APP,
    "Adjust": _APP,
    "Branch Metrics": (*_APP, "context.os.name", "context.os.version"),
    "Kochava": tuple(name.replace("advertisingId", "advertising_id") for name in _APP),
    "TUNE": _APP,
    "Facebook App Events": (*_APP, "context.os.version"),
}
OF_A_SESSION = {
    *("context.ip", "context.userAgent", "context.page", "context.page.url"),
    *("ga_session_id", "ga_session_number", "amplitude_session_id"),
}
"""What is over when the user has left."""


def is_whole(case: Case) -> bool:
    """Whether the event needs cookies or context, has a property that only the client knows, or is relayed."""
    answers = case.event.answers
    needs = "yes" in (answers.get("needs_cookies"), answers.get("needs_client_context"))
    return needs or case.advice.relay or any(item.known_by == "client" for item in case.event.properties)


def by_server(case: Case) -> list[str]:
    """The destinations that the server delivers."""
    return [each.destination for each in case.advice.deliveries if each.side == "server"]


def expected(case: Case) -> dict[str, list[tuple[str, str]]]:
    """Per type of source the values and their places, in their order; the event's own properties last, at their own places."""
    kinds = list(dict.fromkeys(type_of(library) for library in case.sources))
    if not kinds:  # no library makes this call: then the values are where the plan has one
        of_plan = {type_of(library) for library in case.plan.sources.client}
        kinds = ["mobile"] if of_plan == {"mobile"} else ["web"]
    absent = case.event.answers.get("user_absent") == "yes"
    needed = {kind: _needed(case, kind) for kind in kinds}
    if absent:
        needed = {
            kind: {name: to for name, to in each.items() if name not in OF_A_SESSION} for kind, each in needed.items()
        }
    if case.in_force == "client" or (not is_whole(case) and not any(needed.values())):
        return {}
    fields = "traits" if case.event.call in ("identify", "group") else "properties"
    own = [(item.name, f"{fields}.{item.name}") for item in case.event.properties if item.known_by == "client"]
    taken = {place for _, place in own}
    told = {}
    for kind, each in needed.items():
        listed = [(name, _placed(each[name], fields)) for name in ORDER if name in each]
        free = [pair for pair in listed if pair[1] not in taken]
        told[kind] = [*((name, name) for name in IDS), *free, ("consent categories", CONSENT), *own]
    return told


def _placed(to: str, fields: str) -> str:
    return f"{fields}.{to.removeprefix('properties.')}" if to.startswith("properties.") else to


def _needed(case: Case, kind: str) -> dict[str, str]:
    ids, demanded = (ON_PAGES, DEMANDED_OF_PAGES) if kind == "web" else (IN_APPS, DEMANDED_OF_APPS)
    found = {name: to for key in by_server(case) for name, to in ids.get(key, {}).items()}
    context = {name for key in by_server(case) for name in demanded.get(key, ())}
    if is_whole(case):
        wholes = WHOLE[kind]
        # Kochava's spelling is in no library's context.
        context = {name for name in context if name not in wholes and name.endswith("advertising_id")} | set(wholes)
    return found | {name: name for name in context}
