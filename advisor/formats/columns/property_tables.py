"""Reads tables that list properties and name no events, as Mixpanel's pair of tables: events in one, properties in the other.

A title or a column ``scope`` says which properties every event carries; these become common properties of the plan. Nothing in
such files says which events have the others, so that they are left out, each with its line.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisor.document_limits import LONGEST_NAME
from advisor.formats.carriers.tables import HeadedTable
from advisor.formats.columns import fields as f
from advisor.formats.columns.rows import read_part
from advisor.formats.places import shown
from advisor.formats.reading import PlanReading, PropertyReading
from advisor.knowledge.answer_words import fold
from advisor.text import quantity

_SCOPE = ("scope", "property scope")
_EVERY_EVENT = ("super", "super property", "common", "global", "all", "all events", "every event")
"""Scopes of properties that all events carry; “super” is Mixpanel's word."""
_NO_EVENT = (
    "Nothing here says which events have it. Add a column with the names of its events, or add it to them by hand."
)


def read_property_table(reading: PlanReading, table: HeadedTable, fields: Mapping[str, str]) -> None:
    """Add the properties that every event carries to the common ones of the plan, and leave out the others, with reasons."""
    scope = next((column.key for column in table.columns if fold(column.heading.replace("_", " ")) in _SCOPE), "")
    name_key = next(key for key, field in fields.items() if field == f.PROPERTY)
    titles = (table.table.name, *(cell for row in table.above for cell in row.cells))
    of_all = any(map(f.says_every_event, titles))
    known = {prop.name for prop in reading.common}
    taken = left = 0
    for row in table.rows:
        cells = table.cells(row)
        name = cells.get(name_key, "")
        if row.is_blank or not name.strip():
            continue
        if (of_all or fold(cells.get(scope, "")) in _EVERY_EVENT) and name not in known and len(name) <= LONGEST_NAME:
            known.add(name)
            reading.common.append(_property(name, cells, fields))
            taken += 1
        else:
            reading.leave_out(table.place(row), f"property {shown(name)}", _NO_EVENT)
            left += 1
    common = f" {quantity(taken, 'property', 'properties')} of every event became common properties." if taken else ""
    others = f" {quantity(left, 'property is', 'properties are')} left out." if left else ""
    reading.warn(table.place(table.heading), f"This table lists properties and names no events.{common}{others}")


def _property(name: str, cells: Mapping[str, str], fields: Mapping[str, str]) -> PropertyReading:
    prop = PropertyReading(name)
    for key, field in fields.items():
        if field in f.PROPERTY_PARTS and cells.get(key, "").strip():
            read_part(prop, field.removeprefix(f.PROPERTY_PART), cells[key])
    return prop
