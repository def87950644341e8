"""The history of a plan: what changed in each span, and restoring an earlier point."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.store import NotFound, Outdated
from advisor.web.app.rights import guard, plain_store, signed_store
from advisor.web.plans.history import event as plans_history_event
from advisor.web.plans.history import versions as plans_history_versions
from advisor.web.plans.history.points import ListedSpan, compared, number_in, span_list, span_of, versions_of

blueprint = Blueprint("history", __name__)
guard(blueprint, edits={"restore"})

_PLAN = "/plans/<plan_id>"
_EVENT = f"{_PLAN}/events/<event_id>/history"
_VERSION = f"{_PLAN}/versions/<version_id>"


@blueprint.get(f"{_PLAN}/history")
def show(plan_id: str) -> ResponseReturnValue:
    """Show the history, with what the newest span changed."""
    return _page(plan_id, None)


@blueprint.get(f"{_PLAN}/history/<int:first>-<int:last>")
def span(plan_id: str, first: int, last: int) -> ResponseReturnValue:
    """Show what one span changed, beside the list of spans. Raises `NotFound`."""
    if not 1 <= first <= last:
        raise NotFound("There is no such stretch of history.")
    return _page(plan_id, span_of(plan_id, first, last))


@blueprint.route(f"{_PLAN}/history/<int:number>/restore", methods=["GET", "POST"])
def restore(plan_id: str, number: int) -> ResponseReturnValue:
    """Show what restoring a point would change, or restore it. Restoring is recorded as a change and can be undone."""
    history = signed_store().history
    if request.method == "POST":
        seen = number_in(request.form.get("seen")) or 0
        try:
            made = history.restore(g.owner, plan_id, number, seen)
        except Outdated as error:
            flash(str(error))
            return redirect(url_for("history.restore", plan_id=plan_id, number=number), 303)
        return redirect(url_for("history.show", plan_id=plan_id, restored=made if made != seen else None), 303)
    seen = history.latest(g.owner, plan_id)
    return render_template(
        "plans/history/restore.html",
        plan_id=plan_id,
        plan=plain_store().load_settings(g.owner, plan_id).plan,
        point=history.change(g.owner, plan_id, number) if number else None,
        number=number,
        seen=seen,
        sheet=compared(plan_id, seen, number),
    )


def _page(plan_id: str, chosen: ListedSpan | None) -> str:
    before = number_in(request.args.get("before"))
    listed = span_list(plan_id, before)
    chosen = chosen or (listed.spans[0] if listed.spans else None)
    return render_template(
        "plans/history/show.html",
        plan_id=plan_id,
        plan=plain_store().load_settings(g.owner, plan_id).plan,
        listed=listed,
        before=before,
        chosen=chosen,
        latest=plain_store().history.latest(g.owner, plan_id),
        restored=number_in(request.args.get("restored")),
        versions=versions_of(plan_id),
        sheet=compared(plan_id, chosen.span.first - 1, chosen.span.last) if chosen else None,
    )


for _address, _endpoint, _view, _methods in (
    (_EVENT, "event", plans_history_event.event, "GET"),
    (f"{_EVENT}/<int:number>/restore", "restore_event", plans_history_event.restore, "POST"),
    (f"{_PLAN}/compare", "compare", plans_history_versions.compare, "GET"),
    (f"{_PLAN}/versions", "versions", plans_history_versions.versions, "GET POST"),
    (f"{_VERSION}/rename", "rename_version", plans_history_versions.rename, "POST"),
    (f"{_VERSION}/delete", "delete_version", plans_history_versions.delete, "POST"),
    (f"{_VERSION}/export", "export_version", plans_history_versions.export, "GET"),
):
    blueprint.add_url_rule(_address, _endpoint, _view, methods=_methods.split())
