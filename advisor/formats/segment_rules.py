"""One rule of a Segment tracking plan and an event of ours: shared by the formats that hold such rules.

These are the Public API, Typewriter, the Config API and Terraform, which put the same JSON Schema into different places. It is
*wrapped* (the fields are in ``properties.properties``, or ``properties.traits`` for identify and group) or, in the files of
Typewriter 8, *flat* (the fields are in ``properties`` itself). The key ``eventMetadata`` says that it is flat.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from advisor.formats.carriers.hcl_json import is_expression
from advisor.formats.json_schema import SchemaReader, holds_extra, object_schema
from advisor.formats.labels import plain_labels, read_labels
from advisor.formats.own_slot import SCHEMA_SLOT, fill_from_slot, slot_value
from advisor.formats.places import Path, Place, pointer
from advisor.formats.practice import practice_of_labels
from advisor.formats.reading import EventReading, LabelValue, PlanReading, PropertyReading
from advisor.formats.remainder import Remainder, joined, remainder
from advisor.model import CallType, Event, Property

NAMESPACE = "segment"
"""The key of Segment's data under ``extra``, the same for all of its formats."""
CALLS: dict[str, CallType] = {
    "TRACK": "track",
    "PAGE": "page",
    "SCREEN": "screen",
    "IDENTIFY": "identify",
    "GROUP": "group",
}
"""The call of each type of rule; ``COMMON`` is no call."""
TYPES = {call: kind for kind, call in CALLS.items()}
COMMON = "COMMON"
LABELLED = frozenset({"track", "page"})
"""Calls whose rules may have labels in Segment."""
_NAMES: dict[str, str] = {"page": "Page", "screen": "Screen", "identify": "Identify", "group": "Group"}
"""Names in the plan for rules without a name."""
NAMELESS = frozenset({"identify", "group"})
"""Calls whose rules have no name."""
_TRAITS = frozenset({"IDENTIFY", "GROUP"})
_DRAFT = "http://json-schema.org/draft-07/schema#"
FLAT_KEY = "eventMetadata"
"""The key that says that a schema is flat."""
_OWN_KEYS = ("type", "properties", "required")
"""Keys of a flat schema that say what its fields are."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule says beside its fields. ``kind`` is its type, ``key`` its name in the plan, None if it needs none."""

    kind: str
    key: str | None = None
    description: str = ""
    labels: Mapping[str, LabelValue | tuple[str, ...]] = field(default_factory=dict)

    @property
    def section(self) -> str:
        """The key under which a wrapped schema has the fields."""
        return "traits" if self.kind in _TRAITS else "properties"


@dataclass(frozen=True, slots=True)
class RuleSchema:
    """The fields of a rule's schema, and what is kept of the schema for `write_schema`."""

    properties: list[PropertyReading]
    kept: Remainder


def event_name(call: CallType, key: object, schema: Mapping[str, Any]) -> str:
    """Return the name of the event of a rule with this key; empty if the rule has none and needs one."""
    about = schema.get(FLAT_KEY)
    named = about.get("name") if isinstance(about, dict) else None
    for name in (named, key):
        if isinstance(name, str) and name.strip():
            return name
    return _NAMES.get(call, "")


def rule_key(event: Event | EventReading, *, flat: bool) -> str | None:
    """Return the key of the rule of an event: its name, or None for identify and group.

    Typewriter reads the key of a flat rule as an address, and takes the first ``#`` out of it. It fails for a second one
    and for most ``%``, so that these are left out, too. The real name is in `FLAT_KEY`.
    """
    if event.call in NAMELESS:
        return None
    return _address(event.name) if flat else event.name


def _address(name: str) -> str:
    """Return a name without what means something in an address."""
    return re.sub("[#%]", "", name) or "_"


def read_version(value: object) -> int | None:
    """Return the version of a rule; None if it is no whole number."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def rule_text(event: Event | EventReading) -> RuleText:
    """Return what the rule of an event says beside its fields."""
    key = None if event.call in NAMELESS else event.name
    return RuleText(TYPES[event.call], key, event.description, event.labels)


def read_event(
    reading: PlanReading, call: CallType, key: object, schema: dict[str, Any], at: Place, path: Path
) -> EventReading:
    """Return the event of a rule, without its version. ``path`` leads to the schema. Fills ``extra`` for `write_schema`."""
    slot = slot_value(schema.get(SCHEMA_SLOT))
    if slot is not None:
        schema = {key: value for key, value in schema.items() if key != SCHEMA_SLOT}
    description = schema.get("description")
    labels = {} if is_expression(schema.get("labels")) else read_labels(schema.get("labels"))
    event = EventReading(
        event_name(call, key, schema),
        call,
        description=description if isinstance(description, str) else "",
        labels=labels,
        practice=practice_of_labels(labels),
        place=at,
    )
    found = read_schema(reading, schema, rule_text(event), at.file, path)
    event.properties = found.properties
    if slot is not None:
        fill_from_slot(reading, event, slot)
        found.kept["slot"] = True
    event.extra = {NAMESPACE: found.kept} if found.kept else {}
    return event


def read_schema(reading: PlanReading, schema: dict[str, Any], text: RuleText, file: str, path: Path) -> RuleSchema:
    """Return the fields of a rule's schema, and what is kept of it. References that lead nowhere become warnings."""
    reader = SchemaReader(schema)
    kept: Remainder = {}
    if FLAT_KEY in schema:
        own = {key: schema[key] for key in _OWN_KEYS if key in schema}
        found = reader.read_object(own, path)
        kept["flat"] = list(own)
        if schema.get("$id") == text.key != _schema_id(text.key):
            kept["plain_id"] = True
        source = {key: None if key in own else value for key, value in schema.items()}
        plain = _plain_flat(text, kept)
    else:
        section = text.section
        members = schema.get("properties")
        inner = members.get(section) if isinstance(members, dict) else None
        inner = inner if isinstance(inner, dict) else {}
        found = reader.read_object(inner, (*path, "properties", section))
        source = _without_section(schema, section)
        plain = _plain_wrapped(text)
    kept |= {"fields": found.kept, "schema": remainder(plain, source)}
    # A schema that is plain itself has to say that what is kept of its fields is its own.
    kept["own"] = not any(kept.values()) and holds_extra(found.properties)
    for where, reference in reader.unresolved:
        reading.warn(Place(file, pointer=pointer(where)), f"The reference {reference} was not followed.")
    return RuleSchema(found.properties, {key: value for key, value in kept.items() if value or key == "flat"})


def write_schema(
    properties: Sequence[Property], text: RuleText, kept: Mapping[str, Any], *, ours: bool
) -> dict[str, Any]:
    """Return the schema of a rule with these fields, and with what `read_schema` kept of it."""
    fields = object_schema(properties, kept.get("fields"), ours=ours)
    if "flat" in kept:
        whole = joined(_plain_flat(text, kept), kept.get("schema"))
        return _filled(whole, fields)
    whole = joined(_plain_wrapped(text), kept.get("schema"))
    section = text.section
    members = whole.get("properties")
    sections = members if isinstance(members, dict) else {}
    if isinstance(sections.get(section), dict) or properties:
        whole = whole | {"properties": sections | {section: fields}}
    return whole


def _plain_text(text: RuleText) -> dict[str, Any]:
    plain: dict[str, Any] = {"$schema": _DRAFT, "type": "object"}
    if text.description:
        plain["description"] = text.description
    if text.labels:
        plain["labels"] = plain_labels(text.labels)
    return plain


def _plain_wrapped(text: RuleText) -> dict[str, Any]:
    """Return the schema of a rule, with the place of its fields empty."""
    sections: dict[str, Any] = {"context": {}, "traits": {}, "properties": {}}
    return _plain_text(text) | {"properties": sections, "required": [text.section]}


def _without_section(schema: dict[str, Any], section: str) -> dict[str, Any]:
    members = schema.get("properties")
    if not isinstance(members, dict) or not isinstance(members.get(section), dict):
        return schema
    return schema | {"properties": members | {section: {}}}


def _schema_id(key: str | None) -> str | None:
    """Return the ``$id`` of the flat schema of a rule, as Typewriter writes it, which reads it as an address.

    Earlier versions of Typewriter wrote the key itself: ``plain_id`` among what is kept says so.
    """
    return None if key is None else quote(re.sub(r"\s", "_", _address(key)), safe="!'()*")


def _plain_flat(text: RuleText, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return a flat schema in which the keys that say what the fields are hold nothing yet."""
    plain = _plain_text(text)
    about = {"name": text.key, "type": text.kind}
    named = text.key if "plain_id" in kept else _schema_id(text.key)
    head = {"$schema": plain.pop("$schema")} | ({} if named is None else {"$id": named})
    return head | plain | {FLAT_KEY: about} | dict.fromkeys(kept["flat"])


def _filled(whole: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """Return a flat schema with what its fields say, each key in its place; keys that it did not have come last."""
    filled = {
        key: fields.get(key) if key in _OWN_KEYS else value
        for key, value in whole.items()
        if key not in _OWN_KEYS or key in fields
    }
    return filled | {key: value for key, value in fields.items() if key not in filled}
