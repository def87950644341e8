"""The link from a call's ``integrations`` object to the page that checks objects, with everything filled in."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import msgspec
from flask import url_for

from advisor.explain import resolve
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Call, Destination, Event, Mode, Plan
from advisor.web.integrations_form import MAX_QUERY_BYTES


def check_address(plan: Plan, event: Event, call: Call) -> str | None:
    """The address that checks the object of this call; none without a library, or where an address can't hold it."""
    if call.library is None:
        return None
    query = urlencode(list(_state(plan, event, call, call.library)))
    return f"{url_for('integrations.check')}?{query}" if len(query) <= MAX_QUERY_BYTES else None


def _state(plan: Plan, event: Event, call: Call, library: str) -> Iterator[tuple[str, str]]:
    """The fields of `IntegrationsForm`."""
    yield "object", msgspec.json.format(msgspec.json.encode(call.integrations), indent=2).decode()
    yield "library", library
    yield "call", event.call
    wanted = [item for item in plan.destinations if event.destinations == "all" or item.key in event.destinations]
    # A text says that the name is nobody's: a destination of the plan's own, which that page can't know.
    known = [item for item in wanted if not isinstance(resolve(item.key), str)]
    yield from (("destination", item.key) for item in known)
    modes = ((item, _mode(item, library)) for item in known)
    yield from (("mode", f"{item.key}={mode}") for item, mode in modes if mode)
    if plan.warehouse:
        yield "warehouse", "yes"


def _mode(item: Destination, library: str) -> Mode | None:
    modes = {"web": item.web_mode, "mobile": item.mobile_mode}
    return modes.get(LIBRARIES[library].type)
