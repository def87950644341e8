"""The blueprint of stored plans: its addresses below ``/plans``, their views, and the rights that they need.

A visitor sees their own plans and those that were shared with them (`advisor.web.app.rights`). Someone else's plan and a
plan that never existed get the same answer.
"""

from __future__ import annotations

from flask import Blueprint, current_app, request

from advisor.web.app import damage as plans_damage
from advisor.web.app.body_limits import document_form_limit
from advisor.web.app.rights import guard
from advisor.web.app.send_once import fresh
from advisor.web.plans.edits import self_saving
from advisor.web.plans.event import changes as plans_event_changes
from advisor.web.plans.event import views as plans_event
from advisor.web.plans.export import views as plans_export
from advisor.web.plans.overview import suggestions as plans_suggestions
from advisor.web.plans.overview import views as plans_overview
from advisor.web.plans.settings import views as plans_settings
from advisor.web.plans.start import (
    add as plans_add,
)
from advisor.web.plans.start import (
    import_plan as plans_import,
)
from advisor.web.plans.start import (
    recovery as plans_recovery,
)
from advisor.web.plans.start import (
    views as plans_index,
)

blueprint = Blueprint("plans", __name__)
guard(blueprint, edits={"new_event", "delete_event", "remove_destination"}, owns={"delete", "restore"})

_PLAN = "/plans/<plan_id>"
_EVENT = f"{_PLAN}/events/<event_id>"
_ADDRESSES = (
    ("/plans", "index", plans_index.index, "GET"),
    ("/plans/new", "new", plans_index.new, "GET POST"),
    ("/plans/examples/<key>", "example", plans_index.open_example, "POST"),
    ("/plans/add", "add", plans_add.add, "GET POST"),
    ("/plans/recovery", "recovery", plans_recovery.recovery, "GET POST"),
    ("/plans/recovery/read", "forget_notice", plans_recovery.forget_notice, "POST"),
    ("/plans/import", "import_", plans_import.import_, "GET POST"),
    (_PLAN, "show", plans_overview.show, "GET"),
    (f"{_PLAN}/matrix", "matrix", plans_overview.show_matrix, "GET"),
    (f"{_PLAN}/delete", "delete", plans_index.delete, "GET POST"),
    (f"{_PLAN}/restore", "restore", plans_index.restore, "POST"),
    (f"{_PLAN}/undo", "undo", self_saving.undo, "POST"),
    (f"{_PLAN}/accept", "accept", plans_suggestions.accept, "POST"),
    (f"{_PLAN}/settings", "settings", plans_settings.settings, "GET POST"),
    (f"{_PLAN}/settings/found", "found", plans_settings.found, "GET"),
    (f"{_PLAN}/settings/remove", "remove_destination", plans_settings.remove_destination, "GET POST"),
    (f"{_PLAN}/settings/merge", "merge_settings", plans_settings.merge, "POST"),
    (f"{_PLAN}/settings/repair", "repair_settings", plans_damage.repair, "POST"),
    (f"{_PLAN}/events", "add_events", plans_overview.add_events, "POST"),
    (f"{_PLAN}/events/several", "add_several", plans_overview.add_several, "POST"),
    (f"{_PLAN}/events/new", "new_event", plans_event.new, "GET POST"),
    (f"{_PLAN}/events/new/advice", "new_event_advice", plans_event.new_advice, "POST"),
    (_EVENT, "event", plans_event.event, "GET POST"),
    (f"{_EVENT}/advice", "event_advice", plans_event.advice, "POST"),
    (f"{_EVENT}/merge", "merge_event", plans_event_changes.merge, "POST"),
    (f"{_EVENT}/answer", "answer", plans_event_changes.answer, "POST"),
    (f"{_EVENT}/previous", "previous_event", plans_event_changes.previous, "GET"),
    (f"{_EVENT}/next", "next_event", plans_event_changes.following, "GET"),
    (f"{_EVENT}/delete", "delete_event", plans_event_changes.delete, "GET POST"),
    (f"{_EVENT}/restore", "restore_event", plans_event_changes.restore, "POST"),
    (f"{_PLAN}/export/<format_key>", "export", plans_export.show, "GET"),
    (f"{_PLAN}/export/<format_key>/download", "download", plans_export.download, "GET"),
)

for _address, _endpoint, _view, _methods in _ADDRESSES:
    blueprint.add_url_rule(_address, _endpoint, _view, methods=_methods.split())


@blueprint.context_processor
def _offer_once() -> dict[str, object]:
    """Return ``once`` for templates, which write ``once()`` into forms that make something new."""
    return {"once": fresh}


@blueprint.url_value_preprocessor
def _let_documents_in(endpoint: str | None, values: dict[str, object] | None) -> None:
    """Increase the size limits for an imported plan document. This must run before CSRF protection reads the request."""
    del values
    if endpoint == "plans.import_":
        limit = document_form_limit(current_app.extensions["settings"])
        request.max_content_length = limit
        request.max_form_memory_size = limit
