"""The pages that start a plan from a template: all that the template contains, and a button to make the plan."""

from __future__ import annotations

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from advisor.knowledge.starters import starter_plan, starters
from advisor.web.app import current
from advisor.web.app.security import claim_owner
from advisor.web.app.send_once import earlier_result, finish, new_token
from advisor.web.plans.start.starters import starter_contents, starter_sheet, starter_sheets


def show(key: str) -> str:
    """Show everything that the template contains. Nothing is stored."""
    if key not in starters():
        abort(404)
    shown, events, says = starter_contents(key)
    return render_template(
        "plans/start/starter.html",
        template=starters()[key],
        sheet=starter_sheet(key),
        others=[sheet for sheet in starter_sheets() if sheet.template.key != key],
        columns=shown,
        events=events,
        says=says,
        once=new_token,
    )


def start(key: str) -> ResponseReturnValue:
    """Make a plan from the template for the visitor, and go to it."""
    if key not in starters():
        abort(404)
    if earlier := earlier_result():
        return earlier
    plan_id = current.store().create(claim_owner(), starter_plan(key))
    return finish(url_for("plans.overview.show", plan_id=plan_id))
