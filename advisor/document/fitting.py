"""Makes events fit the settings of a plan: an event may name only what its plan has."""

from __future__ import annotations

from msgspec.structs import replace

from advisor.model import Event, Plan


def fitted(plan: Plan, event: Event) -> Event:
    """Return the event without destinations and client libraries that the plan doesn't have; unchanged if it fits."""
    if event.destinations == "all" and event.sources == "all":
        return event
    keys = {item.key for item in plan.destinations}
    destinations, sources = event.destinations, event.sources
    if destinations != "all":
        destinations = tuple(key for key in destinations if key in keys)
    if sources != "all":
        sources = tuple(key for key in sources if key in plan.sources.client)
    if (destinations, sources) == (event.destinations, event.sources):
        return event
    return replace(event, destinations=destinations, sources=sources)
