"""The addresses of a plan's grid: its events as rows, its questions as columns, and the placement in the last column.

`saving` stores the changes, `paste_preview` compares rows from a spreadsheet with the plan, `columns` chooses the
visible columns, and `plain` is the same table for browsers without JavaScript.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from advisor.model import CALL_TYPES
from advisor.presentation.words import destination_name
from advisor.web.app.body_limits import MAX_BATCH
from advisor.web.app.rights import guard, plain_store
from advisor.web.plans.grid import (
    column_choice as grid_choosing,
)
from advisor.web.plans.grid import (
    paste as grid_pasting,
)
from advisor.web.plans.grid import (
    plain as grid_plain,
)
from advisor.web.plans.grid import (
    saving as grid_saving,
)
from advisor.web.plans.grid.column_choice import offered, remembered
from advisor.web.plans.grid.columns import columns_of
from advisor.web.plans.grid.page import grid_page

ROWS = 1_000
"""Number of rows on a page of the grid."""
SECTION = 50
"""Number of rows that a browser lays out together, only while they are near the window."""

blueprint = Blueprint("grid", __name__)

_GRID = "/plans/<plan_id>/grid"
_ADDRESSES = (
    (_GRID, "show", "GET"),
    (f"{_GRID}/changes", "change", "POST"),
    (f"{_GRID}/paste", "paste", "GET POST"),
    (f"{_GRID}/columns", "columns", "GET"),
    (f"{_GRID}/plain", "plain", "GET"),
    (f"{_GRID}/plain/new", "plain_add", "POST"),
    (f"{_GRID}/plain/<event_id>", "plain_save", "POST"),
)


def show(plan_id: str) -> ResponseReturnValue:
    """Show one page of the grid."""
    columns = columns_of(request.args, request.cookies)
    page = grid_page(plain_store(), g.owner, plan_id, request.args.get("page", ""), ROWS, columns)
    html = render_template(
        "plans/grid/show.html",
        page=page,
        columns=page.columns,
        offered=offered(page.columns, page.events),
        plan_id=plan_id,
        plan=page.plan,
        unread=page.unread,
        calls=CALL_TYPES,
        destinations=[(item.key, destination_name(item.key)) for item in page.plan.destinations],
        section=SECTION,
    )
    return remembered(html, columns)


_VIEWS: dict[str, Callable[..., ResponseReturnValue]] = {
    "show": show,
    "change": grid_saving.change,
    "paste": grid_pasting.paste,
    "columns": grid_choosing.show,
    "plain": grid_plain.show,
    "plain_add": grid_plain.add,
    "plain_save": grid_plain.save,
}
for _address, _endpoint, _methods in _ADDRESSES:
    blueprint.add_url_rule(_address, _endpoint, _VIEWS[_endpoint], methods=_methods.split())
guard(blueprint)


@blueprint.url_value_preprocessor
def _let_batches_in(endpoint: str | None, values: dict[str, object] | None) -> None:
    """Raise the body limit for batches, which can be larger than a form, before CSRF protection reads the request."""
    del values
    if endpoint == "grid.change":
        request.max_content_length = MAX_BATCH
