"""The columns of Avo's CSV: which heading means what, and the cells that an event or a property has in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.formats.carriers.tables import HeadedTable
from advisor.formats.reading import EventReading, PropertyReading
from advisor.formats.remainder import Remainder
from advisor.model import Event, Property

FIELDS = {
    "event": "Event Name",
    "event_description": "Event Description",
    "category": "Event Category",
    "sources": "Sources",
    "property": "Property Name",
    "property_description": "Property Description",
    "type": "Property Value Type",
    "required": "Is Property Required?",
    "array": "Is Property Array?",
    "values": "Property Enumeration Options",
    "kind": "Property Type",
    "tags": "Event Tags",
    "owner": "Owner",
}
"""Our name of each column, and the heading that Avo's own CSV has for it."""
SLOT_FIELD = "slot"
SLOT_COLUMN = "Tracking Advisor"
_OTHER_HEADINGS = {
    "trigger + event description": "event_description",
    "event definition": "event_description",
    "platform": "sources",
    "property definition": "property_description",
    "data type": "type",
    "event variant name": "variant",
    SLOT_COLUMN.casefold(): SLOT_FIELD,
}
DEFAULT_COLUMNS = frozenset(
    heading.casefold() for field, heading in FIELDS.items() if field in ("type", "required", "array", "values")
)
"""Headings that only Avo's own CSV has."""
TEMPLATE_COLUMNS = frozenset(
    {"trigger + event description", "event definition", "property definition", "sample values"}
)
"""Headings of Avo's templates for Amplitude and Mixpanel."""
_BY_HEADING = {heading.casefold(): field for field, heading in FIELDS.items()} | _OTHER_HEADINGS
_EVENT_FIELDS = ("event", "event_description", "category", "sources", "tags", "owner", SLOT_FIELD, "variant")
_OF_EVENT = re.compile(r"event|owner|stakeholder", re.IGNORECASE)
_WORDS = {
    "string": "string",
    "datetime": "string",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "object": "object",
}
_BY_COLUMN = ("rest", "left", "said")
"""Members of a row's remainder that are keyed by column."""


@dataclass(slots=True)
class Columns:
    """The columns of a table: their keys by our names."""

    keys: dict[str, str]

    def cell(self, cells: Mapping[str, str], field: str) -> str:
        """Return a cell of a row; empty if the table has no such column or the row is too short."""
        return cells.get(self.keys.get(field, ""), "")

    def parted(self, kept: Remainder, table: HeadedTable) -> tuple[Remainder, Remainder]:
        """Return what of a row's remainder belongs to the event, and what to the property of the row."""
        known = {self.keys[field] for field in _EVENT_FIELDS if field in self.keys}
        ours = {self.keys[field] for field in self.keys} - known
        of_event = known | {
            column.key for column in table.columns if column.key not in ours and _OF_EVENT.match(column.heading)
        }
        indexes = {str(column.index) for column in table.columns if column.key in of_event}
        parts: tuple[Remainder, Remainder] = ({}, {})
        for name, value in kept.items():
            if name in _BY_COLUMN or name == "raw":
                chosen = of_event if name in _BY_COLUMN else indexes
                halves = (
                    {key: each for key, each in value.items() if key in chosen},
                    {key: each for key, each in value.items() if key not in chosen},
                )
                for part, half in zip(parts, halves, strict=True):
                    if half:
                        part[name] = half
            else:
                parts[1][name] = value
        return parts

    def joined(self, of_event: Remainder, of_property: Remainder) -> Remainder | None:
        """Return the remainder of a row from its parts; the event's counts where both say something."""
        whole: Remainder = dict(of_property)
        for name, value in of_event.items():
            whole[name] = whole.get(name, {}) | value
        return whole or None


def is_heading(text: str) -> bool:
    """Return whether a text is the heading of a column of Avo's."""
    return _folded(text) in _BY_HEADING


def columns_of(table: HeadedTable) -> Columns:
    """Return the columns of a table. Without a value type, “Property Type” is one, as in the template for Amplitude."""
    keys: dict[str, str] = {}
    for column in table.columns:
        field = _BY_HEADING.get(_folded(column.heading))
        if field:
            keys.setdefault(field, column.key)
    if "type" not in keys and "kind" in keys:
        keys["type"] = keys.pop("kind")
    return Columns(keys)


def event_cells(event: Event | EventReading, columns: Columns, slot: str) -> dict[str, str]:
    """Return the cells of the first row of an event that say something of the event, by column."""
    labels: Mapping[str, Any] = event.labels
    texts = {
        "event": event.name,
        "event_description": event.description,
        "category": _joined(labels.get("category", ""), ", "),
        "sources": _joined(labels.get("sources", ""), ", "),
        "tags": _joined(labels.get("tags", ""), ";"),
        "owner": event.owner,
        SLOT_FIELD: slot,
    }
    return {columns.keys[field]: text for field, text in texts.items() if field in columns.keys}


def property_cells(prop: Property | PropertyReading | None, columns: Columns) -> dict[str, str]:
    """Return the cells of a row that say something of its property, by column; blank ones for no property."""
    texts = dict.fromkeys(("property", "property_description", "type", "required", "array", "values", "kind"), "")
    if prop is not None:
        words = prop.types if isinstance(prop, PropertyReading) else tuple(prop.type.split("|"))
        types = [word for word in words if word not in ("any", "null")]
        is_array = types == ["array"]
        texts |= {
            "property": prop.name,
            "property_description": prop.description,
            "type": _WORDS.get(types[0], "any") if len(types) == 1 else "any",
            "required": "true" if prop.required else "false",
            "array": "true" if is_array else "false",
            "values": ", ".join(value if isinstance(value, str) else _scalar(value) for value in prop.values),
            "kind": "Event",
        }
    return {columns.keys[field]: text for field, text in texts.items() if field in columns.keys}


def _joined(value: Any, between: str) -> str:
    return value if isinstance(value, str) else between.join(value)


def _scalar(value: Any) -> str:
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip()).casefold()
