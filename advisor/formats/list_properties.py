"""Properties in the lists of coding agents: a list of names, a list of objects with a name, or an object by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisor.formats.extra import format_extra
from advisor.formats.reading import PropertyReading
from advisor.formats.remainder import joined, remainder
from advisor.model import Property


@dataclass(frozen=True, slots=True)
class EntriesReading:
    """The properties that were read, and what their place holds when it is empty: a list or an object."""

    properties: list[PropertyReading]
    empty: list[Any] | dict[str, Any]


def read_entries(value: Any, namespace: str) -> EntriesReading | None:
    """Return the properties in a list or an object; None if there are none or one of them has no name."""
    if isinstance(value, dict) and value:
        return EntriesReading([_of_member(name, each, namespace) for name, each in value.items()], {})
    if isinstance(value, list) and value:
        mixed = any(isinstance(each, dict) for each in value)
        found = [_of_entry(each, namespace, mixed=mixed) for each in value]
        return EntriesReading([each for each in found if each], []) if all(found) else None
    return None


def property_entries(properties: Sequence[Property], namespace: str) -> list[Any] | dict[str, Any]:
    """Return properties as they were written, new ones as the first is. Without any, an empty list."""
    kept = [format_extra(each, namespace) for each in properties]
    if kept and "value" in kept[0]:
        return {each.name: _value(each, own) for each, own in zip(properties, kept, strict=True)}
    objects = bool(kept) and "entry" in kept[0]
    return [_written(each, own, objects=objects) for each, own in zip(properties, kept, strict=True)]


def undescribed(
    properties: Sequence[Property], written: list[Any] | dict[str, Any] | None, namespace: str
) -> list[Property]:
    """Return the properties whose description is not read again from where they were written; None has no properties."""
    found = read_entries(written, namespace)
    texts = {each.name: each.description for each in found.properties} if found else {}
    return [each for each in properties if found and texts.get(each.name) != each.description]


def _of_member(name: str, value: Any, namespace: str) -> PropertyReading:
    """Return the property of an object's member. A text is its description; all else is kept."""
    description = value if isinstance(value, str) else ""
    return PropertyReading(name, description=description, extra={namespace: {"value": value}})


def _value(prop: Property, kept: Any) -> Any:
    value = kept.get("value", "")
    return prop.description if isinstance(value, str) else value


def _of_entry(entry: Any, namespace: str, *, mixed: bool) -> PropertyReading | None:
    if isinstance(entry, str):
        return PropertyReading(entry, extra={namespace: {"word": True}} if mixed else {})
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return None
    description = entry.get("description")
    found = PropertyReading(entry["name"], description=description if isinstance(description, str) else "")
    found.extra = {namespace: {"entry": remainder(_plain(found), entry) or {}}}
    return found


def _plain(prop: Property | PropertyReading) -> dict[str, Any]:
    return {"name": prop.name} | ({"description": prop.description} if prop.description else {})


def _written(prop: Property, kept: Any, *, objects: bool) -> Any:
    as_object = "entry" in kept or (objects and "word" not in kept)
    return joined(_plain(prop), kept.get("entry")) if as_object else prop.name
