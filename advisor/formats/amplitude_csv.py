"""Amplitude's CSV of events and their properties, and the one of the properties of users.

A row of an event is followed by those of its properties; a file for the import may repeat the event on each. Groups of properties
come first, and events name them. An export marks what is not planned (deleted, blocked, seen by surprise) with ``IGNORE``:
such rows are left out of the plan and come back with the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from advisor.formats.advised import advised
from advisor.formats.amplitude_columns import (
    COLUMNS,
    USER_COLUMNS,
    add_property_losses,
    add_user_losses,
    property_fields,
)
from advisor.formats.amplitude_rows import (
    EVENT_PROPERTY,
    GROUP,
    GROUP_NAMES,
    IDENTIFY,
    KEY,
    NAME,
    USER_NAME,
    USER_PROPERTY,
    EventTable,
    event_fields,
    group_members,
    read_users,
)
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.extra import format_extra
from advisor.formats.format import Carried, Confidence, Format, Recognition, WriteOptions
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import done_about, fill_from_beside, with_beside
from advisor.formats.places import refusal
from advisor.formats.reading import PlanReading
from advisor.formats.row_blocks import (
    Fields,
    WrittenRow,
    add_zero_bytes,
    can_be_listed,
    event_rows,
    file_name,
    row_files,
    write_blocks,
)
from advisor.formats.tags import TAGS, add_other_labels, tags_of, with_verdict
from advisor.formats.unheld import add_unheld
from advisor.model import Event, Plan, Property, placement_in_force

FILE = "amplitude-events.csv"
USER_FILE = "amplitude-user-properties.csv"
CARRIES: frozenset[Carried] = frozenset(
    {"calls", "labels", "owners", "properties", "descriptions", "types", "required", "values"}
)
CATEGORY = "category"
_NEEDED = ("Object Type", "Object Name", NAME, "Property Value Type")
_USERS_NEEDED = ("Property Type", USER_NAME, "Property Value Type")


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are Amplitude's; None if they are not."""
    marks: set[str] = set()
    for needed, known in ((_NEEDED, COLUMNS), (_USERS_NEEDED, USER_COLUMNS)):
        if row_files(tree, known, needed, peek=True):
            marks |= {f"a column “{field}”" for field in needed}
    return Recognition(Confidence.CERTAIN, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan in the tables of events, and an identify event for the properties of users. Raises `FormatError`."""
    reading = PlanReading(KEY)
    events = row_files(tree, COLUMNS, _NEEDED)
    users = row_files(tree, USER_COLUMNS, _USERS_NEEDED)
    if not events and not users:
        raise refusal(
            tree.place, "There is no table with the columns Object Type, Object Name and Event Property Name."
        )
    reading.extra[KEY] = {}
    for number, file in enumerate(events):
        kept = EventTable(reading, file).read()
        if number == 0:
            reading.extra[KEY] |= {"events": file.kept() | kept}
    for number, file in enumerate(users):
        others = read_users(reading, file)
        if number == 0:
            reading.extra[KEY] |= {"users": file.kept() | others}
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as the files that it came in; without any, as those that it needs."""
    lost = LossList(KEY)
    done = done_about(options)
    add_unheld(lost, plan, CARRIES, done)
    plan = advised(plan) if options.verdict else plan
    kept = format_extra(plan, KEY)
    tracked = [event for event in plan.events if event.call == "track"]
    users = [event for event in plan.events if event.call == "identify" and event.properties]
    files: dict[str, bytes] = {}
    if tracked or "events" in kept or not (users or "users" in kept):
        table = kept.get("events", {})
        members = table.get("groups", {})
        blocks = [_event_block(event, options, lost, members, usual=table) for event in tracked]
        files[file_name(table, FILE)] = write_blocks(table, COLUMNS, COLUMNS, blocks)
    if users or "users" in kept:
        table = kept.get("users", {})
        rows = [[_user_row(prop)] for event in users for prop in event.properties]
        files[file_name(table, USER_FILE)] = write_blocks(table, USER_COLUMNS, USER_COLUMNS, rows)
    _add_losses(lost, plan, done)
    return Written(with_beside(files, plan, options), tuple(lost.losses))


def _event_block(
    event: Event, options: WriteOptions, lost: LossList, members: Mapping[str, Any], usual: Mapping[str, Any]
) -> list[WrittenRow]:
    kept = format_extra(event, KEY)
    tags = with_verdict(tags_of(event), placement_in_force(event)) if options.verdict else tags_of(event)
    for tag in (tag for tag in tags if not can_be_listed(tag)):
        lost.add(event.name, f"tag “{tag}”: commas divide the list of tags", "written all the same")
    if not kept and usual.get("repeated"):
        kept = {"repeated": True, "headless": True}
    return event_rows(event_fields(event, tags), _items(event.properties, kept, members), kept)


def _items(
    properties: Sequence[Property], kept: Mapping[str, Any], members: Mapping[str, Any]
) -> list[tuple[Fields, Mapping[str, Any]]]:
    """Return the rows for properties. Those of a group are one row, as long as they are all there as the group has them."""
    items: list[tuple[Fields, Mapping[str, Any]]] = []
    groups: Mapping[str, Any] = kept.get("groups", {})
    index = 0
    while index < len(properties):
        prop = properties[index]
        name = str(format_extra(prop, KEY).get("group", ""))
        whole = group_members(members, name) if name in groups else []
        run = properties[index : index + len(whole)]
        if whole and [_property_row(each)[0] for each in run] == whole:
            items.append(({"Property Type": GROUP, GROUP_NAMES: name}, groups[name]))
            index += len(whole)
        else:
            items.append(_property_row(prop))
            index += 1
    return items


def _property_row(prop: Property) -> tuple[Fields, Mapping[str, Any]]:
    kept = format_extra(prop, KEY)
    return {"Property Type": EVENT_PROPERTY, NAME: prop.name} | property_fields(prop, kept), kept


def _user_row(prop: Property) -> WrittenRow:
    kept = format_extra(prop, KEY)
    return {"Property Type": USER_PROPERTY, USER_NAME: prop.name} | property_fields(prop, kept), kept.get("row")


def _add_losses(lost: LossList, plan: Plan, done: str) -> None:
    add_zero_bytes(lost, plan)
    named = 0
    for event in plan.events:
        if event.call not in ("track", "identify"):
            lost.add(event.name, f"the event: Amplitude has no {event.call} calls", done)
            continue
        add_other_labels(lost, event, (TAGS, CATEGORY) if event.call == "track" else ())
        for prop in event.properties:
            add_property_losses(lost, event.name, prop, done)
            if event.call == "identify":
                add_user_losses(lost, event.name, prop, format_extra(prop, KEY), done)
        if event.call == "identify":
            named += bool(event.properties)
            if not event.properties:
                lost.add(event.name, "the event: it has no properties", done)
            if event.name != IDENTIFY or named > 1:
                lost.add(event.name, "its name: properties of users belong to no event", done)
            for what in (name for name in ("description", "owner") if getattr(event, name)):
                lost.add(event.name, f"its {what}", done)


FORMAT = Format(
    key=KEY,
    title="Amplitude Data, CSV",
    fidelity="lossless",
    looked_for="a table with the columns Object Type, Object Name, Event Property Name and Property Value Type",
    recognise=recognise,
    read=read,
    write=write,
    carries=CARRIES,
)
