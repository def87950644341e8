"""What a data point of mParticle matches, as an event of ours, and where in its JSON Schema the fields are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.formats.json_paths import at_path, filled
from advisor.formats.json_schema import SchemaReader, object_schema
from advisor.formats.places import Path
from advisor.formats.reading import EventReading, PropertyReading
from advisor.formats.remainder import Remainder
from advisor.model import CallType, Event, Property

_CRITERIA = {
    "custom_event": "event_name",
    "screen_view": "screen_name",
    "product_action": "action",
    "promotion_action": "action",
}
"""The criterion that holds the name, by what is matched. All others have no name of their own."""
_CALLS: dict[str, CallType] = {"screen_view": "screen", "user_attributes": "identify", "user_identities": "identify"}
"""The calls that are not track."""
_KINDS: dict[CallType, str] = {
    "track": "custom_event",
    "page": "screen_view",
    "screen": "screen_view",
    "identify": "user_attributes",
}
_OF_USERS = ("user_attributes", "user_identities")
_DEFINITION: Path = ("validator", "definition")
_SECTION: Path = ("properties", "data", "properties", "custom_attributes")


@dataclass(frozen=True, slots=True)
class Point:
    """What a data point matches. ``criterion`` is the key of the name in its criteria; empty if it has no name."""

    kind: str
    name: str
    criterion: str = ""

    @classmethod
    def of_kind(cls, kind: str, name: str) -> Point:
        """Return the point of a kind. If the kind has no names, its own name is that of the kind in words."""
        criterion = _CRITERIA.get(kind, "")
        return cls(kind, name if criterion else kind.replace("_", " ").title(), criterion)

    @property
    def call(self) -> CallType:
        """The call of the event."""
        return _CALLS.get(self.kind, "track")

    @property
    def criteria(self) -> dict[str, Any]:
        """The plain criteria."""
        named = {self.criterion: self.name} if self.criterion else {}
        return named | ({"custom_event_type": "other"} if self.kind == "custom_event" else {})

    @property
    def section(self) -> Path:
        """Where the fields are in the definition."""
        return () if self.kind in _OF_USERS else _SECTION

    def definition(self, required: bool, *, section: bool) -> dict[str, Any]:
        """Return the plain definition, with the place of the fields empty."""
        if not self.section:
            return {}
        inner: dict[str, Any] = {str(_SECTION[-1]): {}} if section else {}
        needed = [_SECTION[-1]] if required else []
        data = {"additionalProperties": True, "properties": inner, "required": needed, "type": "object"}
        return {"properties": {"data": data}}


@dataclass(frozen=True, slots=True)
class FieldsReading:
    """The fields of a point, what is kept of their section, and the point with their place empty."""

    properties: list[PropertyReading]
    kept: Remainder | None
    source: dict[str, Any]
    unresolved: Sequence[tuple[Path, str]] = ()


def point_of(source: Any) -> Point | None:
    """Return what an entry of a plan matches; None if it does not say so."""
    kind = at_path(source, ("match", "type"))
    if not isinstance(kind, str) or not kind.strip():
        return None
    criterion = _CRITERIA.get(kind)
    name = at_path(source, ("match", "criteria", criterion)) if criterion else ""
    if criterion and (not isinstance(name, str) or not name.strip()):
        return None
    return Point.of_kind(kind, name)


def default_point(event: Event | EventReading) -> Point | None:
    """Return the point for an event that came from elsewhere; None if there is none for its call."""
    kind = _KINDS.get(event.call)
    return Point.of_kind(kind, event.name) if kind else None


def has_section(source: Mapping[str, Any], point: Point) -> bool:
    """Return whether a point has a place for fields."""
    return isinstance(at_path(source, (*_DEFINITION, *point.section)), dict)


def read_fields(source: dict[str, Any], point: Point, path: Path) -> FieldsReading:
    """Return the fields of a point. ``path`` leads to its definition in the file."""
    where = (*_DEFINITION, *point.section)
    section = at_path(source, where)
    if not isinstance(section, dict):
        return FieldsReading([], None, source)
    definition = at_path(source, _DEFINITION)
    reader = SchemaReader(definition, words=True)
    found = reader.read_object(section, (*path, *point.section))
    return FieldsReading(found.properties, found.kept, filled(source, where, {}), reader.unresolved)


def write_fields(
    written: dict[str, Any], point: Point, properties: Sequence[Property], kept: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a point with its fields, and with what `read_fields` kept of their section."""
    schema = object_schema(properties, kept.get("fields"), ours=bool(kept), words=True)
    whole: dict[str, Any] = filled(written, (*_DEFINITION, *point.section), schema)
    return whole
