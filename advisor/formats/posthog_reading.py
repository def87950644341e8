"""Reads the replies of PostHog's API into one plan. Entries that name no event or group are kept where they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from msgspec import to_builtins

from advisor.formats.carriers.file_tree import SourceFile
from advisor.formats.json_paths import at_path, filled
from advisor.formats.labels import read_labels
from advisor.formats.places import Path, Place, pointer
from advisor.formats.posthog_properties import CALLS, KEY, plain_event, read_enforced, read_property
from advisor.formats.practice import practice_of_word
from advisor.formats.reading import EventReading, PlanReading, PropertyReading
from advisor.formats.remainder import remainder
from advisor.formats.tags import TAGS, tags_of

ENFORCER = "enforcer"
FILES = {
    "definitions": ("event_definitions.json", "event definitions"),
    "groups": ("schema_property_groups.json", "groups of properties"),
    "links": ("event_schemas.json", "event schemas with a property group"),
    ENFORCER: ("schema-enforcer.json", "schemas of the Schema Enforcer"),
}
"""The usual name of each kind of file, and what it holds in words."""
_DEFINITION_KEYS = frozenset(
    {"verified", "enforcement_mode", "last_seen_at", "hidden", "promoted_property", "created_at"}
)
Kind = tuple[str, Path]


def kind_of(value: Any) -> Kind | None:
    """Return what kind of reply a file is, and where its entries are; None if it is none."""
    if isinstance(at_path(value, ("eventSchemas",)), dict):
        return ENFORCER, ("eventSchemas",)
    for path in ((), ("results",)):
        listed = at_path(value, path)
        entries = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
        if any("event_definition" in each for each in entries):
            return "links", path
        if any(isinstance(each.get("properties"), list) and "events" in each for each in entries):
            return "groups", path
        if any("name" in each and len(_DEFINITION_KEYS & each.keys()) > 1 for each in entries):
            return "definitions", path
        if path and entries and all(each.keys() <= {"name", "description", TAGS} for each in entries):
            return "definitions", path
    return ("definitions", ("results",)) if at_path(value, ("results",)) == [] else None


@dataclass(slots=True)
class ReplyReader:
    """Reads several replies; definitions first, so that the others find their events."""

    reading: PlanReading
    _events: dict[str, EventReading] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _groups: dict[str, list[Any]] = field(default_factory=dict)
    _files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def read(self, files: Sequence[tuple[SourceFile, Kind]]) -> None:
        """Read the replies, in the order in which they build on each other."""
        for file, (kind, path) in files:
            around = {"around": filled(file.json.value, path, {} if kind == ENFORCER else []), "path": list(path)}
            name = PurePosixPath(file.path).name
            self._files[file.path] = {"kind": kind, "file": name, "text": to_builtins(file.json.style), **around}
        for kind, read_entry in (
            ("definitions", self._read_definition),
            (ENFORCER, self._read_enforced),
            ("links", self._read_link),
            ("groups", self._read_group),
        ):
            for file, (found, path) in files:
                entries = at_path(file.json.value, path) if found == kind else ()
                steps: Iterable[Any] = entries.items() if isinstance(entries, dict) else enumerate(entries)
                for step, entry in steps:
                    at = Place(file.path, pointer=pointer((*path, step)))
                    if not read_entry(entry, at, step):
                        self._files[file.path].setdefault("others", []).append([step, entry])
                        self.reading.leave_out(
                            at, "an entry", "It names no event and no group that was not there before."
                        )
        kept = {"files": list(self._files.values()), "groups": self._groups, "names": list(self._events)}
        self.reading.extra[KEY] = {key: value for key, value in kept.items() if value}

    def _event(self, name: str, at: Place, **kept: Any) -> EventReading:
        event = EventReading(name, CALLS.get(name, "track"), place=at, extra={KEY: {"was": name} | kept})
        self._events[name] = event
        self.reading.events.append(event)
        return event

    def _read_definition(self, entry: Any, at: Place, _: Any) -> bool:
        name = _name_of(entry)
        if not name or name in self._events:
            return False
        event = self._event(name, at)
        description, tags = entry.get("description"), entry.get(TAGS)
        event.description = description if isinstance(description, str) else ""
        event.labels = read_labels({TAGS: tags}) if tags and isinstance(tags, list) else {}
        event.practice = practice_of_word(TAGS, ", ".join(tags_of(event)))
        if kept := remainder(plain_event(event, tags_of(event)), entry):
            event.extra[KEY]["definition"] = kept
        if isinstance(entry.get("id"), str):
            self._names[entry["id"]] = name
            event.extra[KEY]["id"] = entry["id"]
        return True

    def _read_enforced(self, entry: Any, at: Place, name: Any) -> bool:
        event = self._event(name, at) if str(name).strip() and isinstance(entry, dict) else None
        if event is None:
            return False
        schema = entry.get("schema")
        fields = schema if isinstance(schema, dict) else {}
        event.properties = [read_enforced(key, each) for key, each in fields.items()]
        source = entry | {"schema": {}} if isinstance(schema, dict) else entry
        if kept := remainder({"schema": {}}, source):
            event.extra[KEY]["enforced"] = kept
        return True

    def _read_link(self, entry: Any, at: Place, _: Any) -> bool:
        group = at_path(entry, ("property_group",))
        name = self._linked_name(entry, group)
        key = self._group_key(group)
        if not name or key is None:
            return False
        event = self._joined(name, key, at)
        inner = remainder({"properties": []}, group | {"properties": []})
        outer = remainder({"property_group": {}}, entry | {"property_group": {}})
        kept = {"event": event.extra[KEY]["was"], "group": key, "entry": outer, "inner": inner}
        self._files[at.file].setdefault("entries", []).append({each: value for each, value in kept.items() if value})
        return True

    def _read_group(self, entry: Any, at: Place, _: Any) -> bool:
        key = self._group_key(entry)
        if key is None:
            return False
        for name in _names_in(entry.get("events")):
            event = self._events.get(name)
            if event is None or key not in event.extra[KEY].get("groups", ()):
                self._joined(name, key, at)
        kept = {"group": key, "inner": remainder({"properties": []}, entry | {"properties": []})}
        self._files[at.file].setdefault("entries", []).append({each: value for each, value in kept.items() if value})
        return True

    def _joined(self, name: str, key: str, at: Place) -> EventReading:
        """Return the event with this name, with the properties of a group added; an event without a definition is added."""
        event = self._events.get(name) or self._event(name, at, undefined=True)
        groups = event.extra[KEY].setdefault("groups", [])
        if key not in groups:
            groups.append(key)
            event.properties += [_of_group(read_property(deepcopy(each)), key) for each in self._groups[key]]
        return event

    def _linked_name(self, entry: Any, group: Any) -> str:
        identifier = entry.get("event_definition") if isinstance(entry, dict) else None
        if isinstance(identifier, str) and identifier in self._names:
            return self._names[identifier]
        events = at_path(group, ("events",))
        listed = [each for each in events if isinstance(each, dict)] if isinstance(events, list) else []
        named = [each for each in listed if identifier is None or each.get("id") == identifier]
        return next(iter(_names_in(named)), "")

    def _group_key(self, group: Any) -> str | None:
        """Return the key of a group, under which its properties are known; None if it is no group."""
        properties = at_path(group, ("properties",))
        if not isinstance(properties, list) or not all(_is_named(each) for each in properties):
            return None
        base = str(group.get("id") or group.get("name"))
        key, number = base, 1
        while key in self._groups and self._groups[key] != properties:
            number += 1
            key = f"{base}#{number}"
        self._groups[key] = properties
        return key


def _of_group(prop: PropertyReading, key: str) -> PropertyReading:
    prop.extra = {KEY: prop.extra.get(KEY, {}) | {"group": key}}
    return prop


def _is_named(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("name"), str)


def _name_of(entry: Any) -> str:
    name = at_path(entry, ("name",))
    return name if isinstance(name, str) and name.strip() else ""


def _names_in(events: Any) -> list[str]:
    return [name for each in events if (name := _name_of(each))] if isinstance(events, list) else []
