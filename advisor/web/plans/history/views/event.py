"""The history of one event: its own changes, and the changes of the plan that affected it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.comparison import compare_events
from advisor.document import fitted
from advisor.store import Change, PlanFullError
from advisor.text import whole_number
from advisor.web.app import current
from advisor.web.plans.history.cards import Card, card, stages

CARDS = 20
_WORDS = {
    "created": "Came with the plan",
    "added": "Added",
    "removed": "Removed",
    "returned": "Brought back",
    "restored": "Plan restored to an earlier point",
    "settings": "The plan’s settings changed",
}


@dataclass(frozen=True)
class Moment:
    """One change of the event. ``is_there`` says whether the event was in the plan afterwards, and so can be restored."""

    change: Change
    words: str
    card: Card
    is_there: bool


def event(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Show the changes of the event, the newest first."""
    stored = current.event_of(plan_id, event_id)
    changes = _changes_before(plan_id, event_id, whole_number(request.args.get("before")))
    shown = changes[:CARDS]
    return render_template(
        "plans/history/event.html",
        plan_id=plan_id,
        plan=current.settings_of(plan_id).plan,
        stored=stored,
        moments=list(_moments(plan_id, event_id, shown)),
        latest=current.store().history.latest(current.owner(), plan_id),
        earlier=shown[-1].number if len(changes) > CARDS else None,
    )


def _changes_before(plan_id: str, event_id: str, before: int | None) -> list[Change]:
    """Return the changes of a page and one more. A number beyond the end gives the first change of the event."""
    history, owner = current.store().history, current.owner()
    found = history.changes(owner, plan_id, before=before, limit=CARDS + 1, event_id=event_id)
    first = None if found or before is None else history.first_after(owner, plan_id, 0, event_id)
    return [history.change(owner, plan_id, first)] if first else found


def restore(plan_id: str, event_id: str, number: int) -> ResponseReturnValue:
    """Restore the event to what it was after a change. This is recorded as a new change of the event."""
    try:
        current.store().history.restore_event(current.owner(), plan_id, event_id, number, fitted)
    except PlanFullError as error:
        flash(str(error))
    else:
        flash("The event is as it was then. To undo this, restore the version below it.")
    return redirect(url_for("plans.history.event", plan_id=plan_id, event_id=event_id), 303)


def _moments(plan_id: str, event_id: str, changes: list[Change]) -> Iterator[Moment]:
    for change in changes:
        points = current.store().history.between(
            current.owner(), plan_id, change.number - 1, change.number, event_id=event_id
        )
        before, after = stages(*points)
        for item in compare_events(before.plan, after.plan, before.events, after.events):
            if not item.same:
                shown = card(before.plan, after.plan, item)
                yield Moment(change, _WORDS.get(change.kind, "Changed"), shown, item.after is not None)
