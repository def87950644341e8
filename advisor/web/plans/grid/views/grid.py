"""The page of a plan's grid: its events as rows, its questions as columns, and the placement in the last column."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from advisor.knowledge.catalogue import destination_name
from advisor.model import CALL_TYPES
from advisor.web.plans.grid.filter import ANSWER_CHOICES, PLACES, filter_choices
from advisor.web.plans.grid.views.column_choice import column_options, remember_columns
from advisor.web.plans.grid.views.shown_page import filter_sent, page_shown, shows_tip

ROWS = 1_000
"""Number of rows on a page of the grid."""
SECTION = 50
"""Number of rows that a browser lays out together, only while they are near the window."""


def show(plan_id: str) -> ResponseReturnValue:
    """Show one page of the grid."""
    chosen = filter_sent()
    page = page_shown(plan_id, chosen, ROWS)
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
        chosen=chosen,
        places=PLACES,
        answer_choices=ANSWER_CHOICES,
        choices=filter_choices(page.plan, page.events, chosen),
        tip=shows_tip(),
    )
    return remember_columns(html, page.columns)
