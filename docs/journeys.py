"""Prints how far a request travels through the code: ``python docs/journeys.py``. For maintainers.

For each journey, the table says

- how many modules of the project it enters,
- how many moves it makes between them: calls of a function whose caller, or nearest caller in the project, is in another module,
- how often it advises an event (`Advisor.recommend`), and
- how often it reads a plan, its settings or an event from the database.

A journey is one request to an app with a database in memory and a plan of four events. It is made once before it is
counted, so that what is loaded or cached at the first request doesn't count; the cache of plan overviews is warm, too.
Compare two commits with ``PYTHONPATH=/path/of/the/other/commit python docs/journeys.py``. The numbers of
``docs/architecture.md`` come from here.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from advisor.document import check
from advisor.model import Destination, Event, Plan, Property, Sources
from advisor.settings import Settings
from advisor.web import create_app

OURS = "advisor."
OWNER = "a-visitor"
READERS = frozenset({"load", "load_settings", "load_event"})
SHOP = Plan(
    name="Shop",
    sources=Sources(client=("analytics.js",), server="analytics-node"),
    destinations=(Destination(key="Facebook Pixel"), Destination(key="Actions Amplitude"), Destination(key="Mixpanel")),
    events=(
        Event(name="Page Viewed", call="page", answers={"stored_in_database": "no", "browser_only": "yes"}),
        Event(
            name="Order Completed",
            answers={"stored_in_database": "yes", "payment": "yes", "sensitive": "no"},
            properties=(Property(name="total", type="number", required=True),),
        ),
        Event(name="Renewed", answers={"payment": "yes", "user_absent": "yes"}),
        Event(name="Untold"),
    ),
)
ANSWERS = {"stored_in_database": "yes", "payment": "yes", "sensitive": "no"}
OBJECT = '{ "All": false, "Mixpanel": true, "Facebook Pixel": false }'


@dataclass
class Count:
    """What happened during a request: the modules entered, the moves between them, advised events by name, reads by function."""

    modules: set[str] = field(default_factory=set)
    moves: int = 0
    advised: Counter[str] = field(default_factory=Counter)
    reads: Counter[str] = field(default_factory=Counter)

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        """Count one event of `sys.setprofile`."""
        module = _module(frame)
        if event != "call" or not module:
            return
        self.modules.add(module)
        name = frame.f_code.co_name
        self.moves += _caller(frame) not in ("", module)
        if name == "recommend":
            self.advised[frame.f_locals["event"].name] += 1
        if name in READERS and module.startswith(f"{OURS}store."):
            self.reads[name] += 1


@dataclass
class Visit:
    """A visitor who owns the plan: their client, the addresses of the plan and of one event, and the CSRF token."""

    client: FlaskClient
    store: Any
    plan_id: str
    event_id: str
    token: str

    @property
    def plan(self) -> str:
        """The address of the plan."""
        return f"/plans/{self.plan_id}"

    @property
    def event(self) -> str:
        """The address of the event."""
        return f"{self.plan}/events/{self.event_id}"

    def get(self, address: str) -> TestResponse:
        """Request a page."""
        return self.client.get(address)

    def send(self, address: str, data: dict[str, str], **headers: str) -> TestResponse:
        """Send a form."""
        return self.client.post(address, data={**data, "csrf_token": self.token}, headers=headers)

    def form(self, description: str) -> dict[str, str]:
        """Return the form of the event with another description."""
        revision = self.store.load_event(OWNER, self.plan_id, self.event_id).revision
        return {
            "name": "Order Completed",
            "call": "track",
            "description": description,
            "revision": str(revision),
            "wanted_scope": "all",
            "sources_scope": "all",
            "placement": "follow",
            **ANSWERS,
            "properties-0-name": "total",
            "properties-0-type": "number",
            "properties-0-known_by": "server",
        }

    def settings(self, description: str) -> dict[str, str]:
        """Return the form of the settings with another description."""
        revision = self.store.load_settings(OWNER, self.plan_id).revision
        others = {"client": "analytics.js", "server": "analytics-node"}
        return {"name": "Shop", "description": description, "revision": str(revision), **others}

    def edit_grid(self, value: str) -> TestResponse:
        """Change one cell of the grid."""
        was = self.store.load_event(OWNER, self.plan_id, self.event_id).event.description
        cell = {"id": self.event_id, "field": "description", "was": was, "value": value}
        address, headers = f"{self.plan}/grid/changes", {"X-CSRFToken": self.token}
        return self.client.post(address, json={"cells": [cell]}, headers=headers)


Journey = Callable[[Visit, str], TestResponse]
JOURNEYS: dict[str, Journey] = {
    "save an event": lambda visit, text: visit.send(visit.event, visit.form(text)),
    "save an event by itself": lambda visit, text: visit.send(visit.event, visit.form(text), Accept="application/json"),
    "save settings": lambda visit, text: visit.send(f"{visit.plan}/settings", visit.settings(text)),
    "live panel": lambda visit, text: visit.send(f"{visit.event}/advice", visit.form(text)),
    "event page": lambda visit, _: visit.get(visit.event),
    "checker": lambda visit, _: visit.client.get("/integrations", query_string={"object": OBJECT}),
    "grid edit": lambda visit, text: visit.edit_grid(text),
    "plan page": lambda visit, _: visit.get(visit.plan),
    "one event without a plan": lambda visit, _: visit.client.get("/advise", query_string=ANSWERS),
    "export page": lambda visit, _: visit.get(f"{visit.plan}/export/json"),
    "export file": lambda visit, _: visit.get(f"{visit.plan}/export/json/download"),
    "report": lambda visit, _: visit.get(f"{visit.plan}/report"),
    "decision record": lambda visit, _: visit.get(f"{visit.event}/record"),
    "code page": lambda visit, _: visit.get(f"{visit.plan}/code/files"),
    "developers page": lambda visit, _: visit.get(f"{visit.plan}/developers?show=all"),
}


def count(visit: Visit, journey: Journey) -> Count:
    """Return the counts of a journey."""
    journey(visit, "once")
    counted = Count()
    client = visit.client
    original = client.open

    def counting(*arguments: Any, **options: Any) -> TestResponse:
        sys.setprofile(counted)
        try:
            return original(*arguments, **options)
        finally:
            sys.setprofile(None)

    client.open = counting  # type: ignore[method-assign]  # only the request counts, not what the journey reads before it
    try:
        response = journey(visit, "twice")
    finally:
        client.open = original  # type: ignore[method-assign]  # as it was
    if response.status_code >= 400:
        raise SystemExit(f"{response.request.method} {response.request.path} answered {response.status}")
    return counted


def visit(app: Flask) -> Visit:
    """Return a visit of the owner of a plan with four events."""
    store = app.extensions["store"]
    plan_id = store.create(OWNER, check(SHOP)[0])
    client = app.test_client()
    with client.session_transaction() as session:
        session["owner"] = OWNER
    page = client.get(f"/plans/{plan_id}/settings").text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    if not found:
        raise SystemExit("The settings page has no CSRF token.")
    return Visit(client, store, plan_id, store.load(OWNER, plan_id).event_ids[1], found.group(1))


def rows() -> Iterator[tuple[str, ...]]:
    """Yield the table: its headings, then one row for each journey."""
    yield "journey", "modules", "moves", "events advised", "reads of a plan"
    with TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'plans.sqlite'}"
        app = create_app(Settings(database_url=database, data_dir=Path(folder), secret_key=token_urlsafe()))
        visitor = visit(app)
        for name, journey in JOURNEYS.items():
            found = count(visitor, journey)
            reads = ", ".join(f"{number} {reader}" for reader, number in sorted(found.reads.items()))
            yield name, str(len(found.modules)), f"{found.moves:,}", str(found.advised.total()), reads or "none"
        app.extensions["store"].close()


def _module(frame: FrameType) -> str:
    """Return the name of the frame's module, or an empty text if it is not one of the project's."""
    name = str(frame.f_globals.get("__name__", ""))
    return name if name.startswith(OURS) else ""


def _caller(frame: FrameType) -> str:
    """Return the module of the nearest caller in the project; an empty text if there is none."""
    outer = frame.f_back
    while outer is not None:
        if module := _module(outer):
            return module
        outer = outer.f_back
    return ""


if __name__ == "__main__":
    heading, *others = (f"| {' | '.join(row)} |\n" for row in rows())
    sys.stdout.writelines([heading, "|---" * heading.count(" | ") + "|---|\n", *others])
