"""Saving an event without its form: answering one question, and merging two versions."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from advisor.document import DocumentError
from advisor.event_fields import EVENT_FORM_FIELDS
from advisor.knowledge.questions import QUESTION_KEYS, with_answer
from advisor.model import Answer
from advisor.store import EventConflictError
from advisor.web.app import current
from advisor.web.plans.conflict.merge import merge_fields
from advisor.web.plans.edits.sent import event_problems, sent_event
from advisor.web.plans.edits.views.conflict import chosen_versions
from advisor.web.plans.edits.views.undo import change_after, latest_point
from advisor.web.plans.event.views.conflict import conflict_page

_ANSWERS: tuple[Answer, ...] = ("yes", "no")


def answer(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Answer one question of the event, from the page of the plan."""
    key, given = request.form.get("question", ""), request.form.get("answer")
    if key not in QUESTION_KEYS or given not in _ANSWERS:
        abort(400)
    kept = current.event_of(plan_id, event_id)
    changed = with_answer(kept.event, key, "yes" if given == "yes" else "no")
    before = latest_point(plan_id)
    try:
        current.store().save_event(current.owner(), plan_id, event_id, kept.revision, changed)
    except EventConflictError as conflict:
        return conflict_page(current.settings_of(plan_id), changed, conflict.current, "")
    number = change_after(before, plan_id, event_id)
    return redirect(
        url_for("plans.overview.show", plan_id=plan_id, answered=event_id, saved=number, _anchor="next"), 303
    )


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
