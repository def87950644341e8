"""Properties that an event of RudderStack lists by their ids, as in the form for uploads: names are not in the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from advisor.formats.carriers.file_tree import SourceFile
from advisor.formats.extra import format_extra
from advisor.formats.places import Path, Place, pointer, shown
from advisor.formats.reading import PlanReading, PropertyReading
from advisor.formats.remainder import joined, remainder
from advisor.model import Property

_KEPT = "rudderstack"


def is_listed(value: object) -> bool:
    """Return whether a value is a list of properties that all have an id or a name, as have those inside them."""
    return isinstance(value, list) and all(
        isinstance(entry, dict) and isinstance(_named(entry), str) and is_listed(entry.get("properties", []))
        for entry in value
    )


def read_listed(reading: PlanReading, entries: list[Any], file: SourceFile, path: Path) -> list[PropertyReading]:
    """Return the properties of a list that `is_listed`: each is named by its name, else by its id, with a warning."""
    found = []
    for index, entry in enumerate(entries):
        named = _named(entry)
        if "name" not in entry:
            at = Place(file.path, pointer=pointer((*path, index)))
            reading.warn(at, f"The property {shown(named)} is listed by its id; its name and type are not in the file.")
        found.append(_read_entry(reading, entry, named, file, (*path, index)))
    return found


def _named(entry: dict[str, Any]) -> Any:
    return entry.get("name", entry.get("id"))


def _read_entry(
    reading: PlanReading, entry: dict[str, Any], named: str, file: SourceFile, path: Path
) -> PropertyReading:
    prop = PropertyReading(named, required=entry.get("required") is True)
    inner = entry.get("properties")
    source = entry
    if isinstance(inner, list):
        prop.types = ("object",) if inner else ()
        prop.properties = read_listed(reading, inner, file, (*path, "properties"))
        source = entry | {"properties": []}
    kept = remainder(_plain_entry(named, "name" if "name" in entry else "id", prop), source)
    prop.extra = {_KEPT: {"kept": kept, "by": "name"} if "name" in entry else {"kept": kept}}
    return prop


def listed_properties(properties: Iterable[Property]) -> list[dict[str, Any]]:
    """Return the list of an event's properties by their ids."""
    entries = []
    for prop in properties:
        own = format_extra(prop, _KEPT)
        entry = joined(_plain_entry(prop.name, own.get("by", "id"), prop), own.get("kept"))
        if prop.properties:
            entry |= {"properties": listed_properties(prop.properties)}
        entries.append(entry)
    return entries


def _plain_entry(named: str, by: str, prop: Property | PropertyReading) -> dict[str, Any]:
    inner: dict[str, Any] = {"properties": []} if prop.properties else {}
    return {by: named, "required": prop.required, **inner}
