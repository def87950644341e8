"""The live advice beside the form of an event: the parts of the page that change while someone fills it in."""

from __future__ import annotations

from flask import render_template

from advisor.model import Event
from advisor.store import StoredSettings
from advisor.web.app import current
from advisor.web.plans.event.views.page import described_event, filled_form, page_context


def advice(plan_id: str, event_id: str) -> str:
    """Return the parts for an event of the plan. Nothing is saved."""
    return _fragment(current.settings_of(plan_id), current.event_of(plan_id, event_id).event, event_id)


def new_advice(plan_id: str) -> str:
    """Return the parts for the page of a new event."""
    return _fragment(current.settings_of(plan_id))


def _fragment(stored: StoredSettings, original: Event | None = None, event_id: str | None = None) -> str:
    form = filled_form(stored.plan, original)
    form.validate()
    event = described_event(form, original)
    return render_template("advice_panel/fragment.html", **page_context(stored, form, event, event_id))
