"""Reads the fields of a JSON Schema as properties of an event, and writes them back: for every format that holds schemas.

Types, ``required``, ``enum`` and ``const``, nested objects, objects in arrays and local references are understood; all other
keywords stay in ``extra`` under `NAMESPACE` (`advisor.formats.remainder`), so that a schema comes back whole. Another format that
holds schemas gets the constraints among them, such as ``pattern`` and ``minimum``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from advisor.document_limits import MAX_DEPTH
from advisor.formats.carriers.hcl_json import is_expression
from advisor.formats.limits import MAX_REFERENCES
from advisor.formats.places import Path
from advisor.formats.reading import PropertyReading
from advisor.formats.remainder import Remainder, joined, remainder
from advisor.model import Property, Scalar

NAMESPACE = "json-schema"
"""The key of a property's remainder under ``extra``."""
CONSTRAINTS = (
    *("pattern", "format", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("multipleOf", "minItems", "maxItems", "uniqueItems", "items", "default", "examples"),
)
"""Keywords that mean the same in every format that holds schemas."""
_TYPES = ("string", "integer", "number", "boolean", "object", "array", "null")
_DATETIME_FORMATS = ("date-time", "date")


@dataclass(frozen=True, slots=True)
class ObjectReading:
    """The fields of an object's schema, and what is kept of the schema itself; None if nothing needs to be."""

    properties: list[PropertyReading]
    kept: Remainder | None


@dataclass(slots=True)
class SchemaReader:
    """Reads the fields of one schema. ``root`` is where its local references lead into."""

    root: Mapping[str, Any] = field(default_factory=dict)
    unresolved: list[tuple[Path, str]] = field(default_factory=list)
    """References that were not followed, because they lead to nothing here, into themselves, or to too much."""
    words: bool = False
    """Whether a single type is a word (``"string"``) in the plain form, not a list of one."""
    _open: list[str] = field(default_factory=list)
    _followed: int = 0

    def read_object(self, schema: Mapping[str, Any], path: Path = ()) -> ObjectReading:
        """Return the fields of an object's schema, and what `object_schema` needs to write it again."""
        found = self._field(PropertyReading("", ("object",)), dict(schema), path, own=False)
        return ObjectReading(found.properties, found.extra.get(NAMESPACE))

    def field(self, name: str, schema: Any, required: bool, path: Path = ()) -> PropertyReading:
        """Return one field."""
        found = PropertyReading(name, required=required)
        if isinstance(schema, dict):
            return self._field(found, schema, path, own=True)
        found.extra = {NAMESPACE: {"literal": schema}}  # true and false are schemas, too
        return found

    def _field(self, found: PropertyReading, schema: dict[str, Any], path: Path, *, own: bool) -> PropertyReading:
        """Fill in a field from its schema, and return it. Unless ``own``, its type and texts are not the schema's."""
        opened = len(self._open)
        whole = self._resolved(schema, path)
        if own:
            _read_own(found, whole)
        found.properties = self._children(whole, path)
        del self._open[opened:]
        kept = _kept(found, whole, own=own, words=self.words) or {}
        if whole is not schema:
            kept |= {"ref": schema, "of": _digest(found)}
        if kept:
            found.extra = {NAMESPACE: kept}
        return found

    def _children(self, whole: dict[str, Any], path: Path) -> list[PropertyReading]:
        inner = children_schema(whole)
        members = inner.get("properties")
        if not isinstance(members, dict) or is_expression(members) or len(path) > 2 * MAX_DEPTH:
            return []
        inside = path if inner is whole else (*path, "items")
        required = required_names(inner)
        return [
            self.field(name, member, name in required, (*inside, "properties", name))
            for name, member in members.items()
        ]

    def _resolved(self, schema: dict[str, Any], path: Path) -> dict[str, Any]:
        """Return what a schema's local reference leads to; the schema itself if it has none or it is not followed."""
        whole = schema
        while isinstance(reference := whole.get("$ref"), str):
            target = _at_pointer(self.root, reference)
            self._followed += 1
            if not isinstance(target, dict) or reference in self._open or self._followed > MAX_REFERENCES:
                self.unresolved.append((path, reference))
                return schema
            self._open.append(reference)
            whole = target
        return whole


def required_names(schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the names that an object's schema requires, defined or not."""
    names = schema.get("required")
    return frozenset(name for name in names if isinstance(name, str)) if isinstance(names, list) else frozenset()


def undefined_names(schema: Mapping[str, Any]) -> list[str]:
    """Return the names that an object's schema requires and does not define."""
    members = schema.get("properties")
    defined = members if isinstance(members, dict) else {}
    return sorted(required_names(schema) - defined.keys())


def object_schema(
    properties: Iterable[Property], kept: Remainder | None, *, ours: bool = True, words: bool = False
) -> dict[str, Any]:
    """Return the schema of an object with these fields, and with what `SchemaReader.read_object` kept of it."""
    whole = Property(name="", type="object", properties=tuple(properties))
    written: dict[str, Any] = _schema(whole, kept or {}, ours=ours, own=False, words=words)
    return written


def field_schema(prop: Property | PropertyReading, *, ours: bool = True, words: bool = False) -> Any:
    """Return the schema of one property, with the schemas of its children, and with what was kept of it.

    Unless ``ours``, the property came from another format, and only constraints are taken over.
    """
    return _schema(prop, _kept_of(prop), ours=ours, own=True, words=words)


def _schema(prop: Property | PropertyReading, kept: Remainder, *, ours: bool, own: bool, words: bool) -> Any:
    if ours and "literal" in kept and not _plain(prop, {}, own=own):
        return kept["literal"]
    if ours and "ref" in kept and kept["of"] == _digest(prop):
        return kept["ref"]
    if not ours:
        rest = kept.get("rest", {})
        kept = {"rest": {key: rest[key] for key in CONSTRAINTS if key in rest}}
    whole = joined(_plain(prop, kept, own=own, words=words), kept)
    if prop.properties:
        children = {each.name: field_schema(each, ours=ours, words=words) for each in prop.properties}
        inner = children_schema(whole)
        # A new object each time: the one in the remainder belongs to the plan.
        whole |= {"properties": children} if inner is whole else {"items": inner | {"properties": children}}
    return whole


def edited_references(properties: Iterable[Property]) -> Iterator[tuple[Property, str]]:
    """Yield each property that came as a reference and says something else by now, with what it referred to."""
    for prop in properties:
        kept = _kept_of(prop)
        if "ref" in kept and kept["of"] != _digest(prop):
            reference = kept["ref"].get("$ref") if isinstance(kept["ref"], dict) else None
            yield prop, str(reference)
        yield from edited_references(prop.properties)


def holds_extra(properties: Iterable[PropertyReading]) -> bool:
    """Return whether anything is kept of properties, or of those inside them."""
    return any(each.extra or holds_extra(each.properties) for each in properties)


def required_list(properties: Iterable[Property | PropertyReading]) -> list[str]:
    """Return the names of the required ones, each once."""
    return list(dict.fromkeys(each.name for each in properties if each.required))


def _read_own(found: PropertyReading, schema: dict[str, Any]) -> None:
    """Fill in what a schema says about the field itself."""
    description = schema.get("description")
    found.types = _read_types(schema)
    found.values = _read_values(schema)
    found.description = description if isinstance(description, str) else ""


def _read_types(schema: Mapping[str, Any]) -> tuple[str, ...]:
    written = schema.get("type")
    words = written if isinstance(written, list) else [written]
    types = [word for word in words if word in _TYPES]
    if len(types) < len(words) or not types:
        return ()  # "any", and what is no type: the remainder keeps it
    if "string" in types and schema.get("format") in _DATETIME_FORMATS:
        types = ["datetime" if word == "string" else word for word in types]
    return tuple(dict.fromkeys(types))


def _read_values(schema: Mapping[str, Any]) -> tuple[Scalar, ...]:
    values = schema.get("enum")
    values = [schema["const"]] if values is None and "const" in schema else values
    if isinstance(values, list) and not any(isinstance(value, list | dict) for value in values):
        return tuple(values)
    return ()


def _kept(found: PropertyReading, schema: dict[str, Any], *, own: bool, words: bool) -> Remainder | None:
    """Return the remainder of a field, in which the place of its children is empty."""
    form: dict[str, Any] = {}
    required = children_schema(schema).get("required")
    if found.properties and isinstance(required, list) and required != required_list(found.properties):
        form["required"] = True
    if "enum" not in schema and "const" in schema and found.values:
        form["const"] = True
    if schema.get("format") == "date" and "datetime" in found.types:
        form["date"] = True
    source = dict(schema)
    if found.properties:
        if children_schema(source) is source:
            source["properties"] = {}
        else:
            source["items"] = source["items"] | {"properties": {}}
    kept = remainder(_plain(found, form, own=own, words=words), source) or {}
    return kept | form or None


def _plain(
    prop: Property | PropertyReading, form: Mapping[str, Any], *, own: bool, words: bool = False
) -> dict[str, Any]:
    """Return a property as a schema, with the place of its children empty. Unless ``own``, its type is one word."""
    types = _types_of(prop)
    plain: dict[str, Any] = {}
    if not own:
        plain["type"] = "object"
    elif types:
        listed = list(dict.fromkeys("string" if word == "datetime" else word for word in types))
        plain["type"] = listed[0] if words and len(listed) == 1 else listed
    if prop.description:
        plain["description"] = prop.description
    if "datetime" in types and "string" not in types:
        plain["format"] = "date" if form.get("date") else "date-time"
    if prop.values:
        values = list(prop.values)
        plain |= {"const": values[0]} if form.get("const") and len(values) == 1 else {"enum": values}
    if prop.properties:
        required = required_list(prop.properties)
        inner: dict[str, Any] = {"properties": {}} | (
            {"required": required} if required or form.get("required") else {}
        )
        plain |= {"items": {"type": "object", **inner}} if "array" in types and "object" not in types else inner
    return plain


def _types_of(prop: Property | PropertyReading) -> Sequence[str]:
    words = prop.types if isinstance(prop, PropertyReading) else prop.type.split("|")
    return () if "any" in words else words


def children_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema that the children of a field are in: its own, or that of an array's items."""
    items = schema.get("items")
    return items if "properties" not in schema and isinstance(items, dict) and "properties" in items else schema


def _kept_of(prop: Property | PropertyReading) -> Remainder:
    kept = prop.extra.get(NAMESPACE) if isinstance(prop.extra, dict) else None
    return kept if isinstance(kept, dict) else {}


def _digest(prop: Property | PropertyReading) -> str:
    """Return a short digest of what a property says, so that an edit of what a reference led to is noticed."""
    said = [_plain(prop, {}, own=True), [[each.name, field_schema(each)] for each in prop.properties]]
    return hashlib.blake2b(msgspec.json.encode(said), digest_size=8).hexdigest()


def _at_pointer(root: Any, reference: str) -> Any:
    """Return what a local reference (``#/$defs/Name``) leads to; None if it leads nowhere or elsewhere."""
    if not reference.startswith("#/"):
        return None
    for part in reference[2:].split("/"):
        step = part.replace("~1", "/").replace("~0", "~")
        root = root.get(step) if isinstance(root, Mapping) else None
    return root
