"""The history of a plan: what changed in each span, and restoring an earlier point."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.store import NotFoundError, OutdatedError
from advisor.text import whole_number
from advisor.web.app import current
from advisor.web.plans.history.views.points import ListedSpan, comparison, span_list, span_of


def show(plan_id: str) -> ResponseReturnValue:
    """Show the history, with what the newest span changed."""
    return _page(plan_id, None)


def span(plan_id: str, first: int, last: int) -> ResponseReturnValue:
    """Show what one span changed, beside the list of spans. Raises `NotFoundError`."""
    if not 1 <= first <= last:
        raise NotFoundError("There is no such stretch of history.")
    return _page(plan_id, span_of(plan_id, first, last))


def restore(plan_id: str, number: int) -> ResponseReturnValue:
    """Show what restoring a point would change, or restore it. Restoring is recorded as a change and can be undone."""
    if request.method == "POST":
        return _restore(plan_id, number)
    history = current.store().history
    latest = history.latest(current.owner(), plan_id)
    return render_template(
        "plans/history/restore.html",
        plan_id=plan_id,
        plan=current.settings_of(plan_id).plan,
        point=history.change(current.owner(), plan_id, number) if number else None,
        number=number,
        seen=latest,
        sheet=comparison(plan_id, latest, number),
    )


def _restore(plan_id: str, number: int) -> ResponseReturnValue:
    seen = whole_number(request.form.get("seen")) or 0
    try:
        restored = current.store().history.restore(current.owner(), plan_id, number, seen)
    except OutdatedError as error:
        flash(str(error))
        return redirect(url_for("plans.history.restore", plan_id=plan_id, number=number), 303)
    # Restoring the latest point changes nothing, and then there is nothing to tell.
    restored_number = restored if restored != seen else None
    return redirect(url_for("plans.history.show", plan_id=plan_id, restored=restored_number), 303)


def _page(plan_id: str, chosen: ListedSpan | None) -> str:
    before = whole_number(request.args.get("before"))
    listed = span_list(plan_id, before)
    chosen = chosen or (listed.spans[0] if listed.spans else None)
    return render_template(
        "plans/history/show.html",
        plan_id=plan_id,
        plan=current.settings_of(plan_id).plan,
        listed=listed,
        before=before,
        chosen=chosen,
        latest=current.store().history.latest(current.owner(), plan_id),
        restored=whole_number(request.args.get("restored")),
        sheet=comparison(plan_id, chosen.span.first - 1, chosen.span.last) if chosen else None,
    )
