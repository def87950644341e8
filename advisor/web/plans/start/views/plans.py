"""The pages of all plans of a visitor: listing them, starting one, copying an example, deleting and restoring."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.presentation.states import Tally
from advisor.store import DamagedError, NotFoundError, PlanSummary
from advisor.web.app import current
from advisor.web.app.security import claim_owner, visitor
from advisor.web.app.send_once import earlier_result, finish, new_token
from advisor.web.forms.event_form import problems
from advisor.web.plans.settings.form import NewPlanForm, library_sheets
from advisor.web.plans.settings.found import with_tools
from advisor.web.plans.start.examples import EXAMPLES, example_plan, example_sheets
from advisor.web.plans.start.starters import starter_sheets
from advisor.web.plans.start.views.recovery import own_code
from advisor.web.plans.summary.cache import overview_of

COUNTED = 2_000
"""The number of events up to which the list counts where they go: in the plans that were changed last."""


def index() -> ResponseReturnValue:
    """Show the plans with their totals, the deleted plans, and the starters and examples to start from."""
    plans = current.store().plans(current.owner())
    deleted = current.store().plans(current.owner(), deleted=True)
    return render_template(
        "plans/start/index.html",
        plans=plans,
        tallies=_tallies(plans),
        deleted=deleted,
        just_deleted=next((plan for plan in deleted if plan.id == request.args.get("deleted")), None),
        examples=example_sheets(),
        code=own_code(),
        shared=current.store().shares.shared_with(visitor()),
        display_name=current.display_name(),
        starter_sheets=starter_sheets(),
        once=new_token,
    )


def _tallies(plans: list[PlanSummary]) -> dict[str, Tally]:
    """Return where the events of each plan go, by its id. Plans beyond `COUNTED` events, and damaged ones, have none."""
    found, left = {}, COUNTED
    for plan in plans:
        if plan.events > left or plan.damage:
            continue
        left -= plan.events
        try:
            found[plan.id] = overview_of(current.store().load(current.owner(), plan.id)).summary.places
        except (NotFoundError, DamagedError):
            continue  # deleted or damaged since the list was read; its row says so when it is opened
    return found


def new() -> ResponseReturnValue:
    """Show the form of a new plan, or make the plan."""
    form = NewPlanForm()
    if form.validate_on_submit():
        if earlier := earlier_result():
            return earlier
        plan, left = with_tools(form.plan(), form.tools.data or "")
        plan_id = current.store().create(claim_owner(), plan)
        return finish(url_for("plans.settings.show", plan_id=plan_id, q=left or None, _anchor="destinations"))
    return render_template(
        "plans/start/new.html",
        form=form,
        libraries=library_sheets(),
        starter_sheets=starter_sheets(),
        once=new_token,
        problems=problems(form),
    )


def open_example(key: str) -> ResponseReturnValue:
    """Make a copy of an example for the visitor, and go to it."""
    if key not in EXAMPLES:
        abort(404)
    if earlier := earlier_result():
        return earlier
    plan_id = current.store().create(claim_owner(), example_plan(key), "Started from an example")
    return finish(url_for("plans.overview.show", plan_id=plan_id))


def delete(plan_id: str) -> ResponseReturnValue:
    """Ask for confirmation, then delete the plan. It can be restored from the list."""
    if request.method != "POST":
        stored = current.settings_of(plan_id)
        return render_template(
            "plans/start/delete.html", plan_id=plan_id, plan=stored.plan, events=current.count_events(plan_id)
        )
    current.store().delete(current.owner(), plan_id)
    return redirect(url_for("plans.start.index", deleted=plan_id), 303)


def restore(plan_id: str) -> ResponseReturnValue:
    """Restore a deleted plan."""
    current.store().restore(current.owner(), plan_id)
    return redirect(url_for("plans.overview.show", plan_id=plan_id), 303)
