"""Makes earlier stages of a plan fit today's catalogue and libraries, so that they can be advised."""

from __future__ import annotations

from msgspec.structs import replace

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Plan, Sources


def without_unknown(plan: Plan) -> Plan:
    """Return the plan without destinations and libraries that are no longer known. Custom destinations are kept."""
    server = plan.sources.server
    return replace(
        plan,
        sources=Sources(
            client=tuple(key for key in plan.sources.client if key in LIBRARIES),
            server=server if server in LIBRARIES else None,
        ),
        destinations=tuple(item for item in plan.destinations if item.custom or item.key in CATALOGUE),
    )
