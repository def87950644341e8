"""The settings page of a plan. Every button of the page saves the form, and then does its own action."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.event_fields import SETTINGS_FORM_FIELDS
from advisor.knowledge.destination_search import LONGEST_SEARCH
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
    with_destinations,
    with_settings,
    without_destination,
    without_libraries,
)
from advisor.web.plans.settings.destinations import planned_destinations
from advisor.web.plans.settings.form import PlanSettingsForm, library_sheets
from advisor.web.plans.settings.found import find
from advisor.web.plans.settings.views.conflict import conflict_page
from advisor.web.plans.settings.views.destinations import destinations_to_add

_ADDING = {"q", "add", "several", "custom_name", "custom_web", "custom_mobile", "custom_server"}
"""The fields that add a destination. Errors in them do not stop the other fields from being saved."""


def settings(plan_id: str) -> ResponseReturnValue:
    """Show the settings, or save them."""
    stored = current.whole_plan(plan_id)
    form = PlanSettingsForm.of(
        stored.plan, stored.revision, q=request.args.get("q", ""), custom_name=request.args.get("own", "")
    )
    if form.is_submitted():
        form.warehouse.data = form.warehouse.data or bool(form.turn_on.data)
        is_valid = form.validate()
        added = destinations_to_add(form, stored.plan)
        if saves_itself():
            return _save_valid_parts(stored, form, () if _ADDING & form.errors.keys() else added)
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
        longest_search=LONGEST_SEARCH,
        event_count=len(stored.plan.events),
        seen=fingerprints(SETTINGS_FORM_FIELDS, stored.plan),
        undoable=number_sent("saved"),
        problems=problems(form),
    )


def _save(stored: StoredPlan, form: PlanSettingsForm, added: tuple[Destination, ...]) -> ResponseReturnValue:
    leaving = request.form.get("remove", "")

    def change(plan: Plan) -> Plan:
        changed = with_settings(plan, form)
        changed = with_destinations(changed, added)
        return changed if wanted_by(changed, leaving) else without_destination(changed, leaving)

    before = latest_point(stored.id)
    try:
        current.store().save_settings(current.owner(), stored.id, current.revision_sent(), change)
    except SettingsConflictError as conflict:
        return conflict_page(replace(change(conflict.current.plan), events=()), conflict.current)
    if has_destination(change(stored.plan), leaving):
        return redirect(url_for("plans.settings.remove_destination", plan_id=stored.id, destination=leaving), 303)
    query: dict[str, Any] = _kept_search(stored.plan, form)
    number = change_after(before, stored.id)
    query |= {"saved": str(number)} if number else {}
    # With a search in the address, the page focuses the search field. Browsers don't do that if there is a fragment.
    anchor = "custom_name" if form.own.data else "destinations" if (added or leaving) and not form.q.data else None
    return redirect(url_for("plans.settings.show", plan_id=stored.id, **query, _anchor=anchor), 303)


def _kept_search(plan: Plan, form: PlanSettingsForm) -> dict[str, str]:
    """Return what stays in the address of the search: of pasted names that were added, those that are left."""
    text = form.q.data or ""
    kept = {"q": find(plan, text).left if form.several.data else text[:LONGEST_SEARCH], "own": form.own.data or ""}
    return {name: value for name, value in kept.items() if value}


def _save_valid_parts(
    stored: StoredPlan, form: PlanSettingsForm, added: tuple[Destination, ...]
) -> ResponseReturnValue:
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
        changed = with_destinations(changed, added)
        return without_libraries(without_destination(changed, leaving) if leaving else changed)

    before = latest_point(stored.id)
    try:
        revision = current.store().save_settings(current.owner(), stored.id, current.revision_sent(), change)
    except SettingsConflictError:
        return json_answer(conflict=True)
    now = change(settings)
    is_other = any(getattr(now, part) != getattr(settings, part) for part in ("sources", "destinations", "warehouse"))
    return json_answer(
        revision=revision,
        seen=fingerprints(SETTINGS_FORM_FIELDS, now),
        undo=change_after(before, stored.id),
        problems=problem_list(valid.problems),
        shows=["planned", "found", "onward"] if is_other else [],
    )
