"""Plans with rows that can't be read: their repair, and exports that say what is missing."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from advisor.store import StoredPlan
from advisor.web.plans_storage import owner, the_store


class IncompletePlan(Exception):  # noqa: N818 - named by what it is
    """A file of the plan was asked for, and a part of the plan can't be read."""

    def __init__(self, stored: StoredPlan) -> None:
        what = [f"the event “{each.name or each.id}”" for each in stored.damaged[:5]]
        what += ["the settings"] if stored.damage else []
        super().__init__(f"A part of this plan can't be read: {', '.join(what)}. Open the plan to repair it.")
        self.stored = stored


def require_whole(stored: StoredPlan) -> StoredPlan:
    """Return the plan. Raises `IncompletePlan` if a part is missing, unless the address says that this is known."""
    if stored.is_whole or request.args.get("incomplete") == "1":
        return stored
    raise IncompletePlan(stored)


def repair(plan_id: str) -> ResponseReturnValue:
    """Keep what can be read of damaged settings. The history has what was there."""
    the_store().repair_settings(owner(), plan_id)
    flash("The settings were repaired. Look through them: what couldn’t be read is not in them any more.")
    return redirect(url_for("plans.settings", plan_id=plan_id), 303)
