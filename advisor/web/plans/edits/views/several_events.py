"""Changing several events at once, as one change of the history."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from advisor.model import Event, Plan
from advisor.store import Batch, FoundEvent
from advisor.web.app import current
from advisor.web.plans.edits.views.undo import change_after, latest_point


@dataclass(frozen=True)
class ChangedEvents:
    """What was done: the ids of the events that are in the plan, and of those that were changed.

    ``number`` is that of the change in the history; None if every event was like that already.
    """

    found: tuple[str, ...]
    changed: tuple[str, ...]
    number: int | None


def change_events(plan_id: str, ids: Collection[str], change: Callable[[str, Event], Event]) -> ChangedEvents:
    """Save each of these events as ``change`` returns it for its id and content, and return what was done.

    Events that are unknown, deleted or damaged are left out. ``change`` gets each event as it is when it is saved.
    """
    living: dict[str, Event] = {}

    def draft(settings: Plan, found: Mapping[str, FoundEvent]) -> Batch:
        del settings
        living.update({key: item.event for key, item in found.items() if not item.deleted})
        made = {key: change(key, event) for key, event in living.items()}
        return Batch(saved={key: event for key, event in made.items() if event != living[key]})

    before = latest_point(plan_id)
    changed = tuple(current.store().batches.apply(current.owner(), plan_id, ids, draft).saved)
    number = change_after(before, plan_id, changed[0]) if changed else None
    return ChangedEvents(tuple(living), changed, number)
