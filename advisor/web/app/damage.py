"""Plans with parts that can't be read: repairing their settings, and refusing incomplete exports."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from advisor.store import StoredPlan
from advisor.web.app import current


class IncompletePlanError(Exception):
    """Raised when a file of a plan is requested but a part of the plan can't be read."""

    def __init__(self, stored: StoredPlan) -> None:
        what = [f"the event “{each.name or each.id}”" for each in stored.damaged[:5]]
        what += ["the settings"] if stored.damage else []
        super().__init__(f"A part of this plan can't be read: {', '.join(what)}. Open the plan to repair it.")
        self.stored = stored


def require_whole(stored: StoredPlan) -> StoredPlan:
    """Return the plan. Raises `IncompletePlanError` if a part is missing, unless the address has ``incomplete=1``."""
    if stored.is_whole or request.args.get("incomplete") == "1":
        return stored
    raise IncompletePlanError(stored)


def repair(plan_id: str) -> ResponseReturnValue:
    """Replace damaged settings by what can be read of them. The history keeps the old content."""
    current.store().repair_settings(current.owner(), plan_id)
    flash("The settings were repaired. Look through them: what couldn’t be read is not in them any more.")
    return redirect(url_for("plans.settings.show", plan_id=plan_id), 303)
