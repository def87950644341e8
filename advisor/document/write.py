"""Writes a plan as the bytes of its document, whole or piece by piece."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from advisor.model import Plan

_TOGETHER = 100
"""How many events are written at once. Few of them stay in the processor's cache, and their memory is used again."""
_NO_EVENTS = b'\n  "events": []'
"""The empty list in a plan. Only the plan's own members are indented by two blanks, and no text holds a line feed."""
_BEFORE, _AFTER = b'{\n  "events": [', b"\n  ]\n}"
"""The text around events that are written without the other members of their plan."""


def json_text(value: object) -> bytes:
    """Return a value as JSON bytes: two-space indent, UTF-8 without escapes, one line feed at the end."""
    return _indented(value) + b"\n"


def write(plan: Plan) -> bytes:
    """Return the document of a plan in canonical form.

    The plan must come from `read` or `check`, with or without its computed parts.
    """
    return b"".join(pieces(plan))


def pieces(plan: Plan) -> Iterator[bytes]:
    """Yield the document that `write` returns, piece by piece, without a copy of the whole in memory."""
    frame = json_text(replace(plan, events=()))
    if not plan.events:
        yield frame
        return
    before, _, after = frame.partition(_NO_EVENTS)
    yield before + _NO_EVENTS[:-1]
    for first in range(0, len(plan.events), _TOGETHER):
        if first:
            yield b","
        text = _indented({"events": plan.events[first : first + _TOGETHER]})
        yield text[len(_BEFORE) : -len(_AFTER)]
    yield b"\n  ]" + after


def bare(plan: Plan) -> Plan:
    """Return the plan without its computed parts."""
    events = tuple(
        event if event.recommendation is UNSET else replace(event, recommendation=UNSET) for event in plan.events
    )
    return replace(plan, events=events, findings=UNSET)


def _indented(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2)
