"""What differs between two things, entry by entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from advisor.comparison.entries import Entry, Lines, event_entries, settings_entries
from advisor.knowledge.wording import GENERAL, Wording
from advisor.model import Event, Plan

ORDER = "Order"


@dataclass(frozen=True)
class Change:
    """One entry that differs: what it said, and what it says. Empty where it was not there, or is not any more."""

    topic: str
    label: str
    before: Lines
    after: Lines

    @property
    def removed(self) -> Lines:
        """The lines that went, without those that both have at the beginning and the end."""
        return _inner(self.before, self.after)

    @property
    def added(self) -> Lines:
        """The lines that came."""
        return _inner(self.after, self.before)


def event_changes(before: Event, after: Event, wording: Wording = GENERAL) -> tuple[Change, ...]:
    """What differs between two stages of an event, in the words of its plan."""
    old, new = (replace(event, recommendation=UNSET) for event in (before, after))
    return changes(event_entries(old, wording), event_entries(new, wording)) or _whole(old, new)


def settings_changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    """What differs between two stages of a plan, apart from its events."""
    old, new = (replace(plan, events=(), findings=UNSET) for plan in (before, after))
    return changes(settings_entries(old), settings_entries(new)) or _whole(old, new)


def changes(before: Iterable[Entry], after: Iterable[Entry]) -> tuple[Change, ...]:
    """The entries that differ, topic by topic; what went comes before what came."""
    old, new = _by_place(before), _by_place(after)
    found = []
    for topic in dict.fromkeys(topic for topic, _, _ in (*old, *new)):
        places = [place for place in dict.fromkeys((*old, *new)) if place[0] == topic]
        differing = [place for place in places if old.get(place) != new.get(place)]
        found += [Change(topic, place[1], old.get(place, ()), new.get(place, ())) for place in differing]
        if not differing and (order := _labels(old, topic)) != _labels(new, topic):
            found.append(Change(topic, ORDER, (", ".join(order),), (", ".join(_labels(new, topic)),)))
    return tuple(found)


def _whole(before: Event | Plan, after: Event | Plan) -> tuple[Change, ...]:
    """The documents, if they differ where no entry does: nothing that changed goes unsaid."""
    old, new = (msgspec.json.encode(thing).decode() for thing in (before, after))
    return () if old == new else (Change("Other fields", "Document", (old,), (new,)),)


Place = tuple[str, str, int]
"""Topic, label, and which of those with the same label."""


def _by_place(entries: Iterable[Entry]) -> dict[Place, Lines]:
    seen: Counter[tuple[str, str]] = Counter()
    places: dict[Place, Lines] = {}
    for entry in entries:
        name = (entry.topic, entry.label)
        places[(*name, seen[name])] = entry.lines
        seen[name] += 1
    return places


def _labels(places: dict[Place, Lines], topic: str) -> Lines:
    return tuple(label for of, label, _ in places if of == topic)


def _inner(lines: Lines, other: Lines) -> Lines:
    start, end, most = 0, 0, min(len(lines), len(other))
    while start < most and lines[start] == other[start]:
        start += 1
    while end < most - start and lines[-1 - end] == other[-1 - end]:
        end += 1
    return lines[start : len(lines) - end]
