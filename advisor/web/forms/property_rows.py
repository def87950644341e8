"""Converts properties to the rows of their table and back.

A property inside another has its row below it, one level deeper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import msgspec

from advisor.model import Event, KnownBy, Personal, Property
from advisor.presentation.property_values import ValuesError, read_values, values_text
from advisor.text import whole_number
from advisor.web.forms.fields import as_typed, choice_or, typed_or_original
from advisor.web.forms.property_form import PropertyForm

DEEPEST = 29
"""The level of the deepest row, counted from 0. A document with deeper properties could not be read again."""


@dataclass
class _Branch:
    """A property of the form while the properties inside it are still being collected."""

    item: Property
    level: int
    inside: list[_Branch] = field(default_factory=list)

    def grow(self) -> Property:
        return msgspec.structs.replace(self.item, properties=_grow_all(self.inside))


def _grow_all(branches: Sequence[_Branch]) -> tuple[Property, ...]:
    return tuple(branch.grow() for branch in branches)


def row_values(properties: Sequence[Property], origin: str = "", level: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the values of each row, in the order of the table.

    The ``origin`` of a row is the path of its property in the stored event, as indices: ``2.0``.
    """
    cells = ("name", "type", "required", "sensitive", "personal", "known_by", "description")
    for index, item in enumerate(properties):
        place = f"{origin}{index}"
        shown = {cell: getattr(item, cell) for cell in cells}
        yield {"origin": place, "level": str(level), "values": values_text(item.values), **shown}
        yield from row_values(item.properties, f"{place}.", level + 1)


def read_rows(rows: Sequence[PropertyForm], original: Event) -> tuple[Property, ...]:
    """Return the properties that the rows describe. Fields without a cell keep their value of the stored event."""
    return _grow_all(_branches(rows, original)[0])


def row_origins(rows: Sequence[PropertyForm]) -> tuple[str, ...]:
    """Return the index path of each row in the result of `read_rows`; empty for a row that is not a property."""
    top, branches = _branches(rows, None)
    ways = dict(_ways(top, ""))
    return tuple(ways.get(id(branch), "") for branch in branches)


def _branches(rows: Sequence[PropertyForm], original: Event | None) -> tuple[list[_Branch], list[_Branch | None]]:
    """Return the branches that are in no other, and the branch of each row; None for a row that is not a property."""
    top: list[_Branch] = []
    open_ones: list[_Branch] = []
    left_out = DEEPEST
    branches: list[_Branch | None] = []
    for row in rows:
        level = row.depth
        branches.append(None)
        if level > left_out:
            continue
        left_out = DEEPEST
        if not row.counts:
            # Rows inside a removed row are removed with it.
            left_out = level if row.remove.data else left_out
            continue
        while open_ones and open_ones[-1].level >= level:
            open_ones.pop()
        branch = _Branch(_property(row, original), level)
        (open_ones[-1].inside if open_ones else top).append(branch)
        open_ones.append(branch)
        branches[-1] = branch
    return top, branches


def _ways(branches: Sequence[_Branch], way: str) -> Iterator[tuple[int, str]]:
    for place, branch in enumerate(branches):
        yield id(branch), f"{way}{place}"
        yield from _ways(branch.inside, f"{way}{place}.")


def place_rows(rows: Sequence[PropertyForm]) -> None:
    """Set the names of every row: those of the rows that contain it, then its own. Corrects levels that skip a row."""
    path: list[str] = []
    for row in rows:
        row.level.data = str(min(row.depth, len(path)))
        path = [*path[: row.depth], row.name.data or ""]
        row.names = tuple(path)


def row_of(properties: Sequence[Property], pointer: str) -> int:
    """Return the row index of the property at a JSON pointer into the event: ``/properties/2/properties/0``."""
    row = -1
    for place in map(int, pointer.split("/")[2::2]):
        row += 1 + sum(1 + _count(item.properties) for item in properties[:place])
        properties = properties[place].properties
    return row


def _count(properties: Sequence[Property]) -> int:
    return sum(1 + _count(item.properties) for item in properties)


def mark_nameless(rows: Sequence[PropertyForm], event: Event) -> None:
    """Set ``is_nameless`` of the rows whose property of the stored event has a blank name: they may keep it."""
    for row in rows:
        stored = _stored_property(row.origin.data or "", event)
        row.is_nameless = stored is not None and not stored.name.strip()


def _property(row: PropertyForm, event: Event | None) -> Property:
    stored = _stored_property(row.origin.data or "", event) if event else None
    origin = stored or Property(name=row.name.data or "")
    return msgspec.structs.replace(
        origin,
        name=typed_or_original(row.name.data, origin.name),
        type=choice_or(row.type, origin.type),
        required=row.required.data,
        sensitive=row.sensitive.data,
        personal=cast(Personal, choice_or(row.personal, origin.personal)),
        known_by=cast(KnownBy, choice_or(row.known_by, origin.known_by)),
        values=_values(row, origin),
        description=typed_or_original(row.description.data, origin.description),
        properties=(),
    )


def _values(row: PropertyForm, origin: Property) -> Any:
    typed = row["values"].data or ""
    if typed == as_typed(values_text(origin.values)):
        return origin.values
    try:
        return read_values(typed)
    except ValuesError:
        return origin.values


def _stored_property(origin: str, event: Event) -> Property | None:
    """Return the property of the stored event that a row was filled from; None if there is none."""
    found, inside = None, event.properties
    for step in origin.split("."):
        place = whole_number(step)
        if place is None or place >= len(inside):
            return None
        found = inside[place]
        inside = found.properties
    return found
