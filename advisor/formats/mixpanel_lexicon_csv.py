"""Mixpanel's Lexicon as the CSV that it sends by e-mail: a row for each event, followed by those of its properties.

Rows of profiles have a property each, and are one identify event. Older headings name a span (``Event Volume (30 Days)``) and
have no columns for what is required or sensitive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.tables import Row
from advisor.formats.extra import format_extra
from advisor.formats.format import Carried, Confidence, Format, Recognition, WriteOptions
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import done_about, fill_from_beside, with_beside
from advisor.formats.places import refusal, shown
from advisor.formats.practice import practice_of_word
from advisor.formats.reading import EventReading, PlanReading, PropertyReading
from advisor.formats.row_blocks import (
    Fields,
    RowFile,
    WrittenRow,
    add_zero_bytes,
    event_rows,
    file_name,
    row_files,
    split_list,
    write_blocks,
)
from advisor.formats.tags import TAGS, add_other_labels, tags_of, with_verdict
from advisor.formats.unheld import add_unheld
from advisor.model import CallType, Event, Plan, Property, placement_in_force

KEY = "mixpanel-lexicon-csv"
FILE = "mixpanel-lexicon.csv"
CARRIES: frozenset[Carried] = frozenset(
    {"calls", "labels", "properties", "descriptions", "types", "required", "sensitive"}
)
PROFILE = "Profile"
"""The name in the plan of the event that has the properties of profiles."""
COLUMNS = (
    *("Entity Type", "Entity Name", "Entity Display Name", "Entity Description", "Event Volume", "Event Query Volume"),
    *("Event Tags", "Event Hidden", "Event Dropped", "Property Name", "Property Display Name", "Property Description"),
    *("Property Volume", "Property Query Volume", "Property Type", "Property Example Values", "Property Hidden"),
    *("Property Dropped", "Property Required", "Property Sensitive"),
)
_NEEDED = ("Entity Type", "Entity Name", "Property Name", "Property Type")
_CALLS: dict[str, CallType] = {"event": "track", "profile": "identify"}
_ENTITIES = {call: entity for entity, call in _CALLS.items()}
_TYPES = {
    "string": "string",
    "number": "number",
    "boolean": "boolean",
    "list": "array",
    "datetime": "datetime",
    "object": "object",
}
_WORDS = {kind: word for word, kind in _TYPES.items()} | {"integer": "number"}
_FLAGS = {False: ("FALSE", "TRUE"), True: ("False", "True")}
"""How no and yes are written: in capitals, or (True) as Python does."""


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are Mixpanel's; None if they are not."""
    if not row_files(tree, COLUMNS, _NEEDED, peek=True):
        return None
    return Recognition(Confidence.CERTAIN, tuple(f"a column “{each}”" for each in _NEEDED))


def read(tree: FileTree) -> PlanReading:
    """Return the plan in all tables of a tree; the layout of the first is kept. Raises `FormatError`."""
    reading = PlanReading(KEY)
    files = row_files(tree, COLUMNS, _NEEDED)
    if not files:
        raise refusal(tree.place, "There is no table with the columns Entity Type, Entity Name and Property Name.")
    for number, file in enumerate(files):
        kept = _Reader(reading, file, _in_title_case(file)).read()
        if number == 0:
            reading.extra[KEY] = file.kept() | kept
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one CSV file, with the columns that it came with."""
    lost = LossList(KEY)
    done = done_about(options)
    add_unheld(lost, plan, CARRIES, done)
    add_zero_bytes(lost, plan)
    plan = advised(plan) if options.verdict else plan
    kept = format_extra(plan, KEY)
    flags = _FLAGS[kept.get("title") is True]
    blocks = [_block(event, options, lost, flags) for event in plan.events if _has_place(event, lost, done)]
    data = write_blocks(kept, COLUMNS, COLUMNS, blocks)
    return Written(with_beside({file_name(kept, FILE): data}, plan, options), tuple(lost.losses))


def _in_title_case(file: RowFile) -> bool:
    return any(cell in ("True", "False") for row in file.table.rows[:1_000] for cell in row.cells)


def _event_fields(event: Event | EventReading, tags: list[str], *, named: bool) -> Fields:
    return {
        "Entity Type": _ENTITIES[event.call],
        "Entity Name": event.name if event.call == "track" or named else "",
        "Entity Description": event.description,
        "Event Tags": ", ".join(tags),
    }


def _property_fields(prop: Property | PropertyReading, flags: tuple[str, str]) -> Fields:
    types = prop.types if isinstance(prop, PropertyReading) else prop.type.split("|")
    known = [_WORDS[kind] for kind in types if kind in _WORDS]
    return {
        "Property Name": prop.name,
        "Property Description": prop.description,
        "Property Type": known[0] if known else "",
        "Property Required": flags[prop.required],
        "Property Sensitive": flags[prop.sensitive],
    }


@dataclass(slots=True)
class _Reader:
    """The rows of one table, read from top to bottom."""

    reading: PlanReading
    file: RowFile
    title: bool
    event: EventReading | None = None
    _entity: tuple[str, str] = ("", "")
    _kept: dict[str, Any] = field(default_factory=dict)
    _items: int = 0
    _whole: int = 0
    _others: list[Any] = field(default_factory=list)

    def read(self) -> dict[str, Any]:
        """Add the events of the table to the plan, and return what is kept of all that is no event."""
        for row in self.file.table.rows:
            fields = self.file.fields(row)
            kind = fields.get("Entity Type", "").strip().casefold()
            entity = (kind, fields.get("Entity Name", ""))
            is_property = bool(fields.get("Property Name", "").strip())
            if not kind or (self.event is not None and entity == self._entity and is_property):
                self._read_member(row, fields, whole=bool(kind))
            elif kind in _CALLS and (kind == "profile" or entity[1].strip()):
                self._open(row, fields, entity)
            else:
                self._close()
                self._add_other(row)
                self.reading.leave_out(
                    self.file.place(row), f"{kind} {shown(entity[1])}", "It is no event and no profile."
                )
        self._close()
        return ({"others": self._others} if self._others else {}) | ({"title": True} if self.title else {})

    def _open(self, row: Row, fields: Fields, entity: tuple[str, str]) -> None:
        """Begin an event. If its first property is on the same row, the event has no row of its own."""
        self._close()
        event = EventReading(entity[1] if entity[1].strip() else PROFILE, _CALLS[entity[0]], place=self.file.place(row))
        event.description = fields.get("Entity Description", "")
        tags = split_list(fields.get("Event Tags", ""))
        event.labels = {TAGS: tags} if tags else {}
        event.practice = practice_of_word("Event Tags", ", ".join(tags))
        self.event, self._entity = event, entity
        self._kept = {"named": event.call == "identify" and bool(entity[1].strip())}
        self._items = self._whole = 0
        self.reading.events.append(event)
        if fields.get("Property Name", "").strip():
            self._kept["headless"] = True
            self._read_member(row, fields, whole=True)
        else:
            self._kept["row"] = self.file.keep(self._own(event), row)

    def _own(self, event: EventReading) -> Fields:
        return _event_fields(event, tags_of(event), named=self._kept["named"])

    def _close(self) -> None:
        if self.event is not None:
            self._kept["repeated"] = 0 < self._items == self._whole
            kept = {key: value for key, value in self._kept.items() if value}
            self.event.extra = {KEY: kept} if kept else {}
        self.event = None

    def _read_member(self, row: Row, fields: Fields, *, whole: bool) -> None:
        event = self.event
        name = fields.get("Property Name", "")
        if event is None:
            self._add_other(row)
            if name.strip():
                self.reading.leave_out(self.file.place(row), f"property {shown(name)}", "It belongs to no event.")
        elif not name.strip():
            self._kept.setdefault("inner", []).append([self._items, self.file.keep({}, row)])
            self._items += 1
        else:
            prop = self._property(fields, name)
            own = self._own(event) if whole else {}
            kept = self.file.keep(own | _property_fields(prop, _FLAGS[self.title]), row)
            given = ({"row": kept} if kept else {}) | ({"whole": True} if whole else {})
            prop.extra = {KEY: given} if given else {}
            event.properties.append(prop)
            self._items += 1
            self._whole += whole

    def _property(self, fields: Mapping[str, str], name: str) -> PropertyReading:
        kind = _TYPES.get(fields.get("Property Type", "").strip().casefold())
        return PropertyReading(
            name,
            types=(kind,) if kind else (),
            required=fields.get("Property Required", "").strip().casefold() == "true",
            sensitive=fields.get("Property Sensitive", "").strip().casefold() == "true",
            description=fields.get("Property Description", ""),
        )

    def _add_other(self, row: Row) -> None:
        self._others.append([len(self.reading.events) + len(self._others), [self.file.keep({}, row)]])


def _block(event: Event, options: WriteOptions, lost: LossList, flags: tuple[str, str]) -> list[WrittenRow]:
    add_other_labels(lost, event)
    kept = format_extra(event, KEY)
    if event.call == "identify" and not kept:
        kept = {"headless": True, "repeated": True}
    tags = with_verdict(tags_of(event), placement_in_force(event)) if options.verdict else tags_of(event)
    for tag in (tag for tag in tags if "," in tag or tag != tag.strip()):
        lost.add(event.name, f"tag “{tag}”: commas divide the list of tags", "written all the same")
    for prop in event.properties:
        if not prop.name.strip():
            lost.add(event.name, f"property {shown(prop.name)}", "left out: its name is blank")
        word = _property_fields(prop, flags)["Property Type"]
        if prop.type != "any" and _TYPES.get(word) != prop.type:
            lost.add(event.name, f"property {shown(prop.name)}: type {prop.type}", f"written as {word or 'no type'}")
    named = kept.get("named") is True
    if event.call == "identify" and not named and event.name != PROFILE:
        lost.add(event.name, "its name: profiles have none")
    items = [(_property_fields(prop, flags), format_extra(prop, KEY)) for prop in event.properties]
    return event_rows(_event_fields(event, tags, named=named), items, kept)


def _has_place(event: Event, lost: LossList, done: str) -> bool:
    if event.call in _ENTITIES:
        return True
    lost.add(event.name, f"the event: Mixpanel has no {event.call} calls", done)
    return False


FORMAT = Format(
    key=KEY,
    title="Mixpanel Lexicon, CSV",
    fidelity="lossless",
    looked_for="a table with the columns Entity Type, Entity Name, Property Name and Property Type",
    recognise=recognise,
    read=read,
    write=write,
    carries=CARRIES,
)
