"""Findings about names that break a limit of their destinations, and about destinations that get nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from advisor.advice.finding import finding
from advisor.advice.reach.masking import COMMON
from advisor.advice.reach.network import tool
from advisor.knowledge.catalogue import CATALOGUE, STORAGE_KIND, destination_name
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.name_limits import NameLimit, limits_of
from advisor.model import Event, Finding, Plan, Property, recommendation_of, with_all_properties


@dataclass(frozen=True, slots=True)
class Demands:
    """The limits of all destinations of one list. ``seen`` are the names of properties that were already checked.

    ``most_properties`` is the number of properties that the strictest of them takes.
    """

    limits: tuple[NameLimit, ...]
    about_events: tuple[NameLimit, ...]
    most_properties: float
    seen: set[str]


def _demands(limits: Iterable[NameLimit]) -> Demands:
    limits = tuple(limits)
    return Demands(
        limits=limits,
        about_events=tuple(limit for limit in limits if limit.is_about_events),
        most_properties=min((limit.most_properties for limit in limits if limit.most_properties), default=inf),
        seen=set(),
    )


class WantedLimits:
    """The limits of the destinations that each event of a plan wants, computed once for each list of destinations."""

    def __init__(self, plan: Plan) -> None:
        self._all = limits_of(frozenset(item.key for item in plan.destinations if item.custom is None))
        self._found: dict[object, Demands] = {"all": _demands(self._all)}

    def of(self, event: Event) -> Demands | None:
        """Return the limits that apply to a track call, or None; other calls have no name of their own at vendors."""
        if event.call != "track" or not self._all:
            return None
        if event.destinations not in self._found:
            wanted = frozenset(event.destinations)
            self._found[event.destinations] = _demands(
                limit for limit in self._all if not limit.keys.isdisjoint(wanted)
            )
        return self._found[event.destinations]


def on_limits(plan: Plan) -> Iterator[Finding]:
    """Yield findings about names that are too long or refused, and events with too many properties."""
    wanted = WantedLimits(plan)
    refused: set[tuple[str, str]] = set()
    for index, event in enumerate(plan.events):
        demands = wanted.of(event)
        if demands is None:
            continue
        for limit in demands.about_events:
            if not limit.allows_event(event.name):
                yield from _on_name(limit, event.name, f"/events/{index}/name")
        carried = with_all_properties(plan, event)
        if len(carried.properties) > demands.most_properties:
            yield from _on_number(demands, carried, index)
        for pointer, properties in ((COMMON, plan.common), (f"/events/{index}/properties", event.properties)):
            yield from _on_properties(demands, properties, pointer, refused)


def _on_properties(
    demands: Demands, properties: tuple[Property, ...], pointer: str, refused: set[tuple[str, str]]
) -> Iterator[Finding]:
    """Yield a finding for each name that a vendor does not take, once per vendor. ``refused`` has those found before."""
    for place, item in enumerate(properties):
        if item.name in demands.seen or not item.name.strip():
            continue
        demands.seen.add(item.name)
        for limit in demands.limits:
            if not limit.allows_property(item.name) and (limit.vendor, item.name) not in refused:
                refused.add((limit.vendor, item.name))
                yield _on_property(limit, item.name, f"{pointer}/{place}/name")


def _on_number(demands: Demands, event: Event, index: int) -> Iterator[Finding]:
    count = len(event.properties)
    for limit in demands.limits:
        if limit.most_properties is not None and count > limit.most_properties:
            message = f"“{event.name}” has {count:,} properties; {limit.vendor} takes {limit.most_properties}."
            yield finding("too-many-properties", message, f"/events/{index}/properties")


def _on_name(limit: NameLimit, name: str, pointer: str) -> Iterator[Finding]:
    if not limit.allows_characters(name):
        message = (
            f"{limit.vendor} takes {limit.allowed}. “{name}” is something else, and {limit.vendor} {limit.effect}."
        )
        yield finding("name-refused", message, pointer)
    elif limit.reserves(name):
        yield finding("name-refused", f"{limit.vendor} keeps the name “{name}” for itself. Choose another.", pointer)
    if not limit.allows_length(name):
        bounds = (
            f"at least {limit.shortest_event}" if len(name) < limit.shortest_event else f"at most {limit.longest_event}"
        )
        message = f"“{name}” has {len(name):,} characters; {limit.vendor} takes {bounds}, and {limit.effect}."
        yield finding("name-over-limit", message, pointer)


def _on_property(limit: NameLimit, name: str, pointer: str) -> Finding:
    why = "is too long for it" if limit.longest_property and len(name) > limit.longest_property else "is reserved there"
    message = f"{limit.vendor} doesn’t take the property “{name}” as it is: the name {why}, and {limit.vendor} {limit.effect}."
    return finding("property-name-refused", message, pointer)


def on_custom_destinations(plan: Plan) -> Iterator[Finding]:
    """Yield findings about custom destinations that hide a destination of the catalogue."""
    for index, item in enumerate(plan.destinations):
        if item.custom is not None and item.key in CATALOGUE:
            message = f"“{item.key}” is in the catalogue; its custom reach is taken as written instead."
            yield finding("custom-over-catalogue", message, f"/destinations/{index}")


def on_idle_destinations(plan: Plan, events: tuple[Event, ...]) -> Iterator[Finding]:
    """Yield findings about destinations that get no call, except those that need none because they only load.

    Storage gets every call that is made, wanted or not.
    """
    tools = [tool(item) for item in plan.destinations] if events else []
    idle = {item.key: index for index, item in enumerate(tools) if not item.loads_only}
    stores = [item for item in tools if item.kind == STORAGE_KIND]
    for event in events:
        if not idle:
            return
        advice = recommendation_of(event)
        for delivery in advice.deliveries:
            idle.pop(delivery.destination, None)
        types = {LIBRARIES[call.library].type for call in advice.calls if call.library}
        for item in stores:
            if not types.isdisjoint(item.modes):
                idle.pop(item.key, None)
    for key, index in idle.items():
        is_wanted = any(event.destinations == "all" or key in event.destinations for event in events)
        what = "The events that want it say why" if is_wanted else "Want it somewhere, or remove it"
        message = f"No event of the plan reaches {destination_name(key)}. {what}."
        yield finding("idle-destination", message, f"/destinations/{index}")
