"""Undoing a change, and the numbers of changes in the history that pages offer to undo."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from advisor.store import NotFoundError, OutdatedError, PlanFullError, UnstorableError
from advisor.text import whole_number
from advisor.web.app import current
from advisor.web.plans.edits.views.saving import json_answer, saves_itself

_PAGES = {
    "show": "plans.overview.show",
    "settings": "plans.settings.show",
    "plain": "plans.grid.plain",
    "event": "plans.event.show",
    "privacy": "plans.privacy.show",
    "questions": "plans.questions.show",
    "developers": "plans.developers.show",
    "review": "plans.review.show",
}


def undo(plan_id: str) -> ResponseReturnValue:
    """Undo a change. Return JSON with the number of the new change for the script, a redirect for other requests."""
    message, number = "", None
    try:
        number = current.store().history.undo(current.owner(), plan_id, number_sent("number") or 0)
    except (NotFoundError, OutdatedError, PlanFullError, UnstorableError) as error:
        message = str(error)
    if saves_itself():
        return json_answer(message=message, undo=number)
    flash(message or "Undone.")
    return redirect(_page_after(plan_id), 303)


def latest_point(plan_id: str) -> int:
    """Return the latest point in the history of the plan."""
    return current.store().history.latest(current.owner(), plan_id)


def change_after(point: int, plan_id: str, event_id: str | None = None) -> int | None:
    """Return the number of the first change of the event, or of the settings, after the point; None without one."""
    return current.store().history.first_after(current.owner(), plan_id, point, event_id)


def number_sent(name: str) -> int | None:
    """Return the number of a change from the request; None if there is no valid one."""
    return whole_number(request.values.get(name))


def _page_after(plan_id: str) -> str:
    event_id = request.form.get("event", "")
    page = "event" if event_id else request.form.get("page", "")
    return url_for(_PAGES.get(page, "plans.overview.show"), plan_id=plan_id, event_id=event_id or None)
