"""Reads the rows of Amplitude's CSV: events with their properties, groups of properties, and what is not planned."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from advisor.formats.amplitude_columns import property_fields, read_property
from advisor.formats.carriers.tables import Row
from advisor.formats.places import shown
from advisor.formats.practice import practice_of_word, side_of_words
from advisor.formats.reading import EventReading, PlanReading, Practice, PropertyReading
from advisor.formats.row_blocks import Fields, RowFile, split_list
from advisor.formats.tags import TAGS, tags_of
from advisor.model import Event

KEY = "amplitude-csv"
IDENTIFY = "Identify"
"""The name in the plan of the event that has the properties of users."""
EVENT_PROPERTY, GROUP, USER_PROPERTY = "Event Property", "Event Property Group", "User Property"
NAME, USER_NAME, GROUP_NAMES = "Event Property Name", "Property Name", "Property Group Names"
_UNPLANNED_ACTIONS = ("IGNORE", "REMOVE")
_UNPLANNED_STATUSES = ("DELETED", "BLOCKED", "UNEXPECTED")


def event_fields(event: Event | EventReading, tags: list[str]) -> Fields:
    """Return the fields of the row of an event."""
    category = event.labels.get("category", "")
    return {
        "Object Type": "Event",
        "Object Name": event.name,
        "Object Owner": event.owner,
        "Object Description": event.description,
        "Event Category": category if isinstance(category, str) else ",".join(category),
        "Tags": ",".join(tags),
    }


def group_members(groups: Mapping[str, Any], names: str) -> list[Fields]:
    """Return the plain rows of the properties of these groups; none if one of the groups is not known."""
    parts = split_list(names)
    return [row for part in parts for row in groups[part]] if all(part in groups for part in parts) else []


def why_unplanned(fields: Mapping[str, str], status: str) -> str:
    """Return why a row is not part of the plan; empty if it is. ``status`` is the field with the status."""
    action, state = (fields.get(name, "").strip().upper() for name in ("Action", status))
    if action in _UNPLANNED_ACTIONS:
        return f"Its action is {action}{f', its status {state}' if state else ''}."
    return f"Its status is {state}." if state in _UNPLANNED_STATUSES else ""


def read_users(reading: PlanReading, file: RowFile) -> dict[str, Any]:
    """Add an identify event with the properties of users, and return what is kept of all other rows."""
    others: list[Any] = []
    event = EventReading(IDENTIFY, "identify", place=file.table.table.place(file.table.heading))
    for row in file.table.rows:
        fields = file.fields(row)
        name = fields.get(USER_NAME, "")
        why = _unplanned(fields)
        if name.strip() and not why and fields.get("Property Type", "").strip().casefold() == USER_PROPERTY.casefold():
            prop = read_property(fields, name, KEY)
            plain = {"Property Type": USER_PROPERTY, USER_NAME: name} | property_fields(prop, prop.extra.get(KEY, {}))
            _keep_row(prop, file.keep(plain, row))
            event.properties.append(prop)
        else:
            others.append([len(event.properties) + len(others), [file.keep({}, row)]])
            if name.strip():
                reading.leave_out(
                    file.place(row, USER_NAME), f"property {shown(name)}", why or "It is no user property."
                )
    if event.properties:
        reading.events.append(event)
    return {"others": others} if others else {}


@dataclass(slots=True)
class EventTable:
    """The rows of one table of events, read from top to bottom."""

    reading: PlanReading
    file: RowFile
    groups: dict[str, list[PropertyReading]] = field(default_factory=dict)
    event: EventReading | None = None
    """The event that rows belong to; None while they belong to something else."""
    _kept: dict[str, Any] = field(default_factory=dict)
    _items: int = 0
    _whole: int = 0
    _repeats: bool = False
    _others: list[Any] = field(default_factory=list)
    _blocks: int = 0
    _unplanned: int = 0

    def read(self) -> dict[str, Any]:
        """Add the events of the table to the plan, and return what is kept of all that is no event."""
        self._find_groups()
        for row in self.file.table.rows:
            fields = self.file.fields(row)
            if fields.get("Object Type", "").strip():
                self._read_object(row, fields)
            else:
                self._read_member(row, fields)
        self._close()
        if self._unplanned:
            message = (
                f"{self._unplanned:,} events and properties are deleted, blocked or unexpected in Amplitude. "
                "They are left out of the plan, and come back with an export."
            )
            self.reading.warn(self.file.place(self.file.table.heading), message)
        used = {name: [_plain(each) for each in members] for name, members in self.groups.items()}
        kept = {"others": self._others, "groups": used, "repeated": self._repeats}
        return {key: value for key, value in kept.items() if value}

    def _find_groups(self) -> None:
        """Find the properties of each group, wherever in the table the group is."""
        members: list[PropertyReading] | None = None
        for row in self.file.table.rows:
            fields = self.file.fields(row)
            if kind := fields.get("Object Type", "").strip():
                is_group = kind.casefold() == "property group" and not why_unplanned(fields, "Event Schema Status")
                members = self.groups.setdefault(fields.get("Object Name", ""), []) if is_group else None
            elif members is not None and (name := fields.get(NAME, "")).strip() and not _unplanned(fields):
                members.append(read_property(fields, name, KEY))

    def _read_object(self, row: Row, fields: Fields) -> None:
        name = fields.get("Object Name", "")
        is_event = fields["Object Type"].strip().casefold() == "event" and bool(name.strip())
        why = why_unplanned(fields, "Event Schema Status")
        if is_event and not why:
            if self.event and self.event.name == name and _is_member(fields):
                self._read_member(row, fields, whole=True)
                return
            self._open(name, row, fields)
            return
        self._close()
        self._add_other(row)
        if is_event:
            self._leave_out(row, f"event {shown(name)}", why)
        elif fields["Object Type"].strip().casefold() != "property group":
            self._leave_out(
                row, f"{fields['Object Type']} {shown(name)}", "It is neither an event nor a property group."
            )

    def _open(self, name: str, row: Row, fields: Fields) -> None:
        """Begin an event. If its first property is on the same row, the event has no row of its own."""
        self._close()
        event = EventReading(name, description=fields.get("Object Description", ""), place=self.file.place(row))
        event.owner = fields.get("Object Owner", "")
        tags, category = split_list(fields.get("Tags", "")), fields.get("Event Category", "")
        event.labels = ({"category": category} if category else {}) | ({TAGS: tags} if tags else {})
        event.practice = _practice(fields)
        self.event, self._kept, self._items, self._whole = event, {}, 0, 0
        self._blocks += 1
        self.reading.events.append(event)
        if _is_member(fields):
            self._kept["headless"] = True
            self._read_member(row, fields, whole=True)
        else:
            self._kept["row"] = self.file.keep(event_fields(event, tags), row)

    def _close(self) -> None:
        if self.event is not None:
            self._kept["repeated"] = 0 < self._items == self._whole
            self._repeats = self._repeats or self._kept["repeated"]
            kept = {key: value for key, value in self._kept.items() if value}
            self.event.extra = {KEY: kept} if kept else {}
        self.event = None

    def _read_member(self, row: Row, fields: Fields, *, whole: bool = False) -> None:
        """Read a row that belongs to an event, to a group, or to what was left out."""
        event = self.event
        if event is None:
            self._add_other(row, joins=True)
            return
        why = _unplanned(fields)
        names = fields.get(GROUP_NAMES, "")
        kind = fields.get("Property Type", "").strip().casefold()
        own = event_fields(event, tags_of(event)) if whole else {}
        if not why and kind == GROUP.casefold() and self._members(names) and names not in self._kept.get("groups", {}):
            kept = {"row": self.file.keep(own | {"Property Type": GROUP, GROUP_NAMES: names}, row), "whole": whole}
            self._kept.setdefault("groups", {})[names] = kept
            event.properties += self._members(names)
        elif not why and _is_property(fields):
            prop = read_property(fields, fields.get(NAME, ""), KEY)
            _keep_row(prop, self.file.keep(own | _plain(prop), row), whole=whole)
            event.properties.append(prop)
        else:
            self._kept.setdefault("inner", []).append([self._items, self.file.keep({}, row)])
            if fields.get(NAME, "").strip():
                self._leave_out(row, f"property {shown(fields[NAME])}", why or "It is no event property.")
        self._items += 1
        self._whole += whole

    def _members(self, names: str) -> list[PropertyReading]:
        """Return the properties of groups, marked as theirs; none if a group is not known."""
        parts = split_list(names)
        if not all(part in self.groups for part in parts):
            return []
        found = [each for part in parts for each in self.groups[part]]
        return [_copy(each, names) for each in found]

    def _add_other(self, row: Row, *, joins: bool = False) -> None:
        """Keep a row that belongs to no event, in the block of the rows before it if it ``joins`` them."""
        kept = self.file.keep({}, row)
        if joins and self._others and self._others[-1][0] == self._blocks - 1:
            self._others[-1][1].append(kept)
        else:
            self._others.append([self._blocks, [kept]])
            self._blocks += 1

    def _leave_out(self, row: Row, what: str, why: str) -> None:
        self._unplanned += 1
        self.reading.leave_out(self.file.place(row), what, why)


def _is_member(fields: Fields) -> bool:
    return bool(fields.get(NAME, "").strip() or fields.get("Property Type", "").strip())


def _unplanned(fields: Fields) -> str:
    return why_unplanned(fields, "Property Schema Status")


def _is_property(fields: Fields) -> bool:
    kind = fields.get("Property Type", "").strip().casefold()
    return kind == EVENT_PROPERTY.casefold() or (not kind and bool(fields.get(NAME, "").strip()))


def _plain(prop: PropertyReading) -> Fields:
    return {"Property Type": EVENT_PROPERTY, NAME: prop.name} | property_fields(prop, prop.extra.get(KEY, {}))


def _copy(prop: PropertyReading, names: str) -> PropertyReading:
    extra = prop.extra | {KEY: prop.extra.get(KEY, {}) | {"group": names}}
    return PropertyReading(
        prop.name, prop.types, prop.required, values=prop.values, description=prop.description, extra=extra
    )


def _keep_row(prop: PropertyReading, row: Any, *, whole: bool = False) -> None:
    kept = prop.extra.get(KEY, {}) | ({"row": row} if row else {}) | ({"whole": True} if whole else {})
    if kept:
        prop.extra[KEY] = kept


def _practice(fields: Mapping[str, str]) -> Practice | None:
    """Return the practice that the sources of an event state, else its tags. A source may have a side in its name."""
    sources = fields.get("Event Source", "")
    if found := practice_of_word("Event Source", sources):
        return found
    side = side_of_words(re.split(r"[^A-Za-z]+", sources))
    return Practice(side, f"Event Source = {sources}") if side else practice_of_word("Tags", fields.get("Tags", ""))
