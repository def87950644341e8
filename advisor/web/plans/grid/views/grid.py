"""The page of a plan's grid: its events as rows, its questions as columns, and the placement in the last column."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from advisor.knowledge.catalogue import destination_name
from advisor.model import CALL_TYPES
from advisor.web.app import current
from advisor.web.plans.grid.columns import columns_of
from advisor.web.plans.grid.page import grid_page
from advisor.web.plans.grid.views.column_choice import column_options, remember_columns

ROWS = 1_000
"""Number of rows on a page of the grid."""
SECTION = 50
"""Number of rows that a browser lays out together, only while they are near the window."""


def show(plan_id: str) -> ResponseReturnValue:
    """Show one page of the grid."""
    columns = columns_of(request.args, request.cookies)
    page = grid_page(current.store(), current.owner(), plan_id, request.args.get("page", ""), ROWS, columns)
    html = render_template(
        "plans/grid/show.html",
        page=page,
        columns=page.columns,
        offered=column_options(page.columns, page.events),
        plan_id=plan_id,
        plan=page.plan,
        unread=page.unread,
        calls=CALL_TYPES,
        destinations=[(item.key, destination_name(item.key)) for item in page.plan.destinations],
        section=SECTION,
    )
    return remember_columns(html, columns)
