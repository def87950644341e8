"""Saving an event without its form: merging two versions."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from advisor.document import DocumentError
from advisor.event_fields import EVENT_FORM_FIELDS
from advisor.store import EventConflictError
from advisor.web.app import current
from advisor.web.plans.conflict.merge import merge_fields
from advisor.web.plans.edits.sent import event_problems, sent_event
from advisor.web.plans.edits.views.conflict import chosen_versions
from advisor.web.plans.event.views.conflict import conflict_page


def merge(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Save the version that is merged from mine and theirs."""
    stored = current.settings_of(plan_id)
    try:
        mine = sent_event(stored.plan, request.form.get("mine", ""))
    except DocumentError:
        abort(400)
    kept = current.event_of(plan_id, event_id)
    combined = merge_fields(EVENT_FORM_FIELDS, mine, kept.event, chosen_versions(EVENT_FORM_FIELDS))
    if event_problems(stored.plan, combined):
        abort(400)
    if kept.deleted:
        current.store().restore_event(current.owner(), plan_id, event_id)
    try:
        current.store().save_event(current.owner(), plan_id, event_id, current.revision_sent(), combined)
    except EventConflictError as conflict:
        return conflict_page(stored, mine, conflict.current, request.form.get("seen", ""))
    return redirect(url_for("plans.event.show", plan_id=plan_id, event_id=event_id), 303)
