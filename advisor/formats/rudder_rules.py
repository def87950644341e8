"""The plain forms of rudder-cli: of an event's definition, of a rule of a plan, and of an entry for a property in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.formats.places import Place
from advisor.formats.reading import EventReading, PropertyReading
from advisor.model import CallType, Event, Property

NAMESPACE = "rudder-cli"
CALLS: dict[str, CallType] = {
    "track": "track",
    "page": "page",
    "screen": "screen",
    "identify": "identify",
    "group": "group",
}
"""The call of each type of event."""
NAMES: dict[CallType, str] = {"page": "Page", "screen": "Screen", "identify": "Identify", "group": "Group"}
"""The names in the plan of events that have none."""


def event_in_definition(definition: Mapping[str, Any], place: Place = Place()) -> EventReading | None:  # noqa: B008 - a frozen value
    """Return the event of a definition, without its properties; None if its type is unknown or its name is missing."""
    call = CALLS.get(str(definition.get("event_type")))
    named, said = definition.get("name"), definition.get("description")
    name = named if isinstance(named, str) and named.strip() else NAMES.get(call, "") if call else ""
    if call is None or not name:
        return None
    return EventReading(name, call, said if isinstance(said, str) else "", place=place)


def plain_event(identifier: str, event: Event | EventReading, description: str, *, named: bool) -> dict[str, Any]:
    """Return the definition of an event. Only track events have a name, unless it is ``named`` all the same."""
    plain = {"id": identifier}
    if named or event.call not in NAMES:
        plain["name"] = event.name
    plain["event_type"] = event.call
    return plain | ({"description": description} if description else {})


def plan_texts(spec: Mapping[str, Any]) -> tuple[str, str]:
    """Return the name and the description of a plan; empty texts for those that it does not have."""
    named, said = spec.get("display_name"), spec.get("description")
    name = named if isinstance(named, str) and named.strip() else ""
    return name, said if isinstance(said, str) else ""


def plain_plan(name: str, description: str) -> dict[str, Any]:
    """Return what a plan says about itself."""
    return {"display_name": name} | ({"description": description} if description else {})


def plain_rule(reference: str, identifier: str, event: Event | EventReading, *, is_old: bool) -> dict[str, Any]:
    """Return the rule of an event, with the place of its properties empty."""
    refers: Any = {"$ref": reference} if is_old else reference
    inner: dict[str, Any] = {"properties": []} if event.properties else {}
    return {"type": "event_rule", "id": identifier, "event": refers, **inner}


def plain_entry(reference: str, prop: Property | PropertyReading, *, is_old: bool, nested: bool) -> dict[str, Any]:
    """Return the entry of a property in a rule, with the place of the entries inside it empty."""
    entry: dict[str, Any] = {"$ref" if is_old else "property": reference}
    if prop.required:
        entry["required"] = True
    return entry | ({"properties": []} if nested else {})
