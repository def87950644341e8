"""The page of one plan, and adding events to it by name."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response
from wtforms import Field

from advisor.knowledge.known_names import KnownName, suggestions
from advisor.store import DamagedError, NotFoundError, PlanFullError, StoredEvent, StoredPlan
from advisor.text import whole_number
from advisor.web.app import current
from advisor.web.app.send_once import earlier_result, finish, new_token
from advisor.web.forms.event_form import problems
from advisor.web.plans.edits.views.undo import number_sent
from advisor.web.plans.overview.form import AddForm, AddSeveralForm
from advisor.web.plans.overview.matrix import matrix
from advisor.web.plans.overview.objects import call_objects
from advisor.web.plans.review.views import review_page
from advisor.web.plans.summary.cache import overview_of
from advisor.web.plans.summary.filter import EventFilter, listing
from advisor.web.plans.summary.overview import Overview
from advisor.web.plans.summary.words import plan_in_words

_ROWS = ("roomy", "dense")
"""The heights of the rows of the matrix."""


def show(plan_id: str) -> ResponseReturnValue:
    """Show the plan at a glance; with ``view=list`` its events with their review."""
    stored = current.whole_plan(plan_id)
    if request.args.get("view") == "list":
        return review_page(stored)
    return _page(stored, AddForm(formdata=None), AddSeveralForm(formdata=None))


def add_events(plan_id: str) -> ResponseReturnValue:
    """Add one event; then show the plan again, ready for the next one."""
    form = AddForm()
    return _add(plan_id, form, form.name) or _page(current.whole_plan(plan_id), form, AddSeveralForm(formdata=None))


def add_several(plan_id: str) -> ResponseReturnValue:
    """Add an event for each line."""
    form = AddSeveralForm()
    return _add(plan_id, form, form.names) or _page(current.whole_plan(plan_id), AddForm(formdata=None), form)


def _add(plan_id: str, form: AddForm | AddSeveralForm, field: Field) -> Response | None:
    """Add the events of the form and return a redirect, or None if there are errors, which the form then holds."""
    if not form.validate_on_submit():
        return None
    if earlier := earlier_result():
        return earlier
    try:
        ids = current.store().add_events(current.owner(), plan_id, form.events())
    except PlanFullError as error:
        field.errors = [str(error)]
        return None
    count = len(ids) if len(ids) > 1 else None
    return finish(url_for("plans.overview.show", plan_id=plan_id, added=ids[-1], count=count))


def show_matrix(plan_id: str) -> ResponseReturnValue:
    """Return the list of events that match the filter of the address, for a page that filters without a reload."""
    stored = current.whole_plan(plan_id)
    _has_dense_rows()
    return render_template("plans/overview/listing.html", **_listing(stored, overview_of(stored)))


def _page(stored: StoredPlan, one: AddForm, many: AddSeveralForm) -> str:
    whole = overview_of(stored)
    shown = _listing(stored, whole)
    return render_template(
        "plans/overview/show.html",
        once=new_token,
        says=plan_in_words(stored.plan),
        one=one,
        many=many,
        problems=(*problems(one), *problems(many)),
        dense=_has_dense_rows(),
        objects=call_objects(whole, shown["listing"].lines),
        **shown,
        **_notices(stored, whole),
    )


def _has_dense_rows() -> bool:
    """Return whether this visitor wants dense rows. What the address says is remembered in their cookie."""
    asked = request.args.get("rows", "")
    if asked in _ROWS and asked != session.get("rows"):
        session["rows"] = asked
        session.permanent = True
    return session.get("rows") == "dense"


def _listing(stored: StoredPlan, whole: Overview) -> dict[str, Any]:
    listed = listing(whole, EventFilter.of(request.args, whole), request.args.get("page", ""))
    return {
        "plan_id": stored.id,
        "plan": stored.plan,
        "overview": whole,
        "listing": listed,
        "matrix": matrix(url_for("plans.event.show", plan_id=stored.id, event_id="-")[:-1], whole, listed),
        "unread": stored,
        "added": next((line for line in whole.lines if line.id == request.args.get("added", "")), None),
    }


def _notices(stored: StoredPlan, whole: Overview) -> dict[str, Any]:
    """Return what just happened, as the address says: events added, deleted or decided, and suggestions accepted."""
    lines = {line.id: line for line in whole.lines}
    gone = request.args.get("deleted", "")
    added = whole_number(request.args.get("count"), digits=5)
    return {
        "added_count": 1 if added is None else added,
        "followed": lines.get(request.args.get("followed", "")),
        "accepted": number_sent("accepted"),
        "undoable": number_sent("saved"),
        "suggested": _suggested(stored, request.args.get("added", "")),
        "deleted": None if gone in lines else _deleted_event(stored.id, gone),
    }


def _suggested(stored: StoredPlan, event_id: str) -> KnownName | None:
    """Return what the name of the event that was just added suggests, beyond its answers; None if that is nothing."""
    event = next(
        (event for key, event in zip(stored.event_ids, stored.plan.events, strict=True) if key == event_id), None
    )
    known = suggestions(event.name, event.call) if event else None
    if event is None or known is None:
        return None
    more = tuple(item for item in known.suggested if not item.maybe and item.question not in event.answers)
    return KnownName(more) if more else None


def _deleted_event(plan_id: str, event_id: str) -> StoredEvent | None:
    try:
        kept = current.event_of(plan_id, event_id) if event_id else None
    except (NotFoundError, DamagedError):
        return None
    return kept if kept and kept.deleted else None
