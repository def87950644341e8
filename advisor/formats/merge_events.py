"""Merges what a file says of an event into the event that a plan has. `advisor.formats.merge_plans` uses it.

What the file says replaces what the plan says; what the file says nothing about stays: a format may have no place for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET, Struct
from msgspec.structs import replace

from advisor.model import Event, Extra, Property

_KEY = {"name", "call", "version", "extra", "recommendation"}
"""What makes two events the same, and what is merged in its own way or computed."""


def merged_event(before: Event, found: Event, namespace: str) -> Event:
    """Return an event of the plan with what the file says of it. Answers are merged one by one, properties by name."""
    given = {
        name: value for name, value in _members(found) if name not in _KEY and value != _default(Event, name) and value
    }
    members = given | {"extra": merged_extra(before.extra, found.extra, namespace)}
    if found.properties:
        members["properties"] = merged_properties(before.properties, found.properties, namespace, removes=True)
    if found.answers:
        members["answers"] = dict(before.answers) | dict(found.answers)
        still = tuple(key for key in before.suggested if key not in found.answers)
        members["suggested"] = (*still, *found.suggested)
    return replace(before, **members)


def merged_properties(
    before: Sequence[Property],
    found: Sequence[Property],
    namespace: str,
    *,
    adds_only: bool = False,
    removes: bool = False,
) -> tuple[Property, ...]:
    """Return properties with what the file says of those with the same name, in the file's order if others are removed."""
    known = {each.name: each for each in before}
    if removes:
        return tuple(
            _merged_property(known[each.name], each, namespace) if each.name in known else each for each in found
        )
    brought = {each.name: each for each in found}
    stay = [
        _merged_property(each, brought[each.name], namespace) if each.name in brought and not adds_only else each
        for each in before
    ]
    return (*stay, *(each for each in found if each.name not in known))


def merged_extra(before: Extra, found: Extra, namespace: str, *, adds_only: bool = False) -> Extra:
    """Return what is kept under ``extra``: of the format the file's, of others what was there and what was not."""
    old = before if isinstance(before, dict) else {}
    new = found if isinstance(found, dict) else {}
    if adds_only:
        return new | old or UNSET
    return {key: value for key, value in old.items() if key != namespace} | new or UNSET


def _merged_property(before: Property, found: Property, namespace: str) -> Property:
    given = {
        name: value
        for name, value in _members(found)
        if name not in {"name", "extra"} and (value != _default(Property, name) or name == "required")
    }
    if found.properties:
        given["properties"] = merged_properties(before.properties, found.properties, namespace, removes=True)
    return replace(before, **given, extra=merged_extra(before.extra, found.extra, namespace))


def _members(value: Struct) -> list[tuple[str, Any]]:
    return [(name, getattr(value, name)) for name in type(value).__struct_fields__]


def _default(kind: type[Struct], name: str) -> Any:
    """Return the default of a member; the empty value if it is made anew for each."""
    fields = kind.__struct_fields__
    defaults = kind.__struct_defaults__
    place = fields.index(name) - (len(fields) - len(defaults))
    return defaults[place] if place >= 0 else None
