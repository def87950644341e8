"""Writes a JSON Schema with the words of draft 4, which is what Snowplow reads."""

from __future__ import annotations

from typing import Any

_UNKNOWN = frozenset({"examples", "contains", "propertyNames", "if", "then", "else", "$defs", "unevaluatedProperties"})


def as_draft4(schema: Any) -> Any:
    """Return a schema of a later draft in the words of draft 4; what that has no word for is left out."""
    if isinstance(schema, list):
        return [as_draft4(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    said = {key: value for key, value in schema.items() if key not in _UNKNOWN}
    if "const" in said:
        said["enum"] = [said.pop("const")]
    for key, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        value = said.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            said |= {limit: value, key: True}
    if isinstance(said.get("properties"), dict):
        said["properties"] = {name: as_draft4(each) for name, each in said["properties"].items()}
    return said | ({"items": as_draft4(said["items"])} if "items" in said else {})
