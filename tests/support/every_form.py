"""Every form of the app, found on its pages, and wrong ways to fill it in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask
from msgspec.structs import replace
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

from advisor.model import Dismissal, Practice, Property
from markup import Element, filled_in, read_page
from owned_plans import SHOP, own, the_store
from page_client import PageClient

Pairs = list[tuple[str, str]]
DOCUMENTS = (
    '{"format":"tracking-plan/1","name":"P","destinations":[{"key":"mixpanel"}]}',
    '{"format":"tracking-plan/1","name":"P","sources":{"client":["node"],"server":"swift"}}',
    '{"format":"tracking-plan/1","name":" ","naming":{"events":1},"dismissed":[{"code":"x","date":"soon"}]}',
    '{"format":"tracking-plan/1","name":"P","destinations":[{"key":"Drift"},{"key":"Drift","web_mode":"cloud"}],"x":1}',
    '{"format":"tracking-plan/1","name":"P","events":[{"name":"E"},{"name":1}]}',
    '{"name":"E","answers":{"payment":"unsure","sensitive":"no"}}',
    '{"name":"E","answers":{"sensitive":"no","payment":"yes"},"suggested":["bogus"],"labels":{"b":"1","a":"2"}}',
    '{"name":"E","destinations":["mixpanel","Mixpanel"],"sources":["node"]}',
    '{"name":"E","call":"shout","properties":[{"name":"p","type":"nope"},{"type":"string"}]}',
    '{"name":"E","b":1,"a":{"deep":' + "[" * 70 + "]" * 70 + "}}",
    '{"name":"E","decision":{"placement":"server","date":"soon","x":1},"dismissed":[{"code":1}]}',
    '{"name":"E","properties":[{"name":"p","values":[1e999,{"a":1}],"extra":{"name":1}}],"recommendation":{"a":1}}',
    '{"name":"E","extra":{"answers":1,"z":1,"a":1}}',
    "[" * 5000,
    "[]",
    "null",
    '"E"',
    "1e999",
)
"""Documents in place of a text: what the reader would refuse, and what it would change."""
TEXTS = ("", " ", "\0", "%ED%A0%80", "x" * 20_001, "-1", "9" * 400, "unsure?", "track\n", "<b>", "\u202eall", "0" * 32)
"""Texts that a control would not send. The fourth is half a character, as it is in a request."""


@dataclass(frozen=True)
class Form:
    """A form as a page has it, with marks in place of ids: its address, its fields, and its buttons."""

    endpoint: str
    path: str
    fields: tuple[tuple[str, str], ...]
    buttons: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, one of each kind: of numbered rows only those of the first."""
        known: dict[str, str] = {}
        for name, _ in (*self.fields, *self.buttons):
            known.setdefault(re.sub(r"\d+", "0", name), name)
        return tuple(name for kind, name in known.items() if kind not in {"csrf_token", "once"})


class Stage:
    """An app with a plan that has everything a form may be about, and the person whose it is."""

    def __init__(self, app: Flask) -> None:
        self.app, self.client = app, app.test_client()
        self.plan_id = own(app, self.client, SHOP)
        store = the_store(app)
        ids = store.load("me", self.plan_id).event_ids
        store.delete_event("me", self.plan_id, ids[3])
        version = store.versions.name("me", self.plan_id, "v1")
        for share_id in ("a" * 32, "d" * 32):
            store.shares.create("me", self.plan_id, share_id, share_id * 2, "edit", "Agency")
        store.shares.revoke("me", self.plan_id, "d" * 32)
        event = replace(
            SHOP.events[1],
            dismissed=(Dismissal(code="unsettled", reason="known"),),
            suggested=("sensitive", "payment"),
            properties=(*SHOP.events[1].properties, Property(name="email")),
        )
        store.save_event("me", self.plan_id, ids[1], 1, event)
        store.save_event("me", self.plan_id, ids[2], 1, replace(SHOP.events[2], practice=Practice(placement="client")))
        comment = store.comments.add("me", self.plan_id, ids[1], "me", "Twice?")
        other = own(app, self.client, SHOP)
        store.delete("me", other)
        marks = {
            "plan": self.plan_id,
            "other": other,
            "version": version,
            "share": "a" * 32,
            "revoked": "d" * 32,
            "comment": comment,
        }
        text = b"Event,Foo,Destinations\nNew,maybe,Heap; Facebok Pixel\nOrder Completed,yes,\n"
        marks |= {
            "upload": store.uploads.add("me", self.plan_id, {"pasted text": text}),
            "file": store.uploads.add("me", "", {"plan.csv": text}),
        }
        self.ids = marks | {f"event{number}": event_id for number, event_id in enumerate(ids)}
        self.get("/plans/new")

    def damaged_plan(self) -> str:
        """Make another plan, whose settings can't be read, and return its id."""
        store = the_store(self.app)
        plan_id = self.ids["damaged"] = store.create("me", SHOP)
        with store._database.writing() as connection:
            connection.exec_driver_sql("UPDATE plan SET content = substr(content, 1, 90) WHERE id = ?", (plan_id,))
        return plan_id

    def page_with_an_unread_cookie(self) -> str:
        """Return the list of plans of a browser whose cookie can't be read."""
        stranger = self.app.test_client()
        stranger.set_cookie(self.app.session_interface.get_cookie_name(self.app), "nonsense")
        return super(PageClient, stranger).open("/plans", method="GET").text  # type: ignore[misc]

    def get(self, path: str) -> TestResponse:
        """Request a page, accept any answer, and keep its token."""
        return self._open(path, method="GET")

    def post(self, path: str, pairs: Pairs) -> TestResponse:
        """Send a form with a token and, if it has one, a fresh ``once``."""
        sent = [(name, secrets.token_hex(4) if name == "once" else value) for name, value in pairs]
        body = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in [*sent, ("csrf_token", self.token)])
        return self._open(path, method="POST", data=body, content_type="application/x-www-form-urlencoded")

    def send(self, path: str, body: bytes, content_type: str) -> TestResponse:
        """Send any body, with the token in a header."""
        headers = {"X-CSRFToken": self.token}
        return self._open(path, method="POST", data=body, content_type=content_type, headers=headers)

    def marked(self, text: str) -> str:
        """Return the text with marks in place of this stage's ids."""
        for mark, value in self.ids.items():
            text = text.replace(value, f"«{mark}»")
        return text

    def filled(self, text: str) -> str:
        """Return the text with this stage's ids in place of marks."""
        for mark, value in self.ids.items():
            text = text.replace(f"«{mark}»", value)
        return text

    def _open(self, path: str, **options: object) -> TestResponse:
        answer = super(PageClient, self.client).open(path, **options)
        if answer.mimetype == "text/html" and (found := re.search(r'name="csrf_token" value="([^"]*)"', answer.text)):
            self.token = found[1]
        return answer


def _quoted(text: str) -> str:
    return text if text == TEXTS[3] else quote(text, safe="")


def every_form(stage: Stage) -> list[Form]:
    """Return the forms of all pages, and of those that show two versions of an event and of the settings."""
    answers = [stage.get(path) for path in _pages(stage)]
    texts = [answer.text for answer in answers if answer.mimetype == "text/html"]
    event = f"/plans/{stage.plan_id}/events/{stage.ids['event1']}"
    texts += [stage.post(event, [("name", "Mine"), ("revision", "9")]).text]
    texts += [
        stage.post(f"/plans/{stage.plan_id}/settings", [("name", "Mine"), ("server", ""), ("revision", "9")]).text
    ]
    texts += [stage.get(f"/plans/{stage.damaged_plan()}").text]
    texts += [
        stage.get(f"/plans/{stage.plan_id}?saved={the_store(stage.app).history.latest('me', stage.plan_id)}").text
    ]
    texts += [stage.page_with_an_unread_cookie()]
    texts += [stage.post(f"/plans/{stage.plan_id}/grid/paste", [("text", "New event\nOther")]).text]
    found = {form: None for text in texts for form in _forms(stage, text)}
    # The advice beside a form is asked for with the same fields.
    found |= {Form("plans.event.advice", f"{form.path}/advice", form.fields, form.buttons): None
              for form in list(found) if form.endpoint == "plans.event.show"}  # fmt: skip
    found |= {Form("plans.event.new_advice", f"{form.path}/advice", form.fields, form.buttons): None
              for form in list(found) if form.endpoint == "plans.event.new"}  # fmt: skip
    # What a plan is, is asked before it is sent.
    found |= {Form("plans.imports.glance", f"{form.path}/glance", form.fields, form.buttons): None
              for form in list(found) if form.endpoint == "plans.imports.bring"}  # fmt: skip
    return list(found)


def _pages(stage: Stage) -> Iterator[str]:
    ids = stage.ids
    known = {"plan_id": ids["plan"], "event_id": ids["event1"], "version_id": ids["version"], "format_key": "json"}
    known["upload_id"] = ids["upload"]
    for rule in stage.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and "static" not in rule.endpoint and not rule.rule.startswith("/api/"):
            yield re.sub(r"<(?:int:)?(\w+)>", lambda match: known.get(match[1], "1"), rule.rule)
    plan, deleted = f"/plans/{ids['plan']}", ids["event3"]
    yield f"/plans/import/{ids['file']}"
    yield f"{plan}?deleted={deleted}"
    yield f"{plan}/events/{deleted}"
    yield f"{plan}/findings?done={the_store(stage.app).history.latest('me', stage.plan_id)}"
    yield f"{plan}/privacy?saved=1&noted=Mixpanel"
    yield f"{plan}?view=list&edit={ids['event1']}&saved=1&changed=1"
    yield f"{plan}/developers?show=all&built={ids['event1']}&saved=1"
    yield f"{plan}/events/{ids['event1']}/comments?deleted={ids['comment']}"
    yield f"{plan}/findings/dismiss?code=unsettled"
    yield f"{plan}/keep?event={ids['event2']}"
    yield f"{plan}/questions?question=payment&seen=stored_in_database"
    yield f"{plan}?added={ids['event1']}"
    yield f"{plan}/settings/remove?destination=Mixpanel"
    yield f"{plan}/share?revoked={ids['revoked']}"
    yield from ("/plans/add?name=New&payment=yes", "/plans/templates/e-commerce", "/plans?deleted=1")


def _forms(stage: Stage, text: str) -> Iterator[Form]:
    routes = stage.app.url_map.bind("localhost")
    for form in read_page(text).root.all("form"):
        path = form["action"].partition("?")[0]
        if path.startswith("/") and (endpoint := _endpoint(routes, path)):
            pairs = [(name, stage.marked(value)) for name, value in filled_in(form) if name != "csrf_token"]
            yield Form(endpoint, stage.marked(path), tuple(_without_chance(pairs)), tuple(_buttons(form)))


def _endpoint(routes: MapAdapter, path: str) -> str:
    """Return the name of the view that answers a POST to this path, or an empty text if the form can only be sent with GET."""
    try:
        return str(routes.match(path, method="POST")[0])
    except HTTPException:
        return ""


def _without_chance(pairs: Pairs) -> Pairs:
    return [(name, "" if name == "once" else value) for name, value in pairs]


def _buttons(form: Element) -> list[tuple[str, str]]:
    found = [(button["name"], button["value"]) for button in form.all("button") if button["name"]]
    return list({name: (name, value) for name, value in reversed(found)}.values())[:6]
