"""A JSON Schema that is an event by itself: its fields are the properties, all other keywords say something of the event.

Shared by the formats that have one schema per event: Iglu, snowplow-cli, Reflekt, Avo's import form, plain JSON Schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from advisor.formats.json_schema import SchemaReader, object_schema, undefined_names
from advisor.formats.places import Path, Place, shown
from advisor.formats.reading import PlanReading, PropertyReading
from advisor.formats.remainder import joined, remainder
from advisor.model import Property

_FIELDS = ("type", "properties", "required")
"""Keywords that say what the fields are; `advisor.formats.json_schema` makes them."""


def read_fields(
    reading: PlanReading,
    schema: dict[str, Any],
    plain: dict[str, Any],
    place: Callable[[Path], Place],
    path: Path = (),
) -> tuple[list[PropertyReading], dict[str, Any]]:
    """Return the properties of a schema, and what `write_fields` needs to write it again.

    ``plain`` is what a writer would say of the event beside its fields; ``path`` leads to the schema in its file.
    """
    own = {key: schema[key] for key in _FIELDS if key in schema}
    reader = SchemaReader(schema)
    found = reader.read_object(own, path)
    for where, reference in reader.unresolved:
        reading.warn(place(where), f"The reference {reference} was not followed.")
    for name in undefined_names(schema):
        reading.warn(place((*path, "required")), f"{shown(name)} is required, and the schema does not define it.")
    source = {key: None if key in own else value for key, value in schema.items()}
    rest = remainder(plain | dict.fromkeys(own), source)
    kept = {"own": list(own), "fields": found.kept, "rest": rest}
    return found.properties, {key: value for key, value in kept.items() if value or key == "own"}


def write_fields(properties: Sequence[Property], plain: dict[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema with these fields, and with what `read_fields` kept of it. One that had fields has a place for them."""
    fields = object_schema(properties, kept.get("fields"), ours=bool(kept))
    if "properties" in kept.get("own", ()):
        fields.setdefault("properties", {})  # without it, a reader may not see that this is the schema of an object
    whole = joined(plain | dict.fromkeys(kept.get("own", ())), kept.get("rest"))
    filled = {
        key: fields.get(key) if key in _FIELDS else value
        for key, value in whole.items()
        if key not in _FIELDS or key in fields
    }
    return filled | {key: value for key, value in fields.items() if key not in filled}
