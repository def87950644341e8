"""Events and properties as rows of Segment's CSV: the cells of each, by the meaning of the columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from msgspec import to_builtins

from advisor.formats import json_schema
from advisor.formats.columns.paths import ELSEWHERE, misplaced
from advisor.formats.extra import format_extra
from advisor.formats.format import WriteOptions
from advisor.formats.losses import LossList
from advisor.formats.places import shown
from advisor.formats.reading import LabelValue, PropertyReading
from advisor.formats.remainder import Remainder
from advisor.formats.segment_csv_cells import (
    ALLOWED,
    DATA_TYPE,
    DESCRIPTION,
    ENUM,
    LABELS,
    NAME,
    PROPERTY,
    STATUS,
    TYPE,
    VERSION,
    is_pattern,
    read_label_cell,
    read_status,
    read_types,
    read_values,
    write_labels,
    write_types,
    write_values,
)
from advisor.formats.segment_rules import LABELLED
from advisor.formats.segment_writing import VERDICT_LABEL
from advisor.model import Event, Property, placement_in_force

NAMESPACE = "segment-csv"
_PARENTS = frozenset({"object", "array"})


class EventKey(NamedTuple):
    """What names an event in a row: the word of its call, its name, and its version as text."""

    type: str
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class CellsReading:
    """A property of a row, and the words of its type that are no types."""

    reading: PropertyReading
    unknown_types: list[str]


def version_cell(event: Event) -> str:
    """Return the version of an event as a cell; an event from elsewhere that has none has version 1."""
    version = event.version
    if version is None:
        return "" if "unversioned" in format_extra(event, NAMESPACE) else "1"
    return str(version)


def event_cells(key: EventKey, description: str, labels: Mapping[str, LabelValue | tuple[str, ...]]) -> dict[str, str]:
    """Return the cells of the row of an event."""
    return {
        VERSION: key.version,
        TYPE: key.type,
        NAME: key.name,
        DESCRIPTION: description,
        LABELS: write_labels(labels),
    }


def parent_of(properties: Sequence[PropertyReading], name: str) -> tuple[PropertyReading | None, str]:
    """Return the property that a dotted name is inside of, and the name in it; None if no row before it was for that."""
    parent: PropertyReading | None = None
    found = True
    while found:
        found = False
        for each in properties:
            if name.startswith(f"{each.name}.") and len(name) > len(each.name) + 1 and _PARENTS & {*each.types}:
                parent, name, properties, found = each, name[len(each.name) + 1 :], each.properties, True
                break
    return parent, name


def read_property(name: str, cells: Mapping[str, str], columns: Mapping[str, str]) -> CellsReading:
    """Return the property of a row. Without a status column, one that can't be null is required."""
    types, unknown = read_types(cells.get(DATA_TYPE, ""))
    required = read_status(cells.get(STATUS, "")) if STATUS in columns else bool(types) and "null" not in types
    prop = PropertyReading(name, types, required, description=cells.get(DESCRIPTION, ""))
    allowed = cells.get(ALLOWED, "")
    prop.values = read_values(cells.get(ENUM, ""), ",", types)
    if is_pattern(allowed):
        prop.extra = {json_schema.NAMESPACE: {"rest": {"pattern": allowed}}}
    elif allowed.strip() and not prop.values:
        prop.values = read_values(allowed, "|", types)
        prop.extra = {NAMESPACE: {"allowed": True}}
    return CellsReading(prop, unknown)


def property_cells(
    key: EventKey, path: str, prop: Property | PropertyReading, columns: Mapping[str, str]
) -> dict[str, str]:
    """Return the cells of the row of a property; ``path`` is its name with those of the properties around it."""
    extra = prop.extra if isinstance(prop.extra, dict) else {}
    types = [
        word for word in (prop.types if isinstance(prop, PropertyReading) else prop.type.split("|")) if word != "any"
    ]
    if STATUS not in columns and types:
        types = [word for word in types if word != "null"] + ([] if prop.required else ["null"])
    is_allowed = "allowed" in _own(extra, NAMESPACE)
    pattern = _own(_own(extra, json_schema.NAMESPACE), "rest").get("pattern")
    allowed = write_values(prop.values, "|") if is_allowed else pattern if isinstance(pattern, str) else ""
    return {
        VERSION: key.version,
        TYPE: key.type,
        NAME: key.name,
        PROPERTY: path,
        DESCRIPTION: prop.description,
        DATA_TYPE: write_types(types),
        ALLOWED: allowed,
        ENUM: "" if is_allowed else write_values(prop.values, ","),
        STATUS: "required" if prop.required else "optional",
    }


def property_rows(
    properties: Iterable[Property],
    key: EventKey,
    columns: Mapping[str, str],
    lost: LossList,
    event: str,
    above: str = "",
) -> list[tuple[dict[str, str], Remainder | None]]:
    """Return the rows of properties and of those inside them, each with what was kept of it."""
    rows: list[tuple[dict[str, str], Remainder | None]] = []
    if not above:
        for path in misplaced([to_builtins(prop) for prop in properties], parent_of, in_list="."):
            lost.add(event, f"property {shown(path)}: what it is inside of", ELSEWHERE)
    for prop in properties:
        cells = property_cells(key, above + prop.name, prop, columns)
        rows.append((cells, format_extra(prop, NAMESPACE).get("row")))
        _add_losses(prop, cells, columns, lost, event)
        rows += property_rows(prop.properties, key, columns, lost, event, f"{above}{prop.name}.")
    return rows


def labels_with_verdict(
    event: Event, options: WriteOptions, lost: LossList
) -> Mapping[str, LabelValue | tuple[str, ...]]:
    """Return the labels of an event in the order of the cell that they came from, with the verdict if the options ask for it.

    Losses say what a cell can't hold.
    """
    order = format_extra(event, NAMESPACE).get("labels", ())
    labels: dict[str, LabelValue | tuple[str, ...]] = {
        key: event.labels[key] for key in dict.fromkeys((*order, *event.labels)) if key in event.labels
    }
    if options.verdict and event.call in LABELLED:
        labels[VERDICT_LABEL] = placement_in_force(event)
    elif options.verdict:
        lost.add(
            event.name, f"the placement {placement_in_force(event)}", "left out: only track and page calls have labels"
        )
    written = write_labels(labels)
    if read_label_cell(written) != {key: each if isinstance(each, str) else list(each) for key, each in labels.items()}:
        lost.add(event.name, "labels with commas, colons or lists of one text", "written as they are")
    return labels


def _add_losses(
    prop: Property, cells: Mapping[str, str], columns: Mapping[str, str], lost: LossList, event: str
) -> None:
    """Add what of a property the cells of its row don't say, or don't say so that it is read again."""
    where = f"property {shown(prop.name)}"
    words = prop.type.split("|")
    again = read_property(prop.name, cells, columns).reading
    if again.values != prop.values:
        lost.add(event, f"{where}: values that a list with commas can't hold", "written as they are")
    if STATUS not in columns and ("null" in words) == prop.required:
        lost.add(event, f"{where}: whether it may be null", "a property is either required or may be null")
    if prop.properties:
        done = "written as names with dots" if _PARENTS & {*words} else "written as names with dots, beside it"
        lost.add(event, f"{where}: the properties inside it", done)
    if not prop.name.strip():
        lost.add(event, f"{where}: a row without a name", "written; it is read as the row of the event")
    constraints = _own(_own(prop.extra if isinstance(prop.extra, dict) else {}, json_schema.NAMESPACE), "rest")
    for key in json_schema.CONSTRAINTS:
        if key in constraints and key not in ("pattern", "format"):
            lost.add(event, f"{where}: {key}")


def _own(extra: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = extra.get(key)
    return found if isinstance(found, dict) else {}
