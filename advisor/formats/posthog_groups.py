"""Writes PostHog's groups of properties, and what joins them to events. A group can belong to several events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from advisor.formats.extra import format_extra
from advisor.formats.losses import LossList
from advisor.formats.places import shown
from advisor.formats.posthog_properties import KEY, written_property
from advisor.formats.remainder import joined
from advisor.model import Event, Property


class GroupsToWrite:
    """The groups of a plan that came from PostHog, and new ones for properties that are in none."""

    def __init__(self, events: Iterable[Event], kept: Mapping[str, Any], lost: LossList) -> None:
        self._events = list(events)
        self._kept = kept
        self._lost = lost
        self._by_name = {
            format_extra(event, KEY)["was"]: event for event in self._events if "was" in format_extra(event, KEY)
        }
        self._known = set(kept.get("names", ()))
        self._carrying: dict[str, list[Event]] = {}
        for event in self._events:
            for key in format_extra(event, KEY).get("groups", ()):
                self._carrying.setdefault(key, []).append(event)
        self._content = {key: self._properties_of(key, was) for key, was in kept.get("groups", {}).items()}

    def groups(self) -> list[Any]:
        """Return the groups, in the order in which they came."""
        return [self._group(entry) for entry in self._entries("groups")]

    def links(self) -> list[Any]:
        """Return what joins events and groups: as it came, and for each event with properties in no group a new one."""
        links = [
            joined({"property_group": {}}, entry.get("entry")) | {"property_group": self._group(entry)}
            for entry in self._entries("links")
            if entry["event"] in self._by_name
        ]
        return links + [
            self._new_link(event, own) for event in self._events if (own := _in_no_group(event, self._content))
        ]

    def _entries(self, kind: str) -> list[Any]:
        return [
            entry for file in self._kept.get("files", ()) if file["kind"] == kind for entry in file.get("entries", ())
        ]

    def _group(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        inner = entry.get("inner", {})
        said: Mapping[str, Any] = inner.get("rest", {})
        whole = joined({"properties": []}, inner) | {"properties": self._content[entry["group"]]}
        return whole | ({"events": self._renamed(said["events"])} if isinstance(said.get("events"), list) else {})

    def _renamed(self, events: list[Any]) -> list[Any]:
        """Return the list of a group's events with today's names, without those that were removed."""
        found = []
        for each in events:
            name = each["name"] if isinstance(each, dict) and isinstance(each.get("name"), str) else None
            if name in self._by_name:
                found.append(each | {"name": self._by_name[name].name})
            elif name not in self._known:
                found.append(each)
        return found

    def _properties_of(self, key: str, was: list[Any]) -> list[Any]:
        """Return the properties of a group. If events differ, those of the first that was changed are the group's."""
        versions = [(event, _of_group(event, key)) for event in self._carrying.get(key, ())]
        changed = next(((event, found) for event, found in versions if found != was), None)
        if changed is None:
            return was
        for event, found in versions:
            if found != changed[1]:
                what = f"properties of its own: they are shared with {shown(changed[0].name)}"
                self._lost.add(event.name, what, "written as that event has them")
        return changed[1]

    def _new_link(self, event: Event, properties: list[Property]) -> dict[str, Any]:
        kept = format_extra(event, KEY)
        identifier = kept.get("id")
        named = ({"id": identifier} if identifier else {}) | {"name": event.name}
        group = {"name": event.name, "description": "", "properties": [written_property(each) for each in properties]}
        return {"event_definition": identifier, "property_group": group | {"events": [named]}}


def _of_group(event: Event, key: str) -> list[Any]:
    return [written_property(each) for each in event.properties if format_extra(each, KEY).get("group") == key]


def _in_no_group(event: Event, known: Mapping[str, Any]) -> list[Property]:
    return [each for each in event.properties if format_extra(each, KEY).get("group") not in known]
