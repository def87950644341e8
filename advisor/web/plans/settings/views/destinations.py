"""The destinations of a plan: searching the catalogue, reading the one to add, and removing one."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.knowledge.catalogue import CATALOGUE, destination_name, find_destination
from advisor.model import UNTITLED, Destination, Plan
from advisor.store import SettingsConflictError
from advisor.web.app import current
from advisor.web.forms.destination_names import unknown_destination
from advisor.web.plans.edits.sent import settings_problems
from advisor.web.plans.edits.views.undo import change_after, latest_point
from advisor.web.plans.settings.changes import has_destination, wanted_by, with_destinations, without_destination
from advisor.web.plans.settings.form import PlanSettingsForm
from advisor.web.plans.settings.found import find


def search(plan_id: str) -> ResponseReturnValue:
    """Return the results of a search, for the open settings page."""
    plan = current.settings_of(plan_id).plan
    return render_template("plans/settings/found.html", found=find(plan, request.args.get("q", "")))


def remove_destination(plan_id: str) -> ResponseReturnValue:
    """Show the events that want the destination and ask, or remove it from the plan and from those events."""
    key = request.values.get("destination", "")
    stored = current.whole_plan(plan_id)
    if not has_destination(stored.plan, key):
        return redirect(url_for("plans.settings.show", plan_id=plan_id, _anchor="destinations"), 303)
    if request.method == "POST":
        return _remove(plan_id, key, stored.revision)
    return render_template(
        "plans/settings/remove_destination.html",
        plan_id=plan_id,
        plan=stored.plan,
        key=key,
        name=destination_name(key),
        events=wanted_by(stored.plan, key),
    )


def destinations_to_add(form: PlanSettingsForm, plan: Plan) -> tuple[Destination, ...]:
    """Return the destinations that the form adds. Adds an error to the form for what can't be added."""
    custom = form.custom()
    added = (custom,) if custom else _from_catalogue(form, plan)
    field = form.custom_name if custom else form.q
    same = next((item for item in plan.destinations if custom and item.key == custom.key), None)
    if custom and same and same != custom:
        field.errors = [
            *field.errors,
            f"“{custom.key}” is in the plan already. Remove it first to change how it is reached",
        ]
        return ()
    if added:
        refused = settings_problems(with_destinations(replace(plan, name=UNTITLED), added))
        field.errors = [*field.errors, *(problem.message for problem in refused)]
    return added


def _remove(plan_id: str, key: str, revision: int) -> ResponseReturnValue:
    before = latest_point(plan_id)
    try:
        current.store().save_settings(current.owner(), plan_id, revision, lambda plan: without_destination(plan, key))
    except SettingsConflictError:
        # Someone else saved at the same moment: the page asks again, with the current plan.
        return redirect(url_for("plans.settings.remove_destination", plan_id=plan_id, destination=key), 303)
    number = change_after(before, plan_id)
    return redirect(url_for("plans.settings.show", plan_id=plan_id, saved=number, _anchor="destinations"), 303)


def _from_catalogue(form: PlanSettingsForm, plan: Plan) -> tuple[Destination, ...]:
    """Return the destination that is chosen by its name, or all that the pasted names found."""
    if form.several.data:
        return tuple(Destination(key=key) for key in find(plan, form.q.data or "").to_add)
    name = form.add.data or ""
    if not name:
        return ()
    key = name if name in CATALOGUE else find_destination(name).key
    if key is None:
        form.q.errors = [*form.q.errors, unknown_destination(name)]
        return ()
    return (Destination(key=key),)
