"""Avo's CSV: a row per property of an event, in Avo's own columns or in those of its templates for Amplitude and Mixpanel.

The first row of an event has what is said of the event; further rows repeat its name, or leave it blank. Columns come in any
order, and unknown ones come back. Variants are no events. Only the property type Event is of the event itself, but user and
system properties are sent with it and are properties, too. The sources (or the platform) are the practice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from advisor.document_limits import LONGEST_LABEL
from advisor.formats.advised import advised
from advisor.formats.avo_columns import (
    DEFAULT_COLUMNS,
    FIELDS,
    SLOT_FIELD,
    TEMPLATE_COLUMNS,
    Columns,
    columns_of,
    event_cells,
    is_heading,
    property_cells,
)
from advisor.formats.avo_events import NAMESPACE, TAGS, practice_of_tags, tags_of, verdict_tags
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.table_rows import TableLayout, layout_from, layout_of, row_remainder, write_rows
from advisor.formats.carriers.tables import HeadedTable, Row, headed
from advisor.formats.columns.fields import word_of
from advisor.formats.event_files import skip
from advisor.formats.extra import format_extra
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions, every_file
from advisor.formats.losses import LossList, Written
from advisor.formats.own_slot import fill_from_beside, fill_from_slot, is_beside, slot_text, slot_value
from advisor.formats.places import refusal, shown
from advisor.formats.plan_losses import add_call_loss, add_label_losses, add_plan_losses, add_version_loss
from advisor.formats.practice import side_of_words
from advisor.formats.property_losses import add_property_losses, types_of_word
from advisor.formats.reading import EventReading, PlanReading, Practice, PropertyReading
from advisor.formats.remainder import Remainder
from advisor.model import Event, Plan, Property, placement_in_force

KEY = "avo-csv"
FILE = "avo.csv"
_YES = frozenset({"true", "yes", "y", "1", "required"})


def recognise(tree: FileTree) -> Recognition | None:
    """Return why a file has Avo's columns; None if none has."""
    marks: set[str] = set()
    for file in tree.files:
        for table in file.peek_tables():
            found = headed(table, is_heading)
            fields = columns_of(found) if found else Columns({})
            if {"event", "property"} <= fields.keys.keys():
                names = {re.sub(r"\s+", " ", column.heading).casefold() for column in found.columns} if found else set()
                known = names & DEFAULT_COLUMNS
                marks |= {f"Avo’s column “{name}”" for name in known}
                is_own = known or not any(word_of(name) == "required" for name in names)
                marks |= {f"the column “{name}” of Avo’s templates" for name in names & TEMPLATE_COLUMNS if is_own}
    sure = Confidence.CERTAIN if len(marks) > 1 else Confidence.LIKELY
    return Recognition(sure, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan in the first table of a tree that has events and properties. Raises `FormatError`."""
    reading = PlanReading(KEY)
    for file in tree.files:
        tables = () if is_beside(file) else file.tables if tree.only else file.peek_tables()
        found = next((each for table in tables if (each := headed(table, is_heading)) and _fits(each)), None)
        if found and NAMESPACE not in reading.extra:
            _read_table(reading, found)
        elif not is_beside(file):
            skip(reading, file)
    if NAMESPACE not in reading.extra:
        raise refusal(tree.place, "There is no row with the columns “Event Name” and “Property Name”.")
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as one table, in the columns that it came in."""
    lost = LossList(NAMESPACE)
    add_plan_losses(plan, lost, named=False)
    if options.verdict:
        plan = advised(plan)
    kept = format_extra(plan, NAMESPACE).get("table")
    layout = layout_from(kept["layout"]) if kept else TableLayout(tuple(FIELDS.values()), {"cells": [*FIELDS.values()]})
    columns = Columns(dict(kept["columns"])) if kept else Columns(dict(FIELDS))
    if options.verdict and "tags" not in columns.keys:
        layout = _with_column(layout, columns, "tags")
    if options.advisor_data and SLOT_FIELD not in columns.keys:
        layout = _with_column(layout, columns, SLOT_FIELD)
    rows: list[tuple[dict[str, str], Remainder | None]] = []
    names: set[str] = set()
    for event in plan.events:
        if event.name in names:
            lost.add(event.name, "the event: another one has its name", "written as more rows of that event")
        names.add(event.name)
        rows += _event_rows(event, columns, options, lost)
    return Written({FILE: write_rows(layout, rows)}, tuple(lost.losses))


def _fits(table: HeadedTable) -> bool:
    return {"event", "property"} <= columns_of(table).keys.keys()


def _read_table(reading: PlanReading, table: HeadedTable) -> None:
    columns = columns_of(table)
    events: dict[str, EventReading] = {}
    others: list[int] = []
    current: EventReading | None = None
    for index, row in enumerate(table.rows):
        cells = table.cells(row)
        name = columns.cell(cells, "event")
        if reason := _no_row(columns, cells, current):
            others.append(index)
            if not row.is_blank:
                reading.leave_out(table.place(row), f"row {row.line}", reason)
        elif name.strip() and name not in events:
            current = events[name] = _read_event(reading, table, columns, row)
        else:
            if name.strip() and events[name] is not current:
                reading.warn(table.place(row), f"Rows of {shown(name)} are apart; an export puts them together.")
            current = events[name] if name.strip() else current
            if current is not None:
                _add_row(current, table, columns, row, is_first=False)
    reading.events = [*events.values()]
    kept = {"layout": layout_of(table, others).kept(), "columns": columns.keys}
    reading.extra[NAMESPACE] = {"table": kept}


def _no_row(columns: Columns, cells: Mapping[str, str], current: EventReading | None) -> str:
    """Return why a row is no part of the plan; empty if it is one."""
    if columns.cell(cells, "variant").strip():
        return "It is a variant of an event, and is kept as it is."
    has_name = bool(columns.cell(cells, "event").strip())
    has_property = bool(columns.cell(cells, "property").strip())
    if not has_name and (not has_property or current is None):
        return "It names no event and no property."
    if current is not None and columns.cell(cells, "event") == current.name and not has_property:
        return "It names an event that is there already, and no property."
    return ""


def _read_event(reading: PlanReading, table: HeadedTable, columns: Columns, row: Row) -> EventReading:
    cells = table.cells(row)
    event = EventReading(columns.cell(cells, "event"), place=table.place(row))
    event.description = columns.cell(cells, "event_description")
    category = columns.cell(cells, "category")
    tags = [each.strip() for each in columns.cell(cells, "tags").split(";") if each.strip()]
    sources = [each.strip() for each in columns.cell(cells, "sources").split(",") if each.strip()]
    event.labels = {key: value for key, value in (("category", category), (TAGS, tags), ("sources", sources)) if value}
    event.owner = owner if len(owner := columns.cell(cells, "owner")) <= LONGEST_LABEL else ""
    words = [word for each in sources for word in (each, *re.split(r"\W+", each))]
    if side := side_of_words(words):
        event.practice = Practice(side, f"sources = {', '.join(sources)}")
    event.practice = event.practice or practice_of_tags(tags)
    slot = slot_value(columns.cell(cells, SLOT_FIELD))
    event.extra = {NAMESPACE: {"row": None} | ({"slot": True} if slot is not None else {})}
    _add_row(event, table, columns, row, is_first=True)
    if slot is not None:
        fill_from_slot(reading, event, slot)
    return event


def _add_row(event: EventReading, table: HeadedTable, columns: Columns, row: Row, *, is_first: bool) -> None:
    """Add the property of a row to an event, and keep what the row says beside it."""
    cells = table.cells(row)
    first = event_cells(event, columns, cells.get(columns.keys.get(SLOT_FIELD, ""), "") if is_first else "")
    repeats = [key for key, text in first.items() if is_first or (text and cells.get(key) == text)]
    name = columns.cell(cells, "property")
    found: PropertyReading | None = None
    if name.strip():
        found = _read_property(columns, cells, name)
        event.properties.append(found)
    plain = {key: first[key] if key in repeats else "" for key in first}
    kept = row_remainder(plain | property_cells(found, columns), row, table) or {}
    of_event, of_property = columns.parted(kept, table)
    if is_first:
        event.extra[NAMESPACE]["row"] = of_event or None
    if found:
        rest = of_property if is_first else kept
        usual = [columns.keys["event"]]
        own = {"row": rest} if rest else {}
        found.extra = {NAMESPACE: own | ({} if is_first or repeats == usual else {"repeats": repeats})}
    elif is_first and of_property:
        event.extra[NAMESPACE]["bare"] = of_property


def _read_property(columns: Columns, cells: Mapping[str, str], name: str) -> PropertyReading:
    word = columns.cell(cells, "type") or columns.cell(cells, "kind")
    is_array = columns.cell(cells, "array").strip().casefold() in _YES
    values = [each.strip() for each in columns.cell(cells, "values").split(",") if each.strip()]
    return PropertyReading(
        name,
        ("array",) if is_array else types_of_word(word),
        required=columns.cell(cells, "required").strip().casefold() in _YES,
        values=tuple(values),
        description=columns.cell(cells, "property_description"),
    )


def _event_rows(
    event: Event, columns: Columns, options: WriteOptions, lost: LossList
) -> list[tuple[dict[str, str], Remainder | None]]:
    kept = format_extra(event, NAMESPACE)
    has_slot = options.advisor_data or "slot" in kept
    slot = (slot_text(event) if has_slot else None) or ""
    if not has_slot:
        lost.add_event(event, held=("owner",))
    _add_losses(event, columns, lost)
    first = event_cells(event, columns, slot)
    if options.verdict:
        first[columns.keys["tags"]] = ";".join(verdict_tags(tags_of(event), placement_in_force(event)))
    properties = [each for each in event.properties if each.name.strip()]
    own: Remainder = kept.get("row") or {}
    if not properties:
        return [(first | property_cells(None, columns), columns.joined(own, kept.get("bare", {})))]
    rows: list[tuple[dict[str, str], Remainder | None]] = []
    for number, prop in enumerate(properties):
        of_property = format_extra(prop, NAMESPACE)
        repeats = of_property.get("repeats", [columns.keys["event"]])
        plain = {key: text if number == 0 or key in repeats else "" for key, text in first.items()}
        row = of_property.get("row", {})
        rows.append((plain | property_cells(prop, columns), columns.joined(own, row) if number == 0 else row or None))
    return rows


def _add_losses(event: Event, columns: Columns, lost: LossList) -> None:
    add_call_loss(event, lost)
    add_version_loss(event, lost)
    add_label_losses(event, lost, {"category", TAGS, "sources"})
    add_property_losses(event, event.properties, lost, ("properties", "null"))
    for prop in event.properties:
        _add_property_losses(event, prop, columns, lost)
    held = {"category": "category", TAGS: "tags", "sources": "sources"}
    if event.owner and "owner" not in columns.keys:
        lost.add(event.name, "the owner", "left out: the table has no column for it")
    for label, field in held.items():
        if label in event.labels and field not in columns.keys:
            lost.add(event.name, f"the label {shown(label)}", "left out: the table has no column for it")


def _add_property_losses(event: Event, prop: Property, columns: Columns, lost: LossList) -> None:
    what = f"property {shown(prop.name)}"
    if not prop.name.strip():
        lost.add(event.name, what, "left out: its name is blank")
    if any(isinstance(value, str) and "," in value for value in prop.values):
        lost.add(event.name, f"{what}: a value with a comma", "written as several values")
    if any(not isinstance(value, str) for value in prop.values):
        lost.add(event.name, f"{what}: values that are no texts", "written as texts")
    if len(prop.type.split("|")) > 1 or prop.type == "datetime":
        lost.add(event.name, f"{what}: the type {prop.type}", "written as the nearest of Avo’s types")
    for field, given in (("required", prop.required), ("values", bool(prop.values))):
        if given and field not in columns.keys:
            lost.add(event.name, f"{what}: {field}", "left out: the table has no column for it")


def _with_column(layout: TableLayout, columns: Columns, field: str) -> TableLayout:
    """Return a layout with one more column, and add it to the columns."""
    columns.keys[field] = FIELDS.get(field, "Tracking Advisor")
    heading = layout.heading | {"cells": [*layout.heading["cells"], columns.keys[field]]}
    return TableLayout((*layout.columns, columns.keys[field]), heading, layout.dialect, layout.above, layout.others)


FORMAT = Format(
    key=KEY,
    title="Avo, CSV",
    fidelity="lossy",
    looked_for="a table with Avo’s columns, such as “Event Name”, “Property Name” and “Property Value Type”",
    recognise=recognise,
    read=read,
    write=write,
    namespace=NAMESPACE,
    takes=every_file,
)
