"""What a person says about where events are tracked today, read from a form and put into the events. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast, get_args

from msgspec.structs import replace

from advisor.model import Event, Placement
from advisor.web.plans.summary.practice import said_practice

SAID, SHOWN, REST = "today-", "shown-", "rest"
"""The names of the fields: of each event the said and the shown value before its id, and one for all unknown events."""
UNKNOWN = "unknown"
_PLACEMENTS = get_args(Placement)


def said_placements(sent: Mapping[str, str]) -> dict[str, Placement | None]:
    """Return the placements that a form says differently than it showed them, by event id; None for *unknown*.

    The value for the rest applies to the events that were shown and said as unknown. Other values count as not said.
    """
    rest, said = sent.get(REST, ""), {}
    for name, value in sent.items():
        if not name.startswith(SAID):
            continue
        key = name.removeprefix(SAID)
        shown = sent.get(SHOWN + key, UNKNOWN)
        wanted = rest if value == shown == UNKNOWN and rest in _PLACEMENTS else value
        if wanted != shown and wanted in (*_PLACEMENTS, UNKNOWN):
            said[key] = None if wanted == UNKNOWN else cast(Placement, wanted)
    return said


def with_practice(event: Event, placement: Placement | None, author: str) -> Event:
    """Return the event as tracked from this side today, by the word of the author; with None, as nobody knows it.

    An event that is tracked from this side already stays as it is, with its own evidence.
    """
    before = event.practice.placement if event.practice else None
    if placement == before:
        return event
    return replace(event, practice=None if placement is None else said_practice(placement, author))
