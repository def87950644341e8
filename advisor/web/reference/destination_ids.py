"""The values that a destination needs from the page or app when the server calls, and whether it reads them by default."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.advice.routing.handoff import handoff
from advisor.knowledge.catalogue import CATALOGUE, Row
from advisor.knowledge.destination_fields import match_field
from advisor.knowledge.handed_values import UNREAD_CONTEXT, VALUES
from advisor.knowledge.setup_steps import steps_of
from advisor.knowledge.vendors import SHARED_IDS
from advisor.model import HandoffValue

_SEGMENT = frozenset({"anonymousId", "userId", "context.consent.categoryPreferences"})
"""Places of a call that Segment itself reads."""
_IN_WORDS = {
    "anonymousId": "Visitor’s id",
    "userId": "Person’s id",
    "consent categories": "Consent",
    "context.ip": "IP address",
    "context.userAgent": "User agent",
    "context.page.url": "Page address",
    "context.device.type": "Kind of device",
    "context.device.id": "Device id",
    "context.device.advertisingId": "Advertising id",
    "context.device.advertising_id": "Advertising id",
    "context.app.namespace": "App",
    "context.os.name": "Operating system",
    "context.os.version": "Its version",
}
"""Names of values in a hand-off that are places in a call -> what they are."""


@dataclass(frozen=True)
class NeededValue:
    """One value: where the page and the app have it, where it goes in the call, who reads it there, and what for.

    ``read`` is ``by default``, ``set it`` or ``by Segment``. ``unread`` says what happens to it until it is set.
    """

    value: str
    web: str
    app: str
    to: str
    read: str
    why: str
    unread: str = ""


def needed_values(row: Row) -> tuple[NeededValue, ...]:
    """Return the values of a destination, in the order of a hand-off; none if the server doesn't reach it or needs none."""
    if row.key not in CATALOGUE:
        return ()
    return (*_handed(row), *_shared(row))


def _handed(row: Row) -> tuple[NeededValue, ...]:
    if not row.reaches("server"):
        return ()
    by_source = {
        source: {
            value.to: value
            for value in handoff((source,), (row.key,), (), whole=False, user_absent=False, traits=False)
        }
        for source in ("web", "mobile")
    }
    places = dict.fromkeys((*by_source["web"], *by_source["mobile"]))
    return tuple(_value(row, by_source["web"].get(place), by_source["mobile"].get(place)) for place in places)


def _value(row: Row, web: HandoffValue | None, app: HandoffValue | None) -> NeededValue:
    either = web or app
    if either is None:
        raise ValueError("a value comes from the page or from the app")
    unread = _unread(row, either.to)
    read = "by Segment" if either.to in _SEGMENT else "by default" if unread is None else "set it"
    return NeededValue(
        value=_IN_WORDS.get(either.value, either.value),
        web=web.from_ if web else "",
        app=app.from_ if app else "",
        to=either.to,
        read=read,
        why=either.why,
        unread=unread or "",
    )


def _unread(row: Row, place: str) -> str | None:
    """Return what happens to a value that no field reads by default; None if a field reads it."""
    if place in UNREAD_CONTEXT.get(row.key, {}):
        return "By default it goes unread."
    for each in VALUES:
        name = each.fields.get(row.key)
        if name and each.to == place and place not in match_field(row.key, name).reads:
            return each.unread or "By default it goes unread."
    return None


def _shared(row: Row) -> tuple[NeededValue, ...]:
    found = {}
    for pair in SHARED_IDS:
        if row.key in (pair.client, pair.server):
            wanted = [step for step in steps_of(row.key) if step.when == "pair" and pair.property in step.value]
            found[pair.property] = NeededValue(
                value="Shared id",
                web="made once, in the page, for both calls",
                app="",
                to=f"properties.{pair.property}",
                read="set it" if wanted else "by default",
                why="the copies of an event count once",
                unread=wanted[0].why if wanted else "",
            )
    return tuple(found.values())
