"""What single cells of Segment's CSV say: headings, types, labels and permitted values, read and written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from advisor.formats.labels import read_labels
from advisor.formats.reading import LabelValue
from advisor.model import PROPERTY_TYPES, CallType, Scalar

VERSION, TYPE, NAME, PROPERTY = "Version", "Event Type", "Event Name", "Property Name"
DESCRIPTION, LABELS, DATA_TYPE = "Description", "Labels", "Property Data Type"
ALLOWED, ENUM, STATUS = "Allowed Property Values", "Enum Values", "Status"
COLUMNS = (VERSION, TYPE, NAME, PROPERTY, DESCRIPTION, LABELS, DATA_TYPE, ALLOWED, ENUM, STATUS)
"""The headings of an export, in their order."""
_SYNONYMS = {
    "event version": VERSION,
    "rule type": TYPE,
    "event": NAME,
    "property": PROPERTY,
    "trait name": PROPERTY,
    "label": LABELS,
    "data type": DATA_TYPE,
    "property type": DATA_TYPE,
    "permitted values": ALLOWED,
    "allowed values": ALLOWED,
    "enum": ENUM,
    "required": STATUS,
    "property status": STATUS,
}
_KNOWN = {heading.lower(): heading for heading in COLUMNS} | _SYNONYMS
CALL_WORDS: dict[str, CallType] = {
    "Track": "track",
    "Page": "page",
    "Screen": "screen",
    "Identify": "identify",
    "Group": "group",
}
"""The call of each word under “Event Type”; ``Common`` is no call."""
COMMON_WORD = "Common"
_PATTERN = re.compile(r"[\\^$*+?()\[\]{}]")
_REQUIRED = frozenset({"required", "yes", "true", "1"})


def column_of(heading: str) -> str | None:
    """Return the column that a heading names, in any case; None for an unknown one."""
    return _KNOWN.get(re.sub(r"[\s_]+", " ", heading).strip().lower())


def read_types(cell: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the types in a cell (``string,null``), and the words in it that are no types."""
    words = [word.strip().lower() for word in re.split(r"[,|]", cell) if word.strip()]
    types = ["datetime" if word in ("date-time", "date") else word for word in words]
    unknown = [word for word in types if word not in PROPERTY_TYPES and word != "null"]
    found = () if unknown or "any" in types else tuple(dict.fromkeys(types))
    return found, unknown


def write_types(types: Iterable[str]) -> str:
    """Return the cell of these types; ``any`` for none."""
    return ",".join("date-time" if word == "datetime" else word for word in types) or "any"


def read_status(cell: str) -> bool:
    """Return whether a status says that a property is required."""
    return cell.strip().lower() in _REQUIRED


def read_label_cell(cell: str) -> dict[str, LabelValue]:
    """Return the labels in a cell (``source:backend, team:shop``); a key that is there twice has a list of texts."""
    found: dict[str, LabelValue] = {}
    for part in cell.split(","):
        key, _, value = (each.strip() for each in part.partition(":"))
        before = found.get(key)
        if key:
            found[key] = value if before is None else [*([before] if isinstance(before, str) else before), value]
    return read_labels(found)


def write_labels(labels: Mapping[str, LabelValue | tuple[str, ...]]) -> str:
    """Return the cell of these labels."""
    pairs = [(key, text) for key, value in labels.items() for text in ((value,) if isinstance(value, str) else value)]
    return ", ".join(f"{key}:{text}" for key, text in pairs)


def is_pattern(cell: str) -> bool:
    """Return whether permitted values are a regular expression, and not values with bars between them."""
    return _PATTERN.search(cell) is not None


def read_values(cell: str, mark: str, types: Sequence[str]) -> tuple[Scalar, ...]:
    """Return the values in a cell with this mark between them, as the types have them."""
    return tuple(_value(text.strip(), types) for text in cell.split(mark) if text.strip())


def write_values(values: Iterable[Scalar], mark: str) -> str:
    """Return the cell of these values."""
    return mark.join(_text(value) for value in values)


def _value(text: str, types: Sequence[str]) -> Scalar:
    if "string" not in types:
        if text == "null" and "null" in types:
            return None
        if text in ("true", "false") and "boolean" in types:
            return text == "true"
        if re.fullmatch(r"-?\d{1,15}", text) and {"integer", "number"} & {*types}:
            return int(text)
        if re.fullmatch(r"-?\d{1,15}\.\d{1,15}", text) and "number" in types:
            return float(text)
    return text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)
