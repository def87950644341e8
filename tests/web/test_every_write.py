"""Any request to any address gets an answer, and every stored plan is canonical."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import select

from advisor.document import check
from advisor.model import Event, Plan
from advisor.settings import Settings
from advisor.store.tables import events, plans
from advisor.web import create_app
from every_form import DOCUMENTS, TEXTS, Form, Pairs, Stage, every_form
from owned_plans import the_store
from page_client import PageClient

READS_JSON = {"plans.grid.change"}
NOT_STORED = {"api.advice", "api.explain_object", "api.snippets", "api.privacy", "api.tickets", "advise.fragment"}
"""What takes no form, or stores nothing and takes no token."""
READ_AS_DOCUMENTS = {"mine", "document"}
PAGES = (
    "",
    "/matrix",
    "/grid",
    "/grid/plain",
    "/questions",
    "/findings",
    "/privacy",
    "/code/files",
    "/developers",
    "/developers?show=all",
    "?view=list",
    "/settings",
    "/settings?q=GA4%0Afacebok+pixel%0Asnowflake%0AOurs%0Ahotjar",
    "/settings?q=google&own=Ours",
    "/export/json",
    "/export/for/csv",
    "/history",
    "/report",
)


def make_app(folder: Path) -> Flask:
    """Return the app with an empty database."""
    app = create_app(
        Settings(database_url=f"sqlite:///{folder / 'plans.sqlite'}", data_dir=folder, secret_key="known-to-every-test")
    )
    app.config["TESTING"] = True
    app.test_client_class = PageClient
    return app


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """Return a plan and its owner."""
    return Stage(make_app(tmp_path))


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> list[Form]:
    """Return every form of the app."""
    return every_form(Stage(make_app(tmp_path_factory.mktemp("forms"))))


def post_endpoints() -> list[str]:
    """Return every address that takes a POST, from the app itself."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder))
        found = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
        the_store(app).close()
    return sorted(found - NOT_STORED - READS_JSON)


ENDPOINTS = post_endpoints()


@cache
def is_canonical(settings: str, contents: tuple[str, ...]) -> bool:
    """Return whether reading what these rows hold as a plan document gives exactly these rows."""
    plan = msgspec.json.decode(settings, type=Plan)
    stored = replace(plan, events=tuple(msgspec.json.decode(content, type=Event) for content in contents))
    read, _ = check(stored)
    rows = (replace(read, events=()), *read.events)
    return tuple(msgspec.json.encode(row).decode() for row in rows) == (settings, *contents)


def require_canonical(app: Flask, where: str) -> None:
    """Check that every row of every plan is what the reader of documents makes of it."""
    with the_store(app)._database.reading() as connection:
        for plan in connection.execute(select(plans.c.id, plans.c.content)).all():
            query = select(events.c.content).where(events.c.plan_id == plan.id, events.c.deleted_at.is_(None))
            contents = tuple(connection.execute(query.order_by(events.c.position)).scalars())
            assert is_canonical(plan.content, contents), f"{where}: {plan.content} {contents}"


def wrong_bodies(form: Form) -> Iterator[Pairs]:
    """Yield the unchanged form with each button, each field with each wrong text, twice and missing, and all of these at once."""
    buttons = [[button] for button in form.buttons] or [[]]
    fields = list(form.fields)
    for pressed in buttons:
        yield [*fields, *pressed]
        for turn, name in enumerate(form.names):
            others = [pair for pair in [*fields, *pressed] if pair[0] != name]
            if name in READ_AS_DOCUMENTS:
                yield from ([*others, (name, text)] for text in (*TEXTS, *DOCUMENTS))
            elif pressed == buttons[0]:
                yield others
                yield [*others, (name, "x"), (name, "x")]
                # Each field gets every third text, so that fields of one kind get all of them together.
                some = (*TEXTS, DOCUMENTS[0], DOCUMENTS[5], *DOCUMENTS[-4:])[turn % 3 :: 3]
                yield from ([*others, (name, text)] for text in some)
    for text in (*TEXTS, *DOCUMENTS):
        yield [(name, text) for name in form.names]


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_every_stored_value_is_canonical(stage: Stage, forms: list[Form], endpoint: str) -> None:
    """After any body that can be made of an address's own forms, each row is canonical, and no request fails."""
    found = [form for form in forms if form.endpoint == endpoint]
    assert found, "no page has a form for this address"
    for form in {form.names: form for form in found}.values():
        for pairs in wrong_bodies(form):
            filled = [(name, stage.filled(value)) for name, value in pairs]
            answer = stage.post(stage.filled(form.path), filled)
            where = f"{endpoint} {str(filled)[:2000]}"
            assert answer.status_code < 500, f"{where} answered {answer.status_code}"
            require_canonical(stage.app, where)
            if endpoint in {"plans.start.delete", "plans.findings.fix"}:
                the_store(stage.app).restore("me", stage.plan_id)
    for page in PAGES:
        assert stage.get(f"/plans/{stage.plan_id}{page}").status_code == 200, page


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_an_address_for_forms_refuses_everything_else(stage: Stage, forms: list[Form], endpoint: str) -> None:
    """JSON of every shape and other bodies are refused with 415, and nothing is changed."""
    form = next(form for form in forms if form.endpoint == endpoint)
    before = the_store(stage.app).load("me", stage.plan_id)
    values: list[object] = [{}, [], None, "x", 1, {"name": {"a": [1]}}, {"name": ["a"]}, [["name", {}]]]
    values += [dict.fromkeys(form.names, wrong) for wrong in ({}, [{}], None, 1, True, "x")]
    bodies = [(msgspec.json.encode(value), "application/json") for value in values]
    bodies += [(b"{", "application/json; charset=x"), (b"name=x", "text/plain"), (b"<name/>", "application/xml")]
    for body, content_type in [*bodies, (b"\xff", "application/vnd.api+json"), (b"name=x", "")]:
        answer = stage.send(stage.filled(form.path), body, content_type)
        assert answer.status_code == 415, f"{body!r} as {content_type} answered {answer.status_code}"
        assert "takes forms only" in answer.text
    assert the_store(stage.app).load("me", stage.plan_id) == before


WRONG_CELLS = (None, True, 1, "", "x" * 600, "unsure?", [], {}, [[]], [{}], ["mixpanel"])


def wrong_changes(stage: Stage) -> Iterator[object]:
    """Yield changes of the grid with each of their parts wrong."""
    event_id = stage.ids["event1"]
    fields = ("name", "call", "payment", "client_only_destination", "destinations", "label:x", "label:", "bogus", "")
    for field in fields:
        for value in WRONG_CELLS:
            yield {"cells": [{"id": event_id, "field": field, "was": None, "value": value}]}
            yield {"cells": [{"id": event_id, "field": field, "was": value, "value": "no"}]}
            yield {"add": [{"id": "c" * 32, "cells": {"name": "New", field: value}}]}
    for value in (*WRONG_CELLS, event_id, "0" * 32):
        for part in ("return", "cells", "add", "remove", "move", "bogus"):
            yield {part: value}
            yield {part: [value]}
            yield {part: [[value, value]]}
        yield {"add": [{"id": value, "cells": {"name": "New"}, "copy": value, "after": value}]}
        yield {"remove": [event_id], "return": [event_id], "move": [[event_id, value]]}
    yield from (None, [], 1, "x")


def test_wrong_changes_of_the_grid_store_nothing_wrong(stage: Stage) -> None:
    """Each change is refused or made, with an answer in JSON."""
    path = f"/plans/{stage.plan_id}/grid/changes"
    bodies = [msgspec.json.encode(changes) for changes in wrong_changes(stage)]
    for body in [*bodies, b"", b"{", b"\xff", b"[" * 5000, b'{"cells": 1e999}', b'{"remove": ["\\ud800"]}']:
        answer = stage.send(path, body, "application/json")
        assert answer.status_code < 500, body
        require_canonical(stage.app, str(body))
    for page in PAGES:
        assert stage.get(f"/plans/{stage.plan_id}{page}").status_code == 200, page


def test_a_batch_of_the_grid_may_name_more_events_than_a_statement_can(stage: Stage) -> None:
    """A large body is answered like a small one: unknown events are not there, and the known one is changed."""
    path, known = f"/plans/{stage.plan_id}/grid/changes", stage.ids["event1"]
    unknown = [f"{number:032x}" for number in range(40_000)]
    for changes in ({"remove": [*unknown, known]}, {"return": [*unknown, known]}, {"move": [[known, ""]] * 40_000}):
        answer = stage.send(path, msgspec.json.encode(changes), "application/json")
        assert answer.status_code == 200, answer.text[:300]
    order = the_store(stage.app).load("me", stage.plan_id).event_ids
    assert order[0] == known


def test_a_column_is_answered_once_in_a_request(stage: Stage) -> None:
    """Each answer of a column is a cell of every event, so a short body must not ask for it a thousand times."""
    path, before = f"/plans/{stage.plan_id}/grid/changes", the_store(stage.app).load("me", stage.plan_id)
    column = {"field": "payment", "act": "no", "which": "all"}
    answer = stage.send(path, msgspec.json.encode({"columns": [column] * 1_000}), "application/json")
    assert answer.status_code == 422
    assert the_store(stage.app).load("me", stage.plan_id) == before
