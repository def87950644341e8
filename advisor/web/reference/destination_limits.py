"""What to watch with a destination: calls that it doesn't take, limits of names, and what its key or its code do."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.knowledge.catalogue import CATALOGUE, NEVER_FED, STORAGE_KIND, Row
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.name_limits import NameLimit, limits_of
from advisor.knowledge.vendors import HYBRID, PLUGINS, SECOND_NAMES
from advisor.model import CALL_TYPES, CallType
from advisor.text import join_names

_UNCERTAIN: CallType = "screen"
"""The catalogue doesn't say which destinations take screen calls."""


def limits(row: Row) -> tuple[str, ...]:
    """Return a sentence for each limit, the most important first."""
    found = (*_of_status(row), *_of_key(row), *_of_calls(row), *_of_plugins(row), *_of_names(row))
    return (*found, *((f"{row.note.rstrip('.')}.",) if row.note else ()))


def _of_status(row: Row) -> Iterator[str]:
    if row.status in ("RETIRED", "DEPRECATED"):
        yield "Segment no longer offers it to new workspaces. Plan something else if you can."
    if row.status == "PRIVATE_BETA":
        yield "It is in private beta: Segment enables it on request."


def _of_key(row: Row) -> Iterator[str]:
    if row.key not in CATALOGUE:
        return
    if row.key != row.name:
        yield "Its key differs from its name. Any other spelling in the integrations object fails without an error."
    if second := SECOND_NAMES.get(row.key):
        yield f"Its part in the page goes by another name in the integrations object, too: “{second}”."
    if row.kind == HYBRID:
        yield "Its part in the page may receive a call even with “All”: false."


def _of_calls(row: Row) -> Iterator[str]:
    if row.kind in NEVER_FED or row.kind == STORAGE_KIND or row.loads_only:
        return
    missing = [call for call in CALL_TYPES if call not in row.methods and call != _UNCERTAIN]
    if missing and row.methods:
        yield f"It takes no {join_names(missing, 'or')} calls."
    if row.web_methods is not None and (less := row.methods - row.web_methods - {_UNCERTAIN}):
        names = join_names([call for call in CALL_TYPES if call in less], "or")
        yield f"Its code for the page is not known to take {names} calls."


def _of_plugins(row: Row) -> Iterator[str]:
    if "device" not in row.reaches("mobile"):
        return
    having = [LIBRARIES[key].name for key, keys in PLUGINS.items() if row.key in keys]
    if having:
        yield f"In an app it needs its plugin, which there is for {join_names(having)}."
    else:
        yield "In an app it needs a plugin. None is documented for Segment’s current libraries."


def _of_names(row: Row) -> Iterator[str]:
    for limit in limits_of(frozenset({row.key})):
        yield from _of_limit(limit)


def _of_limit(limit: NameLimit) -> Iterator[str]:
    if limit.longest_event:
        shape = f", of {limit.allowed}" if limit.allowed else ""
        yield f"The name of an event has at most {limit.longest_event} characters{shape}; {limit.vendor} {limit.effect}."
    if limit.longest_property:
        yield f"The name of a property has at most {limit.longest_property} characters."
    if limit.most_properties:
        yield f"An event has at most {limit.most_properties} properties."
    if kept := (*sorted(limit.reserved_properties), *(f"{prefix}…" for prefix in limit.property_prefixes)):
        yield f"It keeps these names of properties for itself: {join_names(kept)}."
    if limit.reserved_events:
        names = sorted(limit.reserved_events)
        yield f"It keeps {len(names)} names of events for itself, such as {join_names(names[:3])}."
