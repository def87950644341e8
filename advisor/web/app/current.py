"""What views ask about the current request: the store, the owner of the plan, the visitor's name, and values that were sent.

`advisor.web.app.rights` has already checked that the visitor may open the plan.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from flask import current_app, g, request, session

from advisor.store import Store, StoredEvent, StoredPlan, StoredSettings
from advisor.text import whole_number

MAX_NAME = 100
"""Maximum number of characters of a display name."""
_NAME = "name"
"""The key of the display name in the session."""


def store() -> Store:
    """Return the store of this app. Changes made through it carry the visitor's name and the form that makes them."""
    return cast(Store, current_app.extensions["store"]).signed(display_name(), g.get("form_in_hand"))


def owner() -> str:
    """Return the owner of the plan in the address; on other pages the visitor, or `NOBODY` if they have no id yet."""
    return cast(str, g.owner)


def display_name() -> str:
    """Return the visitor's display name; empty if they gave none."""
    return cast(str, session.get(_NAME, ""))


def keep_name(name: str) -> None:
    """Store the visitor's display name in their cookie. An empty name removes the stored one."""
    if name:
        session[_NAME] = name
        session.permanent = True
    else:
        session.pop(_NAME, None)


def whole_plan(plan_id: str) -> StoredPlan:
    """Return the plan with its events. Raises `NotFoundError`."""
    return store().load(owner(), plan_id)


def settings_of(plan_id: str) -> StoredSettings:
    """Return the plan without its events. Raises `NotFoundError`."""
    return store().load_settings(owner(), plan_id)


def event_of(plan_id: str, event_id: str) -> StoredEvent:
    """Return one event of the plan, also a deleted one. Raises `NotFoundError` and `DamagedError`."""
    return store().load_event(owner(), plan_id, event_id)


def count_events(plan_id: str) -> int:
    """Return the number of events of the plan, without reading them."""
    return store().count_events(plan_id)


def revision_sent() -> int:
    """Return the revision that the form was made from, or 0, which is never a revision, if the form has none."""
    return whole_number(request.form.get("revision")) or 0


def today() -> str:
    """Return the current date in UTC, in ISO format, for a new decision."""
    return datetime.now(UTC).date().isoformat()


def permalink(address: str | None) -> str | None:
    """Return the public URL of an address of the app; None without an address or without ``ADVISOR_PUBLIC_URL``."""
    public_url: str | None = current_app.extensions["settings"].public_url
    return f"{public_url}{address}" if public_url and address else None
