"""The pages of one event of a plan: its form, the advice beside it, and saving it."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.advice import advise_event
from advisor.knowledge.wording import event_wording
from advisor.model import Event, Plan
from advisor.store import EventConflict, PlanFull, StoredEvent, StoredSettings
from advisor.web.advice_panel.chosen_code import Chosen
from advisor.web.advice_panel.code import Page, code_sheet, permalink
from advisor.web.advice_panel.panel import advice_panel
from advisor.web.app.current import count_events, owner, revision_sent, settings_of, the_store, today
from advisor.web.app.rights import display_name
from advisor.web.app.send_once import made, made_before
from advisor.web.forms.event_form import problems
from advisor.web.forms.event_mapping import UNNAMED
from advisor.web.forms.property_rows import row_origins
from advisor.web.plans.conflict.fields import EVENT_PARTS, event_parts
from advisor.web.plans.conflict.merge import differences, seen
from advisor.web.plans.edits.changes import event_problems
from advisor.web.plans.edits.self_saving import (
    answer,
    change_number,
    number_sent,
    point,
    saves_itself,
    told,
    without_refused,
)
from advisor.web.plans.event.form import FOLLOW, PART_OF, PlanEventForm
from advisor.web.plans.event.property_editing import changes_properties, only_looks, properties_context, with_extras

_NEW = Event(name=UNNAMED)
_NEIGHBOURS = {"next": "plans.next_event", "previous": "plans.previous_event"}


def event(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Show the event, or save it."""
    stored = settings_of(plan_id)
    kept = the_store().load_event(owner(), plan_id, event_id)
    if kept.deleted and request.method == "GET":
        return render_template("plans/event/deleted_event.html", plan_id=plan_id, plan=stored.plan, kept=kept), 410
    form = _filled(stored.plan, kept.event, kept.revision)
    if form.is_submitted() and saves_itself():
        return _save_parts(stored, kept, form)
    if form.is_submitted() and not only_looks(form) and _is_valid(form, stored.plan, kept.event):
        return _save(stored, kept, form)
    context = _context(stored, form, kept.event, event_id)
    return render_template("plans/event/event.html", **_kept_context(stored, kept), **context)


def new(plan_id: str) -> ResponseReturnValue:
    """Show the form of an event that is not in the plan yet, or add it."""
    stored = settings_of(plan_id)
    form = _filled(stored.plan, _NEW)
    if form.is_submitted() and not only_looks(form) and _is_valid(form, stored.plan, _NEW):
        if before := made_before():
            return before
        try:
            event_id = the_store().add_event(owner(), plan_id, with_extras(_described(form, stored.plan, _NEW)))
        except PlanFull as error:
            form.name.errors = [*form.name.errors, str(error)]
        else:
            return made(_after_saving(plan_id, event_id))
    return render_template("plans/event/new_event.html", **_context(stored, form, _NEW))


def advice(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Return the parts of the event's page that change while someone fills in the form. Nothing is saved."""
    stored = settings_of(plan_id)
    return _fragment(stored, the_store().load_event(owner(), plan_id, event_id).event, event_id)


def new_advice(plan_id: str) -> ResponseReturnValue:
    """Return the same parts for the page of a new event."""
    return _fragment(settings_of(plan_id), _NEW)


def conflict_page(stored: StoredSettings, mine: Event, current: StoredEvent, seen_before: str) -> ResponseReturnValue:
    """Return the page that shows both versions to choose from, with status 409."""
    page = render_template(
        "plans/conflict/conflict.html",
        what="event",
        plan_id=stored.id,
        plan=stored.plan,
        action=url_for("plans.merge_event", plan_id=stored.id, event_id=current.id),
        back=url_for("plans.event", plan_id=stored.id, event_id=current.id),
        mine=msgspec.json.encode(mine).decode(),
        revision=current.revision,
        seen=seen_before,
        saved_at=current.updated_at,
        differences=differences(
            event_parts(event_wording(stored.plan.sources, mine)), mine, current.event, seen_before
        ),
        deleted=current.deleted,
    )
    return page, 409


def _filled(plan: Plan, original: Event, revision: int = 0) -> PlanEventForm:
    form = PlanEventForm.of(plan, original, revision, author=display_name())
    if original is _NEW and not form.is_submitted():
        form.name.data = ""
    if "follow" in request.form:
        form.placement.data = FOLLOW
    return form


def _is_valid(form: PlanEventForm, plan: Plan, original: Event) -> bool:
    if not form.validate():
        return False
    refused = event_problems(plan, with_extras(_described(form, plan, original)))
    form.name.errors = [*form.name.errors, *(problem.message for problem in refused)]
    return not refused


def _described(form: PlanEventForm, plan: Plan, original: Event) -> Event:
    """Return the event that the form describes, without its recommendation."""
    advised = advise_event(replace(plan, events=(original,)), 0)
    described = replace(form.event(advised, today=today()), recommendation=msgspec.UNSET)
    return replace(described, suggested=()) if "accept_all" in request.form else described


def _save(stored: StoredSettings, kept: StoredEvent, form: PlanEventForm) -> ResponseReturnValue:
    mine = with_extras(_described(form, stored.plan, kept.event))
    before = point(stored.id)
    try:
        the_store().save_event(owner(), stored.id, kept.id, revision_sent(), mine)
    except EventConflict as conflict:
        return conflict_page(stored, mine, conflict.current, request.form.get("seen", ""))
    return redirect(_after_saving(stored.id, kept.id, change_number(before, stored.id, kept.id)), 303)


def _save_parts(stored: StoredSettings, kept: StoredEvent, form: PlanEventForm) -> ResponseReturnValue:
    """Save every valid part of the event, and tell the page which parts are not valid."""
    form.validate()
    mine = _described(form, stored.plan, kept.event)
    checked = without_refused(
        EVENT_PARTS, mine, kept.event, form, PART_OF, lambda event: event_problems(stored.plan, event)
    )
    before = point(stored.id)
    try:
        revision = the_store().save_event(owner(), stored.id, kept.id, revision_sent(), checked.version)
    except EventConflict:
        return answer(conflict=True)
    rows = [entry.form for entry in form.properties]
    return answer(
        revision=revision,
        seen=seen(EVENT_PARTS, checked.version),
        undo=change_number(before, stored.id, kept.id),
        problems=told(checked.problems),
        suggested=checked.version.suggested,
        origins=row_origins(rows) if "properties" not in form.errors else None,
    )


def _after_saving(plan_id: str, event_id: str, number: int | None = None) -> str:
    neighbour = _NEIGHBOURS.get(request.form.get("then", ""))
    if neighbour:
        return url_for(neighbour, plan_id=plan_id, event_id=event_id)
    anchor = "properties" if changes_properties() else None
    return url_for("plans.event", plan_id=plan_id, event_id=event_id, saved=number, _anchor=anchor)


def _fragment(stored: StoredSettings, original: Event, event_id: str | None = None) -> str:
    form = _filled(stored.plan, original)
    form.validate()
    return render_template("advice_panel/fragment.html", **_context(stored, form, original, event_id))


def _context(
    stored: StoredSettings, form: PlanEventForm, original: Event, event_id: str | None = None
) -> dict[str, Any]:
    shown = _described(form, stored.plan, original)
    panel = advice_panel(replace(stored.plan, events=(shown,)), 0)
    form.speak(event_wording(stored.plan.sources, shown))
    return {
        "plan_id": stored.id,
        "plan": stored.plan,
        "form": form,
        "panel": panel,
        **properties_context(form, shown),
        "code": code_sheet(stored.plan, panel.event, Chosen.of(request.values), _page(stored.id, event_id)),
        # The properties are below everything else on the page.
        "problems": sorted(problems(form), key=lambda problem: problem.anchor.startswith("properties")),
    }


def _page(plan_id: str, event_id: str | None) -> Page:
    if event_id is None:
        return Page(url_for("plans.new_event", plan_id=plan_id), None)
    address = url_for("plans.event", plan_id=plan_id, event_id=event_id)
    return Page(address, permalink(address))


def _kept_context(stored: StoredSettings, kept: StoredEvent) -> dict[str, Any]:
    return {
        "kept": kept,
        "count": count_events(stored.id),
        "undoable": number_sent("saved"),
        "seen": request.form.get("seen") or seen(EVENT_PARTS, kept.event),
    }
