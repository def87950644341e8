"""The settings page of a plan. Every button of the page saves the form, and then does its own action."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.document import DocumentError
from advisor.knowledge.catalogue import CATALOGUE, find_destination
from advisor.model import Destination, Plan
from advisor.presentation.words import destination_name
from advisor.store import SettingsConflict, StoredPlan
from advisor.web.advise.form import unknown_destination
from advisor.web.app.current import owner, revision_sent, settings_of, the_store, whole_plan
from advisor.web.forms.event_form import problems
from advisor.web.plans.conflict.fields import SETTINGS_PARTS
from advisor.web.plans.conflict.merge import differences, merged, seen
from advisor.web.plans.edits.changes import (
    sent_settings,
    settings_problems,
    wanted_by,
    with_destination,
    with_settings,
    without_destination,
    without_libraries,
)
from advisor.web.plans.edits.self_saving import (
    answer,
    change_number,
    number_sent,
    point,
    saves_itself,
    told,
    without_refused,
)
from advisor.web.plans.settings.destinations import find, planned_destinations
from advisor.web.plans.settings.form import PlanSettingsForm, library_sheets

_ADDING = {"q", "add", "custom_name", "custom_web", "custom_mobile", "custom_server"}
"""The fields that add a destination. Errors in them do not stop the other fields from being saved."""


def settings(plan_id: str) -> ResponseReturnValue:
    """Show the settings, or save them."""
    stored = whole_plan(plan_id)
    form = PlanSettingsForm.of(stored.plan, stored.revision, q=request.args.get("q", ""))
    if form.is_submitted():
        valid = form.validate()
        added = _added(form, stored.plan)
        if saves_itself():
            return _save_parts(stored, form, None if _ADDING & form.errors.keys() else added)
        if valid and not form.errors:
            return _save(plan_id, form, added)
    return _page(stored, form)


def found(plan_id: str) -> ResponseReturnValue:
    """Return the results of a search, for the open settings page."""
    plan = settings_of(plan_id).plan
    return render_template("plans/settings/found.html", found=find(plan, request.args.get("q", "")))


def remove_destination(plan_id: str) -> ResponseReturnValue:
    """Show the events that want the destination and ask, or remove it from the plan and from those events."""
    key = request.values.get("destination", "")
    stored = whole_plan(plan_id)
    if all(item.key != key for item in stored.plan.destinations):
        return redirect(url_for("plans.settings", plan_id=plan_id, _anchor="destinations"), 303)
    if request.method == "POST":
        before = point(plan_id)
        try:
            the_store().save_settings(owner(), plan_id, stored.revision, lambda plan: without_destination(plan, key))
        except SettingsConflict:
            # Someone else saved at the same moment: the page asks again, with the current plan.
            return redirect(url_for("plans.remove_destination", plan_id=plan_id, destination=key), 303)
        number = change_number(before, plan_id)
        return redirect(url_for("plans.settings", plan_id=plan_id, saved=number, _anchor="destinations"), 303)
    return render_template(
        "plans/settings/remove_destination.html",
        plan_id=plan_id,
        plan=stored.plan,
        key=key,
        name=destination_name(key),
        events=wanted_by(stored.plan, key),
    )


def merge(plan_id: str) -> ResponseReturnValue:
    """Save the version that is merged from mine and theirs."""
    try:
        mine = sent_settings(request.form.get("mine", ""))
    except DocumentError:
        abort(400)
    chosen = _chosen()
    change = _merging(mine, chosen)
    stored = whole_plan(plan_id)
    if settings_problems(change(stored.plan)):
        abort(400)
    try:
        the_store().save_settings(owner(), plan_id, revision_sent(), change)
    except SettingsConflict as conflict:
        return _conflict(plan_id, mine, conflict.current)
    return redirect(url_for("plans.settings", plan_id=plan_id), 303)


def _merging(mine: Plan, chosen: dict[str, str]) -> Callable[[Plan], Plan]:
    def change(plan: Plan) -> Plan:
        result = merged(SETTINGS_PARTS, mine, plan, chosen)
        for item in plan.destinations:
            if all(kept.key != item.key for kept in result.destinations):
                result = replace(without_destination(result, item.key), destinations=result.destinations)
        return without_libraries(result)

    return change


def _chosen() -> dict[str, str]:
    everything = request.form.get("all")
    return {part.key: everything or request.form.get(f"keep-{part.key}", "theirs") for part in SETTINGS_PARTS}


def _added(form: PlanSettingsForm, plan: Plan) -> Destination | None:
    """Return the destination that the form adds, or None. Adds an error to the form if it can't be added."""
    custom = form.custom()
    added = custom or _from_catalogue(form)
    if added is None:
        return None
    field = form.custom_name if custom else form.q
    same = next((item for item in plan.destinations if item.key == added.key), None)
    if custom and same and same != custom:
        field.errors = [
            *field.errors,
            f"“{custom.key}” is in the plan already. Remove it first to change how it is reached",
        ]
        return None
    refused = settings_problems(with_destination(replace(plan, name="-"), added))
    field.errors = [*field.errors, *(problem.message for problem in refused)]
    return added


def _from_catalogue(form: PlanSettingsForm) -> Destination | None:
    name = form.add.data or ""
    if not name:
        return None
    key = name if name in CATALOGUE else find_destination(name).key
    if key is None:
        form.q.errors = [*form.q.errors, unknown_destination(name)]
        return None
    return Destination(key=key)


def _save(plan_id: str, form: PlanSettingsForm, added: Destination | None) -> ResponseReturnValue:
    leaving = request.form.get("remove", "")

    def change(plan: Plan) -> Plan:
        changed = with_settings(plan, form)
        changed = with_destination(changed, added) if added else changed
        return changed if wanted_by(changed, leaving) else without_destination(changed, leaving)

    before = point(plan_id)
    try:
        the_store().save_settings(owner(), plan_id, revision_sent(), change)
    except SettingsConflict as conflict:
        return _conflict(plan_id, replace(change(conflict.current.plan), events=()), conflict.current)
    return redirect(_next_address(plan_id, form, leaving, added, change_number(before, plan_id)), 303)


def _save_parts(stored: StoredPlan, form: PlanSettingsForm, added: Destination | None) -> ResponseReturnValue:
    """Save every valid part of the settings, and tell the page which parts are not valid."""
    leaving = request.form.get("remove", "")
    if any(item.key == leaving for item in stored.plan.destinations) and wanted_by(stored.plan, leaving):
        # The page asks first. All other changes are saved by then.
        return answer(go=url_for("plans.remove_destination", plan_id=stored.id, destination=leaving))
    settings = replace(stored.plan, events=())
    checked = without_refused(
        SETTINGS_PARTS, with_settings(settings, form), settings, form, {"sources": "client"}, settings_problems
    )

    def change(plan: Plan) -> Plan:
        changed = merged(SETTINGS_PARTS, checked.version, plan, {part.key: "mine" for part in SETTINGS_PARTS})
        changed = with_destination(changed, added) if added else changed
        return without_libraries(without_destination(changed, leaving) if leaving else changed)

    before = point(stored.id)
    try:
        revision = the_store().save_settings(owner(), stored.id, revision_sent(), change)
    except SettingsConflict:
        return answer(conflict=True)
    now = change(settings)
    is_other = (now.sources, now.destinations) != (settings.sources, settings.destinations)
    return answer(
        revision=revision,
        seen=seen(SETTINGS_PARTS, now),
        undo=change_number(before, stored.id),
        problems=told(checked.problems),
        shows=["planned", "found"] if is_other else [],
    )


def _next_address(
    plan_id: str, form: PlanSettingsForm, leaving: str, added: Destination | None, number: int | None
) -> str:
    plan = whole_plan(plan_id).plan
    if any(item.key == leaving for item in plan.destinations):
        return url_for("plans.remove_destination", plan_id=plan_id, destination=leaving)
    query = {"q": form.q.data} if form.q.data else {}
    query |= {"saved": str(number)} if number else {}
    # With a search in the address, the page focuses the search field. Browsers don't do that if there is a fragment.
    anchor = "destinations" if (added or leaving) and not form.q.data else None
    return url_for("plans.settings", plan_id=plan_id, **query, _anchor=anchor)


def _conflict(plan_id: str, mine: Plan, current: StoredPlan) -> ResponseReturnValue:
    theirs = replace(current.plan, events=())
    page = render_template(
        "plans/conflict/conflict.html",
        what="settings",
        plan_id=plan_id,
        plan=current.plan,
        action=url_for("plans.merge_settings", plan_id=plan_id),
        back=url_for("plans.settings", plan_id=plan_id),
        mine=msgspec.json.encode(mine).decode(),
        revision=current.revision,
        seen=request.form.get("seen", ""),
        saved_at=current.updated_at,
        differences=differences(SETTINGS_PARTS, mine, theirs, request.form.get("seen", "")),
        deleted=False,
    )
    return page, 409


def _page(stored: StoredPlan, form: PlanSettingsForm) -> str:
    return render_template(
        "plans/settings/settings.html",
        plan_id=stored.id,
        plan=stored.plan,
        unread=stored,
        saved_at=stored.updated_at,
        form=form,
        libraries=library_sheets(),
        destinations=planned_destinations(stored.plan, form),
        found=find(stored.plan, form.q.data or ""),
        seen=seen(SETTINGS_PARTS, stored.plan),
        undoable=number_sent("saved"),
        problems=problems(form),
    )
