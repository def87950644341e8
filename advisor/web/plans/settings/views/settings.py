"""The settings page of a plan. Every button of the page saves the form, and then does its own action."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.event_fields import SETTINGS_FORM_FIELDS
from advisor.model import Destination, Plan
from advisor.store import SettingsConflictError, StoredPlan
from advisor.web.app import current
from advisor.web.forms.event_form import problems
from advisor.web.plans.conflict.merge import fingerprints, merge_fields
from advisor.web.plans.edits.sent import settings_problems
from advisor.web.plans.edits.views.saving import json_answer, problem_list, saves_itself
from advisor.web.plans.edits.views.undo import change_after, latest_point, number_sent
from advisor.web.plans.edits.views.valid_parts import valid_parts
from advisor.web.plans.settings.changes import (
    has_destination,
    wanted_by,
    with_destination,
    with_settings,
    without_destination,
    without_libraries,
)
from advisor.web.plans.settings.destinations import find, planned_destinations
from advisor.web.plans.settings.form import PlanSettingsForm, library_sheets
from advisor.web.plans.settings.views.conflict import conflict_page
from advisor.web.plans.settings.views.destinations import destination_to_add

_ADDING = {"q", "add", "custom_name", "custom_web", "custom_mobile", "custom_server"}
"""The fields that add a destination. Errors in them do not stop the other fields from being saved."""


def settings(plan_id: str) -> ResponseReturnValue:
    """Show the settings, or save them."""
    stored = current.whole_plan(plan_id)
    form = PlanSettingsForm.of(stored.plan, stored.revision, q=request.args.get("q", ""))
    if form.is_submitted():
        is_valid = form.validate()
        added = destination_to_add(form, stored.plan)
        if saves_itself():
            return _save_valid_parts(stored, form, None if _ADDING & form.errors.keys() else added)
        if is_valid and not form.errors:
            return _save(stored, form, added)
    return render_template(
        "plans/settings/settings.html",
        plan_id=plan_id,
        plan=stored.plan,
        unread=stored,
        saved_at=stored.updated_at,
        form=form,
        libraries=library_sheets(),
        destinations=planned_destinations(stored.plan, form),
        found=find(stored.plan, form.q.data or ""),
        seen=fingerprints(SETTINGS_FORM_FIELDS, stored.plan),
        undoable=number_sent("saved"),
        problems=problems(form),
    )


def _save(stored: StoredPlan, form: PlanSettingsForm, added: Destination | None) -> ResponseReturnValue:
    leaving = request.form.get("remove", "")

    def change(plan: Plan) -> Plan:
        changed = with_settings(plan, form)
        changed = with_destination(changed, added) if added else changed
        return changed if wanted_by(changed, leaving) else without_destination(changed, leaving)

    before = latest_point(stored.id)
    try:
        current.store().save_settings(current.owner(), stored.id, current.revision_sent(), change)
    except SettingsConflictError as conflict:
        return conflict_page(replace(change(conflict.current.plan), events=()), conflict.current)
    if has_destination(change(stored.plan), leaving):
        return redirect(url_for("plans.settings.remove_destination", plan_id=stored.id, destination=leaving), 303)
    query = {"q": form.q.data} if form.q.data else {}
    number = change_after(before, stored.id)
    query |= {"saved": str(number)} if number else {}
    # With a search in the address, the page focuses the search field. Browsers don't do that if there is a fragment.
    anchor = "destinations" if (added or leaving) and not form.q.data else None
    return redirect(url_for("plans.settings.show", plan_id=stored.id, **query, _anchor=anchor), 303)


def _save_valid_parts(stored: StoredPlan, form: PlanSettingsForm, added: Destination | None) -> ResponseReturnValue:
    """Save every valid part of the settings, and tell the page which parts are not valid."""
    leaving = request.form.get("remove", "")
    if has_destination(stored.plan, leaving) and wanted_by(stored.plan, leaving):
        # The page asks first. All other changes are saved by then.
        return json_answer(go=url_for("plans.settings.remove_destination", plan_id=stored.id, destination=leaving))
    settings = replace(stored.plan, events=())
    valid = valid_parts(
        SETTINGS_FORM_FIELDS, with_settings(settings, form), settings, form, {"sources": "client"}, settings_problems
    )

    def change(plan: Plan) -> Plan:
        changed = merge_fields(
            SETTINGS_FORM_FIELDS, valid.version, plan, {part.key: "mine" for part in SETTINGS_FORM_FIELDS}
        )
        changed = with_destination(changed, added) if added else changed
        return without_libraries(without_destination(changed, leaving) if leaving else changed)

    before = latest_point(stored.id)
    try:
        revision = current.store().save_settings(current.owner(), stored.id, current.revision_sent(), change)
    except SettingsConflictError:
        return json_answer(conflict=True)
    now = change(settings)
    is_other = (now.sources, now.destinations) != (settings.sources, settings.destinations)
    return json_answer(
        revision=revision,
        seen=fingerprints(SETTINGS_FORM_FIELDS, now),
        undo=change_after(before, stored.id),
        problems=problem_list(valid.problems),
        shows=["planned", "found"] if is_other else [],
    )
