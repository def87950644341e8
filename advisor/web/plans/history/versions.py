"""The named versions of a plan, and the comparison of two points in its history."""

from __future__ import annotations

from flask import Response, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from msgspec.structs import replace

from advisor.advice import advise
from advisor.document import DocumentError, check, fitted, write
from advisor.model import Plan
from advisor.store import NotFound, Snapshot, TooMany
from advisor.web.app.downloads import disposition, file_name
from advisor.web.app.rights import plain_store, signed_store
from advisor.web.app.send_once import fresh, made, made_before
from advisor.web.forms.event_form import problems
from advisor.web.forms.fields import LineField, at_most, filled
from advisor.web.plans.history.points import compared, number_in, span_list, versions_of

MAX_NAME = 200


class VersionForm(FlaskForm):
    """The form for the name of a version."""

    version = LineField("Name of the version", [filled("Enter a name for this version"), at_most(MAX_NAME, "the name")])


def versions(plan_id: str) -> ResponseReturnValue:
    """Show the named versions, or name one more."""
    form = VersionForm()
    number = number_in(request.values.get("number"))
    if form.validate_on_submit():
        if before := made_before():
            return before
        try:
            signed_store().versions.name(g.owner, plan_id, form.version.data, number)
        except TooMany as error:
            form.version.errors = [*form.version.errors, str(error)]
        else:
            return made(url_for("history.versions", plan_id=plan_id))
    history = plain_store().history
    return render_template(
        "plans/history/versions.html",
        plan_id=plan_id,
        plan=plain_store().load_settings(g.owner, plan_id).plan,
        versions=versions_of(plan_id),
        point=history.change(g.owner, plan_id, number) if number else None,
        form=form,
        once=fresh,
        problems=problems(form),
    )


def rename(plan_id: str, version_id: str) -> ResponseReturnValue:
    """Give a version another name."""
    form = VersionForm()
    if form.validate():
        plain_store().versions.rename(g.owner, plan_id, version_id, form.version.data)
    else:
        flash(str(form.version.errors[0]))
    return redirect(url_for("history.versions", plan_id=plan_id), 303)


def delete(plan_id: str, version_id: str) -> ResponseReturnValue:
    """Delete the name of a version. The point stays in the history."""
    version = plain_store().versions.get(g.owner, plan_id, version_id)
    plain_store().versions.delete(g.owner, plan_id, version_id)
    flash(f"“{version.name}” has no name any more. The plan as it was then stays in the history.")
    return redirect(url_for("history.versions", plan_id=plan_id), 303)


def export(plan_id: str, version_id: str) -> ResponseReturnValue:
    """Return the version as a document with today's advice, or without advice if it names tools no longer known."""
    version = plain_store().versions.get(g.owner, plan_id, version_id)
    point = plain_store().history.at(g.owner, plan_id, version.number)
    if point.damaged and request.args.get("incomplete") != "1":
        flash(
            f"{len(point.damaged)} events of “{version.name}” can’t be read any more, so it can’t be exported as a whole."
        )
        return redirect(url_for("history.versions", plan_id=plan_id), 303)
    then = _plan(point)
    name = file_name(f"{then.name} {version.name}", "json")
    try:
        then = advise(*check(then))
    except DocumentError:
        current_app.logger.info("A version of a plan is exported without advice: it names what is not known any more.")
    return Response(
        write(then),
        content_type="application/json",
        headers={"Content-Disposition": disposition(name)},
    )


def compare(plan_id: str) -> ResponseReturnValue:
    """Show the comparison of two points. The address contains both, so that it can be sent to others."""
    latest = plain_store().history.latest(g.owner, plan_id)
    named = versions_of(plan_id)
    start = _point("from", named[0].number if named else max(latest - 1, 0))
    end = _point("to", latest)
    return render_template(
        "plans/history/compare.html",
        plan_id=plan_id,
        plan=plain_store().load_settings(g.owner, plan_id).plan,
        versions=named,
        spans=span_list(plan_id, None).spans,
        latest=latest,
        start=start,
        end=end,
        is_now=request.args.get("to", "now") == "now",
        sheet=compared(plan_id, start, end),
    )


def _point(name: str, otherwise: int) -> int:
    text = request.args.get(name, "")
    if text in ("", "now"):
        return otherwise
    number = number_in(text)
    if number is None:
        raise NotFound("There is no such point in the history of this plan.")
    return number


def _plan(point: Snapshot) -> Plan:
    if point.settings is None:
        raise NotFound("The plan was not made yet at this point.")
    return replace(point.settings, events=tuple(fitted(point.settings, event) for event in point.events.values()))
