"""Stores plans that belong to the visitor of a client."""

from __future__ import annotations

from flask import Flask

from advisor.document import check
from advisor.model import Destination, Event, Plan, Property, Sources
from advisor.store import Store
from page_client import PageClient

PIXEL, CLOUD, BOTH_MODES = "Facebook Pixel", "Actions Amplitude", "Mixpanel"
HOSTILE = (
    '</script><b onclick="x">',
    'it\'s "quoted" & <!-- -->',
    "\u202eright to left\u202c \u2066x\u2069",
    "🛒 \U0001f469\u200d\U0001f4bb",
    "line\nbreak\rand\ttab",
    "{{ 7 * 7 }} {% raw %}",
    "  blanks  around  ",
    "../../etc/passwd",
    "n" * 500,
    "\u0645\u0631\u062d\u0628\u0627 / עברית",
)
"""Names that a plan, an event, a property or a destination may have, and that careless pages break on."""

SHOP = Plan(
    name="Shop",
    sources=Sources(client=("analytics.js",), server="analytics-node"),
    destinations=(Destination(key=PIXEL), Destination(key=CLOUD), Destination(key=BOTH_MODES)),
    events=(
        Event(name="Page Viewed", call="page", answers={"stored_in_database": "no", "browser_only": "yes"}),
        Event(
            name="Order Completed",
            description="Paid",
            labels={"team": "checkout"},
            answers={"stored_in_database": "yes", "payment": "yes", "sensitive": "no"},
            properties=(
                Property(name="total", type="number", required=True),
                Property(name="margin", sensitive=True, known_by="server"),
            ),
        ),
        Event(name="Renewed", answers={"payment": "yes", "user_absent": "yes"}, destinations=(PIXEL, CLOUD)),
        Event(name="Untold", destinations=(CLOUD,)),
    ),
)


def the_store(app: Flask) -> Store:
    """The store of the app."""
    store = app.extensions["store"]
    assert isinstance(store, Store)
    return store


def own(app: Flask, client: PageClient, plan: Plan = SHOP, owner: str = "me") -> str:
    """Store a plan as if the person at this client had made it: its id."""
    with client.session_transaction() as session:
        session["owner"] = owner
    return the_store(app).create(owner, check(plan)[0])


def plan_of(app: Flask, plan_id: str, owner: str = "me") -> Plan:
    """The plan as it is stored now."""
    return the_store(app).load(owner, plan_id).plan


def event_ids(app: Flask, plan_id: str, owner: str = "me") -> tuple[str, ...]:
    """The ids of its events."""
    return the_store(app).load(owner, plan_id).event_ids
