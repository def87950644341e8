"""Who may do what, at every address of the app and with every method."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from advisor.store.tables import metadata
from every_form import Stage, every_form
from owned_plans import SHOP, event_ids, the_store
from page_client import PageClient

GUESTS = ("edit", "view", "dev")
RIGHTS = ("dev", "view", "edit", "own")
"""The rights to a plan, each with all before it."""
SECRETS = ("Order Completed", "Untold", "Agency", "Twice?", "Renewed")
"""Names and texts of the plan of `Stage`."""
NOT_OF_A_PLAN = {"sent_form"}


@pytest.fixture
def stage(app: Flask) -> Stage:
    """Return a plan with everything that an address may be about, and its owner."""
    return Stage(app)


def rows(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything that the database has, by table."""
    with the_store(app)._database.reading() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table)).all()), key=repr)
            for table in metadata.tables.values()
            if table.name not in NOT_OF_A_PLAN
        }


def ids_of(stage: Stage) -> dict[str, str]:
    """Return the ids that addresses of the stage's plan may have, by the name that they have there."""
    named = {"plan_id": "plan", "event_id": "event1", "version_id": "version", "share_id": "share"}
    named |= {"comment_id": "comment", "upload_id": "upload"}
    return {name: stage.ids[mark] for name, mark in named.items()}


def ids_of_another_plan(stage: Stage) -> dict[str, str]:
    """Return the same for another plan of the same owner."""
    store = the_store(stage.app)
    plan_id = store.create("me", SHOP)
    event_id = event_ids(stage.app, plan_id)[1]
    store.shares.create("me", plan_id, "b" * 32, "b" * 64, "edit", "Other")
    return {
        "event_id": event_id,
        "version_id": store.versions.name("me", plan_id, "other"),
        "share_id": "b" * 32,
        "comment_id": store.comments.add("me", plan_id, event_id, "me", "Other"),
        "upload_id": store.uploads.add("me", plan_id, {"other.csv": b"Event\nOther\n"}),
    }


def rules_of_a_plan(app: Flask) -> list[Rule]:
    """Return every address of a plan, of the API too."""
    found = [rule for rule in app.url_map.iter_rules() if "plan_id" in rule.arguments]
    assert len(found) > 80
    return found


def path_of(rule: Rule, ids: dict[str, str]) -> str:
    """Return the address with these ids, and with the first change and the format JSON where it names one."""
    known = {"format_key": "json", "tool_key": "reflekt", "number": "1", "first": "1", "last": "1"} | ids
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: known[match[1]], rule.rule)


def ask(client: PageClient, method: str, path: str, token: str | None = None) -> TestResponse:
    """Return any answer, to a form with a token if the method sends one."""
    data = {"csrf_token": token or client.token or ""} if method == "POST" else None
    return super(PageClient, client).open(path, method=method, data=data)


def visitors(stage: Stage) -> dict[str, PageClient]:
    """Return a browser for each kind of link to the plan, one whose link was revoked, and one that opened none."""
    store, found = the_store(stage.app), {}
    for number, name in enumerate((*GUESTS, "revoked", "stranger"), 1):
        found[name] = client = stage.app.test_client()
        with client.session_transaction() as session:
            session["owner"] = name
        share_id, token_hash = f"{number:032}", f"{number:064}"
        if name != "stranger":
            may: Any = name if name in GUESTS else "edit"
            store.shares.create("me", stage.plan_id, share_id, token_hash, may, "Agency")
            store.shares.open(token_hash, name)
        if name == "revoked":
            store.shares.revoke("me", stage.plan_id, share_id)
        client.get("/plans/new")
    return found


def test_nobody_reads_or_changes_what_their_right_does_not_allow(stage: Stage) -> None:
    """Guests get 403, everyone else 404, and no such answer, in its headers either, names anything of the plan."""
    app, ids = stage.app, ids_of(stage)
    browsers = visitors(stage)
    before = rows(app)
    for rule in rules_of_a_plan(app):
        path, is_api = path_of(rule, ids), rule.rule.startswith("/api/")
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            endpoint = app.url_map.bind("localhost").match(path, method)[0]
            needed = app.extensions["routes"][endpoint].right or ("edit" if method == "POST" else "view")
            for name, client in browsers.items():
                if name in GUESTS and RIGHTS.index(name) >= RIGHTS.index(needed):
                    continue
                answer = ask(client, method, path)
                where = f"{name}: {method} {path} answered {answer.status_code}"
                assert answer.status_code == (403 if name in GUESTS and not is_api else 404), where
                said = answer.text + str(answer.headers)
                assert not [secret for secret in SECRETS if secret in said], where
                assert "Shop" not in said, where
    assert rows(app) == before


def test_what_a_visitor_may_read_is_kept_by_no_other_cache(stage: Stage) -> None:
    """An answer about a plan is private, is asked for again, has no tag to compare, and depends on the cookie."""
    for rule in rules_of_a_plan(stage.app):
        if "GET" in (rule.methods or ()):
            answer = stage.get(path_of(rule, ids_of(stage)))
            where = f"{rule.rule}: {answer.status_code} {answer.headers}"
            assert answer.headers["Cache-Control"] == "private, no-cache", where
            assert "ETag" not in answer.headers, where
            assert "Cookie" in answer.headers["Vary"], where


def test_a_request_for_headers_answers_as_for_the_page_and_changes_nothing(stage: Stage) -> None:
    """HEAD is safe: programs that check links send it. It has the status, the type and the target that GET has."""
    app, known = stage.app, ids_of(stage)
    key = {"key": "e-commerce", "slug": "mixpanel", "token": "x" * 22, "filename": "x", "version": "x"}
    for rule in app.url_map.iter_rules():
        if "HEAD" not in (rule.methods or ()):
            continue
        of_plan = "plan_id" in rule.arguments
        path = path_of(rule, known | key | ({} if of_plan else {"upload_id": stage.ids["file"]}))
        shown = stage.get(path)
        before = rows(app)
        answer = ask(stage.client, "HEAD", path)
        assert rows(app) == before, path
        for part in ("status_code", "content_type", "location"):
            assert getattr(answer, part) == getattr(shown, part), f"{path}: {part}"


def test_an_id_of_another_plan_is_the_id_of_nothing(stage: Stage) -> None:
    """Every id of an address counts: with one of another plan of the same person there is no such thing there."""
    app, known, others = stage.app, ids_of(stage), ids_of_another_plan(stage)
    by_name = {"event1": "event_id", "version": "version_id", "share": "share_id", "comment": "comment_id"}
    forms = {(form.endpoint, form.path): form for form in every_form(stage)}.values()
    sent = [
        (form.path.replace(f"«{mark}»", others[name]), [(field, stage.filled(value)) for field, value in form.fields])
        for form in forms
        for mark, name in by_name.items()
        if f"«{mark}»" in form.path
    ]
    read = [
        path_of(rule, known | {name: others[name]})
        for rule in rules_of_a_plan(app)
        for name in rule.arguments & (others.keys() - {"upload_id"})
        if "GET" in (rule.methods or ())
    ]
    assert len(sent) > 12
    assert len(read) > 6
    before = rows(app)
    for path in read:
        assert stage.get(path).status_code == 404, path
    for form_path, pairs in sent:
        answer = stage.post(stage.filled(form_path), pairs)
        assert answer.status_code == 404, f"{form_path} answered {answer.status_code}"
    for rule in rules_of_a_plan(app):
        if "upload_id" in rule.arguments:  # files may be gone: their address leads back to where files are brought
            answer = stage.get(path_of(rule, known | {"upload_id": others["upload_id"]}))
            assert str(answer.location).endswith("/import"), rule.rule
    assert rows(app) == before
