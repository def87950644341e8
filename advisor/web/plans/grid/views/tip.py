"""Putting away the line that teaches how to answer by column."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from advisor.web.plans.grid.views.shown_page import filter_sent, put_tip_away


def put_away(plan_id: str) -> ResponseReturnValue:
    """Put the tip away for this person, and go back to the page that showed it."""
    put_tip_away()
    view = "plans.grid.plain" if request.form.get("view") == "plain" else "plans.grid.show"
    return redirect(url_for(view, plan_id=plan_id, **filter_sent().query), 303)
