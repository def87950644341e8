"""Says what of properties a format can't hold, and which word of a format fits their types best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from advisor.formats.losses import LossList
from advisor.formats.places import shown
from advisor.model import Event, Property

Part = Literal["required", "values", "description", "properties", "null"]
_WORDS = {
    **dict.fromkeys(("string", "str", "text", "varchar", "uuid", "url", "uri", "email"), "string"),
    **dict.fromkeys(("integer", "int", "long", "quantity"), "integer"),
    **dict.fromkeys(("number", "float", "double", "decimal", "numeric"), "number"),
    **dict.fromkeys(("boolean", "bool"), "boolean"),
    **dict.fromkeys(("datetime", "date", "date-time", "timestamp", "time"), "datetime"),
    **dict.fromkeys(("object", "map", "json", "dict"), "object"),
    **dict.fromkeys(("array", "list"), "array"),
    "null": "null",
}
"""Words of formats for a type, and the word of the plan document."""


def types_of_word(word: object) -> tuple[str, ...]:
    """Return the types that a word names, as ``string_enum`` or ``string[]``; none for any and for unknown words."""
    if not isinstance(word, str):
        return ()
    folded = word.strip().casefold()
    if folded.endswith(("[]", "_array", "_list")):
        return ("array",)
    found = _WORDS.get(folded.removesuffix("_enum"))
    return (found,) if found else ()


def one_type(prop: Property, words: Mapping[str, str], event: Event, lost: LossList) -> str | None:
    """Return the word of a format for the type of a property; None for any. What it can't say becomes a loss."""
    types = [word for word in prop.type.split("|") if word not in ("any", "null")]
    if len(types) > 1:
        lost.add(event.name, f"property {shown(prop.name)}: several types ({prop.type})", "written without a type")
        return None
    if not types:
        return None
    word = words.get(types[0])
    if word is None:
        lost.add(event.name, f"property {shown(prop.name)}: the type {types[0]}", "written without a type")
    return word


def add_property_losses(event: Event, properties: Iterable[Property], lost: LossList, unheld: Iterable[Part]) -> None:
    """Add what of properties, those inside objects included, a format has no place for."""
    parts = tuple(unheld)
    for prop in properties:
        for part in parts:
            if "null" in prop.type.split("|") if part == "null" else getattr(prop, part):
                what = "properties inside" if part == "properties" else part
                lost.add(event.name, f"property {shown(prop.name)}: {what}")
        add_property_losses(event, prop.properties, lost, parts)
