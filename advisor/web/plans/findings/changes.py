"""Changes of a plan made on its findings pages: dismissals as pure functions, and saving a changed plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import UNSET
from msgspec.structs import replace

from advisor.advice.plan_findings.dismissals import open_findings
from advisor.document import check
from advisor.model import Dismissal, Event, Plan
from advisor.store import Batch, ConflictError, FoundEvent, NotFoundError, Store, StoredPlan


class MovedError(Exception):
    """Raised when someone else changed the plan meanwhile. Nothing was saved."""


def with_dismissal(plan: Plan, item: Dismissal, events: Collection[int], *, whole: bool) -> Plan:
    """Return the plan with a code dismissed in these events, and in the plan itself if ``whole``.

    An earlier dismissal of the same code is replaced.
    """
    return replace(
        plan,
        dismissed=_with(plan.dismissed, item) if whole else plan.dismissed,
        events=tuple(
            replace(event, dismissed=_with(event.dismissed, item)) if index in events else event
            for index, event in enumerate(plan.events)
        ),
    )


def without_dismissal(plan: Plan, code: str, index: int | None) -> Plan:
    """Return the plan without the dismissal of a code, in one event or (``index`` None) in the plan itself."""
    if index is None:
        return replace(plan, dismissed=_without(plan.dismissed, code))
    return replace(
        plan,
        events=tuple(
            replace(event, dismissed=_without(event.dismissed, code)) if place == index else event
            for place, event in enumerate(plan.events)
        ),
    )


def places_of(advised: Plan, code: str) -> tuple[set[int], bool]:
    """Return where to dismiss the open findings of a code: the indexes of events, and whether in the plan itself.

    Findings of the plan are dismissed in the plan, those of events in each event.
    """
    own = {found.pointer for found in advised.findings or () if found.code == code}
    there = [item for item in open_findings(advised) if item.finding.code == code]
    events = {item.event for item in there if item.event is not None and item.finding.pointer not in own}
    return events, any(item.finding.pointer in own for item in there)


def save(store: Store, owner: str, stored: StoredPlan, changed: Plan) -> int | None:
    """Save a changed version of the loaded plan. Returns the number of the change in its history, None if nothing changed.

    Raises `MovedError` if someone else changed the same parts meanwhile, `advisor.document.DocumentError` for an invalid plan.
    """
    changed, _ = check(replace(changed, findings=UNSET))
    before = store.history.latest(owner, stored.id)
    try:
        if len(changed.events) < len(stored.plan.events):
            _delete(store, owner, stored, changed)
        else:
            _save(store, owner, stored, changed)
    except (ConflictError, NotFoundError) as error:
        raise MovedError from error
    return store.history.first_after(owner, stored.id, before, _changed_event(stored, changed))


def _changed_event(stored: StoredPlan, changed: Plan) -> str | None:
    """Return the id of the first event that is changed or gone; None if only the settings are."""
    following = iter(changed.events)
    pairs = zip(stored.event_ids, stored.plan.events, strict=True)
    return next((event_id for event_id, event in pairs if event != next(following, None)), None)


def _save(store: Store, owner: str, stored: StoredPlan, changed: Plan) -> None:
    pairs = zip(stored.plan.events, changed.events, strict=True)
    different = [index for index, (before, after) in enumerate(pairs) if before != after]
    if len(different) == 1 and replace(changed, events=()) == replace(stored.plan, events=()):
        (index,) = different
        revision = stored.event_revisions[index]
        store.save_event(owner, stored.id, stored.event_ids[index], revision, changed.events[index])
        return

    def change(current: Plan) -> Plan:
        if current != stored.plan:
            raise MovedError
        return changed

    store.save_settings(owner, stored.id, stored.revision, change)


def _delete(store: Store, owner: str, stored: StoredPlan, changed: Plan) -> None:
    """Delete the events that the changed plan has no more, as one change of the history."""
    kept = iter(changed.events)
    following = next(kept, None)
    gone: dict[str, Event] = {}
    for event_id, event in zip(stored.event_ids, stored.plan.events, strict=True):
        if event == following:
            following = next(kept, None)
        else:
            gone[event_id] = event

    def draft(settings: Plan, found: Mapping[str, FoundEvent]) -> Batch:
        del settings
        if {key: item.event for key, item in found.items() if not item.deleted} != gone:
            raise MovedError
        return Batch(removed=gone.keys())

    store.batches.apply(owner, stored.id, gone.keys(), draft)


def _with(items: tuple[Dismissal, ...], item: Dismissal) -> tuple[Dismissal, ...]:
    return (*_without(items, item.code), item)


def _without(items: tuple[Dismissal, ...], code: str) -> tuple[Dismissal, ...]:
    return tuple(item for item in items if item.code != code)
