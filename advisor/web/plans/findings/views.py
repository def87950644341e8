"""The views of a plan's findings: list, fix, undo, dismiss with a reason, restore, and set the naming convention."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace
from werkzeug import Response

from advisor.advice.plan_findings.dismissals import open_findings
from advisor.advice.plan_findings.fixes import Fix, fixes, fixes_of_kind, fixes_together
from advisor.advice.plan_findings.styles import find_style
from advisor.document import DocumentError
from advisor.knowledge.findings import FINDINGS
from advisor.model import Dismissal, Naming, Plan
from advisor.store import OutdatedError, StoredPlan
from advisor.text import whole_number
from advisor.web.app import current
from advisor.web.forms.event_form import problems
from advisor.web.plans.findings.changes import MovedError, places_of, save, with_dismissal, without_dismissal
from advisor.web.plans.findings.form import DismissForm, NamingForm
from advisor.web.plans.summary.cache import overview_of
from advisor.web.plans.summary.findings_board import board, group_key

_MOVED = "This plan was changed meanwhile, so nothing was saved. Look at its findings now."


def show(plan_id: str) -> ResponseReturnValue:
    """Show all findings, the dismissals and the naming convention."""
    stored = _load(plan_id)
    naming = stored.plan.naming or Naming()
    form = NamingForm(
        formdata=None,
        events=find_style(naming.events) or Naming().events,
        properties=find_style(naming.properties) or Naming().properties,
    )
    return render_template(
        "plans/findings/show.html",
        plan_id=plan_id,
        plan=stored.plan,
        unread=stored,
        board=board(overview_of(stored).plan, stored.event_ids),
        form=form,
        done=_undoable_number(plan_id),
    )


def fix(plan_id: str) -> ResponseReturnValue:
    """Apply the fix with the sent label to one finding, to all with one message, or to all of a kind."""
    stored = _load(plan_id)
    offered = _fixes_to_choose(overview_of(stored).plan, stored)
    label = request.form.get("label", "")
    chosen = next((one for one in offered if one.label == label), None)
    if chosen is None:
        flash(_MOVED)
        return _back(plan_id)
    return _save(stored, chosen.change(stored.plan))


def _fixes_to_choose(advised: Plan, stored: StoredPlan) -> tuple[Fix, ...]:
    code, pointer, index = request.form.get("code", ""), request.form.get("pointer", ""), _index(stored)
    if group := request.form.get("group"):
        found = [item for item in open_findings(advised) if item.finding.code == code and item.event is not None]
        items = [item for item in found if group_key(item.finding.message) == group]
        return fixes_together(advised, items) if items else ()
    if not pointer:
        return fixes_of_kind(advised, code)
    for item in open_findings(advised):
        if (item.finding.code, item.finding.pointer, item.event) == (code, pointer, index):
            return fixes(advised, item.finding, item.event)
    return ()


def undo(plan_id: str) -> ResponseReturnValue:
    """Undo a change that was just made on this page, unless other changes follow it."""
    number = whole_number(request.form.get("number"))
    if not number:
        abort(400)
    try:
        current.store().history.restore(current.owner(), plan_id, number - 1, number)
    except OutdatedError:
        flash("There are changes since, so this can’t be undone here. The history can still bring it back.")
    else:
        flash("Undone.")
    return _back(plan_id)


def dismiss(plan_id: str) -> ResponseReturnValue:
    """Ask for a reason, then dismiss the findings of a code: of one event, or of the whole plan."""
    stored = _load(plan_id)
    code, index = request.values.get("code", ""), _index(stored)
    if code not in FINDINGS:
        abort(404)
    form = DismissForm(author=current.display_name())
    if form.validate_on_submit():
        item = Dismissal(
            code=code, reason=form.reason.data.strip(), author=form.author.data or "", date=current.today()
        )
        events, whole = ({index}, False) if index is not None else places_of(overview_of(stored).plan, code)
        return _save(stored, with_dismissal(stored.plan, item, events, whole=whole))
    return render_template(
        "plans/findings/dismiss.html",
        plan_id=plan_id,
        plan=stored.plan,
        form=form,
        kind=FINDINGS[code],
        code=code,
        event_id=request.values.get("event", ""),
        event=stored.plan.events[index] if index is not None else None,
        found=[each.finding for each in open_findings(overview_of(stored).plan) if each.finding.code == code
               and index in (None, each.event)],
        problems=problems(form),
    )  # fmt: skip


def restore(plan_id: str) -> ResponseReturnValue:
    """Remove the dismissal of a code, so that its findings show again."""
    stored = _load(plan_id)
    return _save(stored, without_dismissal(stored.plan, request.form.get("code", ""), _index(stored)))


def naming(plan_id: str) -> ResponseReturnValue:
    """Save the naming convention."""
    form = NamingForm()
    if not form.validate():
        abort(400)
    stored = _load(plan_id)
    chosen = Naming(events=form.events.data, properties=form.properties.data)
    return _save(stored, replace(stored.plan, naming=chosen))


def _load(plan_id: str) -> StoredPlan:
    return current.whole_plan(plan_id)


def _index(stored: StoredPlan) -> int | None:
    """Return the index of the event in the request, or None if it has none. An unknown event is answered with 404."""
    event_id = request.values.get("event", "")
    if not event_id:
        return None
    if event_id not in stored.event_ids:
        abort(404)
    return stored.event_ids.index(event_id)


def _save(stored: StoredPlan, changed: Plan) -> Response:
    try:
        number = save(current.store(), current.owner(), stored, changed)
    except MovedError:
        flash(_MOVED)
        return _back(stored.id)
    except DocumentError as error:
        flash(error.errors[0].message)
        return _back(stored.id)
    return _back(stored.id, number)


def _back(plan_id: str, number: int | None = None) -> Response:
    return redirect(url_for("plans.findings.show", plan_id=plan_id, done=number), 303)


def _undoable_number(plan_id: str) -> int | None:
    """Return the number of the change just made on this page if it is still the latest one and can be undone; else None."""
    number = whole_number(request.args.get("done"))
    return number if number and number == current.store().history.latest(current.owner(), plan_id) else None
