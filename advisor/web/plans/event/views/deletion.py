"""Deleting an event, and restoring it."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.web.app import current


def delete(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Ask for confirmation, then delete the event. It can be restored from the plan's page."""
    if request.method != "POST":
        kept = current.event_of(plan_id, event_id)
        if not kept.deleted:
            plan = current.settings_of(plan_id).plan
            return render_template("plans/event/delete_event.html", plan_id=plan_id, plan=plan, kept=kept)
    else:
        current.store().delete_event(current.owner(), plan_id, event_id)
    return redirect(url_for("plans.overview.show", plan_id=plan_id, deleted=event_id), 303)


def restore(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Restore a deleted event to its place."""
    current.store().restore_event(current.owner(), plan_id, event_id)
    return redirect(url_for("plans.overview.show", plan_id=plan_id, added=event_id), 303)
