"""The integrations objects of the calls on a page, for the printed plan."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Call, Side, recommendation_of
from advisor.presentation.matrix import EventLine
from advisor.web.plans.summary.overview import Overview


@dataclass(frozen=True)
class CallObject:
    """One call: its side, the names of the libraries that make it, and its integrations object as text."""

    side: Side
    libraries: tuple[str, ...]
    text: str


def call_objects(whole: Overview, lines: tuple[EventLine, ...]) -> list[tuple[EventLine, tuple[CallObject, ...]]]:
    """Return each line with the objects of its event's calls. Events that are not settled are left out."""
    settled = [line for line in lines if line.state != "unsettled"]
    return [(line, _objects(recommendation_of(whole.plan.events[whole.places[line.id]]).calls)) for line in settled]


def _objects(calls: tuple[Call, ...]) -> tuple[CallObject, ...]:
    """Return the calls; those of one side with the same object count as one."""
    found: dict[tuple[Side, str], list[str]] = {}
    for call in calls:
        text = msgspec.json.format(msgspec.json.encode(call.integrations), indent=0).decode()
        names = found.setdefault((call.side, text), [])
        if call.library:
            names.append(LIBRARIES[call.library].name)
    return tuple(CallObject(side, tuple(names), text) for (side, text), names in found.items())
