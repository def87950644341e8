"""The store as views see it: the visitor's own plans."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from flask import current_app, g, request

from advisor.store import Store, StoredPlan, StoredSettings


def the_store() -> Store:
    """The store of this app."""
    return cast(Store, current_app.extensions["store"])


def owner() -> str:
    """The visitor, as far as known: nobody, until something was stored."""
    return cast(str, g.owner)


def whole_plan(plan_id: str) -> StoredPlan:
    """The visitor's plan with its events. Raises `NotFound`."""
    return the_store().load(owner(), plan_id)


def settings_of(plan_id: str) -> StoredSettings:
    """The visitor's plan without its events. Raises `NotFound`."""
    return the_store().load_settings(owner(), plan_id)


def count_events(plan_id: str) -> int:
    """How many events the visitor's plan has, without reading them."""
    return next((plan.events for plan in the_store().plans(owner()) if plan.id == plan_id), 0)


def revision_sent() -> int:
    """The revision that the form was made from; 0, which nothing ever has, if it says none."""
    text = request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def today() -> str:
    """The date of a decision made now, in UTC."""
    return datetime.now(UTC).date().isoformat()
