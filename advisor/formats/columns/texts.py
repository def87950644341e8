"""The cells of an event and of a property as text by field, made from the plan alone: the plain form of a row.

The values are those of a plan document, so that the reader and the writer of a table use the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import to_builtins

from advisor.formats.columns import fields as f
from advisor.formats.columns.words import as_text
from advisor.formats.own_slot import slot_text
from advisor.knowledge.catalogue import find_exactly
from advisor.model import Event
from advisor.presentation.property_values import values_text

EventValue = Mapping[str, Any]
"""An event as a plan document has it."""
_FIRST_STATUS = Event(name="-").status
"""The status of an event that nobody has changed: it is no text of a cell."""


def event_value(event: Event) -> dict[str, Any]:
    """Return an event as a plan document has it; a status that is the default is left out."""
    value: dict[str, Any] = to_builtins(event)
    return without_first_status(value)


def without_first_status(value: dict[str, Any]) -> dict[str, Any]:
    """Return an event of a plan document without a status that is the default."""
    return {key: each for key, each in value.items() if key != "status" or each != _FIRST_STATUS}


def event_texts(event: EventValue, fields: Iterable[str]) -> dict[str, str]:
    """Return the text of each of these fields of an event; those of its properties are not among them."""
    return {field: as_text(_event_text(event, field)) for field in fields if not f.is_property_field(field)}


def property_texts(prop: EventValue, path: str, fields: Iterable[str]) -> dict[str, str]:
    """Return the text of each of these fields of a property. ``path`` is its name after those that it is inside of."""
    return {field: as_text(_property_text(prop, path, field)) for field in fields if f.is_property_field(field)}


def each_property(
    properties: Iterable[EventValue], above: str = "", in_list: str = "[]."
) -> Iterator[tuple[str, EventValue]]:
    """Yield each property with its path, parents before children: ``items[].sku`` is inside the objects of a list."""
    for prop in properties:
        path = above + prop["name"]
        yield path, prop
        step = in_list if "array" in prop.get("type", "any").split("|") else "."
        yield from each_property(prop.get("properties", ()), path + step, in_list)


def list_text(names: Iterable[str]) -> str:
    """Return names as a list in one cell."""
    return ", ".join(names)


def slot_of(event: Event) -> str:
    """Return what only we know of an event, for a column of its own; empty if there is nothing."""
    return slot_text(event) or ""


def _event_text(event: EventValue, field: str) -> str:
    for prefix, text in _PREFIXED.items():
        if field.startswith(prefix):
            return text(event, field.removeprefix(prefix))
    if field == f.CALL:
        return str(event.get("call", "track"))
    if field == f.PRACTICE:
        return str((event.get("practice") or {}).get("placement", ""))
    if field == f.DESTINATIONS:
        chosen = event.get("destinations", "all")
        return "" if chosen == "all" else list_text(chosen) or "none"
    if field in (f.NAME, f.DESCRIPTION, f.OWNER, f.STATUS):
        return str(event.get(field) or "")
    version = event.get("version")
    return str(version) if field == f.VERSION and version is not None else ""


def _question_text(event: EventValue, key: str) -> str:
    answer = event.get("answers", {}).get(key, "")
    return f"{answer}?" if answer and key in event.get("suggested", ()) else str(answer)


def _label_text(event: EventValue, name: str) -> str:
    value = event.get("labels", {}).get(name, "")
    return value if isinstance(value, str) else list_text(value)


def _destination_text(event: EventValue, name: str) -> str:
    chosen = event.get("destinations", "all")
    if chosen == "all":
        return ""
    return "yes" if (find_exactly(name) or name) in chosen else "no"


_PREFIXED = {f.QUESTION: _question_text, f.LABEL: _label_text, f.DESTINATION: _destination_text}


def _property_text(prop: EventValue, path: str, field: str) -> str:
    if field == f.PROPERTY:
        return path
    part = field.removeprefix(f.PROPERTY_PART)
    if part == "type":
        kind = str(prop.get("type") or "any")
        return "" if kind == "any" else kind
    if part == "values":
        return values_text(prop.get("values", ()))
    if part == "known_by":
        side = prop.get("known_by", "either")
        return "" if side == "either" else str(side)
    value = prop.get(part)
    return ("yes" if value else "no") if part in ("required", "sensitive") else str(value or "")
