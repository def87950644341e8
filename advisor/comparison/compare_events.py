"""Compares two stages of events, with the advice for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from advisor.advice.advisor import Advisor
from advisor.advice.reach.network import Network
from advisor.comparison.differences import Change, changes, event_changes
from advisor.comparison.entries import advice_entries
from advisor.comparison.fit_to_today import without_unknown
from advisor.document import fitted
from advisor.knowledge.wording import GENERAL, Wording, plan_wording
from advisor.model import Event, Plan, placement_in_force, recommendation_of


@dataclass(frozen=True)
class EventComparison:
    """Two stages of one event, each with its recommendation. A stage is None if the event did not exist in it.

    ``differs`` is true if the event itself changed, ``rerouted`` if its calls or the destinations they reach changed.
    """

    id: str
    before: Event | None
    after: Event | None
    differs: bool
    rerouted: bool
    wording: Wording = GENERAL

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Return the changes of the event itself."""
        return (
            event_changes(self.before, self.after, self.wording) if self.before and self.after and self.differs else ()
        )

    @cached_property
    def calls(self) -> tuple[Change, ...]:
        """Return the changes of its calls and of the destinations they reach."""
        if not (self.before and self.after and self.rerouted):
            return ()
        old, new = recommendation_of(self.before), recommendation_of(self.after)
        return changes(advice_entries(old), advice_entries(new))

    @property
    def event(self) -> Event:
        """Return the later stage, or the earlier one if the event was removed."""
        event = self.after or self.before
        assert event is not None
        return event

    @property
    def flipped(self) -> bool:
        """Return whether the placement in force differs between the stages."""
        if self.before is None or self.after is None:
            return False
        return placement_in_force(self.before) != placement_in_force(self.after)

    @property
    def same(self) -> bool:
        """Return whether neither the event nor its calls differ."""
        return not (self.differs or self.rerouted or self.flipped or self.before is None or self.after is None)


def is_same(one: Event, other: Event) -> bool:
    """Return whether two events are the same in a document, where True, 1 and 1.0 differ (in Python they are equal)."""
    if one is other:
        return True
    encoded = (msgspec.json.encode(replace(event, recommendation=UNSET)) for event in (one, other))
    return next(encoded) == next(encoded)


def compare_events(
    plan_before: Plan, plan_after: Plan, before: Mapping[str, Event], after: Mapping[str, Event]
) -> tuple[EventComparison, ...]:
    """Return a comparison for every event of both stages, in the order of the later one. Removed events come last."""
    advised_before = advise_events(plan_before, before)
    advised_after = advise_events(plan_after, after)
    ids = [*after, *(event_id for event_id in before if event_id not in after)]
    return tuple(
        EventComparison(
            id=event_id,
            before=advised_before.get(event_id),
            after=advised_after.get(event_id),
            differs=not (event_id in before and event_id in after and is_same(before[event_id], after[event_id])),
            rerouted=_is_rerouted(advised_before.get(event_id), advised_after.get(event_id)),
            wording=plan_wording(plan_after.sources),
        )
        for event_id in ids
    )


def advise_events(plan: Plan, events: Mapping[str, Event]) -> dict[str, Event]:
    """Return the events with the recommendations that they get in this plan today."""
    judged = without_unknown(plan)
    advisor = Advisor(Network(judged))  # `advise` would also compute the findings of the plan, which are not needed
    return {
        event_id: replace(event, recommendation=advisor.recommend(fitted(judged, event), f"/events/{index}"))
        for index, (event_id, event) in enumerate(events.items())
    }


def _is_rerouted(before: Event | None, after: Event | None) -> bool:
    if before is None or after is None:
        return True
    old, new = recommendation_of(before), recommendation_of(after)
    return (old.calls, old.deliveries, old.unreachable) != (new.calls, new.deliveries, new.unreachable)
