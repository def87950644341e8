"""The views of a plan's findings: list, fix, undo, dismiss with a reason, restore, and set the naming convention."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from msgspec.structs import replace
from werkzeug import Response
from wtforms import SelectField, TextAreaField
from wtforms.fields import SelectChoice

from advisor.advice.plan_findings.dismissals import open_findings
from advisor.advice.plan_findings.fixes import Fix, fixes, fixes_of_kind
from advisor.advice.plan_findings.styles import find_style
from advisor.document import DocumentError
from advisor.document_limits import LONGEST_LABEL, LONGEST_TEXT
from advisor.knowledge.findings import FINDINGS
from advisor.knowledge.name_styles import ANY, STYLES
from advisor.model import Dismissal, Naming, Plan
from advisor.store import Outdated, StoredPlan
from advisor.web.app.current import today
from advisor.web.app.rights import display_name, guard, plain_store, signed_store
from advisor.web.forms.event_form import problems
from advisor.web.forms.fields import LineField, at_most, filled
from advisor.web.plans.findings.changes import Moved, dismissed, places_of, restored, save
from advisor.web.plans.summary.cache import overview_of
from advisor.web.plans.summary.findings_board import Board, board
from advisor.web.plans.summary.overview import Overview

blueprint = Blueprint("findings", __name__)
guard(blueprint, edits={"dismiss"})

_PLAN = "/plans/<plan_id>/findings"
_MOVED = "This plan was changed meanwhile, so nothing was saved. Look at its findings now."
_CHOICES = [SelectChoice(style, f"{style}: {example}") for style, example in STYLES.items()]
_CHOICES.append(SelectChoice(ANY, "Any: don’t check"))


class DismissForm(FlaskForm):
    """The form to dismiss findings: the reason, and the author."""

    reason = TextAreaField("Why is it fine as it is?", [filled("Enter a reason"), at_most(LONGEST_TEXT, "the reason")])
    author = LineField("Your name", [at_most(LONGEST_LABEL, "the name")])


class NamingForm(FlaskForm):
    """The form of the plan's naming convention."""

    events = SelectField("Events", choices=_CHOICES)
    properties = SelectField("Properties", choices=_CHOICES)


@blueprint.app_context_processor
def _offer_board() -> dict[str, object]:
    """Return the function ``findings_board(overview)`` for the templates of all pages."""
    return {"findings_board": board_of}


def board_of(whole: Overview) -> Board:
    """Return the findings board of a plan's overview."""
    return whole.board


@blueprint.get(_PLAN)
def show(plan_id: str) -> ResponseReturnValue:
    """Show all findings, the dismissals and the naming convention."""
    stored = _stored(plan_id)
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
        done=_done(plan_id),
    )


@blueprint.post(f"{_PLAN}/fix")
def fix(plan_id: str) -> ResponseReturnValue:
    """Apply the fix with the sent label to one finding, or to all findings of a kind."""
    stored = _stored(plan_id)
    offered = _offered(overview_of(stored).plan, stored)
    label = request.form.get("label", "")
    chosen = next((one for one in offered if one.label == label), None)
    if chosen is None:
        flash(_MOVED)
        return _back(plan_id)
    return _saved(stored, chosen.change(stored.plan))


def _offered(advised: Plan, stored: StoredPlan) -> tuple[Fix, ...]:
    code, pointer, index = request.form.get("code", ""), request.form.get("pointer", ""), _index(stored)
    if not pointer:
        return fixes_of_kind(advised, code)
    for item in open_findings(advised):
        if (item.finding.code, item.finding.pointer, item.event) == (code, pointer, index):
            return fixes(advised, item.finding, item.event)
    return ()


@blueprint.post(f"{_PLAN}/undo")
def undo(plan_id: str) -> ResponseReturnValue:
    """Undo a change that was just made on this page, unless other changes follow it."""
    number = _number(request.form.get("number"))
    if number is None:
        abort(400)
    try:
        signed_store().history.restore(g.owner, plan_id, number - 1, number)
    except Outdated:
        flash("There are changes since, so this can’t be undone here. The history can still bring it back.")
    else:
        flash("Undone.")
    return _back(plan_id)


@blueprint.route(f"{_PLAN}/dismiss", methods=["GET", "POST"])
def dismiss(plan_id: str) -> ResponseReturnValue:
    """Ask for a reason, then dismiss the findings of a code: of one event, or of the whole plan."""
    stored = _stored(plan_id)
    code, index = request.values.get("code", ""), _index(stored)
    if code not in FINDINGS:
        abort(404)
    form = DismissForm(author=display_name())
    if form.validate_on_submit():
        item = Dismissal(code=code, reason=form.reason.data.strip(), author=form.author.data or "", date=today())
        events, whole = ({index}, False) if index is not None else places_of(overview_of(stored).plan, code)
        return _saved(stored, dismissed(stored.plan, item, events, whole=whole))
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


@blueprint.post(f"{_PLAN}/restore")
def restore(plan_id: str) -> ResponseReturnValue:
    """Remove the dismissal of a code, so that its findings show again."""
    stored = _stored(plan_id)
    return _saved(stored, restored(stored.plan, request.form.get("code", ""), _index(stored)))


@blueprint.post(f"{_PLAN}/naming")
def naming(plan_id: str) -> ResponseReturnValue:
    """Save the naming convention."""
    form = NamingForm()
    if not form.validate():
        abort(400)
    stored = _stored(plan_id)
    chosen = Naming(events=form.events.data, properties=form.properties.data)
    return _saved(stored, replace(stored.plan, naming=chosen))


def _stored(plan_id: str) -> StoredPlan:
    return plain_store().load(g.owner, plan_id)


def _index(stored: StoredPlan) -> int | None:
    """Return the index of the event in the request, or None if it has none. An unknown event is answered with 404."""
    event_id = request.values.get("event", "")
    if not event_id:
        return None
    if event_id not in stored.event_ids:
        abort(404)
    return stored.event_ids.index(event_id)


def _saved(stored: StoredPlan, changed: Plan) -> Response:
    try:
        number = save(signed_store(), g.owner, stored, changed)
    except Moved:
        flash(_MOVED)
        return _back(stored.id)
    except DocumentError as error:
        flash(error.errors[0].message)
        return _back(stored.id)
    return _back(stored.id, number)


def _back(plan_id: str, number: int | None = None) -> Response:
    return redirect(url_for("findings.show", plan_id=plan_id, done=number), 303)


def _done(plan_id: str) -> int | None:
    """Return the number of the change just made on this page if it is still the latest one and can be undone; else None."""
    number = _number(request.args.get("done"))
    return number if number and number == plain_store().history.latest(g.owner, plan_id) else None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 and int(text) else None
