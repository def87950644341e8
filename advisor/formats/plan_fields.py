"""Reads from a plan what only imports fill in: the version and owner of an event, common properties.

Writers call these functions, because a plan built before the model had these fields keeps them under ``extra``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from advisor.model import Event, Plan, Property


def event_version(event: Event) -> int | str | None:
    """Return the version of an event; None if it has none."""
    found: int | str | None = _field(event, "version")
    return found


def event_owner(event: Event) -> str:
    """Return who is responsible for an event; empty if nobody is named."""
    found: str | None = _field(event, "owner")
    return found or ""


def properties_of_every_event(plan: Plan) -> tuple[Property, ...]:
    """Return the properties that every event of a plan carries."""
    found = _field(plan, "common") or ()
    return tuple(each if isinstance(each, Property) else msgspec.convert(each, Property) for each in found)


def format_extra(value: Plan | Event | Property, namespace: str) -> Mapping[str, Any]:
    """Return what a format keeps under ``extra`` of a plan, event or property; nothing if it came from elsewhere."""
    found = value.extra.get(namespace) if isinstance(value.extra, dict) else None
    return found if isinstance(found, dict) else {}


def _field(value: Plan | Event, name: str) -> Any:
    if hasattr(value, name):
        return getattr(value, name)
    return value.extra.get(name) if isinstance(value.extra, dict) else None
