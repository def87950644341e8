"""What the browser or app must pass to the server so that the server call loses nothing (law, part 2.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from advisor.knowledge.vendors import BROWSER_IDS
from advisor.model import HandoffValue, SourceType

_PROPERTIES = "properties."
STORED = "stored while the user was present: "


@dataclass(frozen=True, slots=True)
class _Value:
    value: str
    to: str
    why: str
    web: str = ""
    mobile: str = ""


_IDENTITY = (
    _Value(
        "anonymousId", "anonymousId", "joins the call to the visit",
        web="cookie ajs_anonymous_id: URL-decode it, then strip one pair of quotes", mobile="the library’s anonymousId",
    ),
    _Value(
        "userId", "userId", "joins the call to the person",
        web="your session, or cookie ajs_user_id", mobile="your session, or the library’s userId",
    ),
)  # fmt: skip
_CONTEXT = (
    _Value(
        "context.ip", "context.ip", "location; Segment fills it in for client calls only",
        web="the address of the request", mobile="the address of the request",
    ),
    _Value("context.userAgent", "context.userAgent", "browser and operating system", web="request header User-Agent"),
    _Value(
        "context.page", "context.page", "where it happened: url, referrer, title, path, search",
        web="location.href, document.referrer, document.title, location.pathname, location.search",
    ),
    _Value(
        "context.campaign", "context.campaign", "the campaign; utm_campaign becomes name, the others lose their utm_",
        web="utm_ values of the landing address; keep them, the address changes",
    ),
    _Value("context.locale", "context.locale", "language", web="navigator.language", mobile="the device’s locale"),
    _Value(
        "context.timezone", "context.timezone", "local time",
        web="Intl.DateTimeFormat().resolvedOptions().timeZone", mobile="the device’s time zone",
    ),
    _Value(
        "context.device", "context.device", "device id and type; the advertising id only with consent",
        mobile="the library’s context.device",
    ),
    _Value("context.app", "context.app", "name and version of the app", mobile="the library’s context.app"),
    _Value("context.os", "context.os", "operating system and its version", mobile="the library’s context.os"),
)  # fmt: skip
_CONSENT = _Value(
    "consent categories", "context.consent.categoryPreferences",
    "a server call without them bypasses the visitor’s consent; never send them empty",
    web="your consent banner", mobile="your consent dialog",
)  # fmt: skip


@lru_cache(maxsize=4096)
def handoff(
    types: tuple[SourceType, ...],
    delivered: tuple[str, ...],
    properties: tuple[str, ...],
    *,
    whole: bool,
    user_absent: bool,
    traits: bool,
) -> tuple[HandoffValue, ...]:
    """The values to pass on, per source type of the event.

    ``delivered`` are the destinations of the server call, ``properties`` those that only the client knows.
    ``whole``: everything that a client call would have carried; otherwise the vendors' ids and the identity alone.
    ``traits``: the call is identify or group, whose properties are traits.
    """
    if not whole and not any(_vendor_ids(delivered, source) for source in types):
        return ()
    prefix = STORED if user_absent else ""
    return tuple(
        HandoffValue(
            source=source, value=value.value, from_=prefix + place, to=_into(value.to, traits=traits), why=value.why
        )
        for source in types
        for value, place in _values(source, delivered, properties, whole=whole)
    )


def _into(place: str, *, traits: bool) -> str:
    return "traits." + place.removeprefix(_PROPERTIES) if traits and place.startswith(_PROPERTIES) else place


def _values(
    source: SourceType, delivered: tuple[str, ...], properties: tuple[str, ...], *, whole: bool
) -> Iterator[tuple[_Value, str]]:
    listed = (
        *_IDENTITY,
        *(_CONTEXT if whole else ()),
        *_vendor_ids(delivered, source),
        *((_CONSENT,) if whole else ()),
    )
    for value in (*listed, *map(_property, properties)):
        if place := value.web if source == "web" else value.mobile:
            yield value, place


def _vendor_ids(delivered: tuple[str, ...], source: SourceType) -> tuple[_Value, ...]:
    """The browser ids that the delivered vendors need; apps have none of these."""
    if source != "web":
        return ()
    needed = {item.value: item for key in delivered for item in BROWSER_IDS.get(key, ())}
    return tuple(_Value(item.value, item.goes_to, item.why, web=item.source) for item in needed.values())


def _property(name: str) -> _Value:
    return _Value(name, _PROPERTIES + name, "only the client knows it", web="the page", mobile="the app")
