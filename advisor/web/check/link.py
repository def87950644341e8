"""The link from a call's ``integrations`` object to ``/integrations`` with the form filled in."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import msgspec

from advisor.explain import resolve
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Call, Destination, Event, Mode, Plan
from advisor.web.app.body_limits import MAX_QUERY


def check_query(plan: Plan, event: Event, call: Call) -> str | None:
    """Return the query of ``/integrations`` that checks the object of this call.

    Returns None for a call without a library, or if the address would be too long.
    """
    if call.library is None:
        return None
    query = urlencode(list(_state(plan, event, call, call.library)))
    return query if len(query) <= MAX_QUERY else None


def _state(plan: Plan, event: Event, call: Call, library: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of `IntegrationsForm` as names and values."""
    yield "object", msgspec.json.format(msgspec.json.encode(call.integrations), indent=2).decode()
    yield "library", library
    yield "call", event.call
    wanted = [item for item in plan.destinations if event.destinations == "all" or item.key in event.destinations]
    # `resolve` returns a message for an unknown name, such as a custom destination of the plan, which that page can't know.
    known = [item for item in wanted if not isinstance(resolve(item.key), str)]
    yield from (("destination", item.key) for item in known)
    modes = ((item, _mode(item, library)) for item in known)
    yield from (("mode", f"{item.key}={mode}") for item, mode in modes if mode)
    if plan.warehouse:
        yield "warehouse", "yes"


def _mode(item: Destination, library: str) -> Mode | None:
    modes = {"web": item.web_mode, "mobile": item.mobile_mode}
    return modes.get(LIBRARIES[library].type)
