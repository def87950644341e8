"""The store as views see it: the plans that the visitor may open. `advisor.web.access` has let them in already."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from flask import g, request

from advisor.store import Store, StoredPlan, StoredSettings
from advisor.web.access import signed_store


def the_store() -> Store:
    """The store of this app. What is changed through it carries the visitor's name."""
    return signed_store()


def owner() -> str:
    """Whose plan an address with a plan is about; elsewhere the visitor, nobody until something was stored."""
    return cast(str, g.owner)


def whole_plan(plan_id: str) -> StoredPlan:
    """The plan with its events. Raises `NotFound`."""
    return the_store().load(owner(), plan_id)


def settings_of(plan_id: str) -> StoredSettings:
    """The plan without its events. Raises `NotFound`."""
    return the_store().load_settings(owner(), plan_id)


def count_events(plan_id: str) -> int:
    """How many events the plan has, without reading them."""
    return next((plan.events for plan in the_store().plans(owner()) if plan.id == plan_id), 0)


def revision_sent() -> int:
    """The revision that the form was made from; 0, which nothing ever has, if it says none."""
    text = request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def today() -> str:
    """The date of a decision made now, in UTC."""
    return datetime.now(UTC).date().isoformat()
