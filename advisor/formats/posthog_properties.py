"""Events and properties as PostHog writes them: definitions, properties of groups, and fields of the Schema Enforcer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from advisor.formats.extra import format_extra
from advisor.formats.reading import EventReading, PropertyReading
from advisor.formats.remainder import joined, remainder
from advisor.model import CallType, Event, Property

KEY = "posthog"
CALLS: dict[str, CallType] = {
    "$pageview": "page",
    "$screen": "screen",
    "$identify": "identify",
    "$groupidentify": "group",
}
"""The calls of the events that PostHog's libraries make by themselves."""
_TYPES = {"DateTime": "datetime", "String": "string", "Numeric": "number", "Boolean": "boolean", "Object": "object"}
_WORDS = {kind: word for word, kind in _TYPES.items()} | {"integer": "Numeric"}
NOT_TYPED = {kind: word for word, kind in _TYPES.items()} | {"any": "String"}
"""The words for types that PostHog can hold; a property without a type is written as a text, and nothing is lost."""
_ENFORCED = ("string", "number", "boolean", "object", "array", "integer")


def plain_event(event: Event | EventReading, tags: list[str]) -> dict[str, Any]:
    """Return the definition of an event."""
    described = {"description": event.description} if event.description else {}
    return {"name": event.name} | described | ({"tags": tags} if tags else {})


def plain_property(prop: Property | PropertyReading) -> dict[str, Any]:
    """Return a property of a group. It needs a type, and one only."""
    words = [_WORDS[kind] for kind in _types(prop) if kind in _WORDS]
    described = {"description": prop.description} if prop.description else {}
    return {
        "name": prop.name,
        "property_type": words[0] if words else "String",
        "is_required": prop.required,
    } | described


def read_property(source: dict[str, Any]) -> PropertyReading:
    """Return the property of a group."""
    description, kind = source.get("description"), source.get("property_type")
    found = PropertyReading(source["name"], required=source.get("is_required") is True)
    found.types = (_TYPES[kind],) if isinstance(kind, str) and kind in _TYPES else ()
    found.description = description if isinstance(description, str) else ""
    kept = remainder(plain_property(found), source)
    found.extra = {KEY: {"property": kept}} if kept else {}
    return found


def read_enforced(name: str, source: Any) -> PropertyReading:
    """Return a field of the Schema Enforcer."""
    if not isinstance(source, dict):
        return PropertyReading(name, extra={KEY: {"literal": source}})
    kind = source.get("type")
    found = PropertyReading(name, required=source.get("required") is True)
    found.types = (kind,) if isinstance(kind, str) and kind in _ENFORCED else ()
    kept = remainder(_plain_enforced(found), source)
    found.extra = {KEY: {"property": kept}} if kept else {}
    return found


def written_property(prop: Property, *, enforced: bool = False) -> Any:
    """Return a property with what was kept of it."""
    kept = format_extra(prop, KEY)
    plain = _plain_enforced(prop) if enforced else plain_property(prop)
    if "literal" in kept and plain == {"required": False}:
        return kept["literal"]
    return joined(plain, kept.get("property"))


def _plain_enforced(prop: Property | PropertyReading) -> dict[str, Any]:
    types = [kind for kind in _types(prop) if kind in _ENFORCED]
    return ({"type": types[0]} if types else {}) | {"required": prop.required}


def _types(prop: Property | PropertyReading) -> Sequence[str]:
    return prop.types if isinstance(prop, PropertyReading) else prop.type.split("|")
