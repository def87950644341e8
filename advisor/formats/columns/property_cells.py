"""The columns of properties in a table: the names of their headings, and the value of a cell.

The import of tables and rows pasted from a spreadsheet read properties with these words.
"""

from __future__ import annotations

import re
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
        "类型",
        "数据类型",
        "тип",
        "tipo de dato",
        "tipo de datos",
        "tipo de dados",
    },
    "required": {
        *("required", "mandatory", "is required", "required?", "req", "optional or required", "obligatorio", "pflicht"),
        *("erforderlich", "obligatoire", "requis", "obbligatorio", "필수", "필수 여부", "必須", "必填", "是否必填"),
        *("req/opt", "required/optional", "mandatory/optional", "y/n", "obrigatório", "requerido", "обязательный"),
        *("обязательное", "обязательность", "verplicht"),
    },
    "sensitive": {"sensitive", "pii", "private", "confidential", "personal data", "is sensitive", "is pii"},
    "known_by": {"known by", "who knows", "who knows it", "known", "side", "available on"},
    "values": {"values", "allowed values", "enum", "options", "possible values", "accepted values"},
    "description": {"description", "notes", "note", "definition", "comment", "comments", "meaning", "details"}
    | {
        *(
            "descripción",
            "descripcion",
            "beschreibung",
            "descrizione",
            "설명",
            "説明",
            "描述",
            "说明",
            "描述说明",
            "описание",
        ),
    },
}
HEADINGS = Headings(_NAMES)
_TYPES = {
    "string": "text str varchar char url uri uuid id email enum texto testo texte zeichenkette 문자열 строка 字符串 文字列",
    "integer": "int int32 int64 long bigint whole entero ganzzahl entier intero inteiro 정수 целое 整数",
    "number": "float double decimal numeric money currency percentage percent número numero zahl nombre 숫자 число 数字 数値",
    "boolean": "bool flag yes/no true/false booleano booleen booléen wahrheitswert булево логический 布尔 布尔值 真偽値",
    "datetime": "date time timestamp iso8601 date-time fecha datum data 날짜 дата 日期 日時",
    "object": "json dict map record struct hash objeto objekt objet oggetto объект 对象",
    "array": "list collection set lista liste массив 数组 配列",
    "any": "mixed unknown",
}
_SOFT = frozenset(
    [
        "email",
        "url",
        "uri",
        "id",
        "text",
        "char",
        "long",
        "money",
        "percent",
        "date",
        "time",
        "data",
        "list",
        "set",
        "map",
        "flag",
        "whole",
        "mixed",
        "unknown",
    ]
)
"""Words of types that values may be, too."""
_NOTE = re.compile(r"\([^()]*\)")
_ENTRY = re.compile(r"(\S.*?)\s*(?:\(([^()]+)\)|:\s+(\S[^:]*))")
_LIST_TYPE = re.compile(r"\S*\[\]|(array|list|set)\s*(<.*>|\[.*\]|of\s.*)|string_(array|list)")
"""Types of lists as people and languages spell them."""
_TYPE_WORDS = {word: kind for kind, words in _TYPES.items() for word in words.split()} | {
    kind: kind for kind in PROPERTY_TYPES
}
_TICK_WORDS = {
    **dict.fromkeys(
        ("required", "mandatory", "req", "r", "m", "always", "sensitive", "pii", "必填", "必須", "필수"), True
    ),
    **dict.fromkeys(("", "optional", "opt", "o", "none", "n/a", "not required", "可选", "任意", "선택"), False),
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


def entry_in(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the name and the types in an entry of a list of properties: ``total (number)`` or ``total: number``."""
    found = _ENTRY.fullmatch(text)
    if found:
        types, unknown = types_in(found.group(2) or found.group(3))
        if types and not unknown:
            return found.group(1), types
    return text, ()


def alternatives_in(text: str) -> tuple[str, ...]:
    """Return the values that a cell of types lists instead of types, as ``email | google``; none if it lists none."""
    parts = [part.strip().strip("\"'`").strip() for part in text.split("|")]
    words = [part.casefold() for part in parts]
    types = {_TYPE_WORDS[word] for word in words if word not in _SOFT and word in _TYPE_WORDS}
    unknown = [word for word in words if word not in _TYPE_WORDS and word not in ("null", "undefined")]
    return tuple(dict.fromkeys(parts)) if len(parts) > 1 and all(parts) and unknown and not types else ()


def _split_types(text: str) -> list[str]:
    folded = _NOTE.sub(" ", text.casefold())
    return [_plain_type(part.strip()) for part in folded.replace(" or ", "|").replace(",", "|").split("|")]


def _plain_type(word: str) -> str:
    """Return a type without what is in it: a list of anything is an array."""
    if _LIST_TYPE.fullmatch(word):
        return "array"
    return word.replace("_", " ").removeprefix("string ").strip() if word.startswith("string_") else word


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
