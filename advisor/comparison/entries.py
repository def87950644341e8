"""Splits an event, its advice or a plan's settings into entries: small facts in words that are compared one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.event_fields import SETTINGS_FIELDS, Fields, T, event_fields
from advisor.field_values import Lines, json_text
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.libraries import library_name
from advisor.knowledge.wording import Wording
from advisor.model import Event, Plan, Recommendation


@dataclass(frozen=True)
class Entry:
    """One fact: the topic that it belongs to, its label, and its text in lines."""

    topic: str
    label: str
    lines: Lines


def event_entries(event: Event, wording: Wording) -> Iterator[Entry]:
    """Yield an entry for everything in an event except its recommendation."""
    return _entries(event_fields(wording), event)


def settings_entries(plan: Plan) -> Iterator[Entry]:
    """Yield an entry for everything in a plan except its events and what is computed."""
    return _entries(SETTINGS_FIELDS, plan)


def _entries(fields: Fields[T], thing: T) -> Iterator[Entry]:
    for field in fields:
        yield from (Entry(field.topic, label, lines) for label, lines in field.facts(field.get(thing)))


def advice_entries(advice: Recommendation) -> Iterator[Entry]:
    """Yield the calls of a recommendation with their integrations objects, and what they reach or miss."""
    for call in advice.calls:
        library = library_name(call.library) if call.library else "no library yet"
        yield Entry("Calls", f"{call.side.capitalize()}, {library}", (json_text(call.integrations),))
    for item in advice.deliveries:
        how = f"from the {item.side}, {library_name(item.library)}, {item.mode} mode"
        yield Entry("Reaches", destination_name(item.destination), (how,))
    for missed in advice.unreachable:
        yield Entry("Reaches", destination_name(missed.destination), (f"unreachable: {missed.message}",))
