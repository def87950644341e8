"""The columns of Amplitude's CSV, and what a property is in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.formats.extra import format_extra
from advisor.formats.json_schema import NAMESPACE as SCHEMA
from advisor.formats.losses import LossList
from advisor.formats.places import shown
from advisor.formats.reading import PropertyReading
from advisor.formats.row_blocks import NO_VALUE, Fields, can_be_listed, split_list
from advisor.model import Property, Scalar

COLUMNS = (
    *("Action", "Object Type", "Object Name", "Event Display Name", "Object Owner", "Object Description"),
    *(
        "Event Category",
        "Tags",
        "Event Schema Status",
        "Event Hidden From Dropdowns",
        "Event Hidden From Persona Results",
    ),
    *("Event Hidden From Pathfinder", "Event Hidden From Timeline", "Event Source", "Property Type"),
    *("Property Group Names", "Event Property Name", "Property Description", "Property Value Type"),
    *("Property Schema Status", "Property Required", "Property Visibility", "Property Is Array"),
    *("String Property Value Min Length", "String Property Value Max Length", "Number Is Integer"),
    *("Number Property Value Min", "Number Property Value Max", "Array Unique Items", "Array Min Items"),
    *("Array Max Items", "Enum Values", "Const Value", "Property Regex"),
)
"""The columns of a file for the import, as an export spells them."""
USER_COLUMNS = (
    *("Action", "Property Type", "Property Name", "Property Description", "Property Value Type"),
    *("Property Schema Status", "Property Visibility", "Property Is Array", "Enum Values"),
)
"""The columns of the file with properties of users."""
NUMBERS = {
    "String Property Value Min Length": "minLength",
    "String Property Value Max Length": "maxLength",
    "Number Property Value Min": "minimum",
    "Number Property Value Max": "maximum",
    "Array Min Items": "minItems",
    "Array Max Items": "maxItems",
}
"""Columns of numbers, and the keywords of JSON Schema that say the same."""
_WORDS = ("string", "number", "boolean")


def is_true(text: str | None) -> bool:
    """Return whether a cell says yes."""
    return (text or "").strip().casefold() == "true"


def read_property(fields: Mapping[str, str], name: str, key: str) -> PropertyReading:
    """Return the property of a row. Limits become keywords of JSON Schema, which other formats understand."""
    types, values = _type_and_values(fields)
    rest = _limits(fields)
    form = {"const": True} if _word(fields) == "const" and values else {}
    if is_true(fields.get("Property Is Array")):
        items = ({"type": types[0]} if types else {}) | ({"enum": list(values)} if values else {})
        rest |= {"items": items} if items else {}
        types, values = ("array",), ()
    return PropertyReading(
        name,
        types=types,
        required=is_true(fields.get("Property Required")),
        values=values,
        description=fields.get("Property Description", ""),
        extra=({SCHEMA: {"rest": rest}} if rest else {}) | ({key: form} if form else {}),
    )


def property_fields(prop: Property | PropertyReading, form: Mapping[str, Any]) -> Fields:
    """Return the fields of a property that its row has beside its name. ``form`` says whether one value is a constant."""
    rest = _schema_rest(prop)
    types = _types(prop)
    array = "array" in types
    word, values = _item(rest.get("items")) if array else _plain_type(types, prop.values)
    fields = {
        "Property Description": prop.description,
        "Property Value Type": "number" if word == "integer" else word,
        "Property Required": _flag(on=prop.required),
        "Property Visibility": "VISIBLE",
        "Property Is Array": _flag(on=array),
        "Number Is Integer": "TRUE" if word == "integer" else "",
        "Array Unique Items": "TRUE" if rest.get("uniqueItems") is True else "",
        "Property Regex": rest["pattern"] if isinstance(rest.get("pattern"), str) else "",
    }
    fields |= {column: _number_text(rest.get(keyword)) for column, keyword in NUMBERS.items()}
    if word == "enum" and form.get("const") and len(values) == 1:
        return fields | {"Property Value Type": "const", "Const Value": values[0], "Enum Values": ""}
    return fields | {"Enum Values": ",".join(values) if word == "enum" else "", "Const Value": ""}


def add_property_losses(lost: LossList, event: str, prop: Property, done: str) -> None:
    """Add what of a property's type and values Amplitude can't hold."""
    name = f"property {shown(prop.name)}"
    if prop.type not in ("any", *_WORDS, "integer", "array"):
        word = property_fields(prop, {})["Property Value Type"]
        lost.add(event, f"{name}: type {prop.type}", f"written as {word}")
    if prop.values and not _listed(prop.values):
        lost.add(event, f"{name}: allowed values; a list can’t hold these, as commas divide it", done)
    elif prop.values and prop.type != "string":
        lost.add(event, f"{name}: that its values are no texts", "written as texts")


def add_user_losses(lost: LossList, event: str, prop: Property, form: Mapping[str, Any], done: str) -> None:
    """Add what the property of an event has a column for, and the property of a user has none."""
    for field, text in property_fields(prop, form).items():
        if field not in USER_COLUMNS and text not in NO_VALUE:
            lost.add(event, f"property {shown(prop.name)}: {field}, which user properties don’t have", done)


def _word(fields: Mapping[str, str]) -> str:
    return fields.get("Property Value Type", "").strip().casefold()


def _type_and_values(fields: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[Scalar, ...]]:
    word = _word(fields)
    if word == "enum":
        return ("string",), tuple(split_list(fields.get("Enum Values", "")))
    if word == "const":
        constant = fields.get("Const Value", "")
        return ("string",), (constant,) if constant else ()
    if word == "number" and is_true(fields.get("Number Is Integer")):
        return ("integer",), ()
    return (word,) if word in _WORDS else (), ()


def _limits(fields: Mapping[str, str]) -> dict[str, Any]:
    found = {
        keyword: number
        for column, keyword in NUMBERS.items()
        if (number := _number(fields.get(column, ""))) is not None
    }
    pattern = {"pattern": text} if (text := fields.get("Property Regex", "")) else {}
    return found | pattern | ({"uniqueItems": True} if is_true(fields.get("Array Unique Items")) else {})


def _number(text: str) -> int | float | None:
    try:
        number = float(text)
        return int(number) if number.is_integer() and abs(number) < 2**53 else number if abs(number) < 1e300 else None
    except (ValueError, OverflowError):
        return None


def _number_text(value: object) -> str:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _flag(*, on: bool) -> str:
    return "TRUE" if on else "FALSE"


def _types(prop: Property | PropertyReading) -> tuple[str, ...]:
    words = prop.types if isinstance(prop, PropertyReading) else tuple(prop.type.split("|"))
    return () if "any" in words else words


def _schema_rest(prop: Property | PropertyReading) -> Mapping[str, Any]:
    kept = prop.extra.get(SCHEMA) if isinstance(prop, PropertyReading) else format_extra(prop, SCHEMA)
    rest = kept.get("rest") if isinstance(kept, Mapping) else None
    return rest if isinstance(rest, Mapping) else {}


def _item(items: object) -> tuple[str, list[str]]:
    """Return the word and the values for what is in an array."""
    if not isinstance(items, Mapping):
        return "any", []
    kind, values = items.get("type"), items.get("enum")
    kind = kind[0] if isinstance(kind, list) and len(kind) == 1 else kind
    return _plain_type((kind,) if isinstance(kind, str) else (), tuple(values) if isinstance(values, list) else ())


def _plain_type(types: tuple[str, ...], values: tuple[Scalar, ...]) -> tuple[str, list[str]]:
    """Return the word of a type, and the values if it is ``enum``."""
    if values and _listed(values):
        return "enum", [_text(value) for value in values]
    words = ["string" if word == "datetime" else word for word in types if word != "null"]
    word = words[0] if len(words) == 1 else "any"
    return word if word in (*_WORDS, "integer") else "any", []


def _text(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _listed(values: tuple[Scalar, ...]) -> bool:
    return all(value is not None and can_be_listed(_text(value)) for value in values)
