"""Writes a plan as the bytes of its document."""

from __future__ import annotations

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from advisor.model import Plan


def json_text(value: object) -> bytes:
    """Return a value as JSON bytes: two-space indent, UTF-8 without escapes, one line feed at the end."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def write(plan: Plan) -> bytes:
    """Return the document of a plan in canonical form.

    The plan must come from `read` or `check`, with or without its computed parts.
    """
    return json_text(plan)


def bare(plan: Plan) -> Plan:
    """Return the plan without its computed parts."""
    events = tuple(
        event if event.recommendation is UNSET else replace(event, recommendation=UNSET) for event in plan.events
    )
    return replace(plan, events=events, findings=UNSET)
