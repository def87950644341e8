"""Reads the cells of properties pasted from a spreadsheet: which column a heading names, and the value of a cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from advisor.document_limits import LONGEST_NAME, LONGEST_TEXT
from advisor.model import PROPERTY_TYPES
from advisor.presentation.property_values import ValuesError, read_values

COLUMNS = ("name", "type", "required", "sensitive", "known_by", "values", "description")
"""The columns, in the order that is assumed if the pasted text has no headings."""
TITLES = dict(zip(COLUMNS, ("Name", "Type", "Required", "Sensitive", "Known by", "Values", "Description"), strict=True))
SURE_NAMES = frozenset({"property", "property name", "properties", "field", "field name", "attribute", "parameter"})
"""Words that are taken for a heading even if no other cell of the row is one."""
_HEADINGS = {
    "name": {*SURE_NAMES, "name", "key", "trait", "column"},
    "type": {"type", "data type", "datatype", "format", "value type"},
    "required": {"required", "mandatory", "is required", "required?", "req", "optional or required"},
    "sensitive": {"sensitive", "pii", "private", "confidential", "personal data", "is sensitive", "is pii"},
    "known_by": {"known by", "who knows", "who knows it", "known", "side", "available on"},
    "values": {"values", "allowed values", "enum", "options", "possible values", "accepted values"},
    "description": {"description", "notes", "note", "definition", "comment", "comments", "meaning", "details"},
}
_TYPES = {
    "string": "text str varchar char url uuid id",
    "integer": "int long bigint whole",
    "number": "float double decimal numeric money",
    "boolean": "bool flag yes/no true/false",
    "datetime": "date time timestamp iso8601 date-time",
    "object": "json dict map record struct hash",
    "array": "list collection set",
    "any": "mixed unknown",
}
_TYPE_WORDS = {word: kind for kind, words in _TYPES.items() for word in words.split()} | {
    kind: kind for kind in PROPERTY_TYPES
}
_YES = frozenset(
    (
        "yes",
        "y",
        "true",
        "t",
        "1",
        "x",
        "✓",
        "✔",
        "ja",
        "j",
        "oui",
        "si",
        "sí",
        "required",
        "mandatory",
        "sensitive",
        "pii",
    )
)
_NO = frozenset(("", "no", "n", "false", "f", "0", "-", "–", "nein", "non", "optional", "none"))
_KNOWN_BY = {
    "client": {"client", "client only", "browser", "app", "page", "frontend", "front-end", "web"},
    "server": {"server", "server only", "backend", "back-end", "database", "cloud"},
    "either": {"either", "both", "any", "all", ""},
}


class CellError(ValueError):
    """The text is no valid value for its column. The message says what is valid."""


def column_of(heading: str) -> str | None:
    """Return the column that a heading names, by its usual names; None for an unknown heading."""
    folded = " ".join(heading.replace("_", " ").split()).casefold()
    return next((column for column, words in _HEADINGS.items() if folded in words), None)


def read_cell(column: str, text: str) -> Any:
    """Return the value of a cell. Raises `CellError`."""
    return _READERS[column](text)


def _read_name(text: str) -> str:
    name = text.strip()
    if not name:
        raise CellError("A property needs a name")
    return _at_most(LONGEST_NAME, name)


def _read_type(text: str) -> str:
    parts = [part for part in _split_types(text) if part]
    unknown = [part for part in parts if part not in _TYPE_WORDS]
    if unknown:
        raise CellError(f"“{unknown[0]}” is no type; use {', '.join(PROPERTY_TYPES)}")
    return "|".join(dict.fromkeys(_TYPE_WORDS[part] for part in parts)) or "any"


def _split_types(text: str) -> list[str]:
    folded = text.casefold()
    if folded.strip().endswith("[]"):
        return ["array"]
    return [part.strip() for part in folded.replace(" or ", "|").replace(",", "|").split("|")]


def _read_tick(text: str) -> bool:
    folded = text.strip().casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise CellError("Say yes or no")


def _read_known_by(text: str) -> str:
    folded = " ".join(text.replace("_", " ").split()).casefold()
    for side, words in _KNOWN_BY.items():
        if folded in words:
            return side
    raise CellError("Say client, server or either")


def _read_values(text: str) -> tuple[Any, ...]:
    line = ", ".join(filter(None, (part.strip() for part in text.splitlines())))
    for separator in (";", "|"):
        if "," not in line and separator in line:
            line = line.replace(separator, ",")
    try:
        return read_values(line.rstrip(", "))
    except ValuesError as error:
        raise CellError(f"{error}. Separate the values with commas") from error


def _read_description(text: str) -> str:
    return _at_most(LONGEST_TEXT, text.strip())


def _at_most(limit: int, text: str) -> str:
    if len(text) > limit:
        raise CellError(f"Has {len(text):,} characters; at most {limit:,} are allowed")
    return text


_READERS: dict[str, Callable[[str], Any]] = {
    "name": _read_name,
    "type": _read_type,
    "required": _read_tick,
    "sensitive": _read_tick,
    "known_by": _read_known_by,
    "values": _read_values,
    "description": _read_description,
}
