"""The views about practice: saying where events are tracked today, following the advice, and keeping today's side."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.model import Against, Decision, Event, recommendation_of
from advisor.presentation.words import place
from advisor.store import EventConflictError
from advisor.text import quantity
from advisor.web.app import current
from advisor.web.forms.event_form import problems
from advisor.web.plans.edits.views.several_events import change_events
from advisor.web.plans.edits.views.undo import change_after, latest_point
from advisor.web.plans.overview.form import KeepForm, PracticeForm
from advisor.web.plans.overview.practice_answers import said_placements, with_practice
from advisor.web.plans.summary.cache import overview_of
from advisor.web.plans.summary.filter import EventFilter, listing


def practice(plan_id: str) -> ResponseReturnValue:
    """Ask where the events are tracked today, or save what was said as one change of the history."""
    form = PracticeForm(author=current.display_name())
    if form.validate_on_submit():
        return _say(plan_id, form.author.data or "")
    stored = current.whole_plan(plan_id)
    whole = overview_of(stored)
    return render_template(
        "plans/overview/practice.html",
        plan_id=plan_id,
        plan=stored.plan,
        unread=stored,
        listing=listing(whole, EventFilter.of(request.args, whole), request.args.get("page", "")),
        form=form,
        problems=problems(form),
    )


def _say(plan_id: str, author: str) -> ResponseReturnValue:
    said = said_placements(request.form)
    done = change_events(plan_id, said.keys(), lambda key, event: with_practice(event, said[key], author))
    flash(f"Said for {quantity(len(done.changed), 'event')}." if done.changed else "Nothing was changed.")
    return redirect(url_for("plans.overview.show", plan_id=plan_id, saved=done.number), 303)


def follow(plan_id: str) -> ResponseReturnValue:
    """Agree to move an event to where the plan has it: its status becomes *agreed*."""
    event_id = request.form.get("event", "")
    done = change_events(plan_id, [event_id], lambda _, event: replace(event, status="agreed"))
    if not done.found:
        abort(404)
    return redirect(url_for("plans.overview.show", plan_id=plan_id, followed=event_id, saved=done.number), 303)


def keep(plan_id: str) -> ResponseReturnValue:
    """Ask for the reason to keep an event where it is tracked today, then save that as the team's decision."""
    stored = current.whole_plan(plan_id)
    whole = overview_of(stored)
    event_id = request.values.get("event", "")
    if event_id not in whole.places:
        abort(404)
    index = whole.places[event_id]
    line = whole.lines[index]
    if line.practice is None or line.practice.placement == line.in_force:
        return redirect(url_for("plans.event.show", plan_id=plan_id, event_id=event_id), 303)
    form = KeepForm(author=current.display_name())
    if form.validate_on_submit():
        changed = _kept(whole.plan.events[index], stored.plan.events[index], form)
        before = latest_point(plan_id)
        try:
            current.store().save_event(current.owner(), plan_id, event_id, stored.event_revisions[index], changed)
        except EventConflictError:
            flash("The event was changed meanwhile, so nothing was saved. Look at it now.")
            return redirect(url_for("plans.event.show", plan_id=plan_id, event_id=event_id), 303)
        number = change_after(before, plan_id, event_id)
        return redirect(url_for("plans.overview.show", plan_id=plan_id, followed=event_id, saved=number), 303)
    return render_template(
        "plans/overview/keep.html",
        plan_id=plan_id,
        plan=stored.plan,
        line=line,
        today=place(line.practice.placement),
        form=form,
        problems=problems(form),
    )


def _kept(advised: Event, event: Event, form: KeepForm) -> Event:
    """Return the event with the decision to stay where it is tracked today."""
    assert event.practice is not None
    advice = recommendation_of(advised)
    decision = Decision(
        placement=event.practice.placement,
        reason=form.reason.data.strip(),
        author=form.author.data or "",
        date=current.today(),
        against=Against(placement=advice.placement, ruleset=advice.ruleset),
    )
    return replace(event, decision=decision)
