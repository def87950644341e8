"""Placeholders for the values of properties, of each property's own type, until a developer fills in the code.

Used by `content`.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.reach.masking import is_masked
from advisor.model import Property, Side
from advisor.snippets.values import Handed, Value

_BY_TYPE: dict[str, Value] = {
    "any": "text",
    "string": "text",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "datetime": "2026-01-31T12:00:00Z",
}
"""Type -> placeholder. A date is text in ISO 8601: every library sends it unchanged, while some change date objects."""


def placeholders(properties: tuple[Property, ...], side: Side, *, handed: bool) -> dict[str, Value]:
    """Return the properties that a call of this side carries, with a placeholder for each value.

    With ``handed``, values that only the client knows come from the hand-off.
    """
    return dict(_entries(properties, side, "" if handed else None))


def _entries(properties: tuple[Property, ...], side: Side, path: str | None) -> Iterator[tuple[str, Value]]:
    """Yield the entries of a map; ``path`` are the names above it, or None if its values aren't in the hand-off."""
    for item in properties:
        if side == "server" or not is_masked(item):
            yield item.name, _value(item, side, None if path is None else path + item.name)


def _value(item: Property, side: Side, path: str | None) -> Value:
    if path is not None and item.known_by == "client":
        return Handed("properties", path)
    if item.values:
        # Null is the last choice: some libraries refuse it.
        return next((value for value in item.values if value is not None), None)
    kind = _first_type(item)
    if kind == "null":
        return None
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    if kind == "object":
        return dict(_entries(item.properties, side, None if path is None else f"{path}."))
    # The hand-off identifies values by name, so it can't say to which object of a list one belongs.
    return [dict(_entries(item.properties, side, None))] if item.properties else ["text"]


def _first_type(item: Property) -> str:
    """Return the first of several types, if possible one other than ``any`` and ``null``."""
    types = item.type.split("|")
    if item.properties:
        types = [kind for kind in types if kind in ("object", "array")] or types
    telling = [kind for kind in types if kind not in ("any", "null")]
    return telling[0] if telling else "any" if "any" in types else "null"
