"""The values that the browser or app must pass to the server so that the server call loses nothing (law, part 2.5).

Used by `advisor.advice.advisor`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from advisor.knowledge.handed_values import DEMANDED, VALUES
from advisor.model import HandoffValue, SourceType

_PROPERTIES = "properties."
STORED = "stored while the user was present: "


@dataclass(frozen=True, slots=True)
class _Value:
    """A value, and the places where a browser (``web``) and an app (``mobile``) have it.

    ``is_part``: another value contains it, and it is passed alone only if that one is not needed. ``of_session``: it is
    gone when the session ends.
    """

    value: str
    to: str
    why: str
    web: str = ""
    mobile: str = ""
    is_part: bool = False
    of_session: bool = False

    def place(self, source: SourceType) -> str:
        return self.web if source == "web" else self.mobile


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
        web="the address of the request", mobile="the address of the request", of_session=True,
    ),
    _Value(
        "context.userAgent", "context.userAgent", "browser and operating system", web="request header User-Agent",
        of_session=True,
    ),
    _Value(
        "context.page", "context.page", "where it happened: url, referrer, title, path, search",
        web="location.href, document.referrer, document.title, location.pathname, location.search", of_session=True,
    ),
    _Value(
        "context.page.url", "context.page.url", "where it happened", web="location.href", is_part=True, of_session=True,
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
    _Value(
        "context.device.type", "context.device.type", "ios or android", mobile="the library’s context.device.type",
        is_part=True,
    ),
    _Value(
        "context.device.id", "context.device.id",
        "matches the event to the installation that the vendor’s SDK counts: the call adds to the SDK, it does not replace it",
        mobile="the library’s context.device.id", is_part=True,
    ),
    _Value(
        "context.device.advertisingId", "context.device.advertisingId", "matches the event to the device; only with consent",
        mobile="the library’s context.device.advertisingId", is_part=True,
    ),
    _Value(
        "context.device.advertising_id", "context.device.advertising_id",
        "matches the event to the device; only with consent, and spelled like this",
        mobile="the library’s context.device.advertisingId",
    ),
    _Value("context.app", "context.app", "name and version of the app", mobile="the library’s context.app"),
    _Value(
        "context.app.namespace", "context.app.namespace", "which app it is", mobile="the library’s context.app.namespace",
        is_part=True,
    ),
    _Value("context.os", "context.os", "operating system and its version", mobile="the library’s context.os"),
    _Value(
        "context.os.name", "context.os.name", "operating system", mobile="the library’s context.os.name", is_part=True,
    ),
    _Value(
        "context.os.version", "context.os.version", "its version", mobile="the library’s context.os.version", is_part=True,
    ),
)  # fmt: skip
_ON_DEMAND = frozenset({"context.device.advertising_id"})
"""Context that is passed on only if a vendor asks for it, even if all other context is passed on."""
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
    """Return the values to pass on, per source type of the event; none if the server call loses nothing.

    ``delivered`` are the destinations of the server call, ``properties`` the properties that only the client knows.
    ``whole``: pass everything that a client call would have carried, not only ids, consent and what the vendors need.
    ``traits``: the call is identify or group, whose properties are traits.
    """
    needs = {source: _needed(source, delivered, whole=whole, user_absent=user_absent) for source in types}
    if not whole and not any(needs.values()):
        return ()
    prefix = STORED if user_absent else ""
    return tuple(
        HandoffValue(source=source, value=value.value, from_=prefix + place, to=to, why=value.why)
        for source, needed in needs.items()
        for value, place, to in _each_place_once(source, (*_IDENTITY, *needed, _CONSENT), properties, traits=traits)
    )


def _needed(source: SourceType, delivered: tuple[str, ...], *, whole: bool, user_absent: bool) -> tuple[_Value, ...]:
    """Return the values that a source of this type has, besides ids and consent; no session values without the user."""
    needed = (*_context(source, delivered, whole=whole), *_vendor_ids(delivered))
    return tuple(each for each in needed if each.place(source) and not (user_absent and each.of_session))


def _context(source: SourceType, delivered: tuple[str, ...], *, whole: bool) -> Iterator[_Value]:
    demanded = {name for key in delivered for name in DEMANDED.get(key, {}).get(source, ())}
    for each in _CONTEXT:
        wanted = not each.is_part and each.value not in _ON_DEMAND if whole else False
        if wanted or (each.value in demanded and not (whole and each.is_part)):
            yield each


def _vendor_ids(delivered: tuple[str, ...]) -> Iterator[_Value]:
    for each in VALUES:
        if not each.fields.keys().isdisjoint(delivered):
            yield _Value(each.value, each.to, each.why, web=each.web, mobile=each.app, of_session=each.of_session)


def _each_place_once(
    source: SourceType, values: tuple[_Value, ...], properties: tuple[str, ...], *, traits: bool
) -> Iterator[tuple[_Value, str, str]]:
    """Yield each value with its place in the source and its place in the call. No place in the call is used twice.

    A property of the event comes before another value for the same place.
    """
    own = tuple(map(_property, dict.fromkeys(properties)))
    taken = {_into(each.to, traits=traits) for each in own}
    for value in values:
        to = _into(value.to, traits=traits)
        if to not in taken and (place := value.place(source)):
            taken.add(to)
            yield value, place, to
    for value in own:
        yield value, value.place(source), _into(value.to, traits=traits)


def _into(place: str, *, traits: bool) -> str:
    return "traits." + place.removeprefix(_PROPERTIES) if traits and place.startswith(_PROPERTIES) else place


def _property(name: str) -> _Value:
    return _Value(name, _PROPERTIES + name, "only the client knows it", web="the page", mobile="the app")
