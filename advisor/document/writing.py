"""From a plan to the bytes of its document."""

from __future__ import annotations

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from advisor.model import Plan


def json_text(value: object) -> bytes:
    """A value as JSON the way that we write it: two-space indent, UTF-8 as it is, one line feed at the end."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def write(plan: Plan) -> bytes:
    """The document of a plan in canonical form.

    The plan must be as `read` or `check` gave it, with or without its computed parts.
    """
    return json_text(plan)


def bare(plan: Plan) -> Plan:
    """The plan without its computed parts."""
    events = tuple(
        event if event.recommendation is UNSET else replace(event, recommendation=UNSET) for event in plan.events
    )
    return replace(plan, events=events, findings=UNSET)
