"""Two versions of a plan's settings: the page that shows them, and saving what was chosen."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.document import DocumentError
from advisor.event_fields import SETTINGS_FORM_FIELDS
from advisor.model import Plan
from advisor.store import SettingsConflictError, StoredPlan
from advisor.web.app import current
from advisor.web.plans.edits.sent import sent_settings, settings_problems
from advisor.web.plans.edits.views import conflict
from advisor.web.plans.settings.changes import with_merged_settings


def merge(plan_id: str) -> ResponseReturnValue:
    """Save the version that is merged from mine and theirs."""
    try:
        mine = sent_settings(request.form.get("mine", ""))
    except DocumentError:
        abort(400)
    chosen = conflict.chosen_versions(SETTINGS_FORM_FIELDS)

    def change(plan: Plan) -> Plan:
        return with_merged_settings(plan, mine, chosen)

    if settings_problems(change(current.whole_plan(plan_id).plan)):
        abort(400)
    try:
        current.store().save_settings(current.owner(), plan_id, current.revision_sent(), change)
    except SettingsConflictError as error:
        return conflict_page(mine, error.current)
    return redirect(url_for("plans.settings.show", plan_id=plan_id), 303)


def conflict_page(mine: Plan, theirs: StoredPlan) -> ResponseReturnValue:
    """Return the page that shows both versions to choose from, with status 409."""
    return conflict.conflict_page(
        SETTINGS_FORM_FIELDS,
        mine,
        replace(theirs.plan, events=()),
        request.form.get("seen", ""),
        what="settings",
        plan_id=theirs.id,
        plan=theirs.plan,
        action=url_for("plans.settings.merge", plan_id=theirs.id),
        back=url_for("plans.settings.show", plan_id=theirs.id),
        revision=theirs.revision,
        saved_at=theirs.updated_at,
        deleted=False,
    )
