"""Names of properties inside others in one cell, as ``items[].sku``: where a reader puts them, and which come back elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from advisor.formats.columns.texts import EventValue, each_property
from advisor.formats.reading import PropertyReading

ParentOf = Callable[[Sequence[PropertyReading], str], tuple[PropertyReading | None, str]]
ELSEWHERE = "written; a name with dots is read back inside the object above it, or beside others"
"""What was done about a property that is read at another place."""
_STEPS = ("[].", ".$.", ".")
_PARENTS = frozenset({"object", "array"})


def parent_of(properties: Sequence[PropertyReading], path: str) -> tuple[PropertyReading | None, str]:
    """Return the property that a path leads into, and the name inside it; None for a name that leads into nothing."""
    for prop in properties:
        for step in _STEPS:
            if path.startswith(prop.name + step) and _PARENTS & {*prop.types}:
                rest = path[len(prop.name) + len(step) :]
                inner, name = parent_of(prop.properties, rest)
                return inner or prop, name
    return None, path


def misplaced(properties: Sequence[EventValue], find: ParentOf = parent_of, in_list: str = "[].") -> Iterator[str]:
    """Yield the path of each property that `find` reads at another place than the one that it has."""
    if not any("." in prop["name"] or prop.get("properties") for prop in properties):
        return
    read: list[PropertyReading] = []
    places: dict[int, PropertyReading] = {}
    above = {id(inner): prop for prop in _all(properties) for inner in prop.get("properties", ())}
    for path, prop in each_property(properties, in_list=in_list):
        if not path.strip():
            continue  # a row without a name is no row of a property
        parent, name = find(read, path)
        found = PropertyReading(name, tuple(word for word in str(prop.get("type", "any")).split("|") if word != "any"))
        (read if parent is None else parent.properties).append(found)
        places[id(prop)] = found
        owner = above.get(id(prop))
        if parent is not (None if owner is None else places.get(id(owner))) or name != prop["name"]:
            yield path


def _all(properties: Sequence[EventValue]) -> Iterator[Any]:
    for prop in properties:
        yield prop
        yield from _all(prop.get("properties", ()))
