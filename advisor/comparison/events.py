"""Two stages of one event, with the advice for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from advisor.advice import advise
from advisor.comparison.differing import Change, changes, event_changes
from advisor.comparison.entries import advice_entries
from advisor.comparison.fitting import fitted, known
from advisor.model import Event, Placement, Plan, Recommendation


@dataclass(frozen=True)
class EventComparison:
    """One event, before and after; both advised where they are there. ``calls``: what changes of its calls and their reach."""

    id: str
    before: Event | None
    after: Event | None
    changes: tuple[Change, ...]
    calls: tuple[Change, ...]

    @property
    def event(self) -> Event:
        """The later stage that there is."""
        event = self.after or self.before
        assert event is not None
        return event

    @property
    def flipped(self) -> bool:
        """Whether another side sends it now."""
        if self.before is None or self.after is None:
            return False
        return placement(self.before) != placement(self.after)

    @property
    def same(self) -> bool:
        """Whether nothing differs, neither the event nor its calls."""
        return not (self.changes or self.calls or self.flipped or self.before is None or self.after is None)


def compare_events(
    plan_before: Plan, plan_after: Plan, before: Mapping[str, Event], after: Mapping[str, Event]
) -> tuple[EventComparison, ...]:
    """The events of both stages by id, in the order of the later stage; those that went come last."""
    advised_before = advised(plan_before, before)
    advised_after = advised(plan_after, after)
    ids = [*after, *(event_id for event_id in before if event_id not in after)]
    return tuple(_compare(event_id, advised_before.get(event_id), advised_after.get(event_id)) for event_id in ids)


def advised(plan: Plan, events: Mapping[str, Event]) -> dict[str, Event]:
    """The events with the advice that they get in this plan today."""
    judged = known(plan)
    result = advise(replace(judged, events=tuple(fitted(judged, event) for event in events.values())))
    return {
        event_id: replace(event, recommendation=with_advice.recommendation)
        for (event_id, event), with_advice in zip(events.items(), result.events, strict=True)
    }


def placement(event: Event) -> Placement:
    """The side that sends an advised event: the decision's, or else the recommendation's."""
    return event.decision.placement if event.decision else recommendation(event).placement


def recommendation(event: Event) -> Recommendation:
    """The recommendation of an advised event."""
    assert isinstance(event.recommendation, Recommendation)
    return event.recommendation


def _compare(event_id: str, before: Event | None, after: Event | None) -> EventComparison:
    both = (before, after) if before is not None and after is not None else None
    return EventComparison(
        id=event_id,
        before=before,
        after=after,
        changes=event_changes(*both) if both else (),
        calls=_call_changes(both) if both else (),
    )


def _call_changes(both: Sequence[Event]) -> tuple[Change, ...]:
    before, after = (recommendation(event) for event in both)
    if (before.calls, before.deliveries, before.unreachable) == (after.calls, after.deliveries, after.unreachable):
        return ()
    return changes(advice_entries(before), advice_entries(after))
