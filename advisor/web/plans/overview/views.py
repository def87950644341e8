"""The page of one plan, and adding events to it by name."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import Field, SelectField, TextAreaField
from wtforms.validators import ValidationError

from advisor.document_limits import LONGEST_NAME
from advisor.knowledge.wording import plan_wording
from advisor.model import Event
from advisor.store import Damaged, NotFound, PlanFull, StoredEvent, StoredPlan
from advisor.web.app.current import owner, the_store, whole_plan
from advisor.web.app.send_once import made, made_before
from advisor.web.forms.event_form import CALL_CHOICES, problems
from advisor.web.forms.fields import LineField, at_most, filled
from advisor.web.plans.edits.self_saving import number_sent
from advisor.web.plans.overview.matrix import matrix
from advisor.web.plans.summary.cache import overview_of
from advisor.web.plans.summary.filter import EventFilter, listing
from advisor.web.plans.summary.overview import Overview
from advisor.web.plans.summary.words import plan_in_words

_CALLS = {"choices": CALL_CHOICES, "default": "track", "invalid_choice_message": "Choose a call type"}


class AddForm(FlaskForm):
    """The form that adds one event by its name."""

    name = LineField("Event name", [filled("Enter a name for the event"), at_most(LONGEST_NAME, "the event’s name")])
    call = SelectField("Call type", **_CALLS)

    def events(self) -> tuple[Event, ...]:
        """Return the events to add."""
        return (Event(name=self.name.data, call=self.call.data),)


class AddSeveralForm(FlaskForm):
    """The form that adds several events, one name per line."""

    names = TextAreaField("Event names, one on each line", [filled("Enter at least one name")])
    several_call = SelectField("Call type of all of them", **_CALLS)

    @property
    def lines(self) -> list[str]:
        """Return the names, without empty lines."""
        return [line.strip() for line in (self.names.data or "").splitlines() if line.strip()]

    def validate_names(self, field: TextAreaField) -> None:
        """Check that no name is too long. Raises `ValidationError`."""
        del field
        for number, line in enumerate(self.lines, start=1):
            if len(line) > LONGEST_NAME:
                raise ValidationError(
                    f"Name {number} has {len(line):,} characters; shorten it to {LONGEST_NAME} or fewer"
                )

    def events(self) -> tuple[Event, ...]:
        """Return the events to add."""
        return tuple(Event(name=name, call=self.several_call.data) for name in self.lines)


def show(plan_id: str) -> ResponseReturnValue:
    """Show the plan at a glance."""
    return _page(whole_plan(plan_id), AddForm(formdata=None), AddSeveralForm(formdata=None))


def add_events(plan_id: str) -> ResponseReturnValue:
    """Add one event; then show the plan again, ready for the next one."""
    form = AddForm()
    return _add(plan_id, form, form.name) or _page(whole_plan(plan_id), form, AddSeveralForm(formdata=None))


def add_several(plan_id: str) -> ResponseReturnValue:
    """Add an event for each line."""
    form = AddSeveralForm()
    return _add(plan_id, form, form.names) or _page(whole_plan(plan_id), AddForm(formdata=None), form)


def _add(plan_id: str, form: AddForm | AddSeveralForm, field: Field) -> Response | None:
    """Add the events of the form and return a redirect, or None if there are errors, which the form then holds."""
    if not form.validate_on_submit():
        return None
    if before := made_before():
        return before
    try:
        ids = the_store().add_events(owner(), plan_id, form.events())
    except PlanFull as error:
        field.errors = [str(error)]
        return None
    count = len(ids) if len(ids) > 1 else None
    return made(url_for("plans.show", plan_id=plan_id, added=ids[-1], count=count))


def show_matrix(plan_id: str) -> ResponseReturnValue:
    """Return the list of events that match the filter of the address, for a page that filters without a reload."""
    stored = whole_plan(plan_id)
    return render_template("plans/overview/listing.html", **_listing(stored, overview_of(stored)))


def _page(stored: StoredPlan, one: AddForm, many: AddSeveralForm) -> str:
    whole = overview_of(stored)
    return render_template(
        "plans/overview/show.html",
        says=plan_in_words(stored.plan),
        place=plan_wording(stored.plan.sources).place,
        one=one,
        many=many,
        problems=(*problems(one), *problems(many)),
        **_listing(stored, whole),
        **_notices(stored, whole),
    )


def _listing(stored: StoredPlan, whole: Overview) -> dict[str, Any]:
    listed = listing(whole, EventFilter.of(request.args, whole))
    return {
        "plan_id": stored.id,
        "plan": stored.plan,
        "overview": whole,
        "listing": listed,
        "matrix": matrix(stored.id, whole, listed),
        "unread": stored,
        "added": next((line for line in whole.lines if line.id == request.args.get("added", "")), None),
    }


def _notices(stored: StoredPlan, whole: Overview) -> dict[str, Any]:
    """Return what just happened, as the address says: events added, answered or deleted, and suggestions accepted."""
    lines = {line.id: line for line in whole.lines}
    gone = request.args.get("deleted", "")
    count = request.args.get("count", "")
    return {
        "added_count": int(count) if count.isascii() and count.isdecimal() and len(count) < 6 else 1,
        "answered": lines.get(request.args.get("answered", "")),
        "accepted": number_sent("accepted"),
        "undoable": number_sent("saved"),
        "deleted": None if gone in lines else _deleted(stored.id, gone),
    }


def _deleted(plan_id: str, event_id: str) -> StoredEvent | None:
    try:
        kept = the_store().load_event(owner(), plan_id, event_id) if event_id else None
    except (NotFound, Damaged):
        return None
    return kept if kept and kept.deleted else None
