"""Merges the plan of a file into a plan that is there: adds, updates or replaces its events. All functions are pure.

The command ``advisor import`` and the import page show a `Merge` before anything is written. Events are the same if call,
name and version are equal; the second of two equal ones belongs to the second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from advisor.event_fields import EVENT_FIELDS
from advisor.field_values import Lines
from advisor.formats.merge_events import merged_event, merged_extra, merged_properties
from advisor.formats.places import shown
from advisor.model import UNTITLED, CallType, Event, Plan, Sources
from advisor.text import quantity

Mode = Literal["add", "update", "replace"]
"""``add`` takes events that the plan does not have; ``update`` also changes those that it has; ``replace`` makes the plan's
events those of the file."""
MODES: tuple[Mode, ...] = ("add", "update", "replace")
Effect = Literal["added", "changed", "unchanged"]
EventKey = tuple[CallType, str, int | str | None, int]
"""Call, name and version of an event, and how many equal ones come before it."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an event that the merge changes, as lines of text before and after."""

    key: str
    label: str
    before: Lines
    after: Lines


@dataclass(frozen=True, slots=True)
class EventUpdate:
    """An event that the merge changes."""

    before: Event
    after: Event

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that differ."""
        pairs = ((each, each.get(self.before), each.get(self.after)) for each in EVENT_FIELDS)
        return tuple(
            FieldChange(each.key, each.label, each.show(old), each.show(new))
            for each, old, new in pairs
            if _encoded(old) != _encoded(new)
        )


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge makes of a plan. ``plan`` is not checked yet: `advisor.document.check` can still refuse it.

    ``effects`` says of each event of the file what becomes of it.
    """

    plan: Plan
    added: tuple[Event, ...]
    changed: tuple[EventUpdate, ...]
    removed: tuple[Event, ...]
    unchanged: int
    warnings: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()


def events_by_key(events: Iterable[Event]) -> dict[EventKey, Event]:
    """Return events by what makes them the same in another plan, in their order."""
    seen: Counter[tuple[CallType, str, int | str | None]] = Counter()
    found: dict[EventKey, Event] = {}
    for event in events:
        key = (event.call, event.name, event.version)
        found[(*key, seen[key])] = event
        seen[key] += 1
    return found


def merge_plans(
    plan: Plan, brought: Plan, mode: Mode, namespace: str = "", adds: Collection[str] = frozenset()
) -> Merge:
    """Return what becomes of a plan when the plan of a file is merged into it.

    Settings of the plan stay; those that it has no value for come from the file. ``namespace`` is the key of what the
    format of the file keeps under ``extra``. ``adds`` are keys of destinations of the file that the plan gets too.
    """
    settings = _with_destinations(_settings(plan, brought, mode, namespace), brought, adds)
    fitted, missing = _fitted(settings, brought.events)
    old = events_by_key(_bare(each) for each in plan.events)
    new = _aligned(old, events_by_key(fitted))
    events = _merged(old, new, mode, namespace)
    updates = tuple(EventUpdate(old[key], event) for key, event in events.items() if key in old)
    changed = tuple(each for each in updates if each.before is not each.after)
    return Merge(
        plan=replace(settings, events=tuple(events.values()), findings=UNSET),
        added=tuple(event for key, event in events.items() if key not in old),
        changed=changed,
        removed=tuple(event for key, event in old.items() if key not in events),
        unchanged=len(updates) - len(changed),
        warnings=tuple(_missing_text(name, count) for names in missing.values() for name, count in names.items()),
        effects=tuple(_effect(key, old, events) for key in new),
    )


def missing_destinations(plan: Plan, brought: Plan) -> Counter[str]:
    """Return the destinations that events of a file name and the plan would not have, with the number of their events.

    A plan without destinations takes those of the file, so it misses none.
    """
    known = {item.key for item in plan.destinations or brought.destinations}
    chosen = (event.destinations for event in brought.events if event.destinations != "all")
    return Counter(name for names in chosen for name in names if name not in known)


def _effect(key: EventKey, old: Mapping[EventKey, Event], events: Mapping[EventKey, Event]) -> Effect:
    if key not in old:
        return "added"
    return "unchanged" if events[key] is old[key] else "changed"


def _aligned(old: dict[EventKey, Event], new: dict[EventKey, Event]) -> dict[EventKey, Event]:
    """Return the file's events under the key of the event that they belong to, if only one of the two has a version.

    Some formats give a version to every event and others to none, so an event that went through one comes back with
    another version than it left with.
    """
    free: dict[tuple[CallType, str], list[EventKey]] = {}
    for key in old:
        if key not in new:
            free.setdefault(key[:2], []).append(key)
    aligned: dict[EventKey, Event] = {}
    for key, event in new.items():
        candidates = [] if key in old else free.get(key[:2], [])
        if key[2] is not None:
            candidates = [each for each in candidates if each[2] is None]
        place = candidates[0] if len(candidates) == 1 and candidates[0] not in aligned else key
        aligned[place] = event
    return aligned


def _merged(
    old: dict[EventKey, Event], new: dict[EventKey, Event], mode: Mode, namespace: str
) -> dict[EventKey, Event]:
    """Return the events of the merged plan. An event that stays the same is the same object as before."""
    if mode == "replace":
        return {key: _same_or(old.get(key), event) for key, event in new.items()}
    merged = old | {key: event for key, event in new.items() if key not in old}
    if mode == "update":
        merged |= {key: _same_or(old[key], merged_event(old[key], new[key], namespace)) for key in old if key in new}
    return merged


def _same_or(before: Event | None, after: Event) -> Event:
    return before if before is not None and _encoded(before) == _encoded(after) else after


def _settings(plan: Plan, brought: Plan, mode: Mode, namespace: str) -> Plan:
    """Return the plan with the settings that it has no value for taken from the file, and what the format keeps of it."""
    common = plan.common
    if brought.common:
        merged = merged_properties(common, brought.common, namespace, adds_only=mode == "add")
        common = brought.common if mode == "replace" else merged
    has_sources = plan.sources.client or plan.sources.server
    return replace(
        plan,
        name=brought.name if plan.name == UNTITLED else plan.name,
        description=plan.description or brought.description,
        sources=plan.sources if has_sources else Sources(client=brought.sources.client, server=brought.sources.server),
        destinations=plan.destinations or brought.destinations,
        warehouse=plan.warehouse or (brought.warehouse and not plan.destinations),
        naming=plan.naming or brought.naming,
        common=common,
        extra=merged_extra(plan.extra, brought.extra, namespace, adds_only=mode == "add"),
    )


def _with_destinations(settings: Plan, brought: Plan, adds: Collection[str]) -> Plan:
    """Return settings with these destinations of the file too."""
    known = {item.key for item in settings.destinations}
    more = tuple(item for item in brought.destinations if item.key in adds and item.key not in known)
    return replace(settings, destinations=(*settings.destinations, *more)) if more else settings


def _fitted(settings: Plan, events: tuple[Event, ...]) -> tuple[list[Event], dict[str, Counter[str]]]:
    """Return events that name only destinations and client libraries of the plan, and the other names with their counts."""
    known = {"destinations": {item.key for item in settings.destinations}, "sources": set(settings.sources.client)}
    missing: dict[str, Counter[str]] = {member: Counter() for member in known}
    fitted = []
    for each in events:
        event = _bare(each)
        for member, names in known.items():
            chosen = getattr(event, member)
            strangers = [] if chosen == "all" else [name for name in chosen if name not in names]
            if strangers:
                missing[member].update(strangers)
                event = replace(event, **{member: tuple(name for name in chosen if name in names)})
        fitted.append(event)
    return fitted, missing


def _missing_text(name: str, count: int) -> str:
    return (
        f"{quantity(count, 'event')} {'names' if count == 1 else 'name'} {shown(name)}, which this plan does not have. "
        "Add it to the plan and import again, or leave it."
    )


def _bare(event: Event) -> Event:
    return event if event.recommendation is UNSET else replace(event, recommendation=UNSET)


def _encoded(value: object) -> bytes:
    """Return the JSON of a value, in which True, 1 and 1.0 differ."""
    return msgspec.json.encode(None if value is UNSET else value)
