"""The columns of properties in a table: the names of their headings, and the value of a cell.

The import of tables and rows pasted from a spreadsheet read properties with these words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from advisor.document_limits import LONGEST_NAME, LONGEST_TEXT
from advisor.event_fields import PROPERTY_FIELD
from advisor.knowledge.answer_words import answer_in, fold
from advisor.knowledge.headings import Headings, fold_heading
from advisor.model import PROPERTY_TYPES
from advisor.presentation.property_values import ValuesError, read_values

COLUMNS = ("name", "type", "required", "sensitive", "known_by", "values", "description")
"""The columns, in the order that is assumed if the pasted text has no headings."""
TITLES = {column: PROPERTY_FIELD[column].heading for column in COLUMNS}
SURE_NAMES = frozenset({"property", "property name", "properties", "field", "field name", "attribute", "parameter"})
"""Words that are taken for a heading even if no other cell of the row is one."""
_NAMES = {
    "name": {*SURE_NAMES, "name", "key", "trait", "column"},
    "type": {
        "type",
        "data type",
        "datatype",
        "format",
        "value type",
        "tipo",
        "typ",
        "datentyp",
        "타입",
        "데이터 타입",
        "型",
    },
    "required": {
        *("required", "mandatory", "is required", "required?", "req", "optional or required", "obligatorio", "pflicht"),
        *("erforderlich", "obligatoire", "requis", "obbligatorio", "필수", "필수 여부", "必須"),
    },
    "sensitive": {"sensitive", "pii", "private", "confidential", "personal data", "is sensitive", "is pii"},
    "known_by": {"known by", "who knows", "who knows it", "known", "side", "available on"},
    "values": {"values", "allowed values", "enum", "options", "possible values", "accepted values"},
    "description": {"description", "notes", "note", "definition", "comment", "comments", "meaning", "details"}
    | {
        *("descripción", "descripcion", "beschreibung", "descrizione", "설명", "説明", "描述"),
    },
}
HEADINGS = Headings(_NAMES)
_TYPES = {
    "string": "text str varchar char url uuid id texto testo texte zeichenkette 문자열",
    "integer": "int long bigint whole entero ganzzahl entier intero 정수",
    "number": "float double decimal numeric money número numero zahl nombre 숫자",
    "boolean": "bool flag yes/no true/false booleano booleen booléen wahrheitswert",
    "datetime": "date time timestamp iso8601 date-time fecha datum data 날짜",
    "object": "json dict map record struct hash objeto objekt objet oggetto",
    "array": "list collection set lista liste",
    "any": "mixed unknown",
}
_TYPE_WORDS = {word: kind for kind, words in _TYPES.items() for word in words.split()} | {
    kind: kind for kind in PROPERTY_TYPES
}
_TICK_WORDS = {
    **dict.fromkeys(("required", "mandatory", "sensitive", "pii"), True),
    **dict.fromkeys(("", "optional", "none"), False),
}
"""What a cell of a column to tick can say besides yes and no."""
_KNOWN_BY = {
    "client": {"client", "client only", "browser", "app", "page", "frontend", "front-end", "web"},
    "server": {"server", "server only", "backend", "back-end", "database", "cloud"},
    "either": {"either", "both", "any", "all", ""},
}


class CellError(ValueError):
    """The text is no valid value for its column. The message says what is valid."""


def is_sure_heading(cells: Iterable[str]) -> bool:
    """Return whether one of the cells can only be the heading of a column of names."""
    return any(fold_heading(cell) in SURE_NAMES for cell in cells)


def read_cell(column: str, text: str) -> Any:
    """Return the value of a cell. Raises `CellError`."""
    return _READERS[column](text)


def _read_name(text: str) -> str:
    if not text.strip():
        raise CellError("A property needs a name")
    return _at_most(LONGEST_NAME, text)


def types_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the types that a cell names, each once, and the words in it that are no types."""
    parts = [part for part in _split_types(text) if part]
    known = tuple(dict.fromkeys(_TYPE_WORDS[part] for part in parts if part in _TYPE_WORDS))
    return known, tuple(part for part in parts if part not in _TYPE_WORDS)


def _read_type(text: str) -> str:
    types, unknown = types_in(text)
    if unknown:
        raise CellError(f"“{unknown[0]}” is no type; use {', '.join(PROPERTY_TYPES)}")
    return "|".join(types) or "any"


def _split_types(text: str) -> list[str]:
    folded = text.casefold()
    if folded.strip().endswith("[]"):
        return ["array"]
    return [part.strip() for part in folded.replace(" or ", "|").replace(",", "|").split("|")]


def _read_tick(text: str) -> bool:
    answer = answer_in(text)
    if answer in ("yes", "no"):
        return answer == "yes"
    is_ticked = _TICK_WORDS.get(fold(text))
    if is_ticked is None:
        raise CellError("Say yes or no")
    return is_ticked


def _read_known_by(text: str) -> str:
    folded = fold(text.replace("_", " "))
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
