"""The views of a plan's privacy page: show and download it, note consent and contract, confirm guessed kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.formats.privacy_table import privacy_csv
from advisor.knowledge.personal_kinds import PERSONAL_KINDS
from advisor.model import Destination, Personal, Plan
from advisor.privacy import privacy_lens
from advisor.privacy.filter import DATA_KINDS
from advisor.store import SettingsConflictError, StoredPlan
from advisor.web.app import current
from advisor.web.app.damage import require_whole
from advisor.web.app.downloads import disposition, file_name
from advisor.web.forms.event_form import problems
from advisor.web.forms.fields import typed_or_original
from advisor.web.plans.edits.sent import settings_problems
from advisor.web.plans.edits.views.undo import change_after, latest_point, number_sent
from advisor.web.plans.privacy.changes import notes_seen, with_confirmed, with_notes
from advisor.web.plans.privacy.form import ConfirmForm, NotesForm
from advisor.web.plans.privacy.page import EVENTS_NAMED, anchor_of, filter_of, privacy_page, query_of
from advisor.web.plans.summary.cache import overview_of

_MOVED = "This plan was changed meanwhile, so nothing was saved. Look at it as it is now."


def show(plan_id: str) -> ResponseReturnValue:
    """Show who receives which personal data, and what is open."""
    return _page(current.whole_plan(plan_id), NotesForm(formdata=None))


def download(plan_id: str) -> Response:
    """Return the rows of the page, with its filter, as CSV."""
    stored = require_whole(current.whole_plan(plan_id))
    chosen = filter_of(request.args.getlist("kind"), request.args.get("by", ""))
    rows = privacy_csv(chosen.narrow(privacy_lens(overview_of(stored).plan)), chosen)
    headers = {"Content-Disposition": disposition(file_name(f"{stored.plan.name} privacy", "csv"))}
    return Response(rows, content_type="text/csv; charset=utf-8", headers=headers)


def save_notes(plan_id: str) -> ResponseReturnValue:
    """Save the consent category and the contract note of a destination."""
    form = NotesForm()
    stored = current.whole_plan(plan_id)
    item = _destination(stored.plan, form.destination.data or "")
    consent = typed_or_original(form.consent.data, item.consent)
    contract = typed_or_original(form.contract.data, item.contract)
    if not form.validate():
        return _page(stored, form)
    changed = with_notes(stored.plan, item.key, consent, contract)
    if refused := settings_problems(changed):
        form.contract.errors = [problem.message for problem in refused]
        return _page(stored, form)
    if form.seen.data != notes_seen(item) and changed != stored.plan:
        form.contract.errors = [f"Someone else changed these notes. Now it says: {item.contract or 'nothing'}"]
        form.consent.errors = [f"Now it says: {item.consent or 'nothing'}"]
        return _page(stored, form), 409
    return _save(stored, lambda plan: with_notes(plan, item.key, consent, contract), noted=item.key)


def confirm(plan_id: str) -> ResponseReturnValue:
    """Say the kind of properties whose kind was a guess: of one property, or of all with that guess."""
    form = ConfirmForm()
    if not form.validate():
        abort(400)
    guess, kind = cast(Personal, form.guess.data), cast(Personal, form.kind.data)
    path = (form.path.data or "") if form.one.data else None
    return _save(current.whole_plan(plan_id), lambda plan: with_confirmed(plan, guess, kind, path))


def _save(stored: StoredPlan, change: Callable[[Plan], Plan], noted: str = "") -> ResponseReturnValue:
    before = latest_point(stored.id)
    query = query_of(filter_of(request.args.getlist("kind"), request.args.get("by", "")))
    try:
        current.store().save_settings(current.owner(), stored.id, stored.revision, change)
    except SettingsConflictError:
        flash(_MOVED)
        return redirect(url_for("plans.privacy.show", plan_id=stored.id, **query), 303)
    number = _number_of(stored, change(stored.plan), before)
    query |= {"saved": str(number)} if number else {}
    query |= {"noted": noted} if noted else {}
    anchor = anchor_of(stored.plan, noted) if noted else "guesses"
    return redirect(url_for("plans.privacy.show", plan_id=stored.id, **query, _anchor=anchor), 303)


def _number_of(stored: StoredPlan, changed: Plan, before: int) -> int | None:
    """Return the number that the change has in the history; None if it makes no difference."""
    if changed == stored.plan:
        return None
    versions = zip(stored.event_ids, stored.plan.events, changed.events, strict=True)
    event_id = next((key for key, old, new in versions if old != new), None)
    return change_after(before, stored.id, event_id)


def _destination(plan: Plan, key: str) -> Destination:
    item = next((each for each in plan.destinations if each.key == key), None)
    if item is None:
        abort(404)
    return item


def _page(stored: StoredPlan, form: NotesForm) -> str:
    advised = overview_of(stored).plan
    chosen = filter_of(request.args.getlist("kind"), request.args.get("by", ""))
    edited = form.destination.data or request.args.get("noted", "")
    return render_template(
        "plans/privacy/show.html",
        plan_id=stored.id,
        plan=stored.plan,
        unread=stored,
        event_ids=stored.event_ids,
        page=privacy_page(stored.plan, privacy_lens(advised), chosen, request.args, edited),
        words=DATA_KINDS,
        kinds=PERSONAL_KINDS,
        named=EVENTS_NAMED,
        form=form,
        undoable=number_sent("saved"),
        today=current.today(),
        problems=problems(form),
    )
