"""The views of the review: the list of events, and changing status and owner of one or many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.store import StoredPlan
from advisor.text import quantity
from advisor.web.app import current
from advisor.web.app.addresses import with_query_of_request
from advisor.web.forms.event_form import problems
from advisor.web.plans.edits.views.several_events import change_events
from advisor.web.plans.edits.views.undo import number_sent
from advisor.web.plans.review.changes import review_change
from advisor.web.plans.review.form import ReviewForm
from advisor.web.plans.review.review_list import COMMENTED, ReviewList, review_list
from advisor.web.plans.summary.cache import overview_of
from advisor.web.plans.summary.filter import EventFilter, listing
from advisor.web.plans.summary.overview import Overview
from advisor.web.plans.summary.words import plan_in_words


def show(plan_id: str) -> ResponseReturnValue:
    """Lead to the list, which is a view of the plan's page."""
    return redirect(with_query_of_request(url_for("plans.overview.show", plan_id=plan_id), view="list"), 303)


def change(plan_id: str) -> ResponseReturnValue:
    """Set status and owner of the selected events, or of all that the filter lists, as one change of the history."""
    form = ReviewForm()
    stored = current.whole_plan(plan_id)
    whole = overview_of(stored)
    if not form.validate():
        return review_page(stored, form)
    shown = _listed(plan_id, whole, request.form)
    matching = [line.id for line in shown.listing.matching]
    ids = matching if request.form.get("every") == "yes" else request.form.getlist("selected")
    wanted = review_change(form.do.data, form.new_status.data or "", form.new_owner.data or "")
    done = change_events(plan_id, ids, lambda _, event: wanted.of(event))
    told: dict[str, Any] = {**shown.query, "page": request.form.get("page") or None}
    if done.changed:
        told |= {"saved": done.number, "changed": len(done.changed)}
    else:
        flash("Nothing was changed: that is how they are." if ids else "Select events first: nothing was changed.")
    return redirect(url_for("plans.overview.show", plan_id=plan_id, **told), 303)


def review_page(stored: StoredPlan, form: ReviewForm | None = None) -> str:
    """Return the page with the list. ``form`` is one that was sent with errors."""
    whole = overview_of(stored)
    form = form or ReviewForm(formdata=None)
    changed = number_sent("changed")
    return render_template(
        "plans/review/show.html",
        plan_id=stored.id,
        plan=stored.plan,
        unread=stored,
        says=plan_in_words(stored.plan),
        overview=whole,
        review=_listed(stored.id, whole, request.values),
        form=form,
        problems=problems(form),
        undoable=number_sent("saved"),
        changed=quantity(changed, "event") if changed is not None else "",
        edited=request.values.get("edit", ""),
    )


def _listed(plan_id: str, whole: Overview, asked: Mapping[str, str]) -> ReviewList:
    comments = current.store().comments.counts(current.owner(), plan_id)
    only = asked.get(COMMENTED) == "yes"
    found = listing(whole, EventFilter.of(asked, whole), asked.get("page", ""), comments.keys() if only else None)
    return review_list(whole, found, comments, commented_only=only)
