"""The comparison of any two points in the history of a plan."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from advisor.store import NotFoundError
from advisor.text import whole_number
from advisor.web.app import current
from advisor.web.plans.history.views.points import comparison, span_list, versions_of


def compare(plan_id: str) -> ResponseReturnValue:
    """Show the comparison of two points. The address contains both, so that it can be sent to others."""
    latest = current.store().history.latest(current.owner(), plan_id)
    named = versions_of(plan_id)
    start = _point("from", named[0].number if named else max(latest - 1, 0))
    end = _point("to", latest)
    return render_template(
        "plans/history/compare.html",
        plan_id=plan_id,
        plan=current.settings_of(plan_id).plan,
        versions=named,
        spans=span_list(plan_id, None).spans,
        start=start,
        end=end,
        is_now=request.args.get("to", "now") == "now",
        sheet=comparison(plan_id, start, end),
    )


def _point(name: str, otherwise: int) -> int:
    text = request.args.get(name, "")
    if text in ("", "now"):
        return otherwise
    number = whole_number(text)
    if number is None:
        raise NotFoundError("There is no such point in the history of this plan.")
    return number
