"""A whole plan as one table in columns of ours: a row for each property, the cells of its event in the first one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.event_fields import EVENT_FIELD
from advisor.formats.columns import fields as f
from advisor.formats.columns.property_cells import TITLES
from advisor.formats.columns.texts import each_property, event_texts, event_value, property_texts, slot_of
from advisor.formats.columns.words import from_text
from advisor.formats.format import WriteOptions
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Event, Plan, placement_in_force

PLACEMENT_TITLE = "Placement"
SLOT_TITLE = f.SLOT
_LATE = {f.VERSION: "Version", f.OWNER: "Owner", f.STATUS: "Status", f.PRACTICE: "Tracked today"}
"""Columns that a table has only if an event says something in them."""
_PROPERTY_TITLES = {f.PROPERTY: "Property"} | {
    part: f"Property {TITLES[part.removeprefix(f.PROPERTY_PART)].lower()}" for part in f.PROPERTY_PARTS
}


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column of the table: its field and its heading."""

    field: str
    title: str


def plan_columns(plan: Plan, options: WriteOptions) -> list[PlanColumn]:
    """Return the columns for a plan: those that all plans have, and those in which it says something."""
    values = list(map(event_value, plan.events))
    labels = dict.fromkeys(name for value in values for name in value.get("labels", {}))
    late = {
        field: title for field, title in _LATE.items() if any(value.get(field) not in (None, "") for value in values)
    }
    titles = {
        f.NAME: "Event",
        f.CALL: "Call",
        f.DESCRIPTION: "Event description",
        **late,
        **{f.LABEL + name: f"Label: {name}" for name in labels},
        **({f.PLACEMENT: PLACEMENT_TITLE} if options.verdict else {}),
        **{f.QUESTION + key: EVENT_FIELD[key].heading for key in QUESTION_KEYS},
        f.DESTINATIONS: "Destinations",
        **_PROPERTY_TITLES,
        **({f.SLOT: SLOT_TITLE} if options.advisor_data else {}),
    }
    return [PlanColumn(field, title) for field, title in titles.items()]


def plan_rows(plan: Plan, columns: list[PlanColumn]) -> Iterator[list[str]]:
    """Yield the rows: one for each property of each event, and one for an event without properties.

    All cells are safe in a spreadsheet: what it would run begins with an apostrophe. The plan is an advised one if the
    columns have the placement.
    """
    fields = [column.field for column in columns]
    for event in plan.events:
        value = event_value(event)
        first = event_texts(value, fields) | _computed(event, fields)
        again = {field: first[field] for field in (f.NAME, f.CALL, f.VERSION) if field in first}
        pairs = list(each_property(value.get("properties", ())))
        yield _row(first | (property_texts(pairs[0][1], pairs[0][0], fields) if pairs else {}), fields)
        for path, prop in pairs[1:]:
            yield _row(again | property_texts(prop, path, fields), fields)


def event_row(event: Event, columns: list[PlanColumn]) -> list[str]:
    """Return the cells of an event alone, as plain text."""
    fields = [column.field for column in columns]
    return [
        from_text(text) for text in _row(event_texts(event_value(event), fields) | _computed(event, fields), fields)
    ]


def property_rows(event: Event, columns: list[PlanColumn]) -> Iterator[list[str]]:
    """Yield the cells of each property of an event, as plain text."""
    fields = [column.field for column in columns]
    for path, prop in each_property(event_value(event).get("properties", ())):
        yield [from_text(text) for text in _row(property_texts(prop, path, fields), fields)]


def _row(texts: Mapping[str, str], fields: list[str]) -> list[str]:
    return [texts.get(field, "") for field in fields]


def _computed(event: Event, fields: list[str]) -> dict[str, str]:
    placement = {f.PLACEMENT: str(placement_in_force(event))} if f.PLACEMENT in fields else {}
    return placement | ({f.SLOT: slot_of(event)} if f.SLOT in fields else {})
