"""What the pages of an event show, from its form: the form, the advice beside it, the code and the problems."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from msgspec.structs import replace

from advisor.event_fields import EVENT_FORM_FIELDS
from advisor.knowledge.wording import event_wording
from advisor.model import Event, Plan
from advisor.store import StoredEvent, StoredSettings
from advisor.web.advice_panel.chosen_code import Chosen
from advisor.web.advice_panel.code import code_sheet
from advisor.web.advice_panel.code_page import CodePage
from advisor.web.advice_panel.panel import advice_panel
from advisor.web.app import current
from advisor.web.forms.event_form import problems
from advisor.web.forms.question_list import question_list
from advisor.web.plans.conflict.merge import fingerprints
from advisor.web.plans.edits.views.undo import number_sent
from advisor.web.plans.event.form import FOLLOW, PlanEventForm
from advisor.web.plans.event.views.property_editing import properties_context


def filled_form(plan: Plan, event: Event | None = None, revision: int = 0) -> PlanEventForm:
    """Return the form of an event (None: a new one), filled from it or from what was sent."""
    form = PlanEventForm.of(plan, event, revision, author=current.display_name())
    if "follow" in request.form:
        form.placement.data = FOLLOW
    return form


def described_event(form: PlanEventForm, original: Event | None) -> Event:
    """Return the event that the form describes, with all suggested answers accepted if the visitor accepts them."""
    event = form.event(original, today=current.today())
    return replace(event, suggested=()) if "accept_all" in request.form else event


def page_context(
    stored: StoredSettings, form: PlanEventForm, event: Event, event_id: str | None = None
) -> dict[str, Any]:
    """Return what the templates of every page with this form use. ``event`` is what the form describes."""
    panel = advice_panel(replace(stored.plan, events=(event,)), 0)
    form.speak(event_wording(stored.plan.sources, event))
    return {
        "plan_id": stored.id,
        "plan": stored.plan,
        "form": form,
        "panel": panel,
        "questions": question_list(form, panel.derived, panel.changes, panel.state),
        **properties_context(form, event),
        "code": code_sheet(stored.plan, panel.event, Chosen.of(request.values), _page(stored.id, event_id)),
        # The properties are below everything else on the page.
        "problems": sorted(problems(form), key=lambda problem: problem.anchor.startswith("properties")),
    }


def stored_context(stored: StoredSettings, kept: StoredEvent) -> dict[str, Any]:
    """Return what the page of a stored event uses besides."""
    return {
        "kept": kept,
        "comments": current.store().comments.counts(current.owner(), stored.id).get(kept.id, 0),
        "count": current.count_events(stored.id),
        "undoable": number_sent("saved"),
        "seen": request.form.get("seen") or fingerprints(EVENT_FORM_FIELDS, kept.event),
    }


def _page(plan_id: str, event_id: str | None) -> CodePage:
    if event_id is None:
        return CodePage(url_for("plans.event.new", plan_id=plan_id), None, current.today())
    address = url_for("plans.event.show", plan_id=plan_id, event_id=event_id)
    return CodePage(address, current.permalink(address), current.today())
