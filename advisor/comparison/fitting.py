"""Events and plans of an earlier time, made to fit what there is now."""

from __future__ import annotations

from msgspec.structs import replace

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Event, Plan, Sources


def fitted(plan: Plan, event: Event) -> Event:
    """The event without destinations and client libraries that the plan does not have."""
    keys = {item.key for item in plan.destinations}
    destinations, sources = event.destinations, event.sources
    if destinations != "all":
        destinations = tuple(key for key in destinations if key in keys)
    if sources != "all":
        sources = tuple(key for key in sources if key in plan.sources.client)
    if (destinations, sources) == (event.destinations, event.sources):
        return event
    return replace(event, destinations=destinations, sources=sources)


def known(plan: Plan) -> Plan:
    """The plan without destinations and libraries that we knew once and know no more, so that it can be advised."""
    server = plan.sources.server
    return replace(
        plan,
        sources=Sources(
            client=tuple(key for key in plan.sources.client if key in LIBRARIES),
            server=server if server in LIBRARIES else None,
        ),
        destinations=tuple(item for item in plan.destinations if item.custom or item.key in CATALOGUE),
    )
