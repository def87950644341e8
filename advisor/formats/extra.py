"""Reads what a format keeps under ``extra`` of a plan, event or property, so that its file comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.model import Event, Plan, Property


def format_extra(value: Plan | Event | Property, namespace: str) -> Mapping[str, Any]:
    """Return what a format keeps under ``extra`` of a plan, event or property; nothing if it came from elsewhere."""
    found = value.extra.get(namespace) if isinstance(value.extra, dict) else None
    return found if isinstance(found, dict) else {}
