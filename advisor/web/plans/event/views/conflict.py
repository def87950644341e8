"""The page that shows two versions of an event: the visitor's, and the one that someone else saved meanwhile."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from advisor.event_fields import edited_fields, event_fields
from advisor.knowledge.wording import event_wording
from advisor.model import Event
from advisor.store import StoredEvent, StoredSettings
from advisor.web.plans.edits.views import conflict


def conflict_page(stored: StoredSettings, mine: Event, theirs: StoredEvent, seen: str) -> ResponseReturnValue:
    """Return the page that shows both versions to choose from, with status 409."""
    return conflict.conflict_page(
        edited_fields(event_fields(event_wording(stored.plan.sources, mine))),
        mine,
        theirs.event,
        seen,
        what="event",
        plan_id=stored.id,
        plan=stored.plan,
        action=url_for("plans.event.merge", plan_id=stored.id, event_id=theirs.id),
        back=url_for("plans.event.show", plan_id=stored.id, event_id=theirs.id),
        revision=theirs.revision,
        saved_at=theirs.updated_at,
        deleted=theirs.deleted,
    )
