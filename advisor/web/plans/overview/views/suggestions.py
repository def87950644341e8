"""The view that accepts suggested answers: all of a plan, or those of the events that match a filter."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.model import Event
from advisor.presentation.states import suggested_answers
from advisor.web.app import current
from advisor.web.plans.edits.views.several_events import change_events
from advisor.web.plans.summary.cache import overview_of
from advisor.web.plans.summary.filter import EventFilter, listing


def accept(plan_id: str) -> ResponseReturnValue:
    """Accept the suggested answers of the events that match the filter, as one change of the history.

    Leads to the overview, or back to the page of questions if the form came from there (``page``).
    """
    stored = current.whole_plan(plan_id)
    whole = overview_of(stored)
    chosen = EventFilter.of(request.form, whole)
    ids = [line.id for line in listing(whole, chosen).matching if line.suggested]
    accepted: list[str] = []

    def accept_all(_: str, event: Event) -> Event:
        accepted.extend(suggested_answers(event))
        return accept_suggestions(event)

    number = change_events(plan_id, ids, accept_all).number
    if request.form.get("page") == "questions":
        return redirect(url_for("plans.questions.show", plan_id=plan_id, saved=number, answered=len(ids) or None), 303)
    told: dict[str, Any] = {**chosen.query(), "accepted": len(accepted), "saved": number}
    return redirect(url_for("plans.overview.show", plan_id=plan_id, **told), 303)


def accept_suggestions(event: Event) -> Event:
    """Return the event with every suggested answer accepted."""
    return replace(event, suggested=())
