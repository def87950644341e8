"""Answering a column in the plain table: a form that says which events, and what happens to their answers."""

from __future__ import annotations

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue

from advisor.knowledge.questions import QUESTION_KEYS
from advisor.store import StoredPlan
from advisor.web.app import current
from advisor.web.app.send_once import earlier_result, finish
from advisor.web.plans.edits.views.undo import change_after, latest_point
from advisor.web.plans.grid.changes import Changes, column_cells
from advisor.web.plans.grid.column_answers import ACTS, Rows, open_rows
from advisor.web.plans.grid.views.saving import apply
from advisor.web.plans.grid.views.shown_page import filter_sent

_IDS = {"selected": "event", "shown": "row"}
"""The fields of the form that name the events, for choices that do."""
WHICH = (*_IDS, "open", "all")
"""Which events are answered: the ticked ones, those of the page, those whose cell is open, or all of the plan."""


def answer(plan_id: str) -> ResponseReturnValue:
    """Answer the column as one change of the history, and go back to the table."""
    if earlier := earlier_result():
        return earlier
    question, which = request.form.get("question", ""), request.form.get("which", "")
    act = next((each for each in ACTS if each == request.form.get("act")), None)
    if question not in QUESTION_KEYS or which not in WHICH or act is None:
        abort(400)
    cells = column_cells(question, act, _rows(current.whole_plan(plan_id), question, which))
    number = None
    if cells:
        before = latest_point(plan_id)
        flash(apply(plan_id, Changes(cells=cells))["says"])
        number = change_after(before, plan_id, cells[0].id)
    else:
        flash(_NOTHING[which] if which in _NOTHING and not _ids(which) else "No answer had to change.")
    page = request.form.get("page", "")[:6]
    query = filter_sent().query
    return finish(url_for("plans.grid.plain", plan_id=plan_id, page=page, changed=number, column=question, **query))


_NOTHING = {"selected": "No event is ticked."}


def _rows(stored: StoredPlan, question: str, which: str) -> Rows:
    """Return the events that the form chooses, in the order of the plan."""
    rows = list(zip(stored.event_ids, stored.plan.events, strict=True))
    if which == "open":
        return open_rows(stored.plan, question, rows)
    named = _ids(which)
    return rows if which == "all" else [row for row in rows if row[0] in named]


def _ids(which: str) -> frozenset[str]:
    return frozenset(request.form.getlist(_IDS.get(which, "")))
