"""Views of an event besides its form: answering, merging two versions, deleting, restoring, and going to a neighbour."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.document import DocumentError
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Answer
from advisor.store import EventConflict
from advisor.web.app.current import count_events, owner, revision_sent, settings_of, the_store, whole_plan
from advisor.web.plans.conflict.fields import EVENT_PARTS
from advisor.web.plans.conflict.merge import merged
from advisor.web.plans.edits.changes import event_problems, sent_event
from advisor.web.plans.edits.self_saving import change_number, point
from advisor.web.plans.event.views import conflict_page

_ANSWERS: tuple[Answer, ...] = ("yes", "no")


def answer(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Answer one question of the event, from the page of the plan."""
    key, given = request.form.get("question", ""), request.form.get("answer")
    if key not in QUESTION_KEYS or given not in _ANSWERS:
        abort(400)
    kept = the_store().load_event(owner(), plan_id, event_id)
    answers = kept.event.answers | {key: "yes" if given == "yes" else "no"}
    changed = replace(
        kept.event,
        answers={each: answers[each] for each in QUESTION_KEYS if each in answers},
        suggested=tuple(each for each in kept.event.suggested if each != key),
    )
    before = point(plan_id)
    try:
        the_store().save_event(owner(), plan_id, event_id, kept.revision, changed)
    except EventConflict as conflict:
        return conflict_page(settings_of(plan_id), changed, conflict.current, "")
    number = change_number(before, plan_id, event_id)
    return redirect(url_for("plans.show", plan_id=plan_id, answered=event_id, saved=number, _anchor="next"), 303)


def merge(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Save the version that is merged from mine and theirs."""
    stored = settings_of(plan_id)
    try:
        mine = sent_event(stored.plan, request.form.get("mine", ""))
    except DocumentError:
        abort(400)
    kept = the_store().load_event(owner(), plan_id, event_id)
    combined = merged(EVENT_PARTS, mine, kept.event, _chosen())
    if event_problems(stored.plan, combined):
        abort(400)
    if kept.deleted:
        the_store().restore_event(owner(), plan_id, event_id)
    try:
        the_store().save_event(owner(), plan_id, event_id, revision_sent(), combined)
    except EventConflict as conflict:
        return conflict_page(stored, mine, conflict.current, request.form.get("seen", ""))
    return redirect(url_for("plans.event", plan_id=plan_id, event_id=event_id), 303)


def delete(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Ask for confirmation, then delete the event. It can be restored from the plan's page."""
    if request.method == "GET":
        kept = the_store().load_event(owner(), plan_id, event_id)
        if not kept.deleted:
            return render_template(
                "plans/event/delete_event.html", plan_id=plan_id, plan=settings_of(plan_id).plan, kept=kept
            )
    else:
        the_store().delete_event(owner(), plan_id, event_id)
    return redirect(url_for("plans.show", plan_id=plan_id, deleted=event_id), 303)


def restore(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Restore a deleted event to its place."""
    the_store().restore_event(owner(), plan_id, event_id)
    return redirect(url_for("plans.show", plan_id=plan_id, added=event_id), 303)


def previous(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Go to the previous event."""
    return _step(plan_id, event_id, -1)


def following(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Go to the next event."""
    return _step(plan_id, event_id, 1)


def _step(plan_id: str, event_id: str, step: int) -> ResponseReturnValue:
    """Return a redirect to the neighbour, or to the plan if there is none.

    The address of a neighbour is only looked up on request, because that means reading the whole plan.
    """
    place = the_store().load_event(owner(), plan_id, event_id).index + step
    if 0 <= place < count_events(plan_id):
        ids = whole_plan(plan_id).event_ids
        if place < len(ids):
            return redirect(url_for("plans.event", plan_id=plan_id, event_id=ids[place]), 303)
    return redirect(url_for("plans.show", plan_id=plan_id), 303)


def _chosen() -> dict[str, str]:
    everything = request.form.get("all")
    return {part.key: everything or request.form.get(f"keep-{part.key}", "theirs") for part in EVENT_PARTS}
