"""Cuts a sheet with several tables into them, and joins tables that say different things of the same events.

People put a list of events and a list of their properties below each other, or in two sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from advisor.formats.carriers.tables import Row, Table
from advisor.formats.columns import fields as f
from advisor.formats.reading import EventReading, PlanReading

_FEWEST = 2
"""How many headings that are known a row has at least, to begin another table."""


def cut_tables(tables: Iterable[Table]) -> Iterator[Table]:
    """Yield tables, each with one heading: after a blank row, a row of known headings begins another table."""
    for table in tables:
        starts = [] if table.kind in ("markdown", "json") else list(_starts(table.rows))
        if len(starts) < _FEWEST:
            yield table
            continue
        ends = [*starts[1:], len(table.rows)]
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            yield replace(table, rows=table.rows[0 if number == 0 else start : end])


def _starts(rows: tuple[Row, ...]) -> Iterator[int]:
    """Yield the index of the first row of each table: its heading, or the title above it."""
    block = 0
    found = False
    for index, row in enumerate(rows):
        if row.is_blank:
            block, found = index + 1, False
        elif not found and _is_heading(row) and all(_is_title(each) for each in rows[block:index]):
            found = True
            yield block


def _is_heading(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    known = sum(map(f.is_known_heading, filled))
    names = any(f.field_of(cell) in (f.NAME, f.PROPERTY) for cell in filled)
    return names and known >= _FEWEST and known * 2 > len(filled)


def _is_title(row: Row) -> bool:
    return sum(bool(cell.strip()) for cell in row.cells) == 1


def join_tables(reading: PlanReading, tables: Iterable[tuple[list[EventReading], bool]]) -> None:
    """Join events that several tables have: one lists the properties of an event, and another one describes it.

    Each table comes with its events, and with whether it only says more of those of the tables before it.
    """
    first: dict[str, EventReading] = {}
    joined: dict[int, EventReading] = {}
    for events, repeats in tables:
        before = dict(first)
        for event in events:
            known = before.get(event.name)
            differs = known is not None and bool(known.properties) != bool(event.properties)
            if known and (repeats or differs) and known.version == event.version:
                _fill(known, event)
                joined[id(event)] = known
            else:
                first.setdefault(event.name, event)
    if joined:
        reading.events = [event for event in reading.events if id(event) not in joined]
        for row in reading.rows:
            if row.event is not None:
                row.event = joined.get(id(row.event), row.event)


def _fill(event: EventReading, other: EventReading) -> None:
    """Fill in what an event does not say and another reading of it does."""
    event.properties = event.properties or other.properties
    event.description = event.description or other.description
    event.owner = event.owner or other.owner
    event.status = event.status or other.status
    event.practice = event.practice or other.practice
    event.labels = other.labels | event.labels
    event.answers = other.answers | event.answers
    event.suggested = [*event.suggested, *(key for key in other.suggested if key not in event.suggested)]
    event.call = other.call if event.call == "track" else event.call
    event.destinations = other.destinations if event.destinations == "all" else event.destinations
