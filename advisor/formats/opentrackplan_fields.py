"""The payload of an event of OpenTrackPlan: where its fields are, what they inherit, and how they are written again.

A payload is a schema, or one per target, each plain or versioned. The fields of all targets are the properties of the event; of
a versioned schema, those of the current version with what it inherits by ``$ref``. A field that is inherited is written only once
it was changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from advisor.formats.extra import format_extra
from advisor.formats.keyed_objects import merged_entries
from advisor.formats.losses import LossList
from advisor.formats.object_lists import text_of
from advisor.formats.pii_member import PiiMember
from advisor.formats.places import shown
from advisor.formats.property_losses import Part, add_property_losses, one_type, types_of_word
from advisor.formats.reading import PropertyReading
from advisor.formats.remainder import joined, remainder
from advisor.model import Event, Property, Scalar

NAMESPACE = "opentrackplan"
SENT_NAME = "event_name"
"""The field whose value is the name that is sent."""
_PII = PiiMember(kind="kind")
_FREE = "x-opentp"
_NAME_ONLY = {"tracking_advisor": "name"}
"""What we put into the free place of the field `SENT_NAME` of events that had no such property."""
_VERSION = re.compile(r"\d+(\.\d+)*")
_WORDS = {word: word for word in ("string", "integer", "number", "boolean", "datetime", "object", "array")}
_UNHELD: tuple[Part, ...] = ("properties", "null")

Steps = tuple[str, ...]


@dataclass(slots=True)
class Payload:
    """A payload: where in it fields are, what is inherited, the targets it names, and the defaults of the plan."""

    value: dict[str, Any]
    defaults: Mapping[str, Any]
    places: list[Steps] = field(default_factory=list)
    inherited: dict[str, Any] = field(default_factory=dict)
    targets: list[str] = field(default_factory=list)

    def fields(self, place: Steps) -> dict[str, Any]:
        """Return the fields at a place."""
        value: Any = self.value
        for step in place:
            value = value.get(step) if isinstance(value, dict) else None
        return value if isinstance(value, dict) else {}

    def own(self) -> list[tuple[int, str, dict[str, Any]]]:
        """Return the fields that are properties, with their places: of several with one name the first."""
        found: dict[str, tuple[int, str, dict[str, Any]]] = {}
        for number, place in enumerate(self.places):
            for name, value in self.fields(place).items():
                if isinstance(value, dict) and name not in found:
                    found[name] = (number, name, value)
        return [each for each in found.values() if not _is_name_only(each[1], each[2])]

    def kept(self) -> list[Any]:
        """Return the places of the fields, with the order of the fields where some are no properties."""
        own = {(number, name) for number, name, _ in self.own()}
        return [
            [
                list(place),
                [*self.fields(place)] if any((number, name) not in own for name in self.fields(place)) else [],
            ]
            for number, place in enumerate(self.places)
        ]


def payload_of(value: Any, spec: Mapping[str, Any]) -> Payload:
    """Return the payload of an event in a plan with this ``spec``."""
    common = next(
        (each for each in (_at(spec, ("events", "payload")), spec.get("payload")) if isinstance(each, dict)), {}
    )
    schema = common.get("schema")
    payload = Payload(value if isinstance(value, dict) else {}, schema if isinstance(schema, dict) else {})
    _find_places(payload, payload.value, ())
    if not payload.places:
        groups = common.get("targets")
        for target, each in payload.value.items():
            if isinstance(each, dict):
                _find_places(payload, each, (target,))
                payload.targets += _expanded(target, groups if isinstance(groups, dict) else {})
    return payload


def sent_name(payload: Payload) -> str:
    """Return the name that is sent; empty if the payload does not fix one."""
    for fields in (*map(payload.fields, payload.places), payload.inherited):
        member = fields.get(SENT_NAME)
        name = text_of(member.get("value")) if isinstance(member, dict) else ""
        if name.strip():
            return name
    return ""


def read_fields(payload: Payload) -> list[PropertyReading]:
    """Return the properties of an event."""
    own = {name: (number, value) for number, name, value in payload.own()}
    inherited = {
        name: value
        for name, value in payload.inherited.items()
        if isinstance(value, dict) and not _is_name_only(name, value)
    }
    found = []
    for name in [*inherited, *(name for name in own if name not in inherited)]:
        number, value = own[name] if name in own else (-1, inherited[name])
        each, plain = _read_field(name, value, payload)
        where = {"inherited": plain} if number < 0 else {"place": number}
        kept = where | {"kept": remainder(plain, value), "default": _default_of(name, payload)}
        given = {key: member for key, member in kept.items() if member or key in ("inherited", "place")}
        each.extra = {NAMESPACE: given}
        found.append(each)
    return found


def without_fields(payload: Payload, source: dict[str, Any]) -> dict[str, Any]:
    """Return an event as it is in its file, without the fields that are properties."""
    own = payload.own()
    for number, place in enumerate(payload.places):
        names = {name for each, name, _ in own if each == number}
        if isinstance(_at(payload.value, place), dict):
            left = {name: value for name, value in payload.fields(place).items() if name not in names}
            source = _with(source, ("payload", *place), left)
    return source


def written_payload(event_object: dict[str, Any], event: Event, at: list[Any] | None) -> dict[str, Any]:
    """Return an event as it is written, with the fields of its properties at their places."""
    properties = [_named(each, event) for each in event.properties]
    places = [(tuple(steps), order) for steps, order in at] if at else []
    places = places or [(("schema",), [])]
    entries: list[dict[str, Any]] = [{} for _ in places]
    if _needs_name(event, at) and not any(each.name == SENT_NAME for each in properties):
        entries[0][SENT_NAME] = {"value": event.name, _FREE: dict(_NAME_ONLY)}
    for prop in properties:
        kept = format_extra(prop, NAMESPACE)
        plain = _plain_field(prop, kept.get("default", {}), _word(prop))
        value = _PII.with_personal(joined(plain, kept.get("kept")), prop.personal)
        if "inherited" not in kept or joined(kept["inherited"], kept.get("kept")) != value:
            number = kept.get("place", 0)
            entries[number if number < len(entries) else 0][prop.name] = value
    for (steps, order), fields in zip(places, entries, strict=True):
        path = ("payload", *steps)
        left = _at(event_object, path)
        others = left if isinstance(left, dict) else {}
        if SENT_NAME in others and _is_name_only(SENT_NAME, others[SENT_NAME]):
            others = others | {SENT_NAME: others[SENT_NAME] | {"value": event.name}}
        if fields or isinstance(left, dict):
            event_object = _with(event_object, path, dict(merged_entries(fields, others, order, None)))
    return event_object


def add_field_losses(event: Event, lost: LossList) -> None:
    """Add what of the properties of an event has no place in a payload."""
    add_property_losses(event, event.properties, lost, _UNHELD)
    for prop in event.properties:
        one_type(prop, _WORDS, event, lost)
    seen = {prop.name for prop in event.properties}
    for name in format_extra(event, NAMESPACE).get("inherited", ()):
        if name not in seen:
            why = "not removed: the event inherits it from an older version of its payload"
            lost.add(event.name, f"that property {shown(name)} was removed", why)


def _needs_name(event: Event, at: list[Any] | None) -> bool:
    """Return whether only a field can hold the name of an event: it is a new one, or had the name of its key before."""
    came, key = format_extra(event, NAMESPACE).get("key", (None, ""))
    return at is None or (came == key and came != event.name)


def _find_places(payload: Payload, value: dict[str, Any], base: Steps) -> None:
    if isinstance(value.get("schema"), dict):
        payload.places.append((*base, "schema"))
        return
    versions = [key for key in value if _VERSION.fullmatch(key) and isinstance(value[key], dict)]
    if not versions:
        return
    current = value.get("current")
    latest = max(versions, key=lambda key: [int(part) for part in key.split(".")])
    chosen = current if isinstance(current, str) and current in versions else latest
    payload.places.append((*base, chosen, "schema"))
    seen = {chosen}
    while (chosen := text_of(value[chosen].get("$ref"))) in versions and chosen not in seen:
        seen.add(chosen)
        schema = value[chosen].get("schema")
        payload.inherited = (schema if isinstance(schema, dict) else {}) | payload.inherited


def _expanded(target: str, groups: Mapping[str, Any]) -> list[str]:
    members = groups.get(target)
    return [each for each in members if isinstance(each, str)] if isinstance(members, list) else [target]


def _default_of(name: str, payload: Payload) -> dict[str, Any]:
    """Return what the plan says of a field of this name, as far as an event may leave it out."""
    default = payload.defaults.get(name)
    if not isinstance(default, dict):
        return {}
    return {key: default[key] for key in ("type", "required") if isinstance(default.get(key), str | bool)}


def _read_field(name: str, value: Mapping[str, Any], payload: Payload) -> tuple[PropertyReading, dict[str, Any]]:
    default = _default_of(name, payload)
    values = value.get("enum")
    fixed = [value["value"]] if "value" in value and not isinstance(values, list) else values
    found = PropertyReading(
        name,
        types_of_word(value.get("type", default.get("type"))),
        required=value.get("required", default.get("required")) is True,
        values=_scalars(fixed),
        description=text_of(value.get("title")),
    )
    found.personal = _PII.personal_in(value)
    return found, _plain_field(found, default, found.types[0] if found.types else None)


def _plain_field(prop: Property | PropertyReading, default: Mapping[str, Any], word: str | None) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    usual = types_of_word(default.get("type"))
    if (word,) != usual and (word or usual):
        plain["type"] = word or "any"
    if prop.description:
        plain["title"] = prop.description
    if prop.required != (default.get("required") is True):
        plain["required"] = prop.required
    if prop.values:
        values = list(prop.values)
        plain |= {"value": values[0]} if len(values) == 1 else {"enum": values}
    return plain


def _word(prop: Property) -> str | None:
    types = [word for word in prop.type.split("|") if word not in ("any", "null")]
    return _WORDS.get(types[0]) if len(types) == 1 else None


def _named(prop: Property, event: Event) -> Property:
    """Return the property that holds the name of a renamed event with that name, all others as they are."""
    came, _ = format_extra(event, NAMESPACE).get("key", (event.name, ""))
    if prop.name != SENT_NAME or came == event.name or prop.values != (came,):
        return prop
    return replace(prop, values=(event.name,))


def _is_name_only(name: str, value: Any) -> bool:
    return name == SENT_NAME and isinstance(value, dict) and value.get(_FREE) == _NAME_ONLY


def _scalars(value: Any) -> tuple[Scalar, ...]:
    entries = value if isinstance(value, list) else []
    return () if any(isinstance(each, list | dict) for each in entries) else tuple(entries)


def _at(value: Any, steps: Steps) -> Any:
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _with(value: Any, steps: Steps, inner: Any) -> Any:
    """Return a value with another one at a path; the objects of the plan stay as they are."""
    if not steps:
        return inner
    around = dict(value) if isinstance(value, dict) else {}
    around[steps[0]] = _with(around.get(steps[0]), steps[1:], inner)
    return around
