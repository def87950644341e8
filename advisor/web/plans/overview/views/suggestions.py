"""The view that accepts suggested answers: all of a plan, or those of the events that match a filter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.model import Event, Plan
from advisor.presentation.states import suggested_answers
from advisor.store import Batch, FoundEvent
from advisor.web.app import current
from advisor.web.plans.edits.views.undo import change_after, latest_point
from advisor.web.plans.summary.cache import overview_of
from advisor.web.plans.summary.filter import EventFilter, listing


def accept(plan_id: str) -> ResponseReturnValue:
    """Accept the suggested answers of the events that match the filter, as one change of the history."""
    stored = current.whole_plan(plan_id)
    whole = overview_of(stored)
    chosen = EventFilter.of(request.form, whole)
    ids = [line.id for line in listing(whole, chosen).matching if line.suggested]
    before = latest_point(plan_id)
    accepted: list[str] = []

    def draft(settings: Plan, found: Mapping[str, FoundEvent]) -> Batch:
        del settings
        living = {key: item.event for key, item in found.items() if not item.deleted}
        accepted.extend(key for event in living.values() for key in suggested_answers(event))
        return Batch(saved={key: accept_suggestions(event) for key, event in living.items()})

    current.store().batches.apply(current.owner(), plan_id, ids, draft)
    number = change_after(before, plan_id, ids[0]) if accepted else None
    told: dict[str, Any] = {**chosen.query(), "accepted": len(accepted), "saved": number}
    return redirect(url_for("plans.overview.show", plan_id=plan_id, **told), 303)


def accept_suggestions(event: Event) -> Event:
    """Return the event with every suggested answer accepted."""
    return replace(event, suggested=())
