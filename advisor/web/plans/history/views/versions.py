"""The named versions of a plan: naming a point, renaming, deleting, and exporting it."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.advice import advise
from advisor.document import DocumentError, check, fitted, write
from advisor.model import Plan
from advisor.store import NotFoundError, Snapshot, TooManyError
from advisor.text import whole_number
from advisor.web.app import current
from advisor.web.app.downloads import disposition, file_name
from advisor.web.app.send_once import earlier_result, finish, new_token
from advisor.web.forms.event_form import problems
from advisor.web.plans.history.form import VersionForm
from advisor.web.plans.history.views.points import versions_of


def versions(plan_id: str) -> ResponseReturnValue:
    """Show the named versions, or name one more."""
    form = VersionForm()
    number = whole_number(request.values.get("number"))
    if form.validate_on_submit():
        if earlier := earlier_result():
            return earlier
        try:
            current.store().versions.name(current.owner(), plan_id, form.version.data, number)
        except TooManyError as error:
            form.version.errors = [*form.version.errors, str(error)]
        else:
            return finish(url_for("plans.history.versions", plan_id=plan_id))
    history = current.store().history
    return render_template(
        "plans/history/versions.html",
        plan_id=plan_id,
        plan=current.settings_of(plan_id).plan,
        versions=versions_of(plan_id),
        point=history.change(current.owner(), plan_id, number) if number else None,
        form=form,
        once=new_token,
        problems=problems(form),
    )


def rename(plan_id: str, version_id: str) -> ResponseReturnValue:
    """Give a version another name."""
    form = VersionForm()
    if form.validate():
        current.store().versions.rename(current.owner(), plan_id, version_id, form.version.data)
    else:
        flash(str(form.version.errors[0]))
    return redirect(url_for("plans.history.versions", plan_id=plan_id), 303)


def delete(plan_id: str, version_id: str) -> ResponseReturnValue:
    """Delete the name of a version. The point stays in the history."""
    version = current.store().versions.get(current.owner(), plan_id, version_id)
    current.store().versions.delete(current.owner(), plan_id, version_id)
    flash(f"“{version.name}” has no name any more. The plan as it was then stays in the history.")
    return redirect(url_for("plans.history.versions", plan_id=plan_id), 303)


def export(plan_id: str, version_id: str) -> ResponseReturnValue:
    """Return the version as a document with today's advice, or without advice if it names tools no longer known."""
    version = current.store().versions.get(current.owner(), plan_id, version_id)
    point = current.store().history.at(current.owner(), plan_id, version.number)
    if point.damaged and request.args.get("incomplete") != "1":
        flash(
            f"{len(point.damaged)} events of “{version.name}” can’t be read any more, so it can’t be exported as a whole."
        )
        return redirect(url_for("plans.history.versions", plan_id=plan_id), 303)
    plan = _plan_at(point)
    name = file_name(f"{plan.name} {version.name}", "json")
    try:
        plan = advise(*check(plan))
    except DocumentError:
        current_app.logger.info("A version of a plan is exported without advice: it names what is not known any more.")
    return Response(
        write(plan),
        content_type="application/json",
        headers={"Content-Disposition": disposition(name)},
    )


def _plan_at(point: Snapshot) -> Plan:
    if point.settings is None:
        raise NotFoundError("The plan was not made yet at this point.")
    return replace(point.settings, events=tuple(fitted(point.settings, event) for event in point.events.values()))
