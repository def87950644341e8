"""Segment-style CSV: one row for each event, and one for each of its properties.

No real download of Segment's is public, so that headings are read in any case and order and under several names, and an
export should be compared with the template of one's own workspace. Columns, rows and spellings that mean nothing here are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.formats.advised import advised
from advisor.formats.carriers.delimited import write_delimited
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.table_rows import layout_from, layout_of, row_remainder, write_rows
from advisor.formats.carriers.tables import Dialect, HeadedTable, Row, headed
from advisor.formats.extra import format_extra
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import done_about, fill_from_beside, is_beside, with_beside
from advisor.formats.places import refusal, shown
from advisor.formats.plan_losses import add_same_event_losses
from advisor.formats.practice import practice_of_labels
from advisor.formats.reading import EventReading, PlanReading, PropertyReading
from advisor.formats.remainder import Remainder
from advisor.formats.segment_csv_cells import (
    CALL_WORDS,
    COLUMNS,
    COMMON_WORD,
    DATA_TYPE,
    DESCRIPTION,
    LABELS,
    NAME,
    PROPERTY,
    TYPE,
    VERSION,
    column_of,
    read_label_cell,
)
from advisor.formats.segment_csv_rows import (
    NAMESPACE,
    EventKey,
    event_cells,
    labels_with_verdict,
    parent_of,
    property_cells,
    property_rows,
    read_property,
    version_cell,
)
from advisor.formats.segment_rules import NAMELESS
from advisor.model import Event, Plan
from advisor.text import whole_number

KEY = "segment-csv"
FILE = "tracking-plan.csv"
_NEEDED = (NAME, PROPERTY, DATA_TYPE)
_NAMES = {"page": "Page", "screen": "Screen", "identify": "Identify", "group": "Group"}


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are Segment-style CSV; None if they are not."""
    marks: set[str] = set()
    for file in tree.files:
        for table in map(_headed, file.peek_tables()):
            headings = {column.heading.lower() for column in table.columns} if table else set()
            if all(each.lower() in headings for each in _NEEDED):
                marks |= {f"a column “{each}”" for each in COLUMNS if each.lower() in headings}
    sure = f"a column “{TYPE}”" in marks
    return Recognition(Confidence.CERTAIN if sure else Confidence.LIKELY, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan in all tables that have the columns. Raises `FormatError`."""
    reading = PlanReading(KEY)
    found: list[HeadedTable] = []
    for file in tree.files:
        if len(tree.files) == 1 or not is_beside(file):
            found += _tables(file)
    if not found:
        raise refusal(
            tree.place, "There is no table with the columns Event Name, Property Name and Property Data Type."
        )
    for table in found:
        reader = _TableReader(reading, table)
        others = reader.read_rows()
        if len(found) == 1 and table.table.kind == "delimited":
            kept = {"table": layout_of(table, others).kept(), "columns": reader.columns}
            reading.extra[NAMESPACE] = kept | ({} if reader.common_after is None else {"common": reader.common_after})
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one CSV file, with the columns and rows that it came with."""
    lost = LossList(NAMESPACE)
    done = done_about(options)
    lost.add_plan(plan, done)
    add_same_event_losses(plan, lost, "written as more rows of that event")
    if plan.description:
        lost.add("", "the description of the plan", done)
    advised_plan = advised(plan) if options.verdict else plan
    kept = format_extra(plan, NAMESPACE)
    columns: Mapping[str, str] = kept.get("columns") or {each: each for each in COLUMNS}
    groups = [_rows_of_event(event, options, columns, lost) for event in advised_plan.events if _has_rows(event, lost)]
    key = EventKey(COMMON_WORD, "", "1")
    common = property_rows(plan.common, key, columns, lost, "")
    groups.insert(kept.get("common", len(groups)), common)
    rows = [row for group in groups for row in group]
    named = [({columns[name]: text for name, text in plain.items() if name in columns}, rest) for plain, rest in rows]
    if "table" in kept:
        data = write_rows(layout_from(kept["table"]), named)
    else:
        heading: tuple[list[str], dict[int, str]] = (list(COLUMNS), {})
        body: list[tuple[list[str], dict[int, str]]] = [
            ([plain.get(each, "") for each in COLUMNS], {}) for plain, _ in named
        ]
        data = write_delimited([heading, *body], Dialect())
    return Written(with_beside({FILE: data}, plan, options), tuple(lost.losses))


def _has_rows(event: Event, lost: LossList) -> bool:
    if event.call in CALL_WORDS.values():
        return True
    lost.add(event.name, f"the event: there are no rows for {event.call} calls")
    return False


def _headed(table: Any) -> HeadedTable | None:
    return headed(table, lambda cell: column_of(cell) is not None)


def _tables(file: SourceFile) -> Iterator[HeadedTable]:
    for table in map(_headed, file.tables):
        known = {column_of(column.heading) for column in table.columns} if table else set()
        if table and known >= {*_NEEDED}:
            yield table


class _TableReader:
    """Reads the rows of one table into a reading. ``columns`` are the keys of its columns by what they mean."""

    def __init__(self, reading: PlanReading, table: HeadedTable) -> None:
        self._reading = reading
        self._table = table
        self.columns: dict[str, str] = {}
        for column in table.columns:
            if meaning := column_of(column.heading):
                self.columns.setdefault(meaning, column.key)
        self._events: dict[EventKey, EventReading] = {}
        self._described: set[EventKey] = set()
        self._key: EventKey | None = None
        self.common_after: int | None = None
        """How many events come before the rows for every event; None if there are no such rows."""

    def read_rows(self) -> list[int]:
        """Read all rows, and return the indexes of those that are no part of the plan."""
        others = []
        for index, row in enumerate(self._table.rows):
            reason = "" if row.is_blank else self._read_row(row)
            if reason:
                self._reading.leave_out(self._table.place(row), f"row {row.line}", reason)
            if reason or row.is_blank:
                others.append(index)
        return others

    def _read_row(self, row: Row) -> str:
        """Read a row; returns why it is left out, or nothing."""
        found = self._table.cells(row)
        cells = {meaning: found.get(key, "") for meaning, key in self.columns.items()}
        key, reason = self._key_of(cells)
        if key is None:
            return reason
        self._key = key
        if key.type == COMMON_WORD:
            if not cells[PROPERTY]:
                return "It is for every event, and names no property."
            if self.common_after is None:
                self.common_after = len(self._reading.events)
            self._add(self._reading.common, key, cells, row)
            return ""
        is_new = key not in self._events
        if is_new:
            self._add_event(key, row)
        event = self._events[key]
        if cells[PROPERTY]:
            if is_new:
                event.extra = {NAMESPACE: event.extra.get(NAMESPACE, {}) | {"rowless": True}}
            self._add(event.properties, key, cells, row)
            return ""
        if key in self._described:
            return "There is another row for the event before it."
        self._described.add(key)
        self._read_event_row(event, key, cells, row)
        return ""

    def _key_of(self, cells: Mapping[str, str]) -> tuple[EventKey | None, str]:
        """Return the event of a row, or why it has none. A row that names no event belongs to the one before it."""
        if not any(cells.get(each, "").strip() for each in (VERSION, TYPE, NAME)):
            return (self._key, "") if self._key else (None, "It names no event, and there is none before it.")
        written = cells.get(TYPE, "").strip()
        word = written.capitalize() or "Track"
        if word not in CALL_WORDS and word != COMMON_WORD:
            return None, f"Its event type {shown(written)} is no call of an event."
        named = cells.get(NAME, "")
        call = CALL_WORDS.get(word)
        name = named if named.strip() else _NAMES.get(call, "") if call else ""
        if call and not name:
            return None, "It has no event name."
        return EventKey(word, name, cells.get(VERSION, "").strip()), ""

    def _add_event(self, key: EventKey, row: Row) -> None:
        number = whole_number(key.version)
        version = key.version or None if number is None else number
        event = EventReading(key.name, CALL_WORDS[key.type], version=version, place=self._table.place(row))
        if version is None:
            event.extra = {NAMESPACE: {"unversioned": True}}
        self._events[key] = event
        self._reading.events.append(event)

    def _read_event_row(self, event: EventReading, key: EventKey, cells: Mapping[str, str], row: Row) -> None:
        event.description = cells.get(DESCRIPTION, "")
        event.labels = read_label_cell(cells.get(LABELS, ""))
        event.practice = practice_of_labels(event.labels)
        own = {key: value for key, value in event.extra.get(NAMESPACE, {}).items() if key != "rowless"}
        order = list(event.labels)
        # A plan sorts its labels.
        own |= {"labels": order} if order != sorted(order) else {}
        if kept := self._kept(event_cells(key, event.description, event.labels), row):
            own["row"] = kept
        event.extra = {NAMESPACE: own} if own else {}

    def _add(self, properties: list[PropertyReading], key: EventKey, cells: Mapping[str, str], row: Row) -> None:
        parent, name = parent_of(properties, cells[PROPERTY])
        prop = read_property(name, cells, self.columns)
        if prop.unknown_types:
            words = ", ".join(map(shown, prop.unknown_types))
            self._reading.warn(self._table.place(row), f"{words} is no type; the property may have any.")
        plain = property_cells(key, cells[PROPERTY], prop.reading, self.columns)
        if kept := self._kept(plain, row):
            own = prop.reading.extra.get(NAMESPACE, {})
            prop.reading.extra = prop.reading.extra | {NAMESPACE: own | {"row": kept}}
        (properties if parent is None else parent.properties).append(prop.reading)

    def _kept(self, plain: Mapping[str, str], row: Row) -> Remainder | None:
        named = {self.columns[name]: text for name, text in plain.items() if name in self.columns}
        return row_remainder(named, row, self._table)


def _rows_of_event(
    event: Event, options: WriteOptions, columns: Mapping[str, str], lost: LossList
) -> list[tuple[dict[str, str], Remainder | None]]:
    """Return the rows of an event: one of its own, unless it came without and needs none, and one for each property."""
    lost.add_event(event, done_about(options))
    kept = format_extra(event, NAMESPACE)
    word = next(word for word, call in CALL_WORDS.items() if call == event.call)
    is_unnamed = event.call in NAMELESS and event.name == _NAMES[event.call]
    key = EventKey(word, "" if is_unnamed else event.name, version_cell(event))
    labels = labels_with_verdict(event, options, lost)
    rows: list[tuple[dict[str, str], Remainder | None]] = []
    if not ("rowless" in kept and event.properties and not event.description and not labels):
        rows.append((event_cells(key, event.description, labels), kept.get("row")))
    return rows + property_rows(event.properties, key, columns, lost, event.name)


FORMAT = Format(
    key=KEY,
    title="Segment-style CSV",
    fidelity="lossy",
    looked_for="a table with the columns Event Name, Property Name and Property Data Type",
    recognise=recognise,
    read=read,
    write=write,
    namespace=NAMESPACE,
)
