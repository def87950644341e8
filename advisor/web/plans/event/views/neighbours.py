"""Going from an event to the one before it or after it."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from advisor.web.app import current


def previous(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Go to the previous event."""
    return _go(plan_id, event_id, -1)


def following(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Go to the next event."""
    return _go(plan_id, event_id, 1)


def _go(plan_id: str, event_id: str, step: int) -> ResponseReturnValue:
    """Return a redirect to the neighbour, or to the plan if there is none.

    The address of a neighbour is only looked up on request, because that means reading the whole plan.
    """
    place = current.event_of(plan_id, event_id).index + step
    if 0 <= place < current.count_events(plan_id):
        ids = current.whole_plan(plan_id).event_ids
        if place < len(ids):
            return redirect(url_for("plans.event.show", plan_id=plan_id, event_id=ids[place]), 303)
    return redirect(url_for("plans.overview.show", plan_id=plan_id), 303)
