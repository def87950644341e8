"""The page that adds an event from ``/advise`` to a plan: it asks which plan, and then stores the event."""

from __future__ import annotations

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.document_limits import LONGEST_NAME
from advisor.knowledge.catalogue import destination_name
from advisor.model import UNTITLED, Event, Plan
from advisor.store import NotFoundError, PlanFullError
from advisor.text import join_names
from advisor.web.advise.form import AdviseForm
from advisor.web.app import current
from advisor.web.app.security import claim_owner
from advisor.web.app.send_once import earlier_result, finish, new_token
from advisor.web.forms.event_form import Problem, problems

NEW = "new"


def add() -> ResponseReturnValue:
    """Ask which plan the event goes to, or store it there."""
    sent = request.form if request.method == "POST" else request.args
    form = AdviseForm(sent)
    is_valid = form.validate()
    choice = request.form.get("plan", "")
    wrong = _name_problems(form, choice)
    if request.method == "POST" and choice and is_valid and not wrong:
        if earlier := earlier_result():
            return earlier
        try:
            return _store(form.plan(), choice)
        except PlanFullError as error:
            wrong = (Problem(f"plan-{choice}", str(error)),)
    return render_template(
        "plans/start/add.html",
        once=new_token,
        form=form,
        unnamed=not (form.name.data or "").strip(),
        state=[pair for pair in form.state() if pair[0] != "name"],
        event=form.plan().events[0],
        plans=current.store().plans(current.owner()),
        choice=choice,
        plan_name=request.form.get("plan_name", UNTITLED),
        wrong=wrong,
        problems=(*problems(form), *wrong),
    )


def _name_problems(form: AdviseForm, choice: str) -> tuple[Problem, ...]:
    """Return what is wrong with the names of the event and the plan, once a plan is chosen."""
    plan_name = request.form.get("plan_name", "")
    found = []
    if choice and not (form.name.data or "").strip():
        found.append(Problem("name", "Enter a name for the event"))
    if choice == NEW and not plan_name.strip():
        found.append(Problem("plan_name", "Enter a name for the plan"))
    if choice == NEW and len(plan_name) > LONGEST_NAME:
        message = f"Shorten the plan’s name to {LONGEST_NAME} characters or fewer; it has {len(plan_name):,}"
        found.append(Problem("plan_name", message))
    return tuple(found)


def _store(single: Plan, choice: str) -> ResponseReturnValue:
    if choice == NEW:
        plan_id = current.store().create(claim_owner(), replace(single, name=request.form["plan_name"]))
        return finish(url_for("plans.overview.show", plan_id=plan_id))
    try:
        plan = current.settings_of(choice).plan
    except NotFoundError:
        abort(404)
    event, missing = _fit_to_plan(single, plan)
    event_id = current.store().add_event(claim_owner(), choice, event)
    if missing:
        names = join_names([destination_name(key) for key in missing[:5]])
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        flash(f"This plan doesn’t have {names}{more}. Add them in the settings if the event is for them.")
    return finish(url_for("plans.overview.show", plan_id=choice, added=event_id))


def _fit_to_plan(single: Plan, plan: Plan) -> tuple[Event, tuple[str, ...]]:
    """Return the event as the plan can hold it, and the destinations it wants that the plan doesn't have."""
    event = single.events[0]
    wanted = [item.key for item in single.destinations] if event.destinations == "all" else list(event.destinations)
    planned = [item.key for item in plan.destinations]
    missing = tuple(key for key in wanted if key not in planned)
    takes_all = event.destinations == "all" and (not wanted or set(wanted) >= set(planned))
    kept = tuple(key for key in planned if key in wanted)
    return replace(event, destinations="all" if takes_all else kept), missing
