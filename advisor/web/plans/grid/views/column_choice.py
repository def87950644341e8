"""Choosing the columns of a grid: the page with the form, and the cookie that stores the choice."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.model import Event
from advisor.web.app import current
from advisor.web.plans.grid.cells import TITLES
from advisor.web.plans.grid.columns import CHOOSABLE, COOKIE, MOST_LABELS, Columns, columns_of, labels_of

YEAR = 365 * 24 * 60 * 60


def show(plan_id: str) -> ResponseReturnValue:
    """Show the form as a page of its own. It leads to the grid, or to the plain table if it was opened from there."""
    columns = columns_of(request.args, request.cookies)
    stored = current.whole_plan(plan_id)
    shown = columns.with_labels_of(stored.plan.events)
    return render_template(
        "plans/grid/columns.html",
        plan_id=plan_id,
        plan=stored.plan,
        columns=shown,
        offered=column_options(shown, stored.plan.events),
        view="plans.grid.plain" if request.args.get("view") == "plain" else "plans.grid.show",
    )


def column_options(columns: Columns, events: Iterable[Event]) -> dict[str, object]:
    """Return the options of the form: the columns with their titles, and the labels of the events, visible ones first."""
    labels = (*columns.label_names, *(name for name in labels_of(events) if name not in columns.label_names))
    return {"fields": [(field, TITLES[field]) for field in CHOOSABLE], "labels": labels, "most": MOST_LABELS}


def remember_columns(html: str, columns: Columns) -> Response:
    """Return the page as a response. If the address chooses columns, the response stores the choice in a cookie."""
    response = make_response(html)
    if "columns" in request.args and columns.cookie:
        response.set_cookie(
            COOKIE,
            columns.cookie,
            max_age=YEAR,
            path=url_for("plans.grid.show", plan_id=(request.view_args or {})["plan_id"]),
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response
