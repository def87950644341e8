"""Lists what differs between two stages of an event or of a plan's settings, entry by entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from advisor.comparison.entries import Entry, event_entries, settings_entries
from advisor.field_values import Lines
from advisor.knowledge.wording import GENERAL, Wording
from advisor.model import Event, Plan

ORDER = "Order"


@dataclass(frozen=True)
class Change:
    """One entry that differs, with its lines in both stages. The lines are empty in a stage that has no such entry."""

    topic: str
    label: str
    before: Lines
    after: Lines

    @property
    def removed(self) -> Lines:
        """Return the lines before, without those at the beginning and the end that both stages have."""
        return _inner(self.before, self.after)

    @property
    def added(self) -> Lines:
        """Return the lines after, without those at the beginning and the end that both stages have."""
        return _inner(self.after, self.before)


def event_changes(before: Event, after: Event, wording: Wording = GENERAL) -> tuple[Change, ...]:
    """Return the changes between two stages of an event, in the wording of its plan."""
    old, new = (replace(event, recommendation=UNSET) for event in (before, after))
    return changes(event_entries(old, wording), event_entries(new, wording)) or _whole(old, new)


def settings_changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Return the changes between two stages of a plan, apart from its events."""
    old, new = (replace(plan, events=(), findings=UNSET) for plan in (before, after))
    return changes(settings_entries(old), settings_entries(new)) or _whole(old, new)


def changes(before: Iterable[Entry], after: Iterable[Entry]) -> tuple[Change, ...]:
    """Return the entries that differ, topic by topic. New entries come last within their topic.

    A topic whose entries differ only in their order has one change, labelled `ORDER`.
    """
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
    """Return the two whole documents as one change, or nothing if they are equal. This reports what no entry covers."""
    old, new = (msgspec.json.encode(thing).decode() for thing in (before, after))
    return () if old == new else (Change("Other fields", "Document", (old,), (new,)),)


Place = tuple[str, str, int]
"""Topic, label, and the index among the entries with the same topic and label."""


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
