"""The page of one event of a plan, and the page of a new event: show the form, or save what it describes."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.event_fields import EVENT_FORM_FIELDS
from advisor.model import Event, Plan
from advisor.store import EventConflictError, PlanFullError, StoredEvent, StoredSettings
from advisor.web.app import current
from advisor.web.app.send_once import earlier_result, finish, new_token
from advisor.web.forms.property_rows import row_origins
from advisor.web.plans.conflict.merge import fingerprints
from advisor.web.plans.edits.sent import event_problems
from advisor.web.plans.edits.views.saving import json_answer, problem_list, saves_itself
from advisor.web.plans.edits.views.undo import change_after, latest_point
from advisor.web.plans.edits.views.valid_parts import valid_parts
from advisor.web.plans.event.form import PART_OF, PlanEventForm
from advisor.web.plans.event.views.conflict import conflict_page
from advisor.web.plans.event.views.page import described_event, filled_form, page_context, stored_context
from advisor.web.plans.event.views.property_editing import (
    apply_row_actions,
    changes_properties,
    is_preview,
    with_extras,
)

_NEIGHBOURS = {"next": "plans.event.next", "previous": "plans.event.previous"}


def event(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Show the event, or save it."""
    stored = current.settings_of(plan_id)
    kept = current.event_of(plan_id, event_id)
    if kept.deleted and request.method != "POST":
        return render_template("plans/event/deleted_event.html", plan_id=plan_id, plan=stored.plan, kept=kept), 410
    form = filled_form(stored.plan, kept.event, kept.revision)
    if form.is_submitted() and saves_itself():
        return _save_valid_parts(stored, kept, form)
    if form.is_submitted() and (changed := _event_to_save(form, stored.plan, kept.event)):
        return _save(stored, kept, changed)
    context = page_context(stored, form, described_event(form, kept.event), event_id)
    return render_template("plans/event/event.html", **stored_context(stored, kept), **context)


def new(plan_id: str) -> ResponseReturnValue:
    """Show the form of an event that is not in the plan yet, or add it."""
    stored = current.settings_of(plan_id)
    form = filled_form(stored.plan)
    if form.is_submitted() and (added := _event_to_save(form, stored.plan, None)):
        if earlier := earlier_result():
            return earlier
        try:
            event_id = current.store().add_event(current.owner(), plan_id, added)
        except PlanFullError as error:
            form.name.errors = [*form.name.errors, str(error)]
        else:
            return finish(_next_address(plan_id, event_id))
    context = page_context(stored, form, described_event(form, None))
    return render_template("plans/event/new_event.html", **context, once=new_token)


def _event_to_save(form: PlanEventForm, plan: Plan, original: Event | None) -> Event | None:
    """Return the event of the submitted form. Returns None for a preview, and for a form with errors, which it then has."""
    if is_preview():
        apply_row_actions(form)
        return None
    if not form.validate():
        return None
    changed = with_extras(described_event(form, original))
    refused = event_problems(plan, changed)
    form.name.errors = [*form.name.errors, *(problem.message for problem in refused)]
    return None if refused else changed


def _save(stored: StoredSettings, kept: StoredEvent, changed: Event) -> ResponseReturnValue:
    before = latest_point(stored.id)
    try:
        current.store().save_event(current.owner(), stored.id, kept.id, current.revision_sent(), changed)
    except EventConflictError as conflict:
        return conflict_page(stored, changed, conflict.current, request.form.get("seen", ""))
    return redirect(_next_address(stored.id, kept.id, change_after(before, stored.id, kept.id)), 303)


def _save_valid_parts(stored: StoredSettings, kept: StoredEvent, form: PlanEventForm) -> ResponseReturnValue:
    """Save every valid part of the event, and tell the page which parts are not valid."""
    form.validate()
    valid = valid_parts(
        EVENT_FORM_FIELDS,
        described_event(form, kept.event),
        kept.event,
        form,
        PART_OF,
        lambda event: event_problems(stored.plan, event),
    )
    before = latest_point(stored.id)
    try:
        revision = current.store().save_event(
            current.owner(), stored.id, kept.id, current.revision_sent(), valid.version
        )
    except EventConflictError:
        return json_answer(conflict=True)
    rows = [entry.form for entry in form.properties]
    return json_answer(
        revision=revision,
        seen=fingerprints(EVENT_FORM_FIELDS, valid.version),
        undo=change_after(before, stored.id, kept.id),
        problems=problem_list(valid.problems),
        suggested=valid.version.suggested,
        origins=row_origins(rows) if "properties" not in form.errors else None,
    )


def _next_address(plan_id: str, event_id: str, number: int | None = None) -> str:
    """Return the address to go to after saving. ``number`` is that of the change, which the page offers to undo."""
    neighbour = _NEIGHBOURS.get(request.form.get("then", ""))
    if neighbour:
        return url_for(neighbour, plan_id=plan_id, event_id=event_id)
    anchor = "properties" if changes_properties() else None
    return url_for("plans.event.show", plan_id=plan_id, event_id=event_id, saved=number, _anchor=anchor)
