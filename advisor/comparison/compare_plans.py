"""Compares two stages of one plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.comparison.compare_events import EventComparison, compare_events, is_same
from advisor.comparison.differences import Change, settings_changes
from advisor.model import Event, Plan


@dataclass(frozen=True)
class Stage:
    """A plan at one point in time: its settings, and its events by an id that does not change."""

    plan: Plan
    events: Mapping[str, Event]


@dataclass(frozen=True)
class PlanComparison:
    """What differs between two stages. An event whose placement flipped is only in ``flipped``, even if more changed."""

    settings: tuple[Change, ...]
    flipped: tuple[EventComparison, ...]
    changed: tuple[EventComparison, ...]
    added: tuple[EventComparison, ...]
    removed: tuple[EventComparison, ...]
    rerouted: tuple[EventComparison, ...]
    """Unchanged events with the same placement whose calls, integrations objects or reached destinations changed."""
    unchanged: int

    @property
    def nothing(self) -> bool:
        """Return whether the two stages are the same."""
        return not (self.settings or self.flipped or self.changed or self.added or self.removed or self.rerouted)


def compare_plans(before: Stage, after: Stage, untouched: int = 0) -> PlanComparison:
    """Compare two stages.

    Events that are the same in both may be left out of a large plan if `reads_alike` is true for the stages.
    ``untouched`` is the number of events that were left out.
    """
    if reads_alike(before.plan, after.plan):
        same = {
            key for key, event in before.events.items() if key in after.events and is_same(event, after.events[key])
        }
    else:
        same = set()
    compared = compare_events(
        before.plan,
        after.plan,
        {event_id: event for event_id, event in before.events.items() if event_id not in same},
        {event_id: event for event_id, event in after.events.items() if event_id not in same},
    )
    both = [item for item in compared if item.before is not None and item.after is not None]
    return PlanComparison(
        settings=settings_changes(before.plan, after.plan),
        flipped=tuple(item for item in both if item.flipped),
        changed=tuple(item for item in both if item.differs and not item.flipped),
        added=tuple(item for item in compared if item.before is None),
        removed=tuple(item for item in compared if item.after is None),
        rerouted=tuple(item for item in both if item.rerouted and not item.differs and not item.flipped),
        unchanged=untouched + len(same) + sum(item.same for item in both),
    )


def reads_alike(before: Plan, after: Plan) -> bool:
    """Return whether the settings that the advice for an event depends on are the same in both plans."""
    return (before.sources, before.destinations, before.warehouse, before.common) == (
        after.sources,
        after.destinations,
        after.warehouse,
        after.common,
    )
