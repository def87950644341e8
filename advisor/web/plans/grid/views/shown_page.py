"""The page of the grid that an address asks for, with or without a filter. The grid and the plain table show it."""

from __future__ import annotations

from flask import request, session

from advisor.web.app import current
from advisor.web.plans.grid.columns import columns_of
from advisor.web.plans.grid.filter import RowFilter
from advisor.web.plans.grid.page import GridPage, filtered_page, grid_page
from advisor.web.plans.summary.cache import overview_of

_TIP = "grid_tip"
"""The key in the session that says whether a person has put the tip away."""


def page_shown(plan_id: str, chosen: RowFilter, size: int, asked: str = "", kept: str = "") -> GridPage:
    """Return the page of the address, or the page ``asked``. An event with the id ``kept`` is shown with any filter."""
    columns = columns_of(request.args, request.cookies)
    number = asked or request.args.get("page", "")
    if not chosen.is_on:
        return grid_page(current.store(), current.owner(), plan_id, number, size, columns)
    stored = current.whole_plan(plan_id)
    whole = overview_of(stored)
    return filtered_page(stored, whole, chosen.ids(whole, kept), number, size, columns)


def filter_sent() -> RowFilter:
    """Return the filter of the address."""
    return RowFilter.of(request.args)


def shows_tip() -> bool:
    """Return whether this person has not put the tip away yet."""
    return session.get(_TIP) != "away"


def put_tip_away() -> None:
    """Remember in the cookie of this person that they need the tip no more."""
    session[_TIP] = "away"
    session.permanent = True
