"""Access to the store for views. `advisor.web.app.rights` has already checked that the visitor may open the plan."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from flask import g, request

from advisor.store import Store, StoredPlan, StoredSettings
from advisor.web.app.rights import signed_store


def the_store() -> Store:
    """Return the store of this app. Changes made through it carry the visitor's name."""
    return signed_store()


def owner() -> str:
    """Return the owner of the plan in the address; on other pages the visitor, or `NOBODY` if they have no id yet."""
    return cast(str, g.owner)


def whole_plan(plan_id: str) -> StoredPlan:
    """Return the plan with its events. Raises `NotFound`."""
    return the_store().load(owner(), plan_id)


def settings_of(plan_id: str) -> StoredSettings:
    """Return the plan without its events. Raises `NotFound`."""
    return the_store().load_settings(owner(), plan_id)


def count_events(plan_id: str) -> int:
    """Return the number of events of the plan, without reading them."""
    return the_store().count_events(plan_id)


def revision_sent() -> int:
    """Return the revision that the form was made from, or 0, which is never a revision, if the form has none."""
    text = request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def today() -> str:
    """Return the current date in UTC, in ISO format, for a new decision."""
    return datetime.now(UTC).date().isoformat()
