"""The parameters of an event in a GA4 plan: a flat list, in which paths into the data layer say what is inside what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.formats.extra import format_extra
from advisor.formats.reading import PropertyReading
from advisor.formats.remainder import joined, remainder
from advisor.model import Property

_TYPES = ("string", "integer", "number", "boolean", "object", "array", "datetime")
_PATH = "data_layer_path"
_USUAL_START = "event_data."
"""What the paths of parameters begin with, unless the plan says otherwise."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A property that was read, and how the paths of what is inside it begin; None if it has no path."""

    prop: PropertyReading
    inside: str | None


def read_parameters(value: Any, namespace: str) -> list[PropertyReading] | None:
    """Return the properties in a list of parameters; None if it is none, or one of them has no name."""
    if not isinstance(value, list) or not all(
        isinstance(each, dict) and isinstance(each.get("name"), str) for each in value
    ):
        return None
    found: list[PropertyReading] = []
    around: list[_Open] = []
    for source in value:
        prop = _own(source)
        path = source.get(_PATH)
        while around and not (around[-1].inside and path == f"{around[-1].inside}{prop.name}"):
            around.pop()
        parent = around[-1] if around else None
        start = parent.inside if parent else _start(path, prop.name)
        kept = {
            "start": start if parent is None else None,
            "bare": True if parent is None and start is None else None,
            "parameter": remainder(_plain(prop, start), source),
        }
        prop.extra = (
            {namespace: given} if (given := {key: each for key, each in kept.items() if each is not None}) else {}
        )
        (parent.prop.properties if parent else found).append(prop)
        around.append(_Open(prop, _inside(prop.types, path)))
    return found


def write_parameters(properties: Sequence[Property], namespace: str) -> list[dict[str, Any]]:
    """Return the parameters for these properties, each before what is inside it."""
    return list(_written(properties, namespace, None))


def types_not_held(properties: Sequence[Property]) -> Iterator[tuple[str, str]]:
    """Yield the name and type of each property, those inside others included, whose type is none of a parameter."""
    for prop in properties:
        if prop.type not in ("any", *_TYPES):
            yield prop.name, prop.type
        yield from types_not_held(prop.properties)


def _written(properties: Sequence[Property], namespace: str, inside: str | None) -> Iterator[dict[str, Any]]:
    for prop in properties:
        kept = format_extra(prop, namespace)
        usual = None if "bare" in kept else _USUAL_START
        start = kept.get("start", usual) if inside is None else inside
        whole = joined(_plain(prop, start), kept.get("parameter"))
        yield whole
        types = () if prop.type == "any" else tuple(prop.type.split("|"))
        below = _inside(types, whole.get(_PATH)) or f"{prop.name}."
        yield from _written(prop.properties, namespace, below)


def _own(source: dict[str, Any]) -> PropertyReading:
    kind, values, description = source.get("type"), source.get("allowed_values"), source.get("definition")
    scalars = isinstance(values, list) and not any(isinstance(each, list | dict) for each in values)
    return PropertyReading(
        source["name"],
        types=(kind,) if isinstance(kind, str) and kind in _TYPES else (),
        required=source.get("requirement") == "required",
        values=tuple(values) if isinstance(values, list) and scalars else (),
        description=description if isinstance(description, str) else "",
    )


def _start(path: Any, name: str) -> str | None:
    """Return what of a path comes before the name; None if it does not end with the name."""
    return path.removesuffix(name) if isinstance(path, str) and name and path.endswith(f".{name}") else None


def _inside(types: Sequence[str], path: Any) -> str | None:
    """Return how the paths of what is inside a parameter begin."""
    return f"{path}{'[].' if 'array' in types else '.'}" if isinstance(path, str) and path else None


def _plain(prop: Property | PropertyReading, start: str | None) -> dict[str, Any]:
    """Return a parameter. ``start`` is what its path has before its name; without one it has no path."""
    kind = "|".join(prop.types) if isinstance(prop, PropertyReading) else prop.type
    plain: dict[str, Any] = {"name": prop.name}
    if start is not None:
        plain[_PATH] = f"{start}{prop.name}"
    if kind not in ("", "any"):
        plain["type"] = kind
    plain["requirement"] = "required" if prop.required else "optional"
    if prop.description:
        plain["definition"] = prop.description
    return plain | ({"allowed_values": list(prop.values)} if prop.values else {})
