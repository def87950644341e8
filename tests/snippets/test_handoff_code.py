"""The hand-off's code does what it says: values of real requests and pages arrive where the snippets read them."""

from __future__ import annotations

import json
import re
import sys
import uuid
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from advisor.advice import advise
from advisor.knowledge.vendors import BROWSER_IDS
from advisor.model import Destination, Event, Plan, Property, Sources
from advisor.snippets.handoff_code import COMPUTED, COOKIES, LANDING, HandoffFile, handoff_code

from .samples import HOSTILE
from .tools import run, tool

FRAMEWORKS = {"Flask": "analytics-python", "Django": "analytics-python", "Express": "analytics-node"}
ANONYMOUS = "0b8a4a1c-2c6b-4e44-9f0e-6f1f6d1f0001"
EVERY_VENDOR = tuple(BROWSER_IDS)


def _code(place: str, *, destinations: tuple[str, ...] = EVERY_VENDOR, **event: Any) -> str:
    server = FRAMEWORKS.get(place, "analytics-node")
    answers = {"payment": "yes", "needs_cookies": "yes", "needs_client_context": "yes"} | event.pop("answers", {})
    plan = advise(
        Plan(
            sources=Sources(client=("analytics.js",), server=server),
            destinations=tuple(Destination(key=key) for key in destinations),
            events=(Event(name=event.pop("name", "Order Completed"), answers=answers, **event),),
        )
    )
    return next(file.code for file in handoff_code(plan, plan.events[0]) if file.title.endswith(place))


def _python(code: str, **extra: Any) -> ModuleType:
    """The code as a module; dataclasses look theirs up by name."""
    module = ModuleType("handed_over")
    module.__dict__.update(extra)
    sys.modules[module.__name__] = module
    exec(compile(code, "handed_over.py", "exec"), module.__dict__)
    return module


def _request(sent: Any = None, cookies: str = "", **headers: str) -> Request:
    given_headers = {key.replace("_", "-"): value for key, value in headers.items()} | (
        {"Cookie": cookies} if cookies else {}
    )
    builder = EnvironBuilder(method="POST", json=sent, headers=given_headers, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    return Request(builder.get_environ())


def _django_request(request: Request) -> SimpleNamespace:
    """As much of Django's request as the code reads."""
    return SimpleNamespace(
        body=request.get_data(), COOKIES=request.cookies, headers=request.headers, META=request.environ
    )


def _express(folder: Path, request: Request, code: str) -> dict[str, Any]:
    """What the Express code makes of the same request, through as much of Express's as it reads."""
    (folder / "handoff.mjs").write_text(code, encoding="utf-8")
    fake = {
        "headers": {key.lower(): value for key, value in request.headers.items()},
        "body": request.get_json(silent=True),
        "ip": request.remote_addr,
    }
    driver = (
        'const { readHandoff } = await import("./handoff.mjs"); const { request, user } = JSON.parse(process.argv[1]);'
    )
    show = "console.log(JSON.stringify(readHandoff(request, user ?? undefined)));"
    return json.loads(
        run(
            tool("node"),
            "--input-type=module",
            "-e",
            driver + show,
            json.dumps({"request": fake, "user": "u1"}),
            cwd=folder,
        )
    )


def _handed(framework: str, request: Request, folder: Path, **event: Any) -> dict[str, Any]:
    """The hand-off of a request with user u1, in one form for all frameworks."""
    code = _code(framework, **event)
    if framework == "Express":
        return _express(folder, request, code)
    module = _python(code)
    handoff = module.handoff_of(request if framework == "Flask" else _django_request(request), "u1")
    names = {"anonymousId": "anonymous_id", "userId": "user_id", "isNew": "is_new"}
    return {names_: getattr(handoff, names.get(names_, names_)) for names_ in (*names, "context", "ids", "properties")}


SENT = {
    "anonymousId": "sent-anonymous",
    "page": {"url": "https://shop.example/thanks?x=1", "title": "Thanks", "referrer": "", "path": "/thanks"},
    "campaign": {"name": "spring", "source": "news"},
    "locale": "de-AT",
    "timezone": "Europe/Vienna",
    "ids": {"gclid": "g-1", "fbp": "fb.sent", "amplitude_session_id": 1700000000000, "password": "x"},
    "consent": {"advertising": False, "analytics": True, "odd": "yes"},
    "properties": {"coupon seen": True},
}


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_what_the_page_sent_becomes_context(framework: str, tmp_path: Path) -> None:
    """Cookie, headers, address and body become ids, context and properties; what isn't known is not taken."""
    request = _request(SENT, f"ajs_anonymous_id={ANONYMOUS}; _fbp=fb.cookie; _ttp=tt", User_Agent="Browser/1")
    handed = _handed(framework, request, tmp_path)
    assert (handed["anonymousId"], handed["userId"], handed["isNew"]) == (ANONYMOUS, "u1", False)
    assert handed["context"] == {
        "ip": "192.0.2.7",
        "userAgent": "Browser/1",
        "page": {"url": "https://shop.example/thanks?x=1", "title": "Thanks", "path": "/thanks"},
        "campaign": {"name": "spring", "source": "news"},
        "locale": "de-AT",
        "timezone": "Europe/Vienna",
        "consent": {"categoryPreferences": {"advertising": False, "analytics": True}},
    }
    assert handed["ids"] == {"gclid": "g-1", "fbp": "fb.sent", "ttp": "tt", "amplitude_session_id": 1700000000000}
    assert handed["properties"] == {"coupon seen": True}


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("cookie", [ANONYMOUS, f"%22{ANONYMOUS}%22", f'"{ANONYMOUS}"'])
def test_both_formats_of_the_cookie_are_read(framework: str, cookie: str, tmp_path: Path) -> None:
    """Analytics.js writes the id bare; older versions wrote it between quotes, encoded."""
    assert _handed(framework, _request({}, f"ajs_anonymous_id={cookie}"), tmp_path)["anonymousId"] == ANONYMOUS


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_page_without_script_still_hands_something_over(framework: str, tmp_path: Path) -> None:
    """A form post has headers alone: the page and its campaign come from Referer, and a new anonymous id is made."""
    request = _request(
        None,
        Referer="https://shop.example/a?utm_campaign=x&utm_term=t&utm_custom=c&utm_=n&q=1#top",
        Accept_Language="fr-FR,fr;q=0.9",
    )
    handed = _handed(framework, request, tmp_path)
    assert handed["isNew"] is True
    assert uuid.UUID(handed["anonymousId"]).version == 4
    assert handed["context"]["campaign"] == {"name": "x", "term": "t", "custom": "c"}
    assert handed["context"]["locale"] == "fr-FR"
    assert "consent" not in handed["context"]


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("consent", [{}, None, [], "yes", {"advertising": "true"}])
def test_consent_is_never_empty(framework: str, consent: Any, tmp_path: Path) -> None:
    """An empty consent object would deny every destination: without an answer there is none."""
    assert "consent" not in _handed(framework, _request({"consent": consent}), tmp_path)["context"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PYTHON = {name: _python(_code(name)) for name in ("Flask", "Django")}


@given(
    sent=st.one_of(json_values, st.dictionaries(st.sampled_from([*SENT, "handoff"]), json_values)),
    referer=st.text("htps:/[]?#&=%x", max_size=20),
)
def test_anything_sent_is_survived(sent: Any, referer: str) -> None:
    """Whatever a stranger sends, the code makes a hand-off of it, and takes only text where text belongs."""
    handed = [
        PYTHON["Flask"].handoff_of(_request(sent, Referer=referer)),
        PYTHON["Django"].handoff_of(_django_request(_request(sent, Referer=referer))),
    ]
    for handoff in handed:
        assert handoff.anonymous_id
        assert all(isinstance(value, str) for value in (*handoff.page.values(), *handoff.campaign.values()))
        assert set(handoff.ids) <= {item.value for ids in BROWSER_IDS.values() for item in ids}
        json.dumps(handoff.context)


def test_flask_keeps_a_new_anonymous_id_for_a_year() -> None:
    """The cookie is Analytics.js's own, so that the browser goes on with the same id."""
    module = PYTHON["Flask"]
    response = Response()
    module.remember(response, module.handoff_of(_request({})))
    assert re.match(
        r"ajs_anonymous_id=[0-9a-f-]{36}; .*Max-Age=31536000; Path=/; SameSite=Lax", response.headers["Set-Cookie"]
    )
    known = Response()
    module.remember(known, module.handoff_of(_request({}, f"ajs_anonymous_id={ANONYMOUS}")))
    assert "Set-Cookie" not in known.headers


@pytest.mark.parametrize("framework", ["Flask", "Express"])
def test_values_of_an_absent_user_are_stored_and_read_back(framework: str, tmp_path: Path) -> None:
    """What is stored while the user is there is the same when the event happens."""
    code = _code(framework, answers={"user_absent": "yes"})
    request = _request(SENT, f"ajs_anonymous_id={ANONYMOUS}")
    if framework == "Flask":
        module = _python(code)
        handoff = module.handoff_of(request, "u1")
        assert module.from_stored(json.loads(json.dumps(module.to_store(handoff)))) == handoff
    else:
        (tmp_path / "handoff.mjs").write_text(code, encoding="utf-8")
        check = (
            'const m = await import("./handoff.mjs"); const h = m.readHandoff({ headers: {}, body: {} }); '
            "console.log(m.fromStored(m.toStore(h)).anonymousId === h.anonymousId);"
        )
        assert run(tool("node"), "--input-type=module", "-e", check, cwd=tmp_path) == "true\n"


def test_the_relay_of_flask_takes_the_page_at_its_word_only() -> None:
    """The endpoint makes the call with the session's user, answers 204, and refuses what a foreign form can send."""
    made: list[Any] = []
    code = _code("Flask", name="Shelf Scrolled", answers={"browser_only": "yes"})
    app = Flask("shop")
    _python(code, track_shelf_scrolled=made.append).add_relay(app, lambda: "session-user")
    client = app.test_client()
    answer = client.post("/events/track-shelf-scrolled", json={"anonymousId": "a-1", "userId": "someone else"})
    assert answer.status_code == 204
    assert [(handoff.anonymous_id, handoff.user_id) for handoff in made] == [("a-1", "session-user")]
    assert client.post("/events/track-shelf-scrolled", data={"anonymousId": "a-1"}).status_code == 415
    assert len(made) == 1


def test_the_relay_of_express_does_the_same(tmp_path: Path) -> None:
    """Same path, same answer, same refusal."""
    code = _code("Express", name="Shelf Scrolled", answers={"browser_only": "yes"})
    (tmp_path / "handoff.mjs").write_text(
        f"const trackShelfScrolled = (handoff) => globalThis.made.push(handoff);\n{code}"
    )
    driver = """
      globalThis.made = [];
      const { addRelay } = await import("./handoff.mjs");
      let route; addRelay({ post: (path, answer) => (route = { path, answer }) }, () => "session-user");
      const told = (json) => { let status; route.answer(
        { headers: {}, body: { anonymousId: "a-1", userId: "x" }, ip: "::1", is: () => json },
        { sendStatus: (code) => (status = code), cookie: () => {} }); return status; };
      const statuses = [told(true), told(false)];
      console.log(JSON.stringify([route.path, statuses, made.map((each) => [each.anonymousId, each.userId])]));
    """
    told = json.loads(run(tool("node"), "--input-type=module", "-e", driver, cwd=tmp_path))
    assert told == ["/events/track-shelf-scrolled", [204, 415], [["a-1", "session-user"]]]


PAGE = """
  const store = (kept = {}) => ({
    getItem: (key) => kept[key] ?? null, setItem: (key, value) => (kept[key] = value) });
  const page = JSON.parse(process.argv[1]);
  globalThis.sessionStorage = store(); globalThis.localStorage = store();
  localStorage.setItem("analytics_session_id", "1700000000000");
  globalThis.location = new URL(page.landing);
  globalThis.document = { cookie: page.cookie, title: "T", referrer: "https://r.example/" };
  Object.defineProperty(globalThis, "navigator", { value: { language: "pt-BR" }, configurable: true });
  const requests = []; globalThis.fetch = (...request) => requests.push(request);
  const module = await import("./page.mjs");
  globalThis.location = new URL(page.later);
  const collected = module.collectHandoff(page.options);
  module.tellServer?.(collected, { "X-CSRFToken": "t" });
  console.log(JSON.stringify({ collected, requests }));
"""


def _collected(
    folder: Path, landing: str, cookie: str = "", options: dict[str, Any] | None = None, **event: Any
) -> dict[str, Any]:
    (folder / "page.mjs").write_text(_code("In the page", **event), encoding="utf-8")
    page = {"landing": landing, "later": "https://shop.example/cart", "cookie": cookie, "options": options or {}}
    return json.loads(run(tool("node"), "--input-type=module", "-e", PAGE, json.dumps(page), cwd=folder))


def test_the_page_collects_what_the_server_needs(tmp_path: Path) -> None:
    """Every value comes from where the hand-off says; campaign and click ids survive the landing page."""
    cookie = (
        f"ajs_anonymous_id=%22{ANONYMOUS}%22; _fbp=fb.1; _fbc=fb.2; _ga=GA1.1.111.222; "
        "_ga_MEASUREMENT=GS2.1.s1700000001$o3$g1; _ttp=tt; li_fat_id=li; _epik=ep"
    )
    landing = "https://shop.example/?utm_campaign=spring&utm_source=news&utm_custom=c&gclid=g&ttclid=t&msclkid=m&rdt_cid=r&ScCid=s"
    told = _collected(tmp_path, landing, cookie, {"consent": {"ads": True}, "properties": {"gift": True}})["collected"]
    assert told["anonymousId"] == ANONYMOUS
    assert told["campaign"] == {"name": "spring", "source": "news", "custom": "c"}
    assert told["page"] == {
        "url": "https://shop.example/cart",
        "path": "/cart",
        "search": "",
        "title": "T",
        "referrer": "https://r.example/",
    }
    assert told["locale"] == "pt-BR"
    assert told["timezone"]
    assert told["consent"] == {"ads": True}
    assert told["properties"] == {"gift": True}
    assert told["ids"] == {
        "fbp": "fb.1", "fbc": "fb.2", "ga_client_id": "111.222", "ga_session_id": "1700000001", "ttclid": "t", "ttp": "tt",
        "gclid": "g", "msclkid": "m", "rdt_cid": "r", "ScCid": "s", "epik": "ep", "li_fat_id": "li",
        "amplitude_session_id": 1700000000000,
    }  # fmt: skip


def test_a_page_with_nothing_to_tell_tells_nothing_false(tmp_path: Path) -> None:
    """No cookie, no campaign and no consent yet: these are absent, and consent is never empty."""
    told = _collected(tmp_path, "https://shop.example/", options={"consent": {}})["collected"]
    assert not {"anonymousId", "consent"} & set(told)
    assert told["campaign"] == {}


def test_the_relay_of_the_page_posts_to_the_endpoint(tmp_path: Path) -> None:
    """The page posts JSON, with its session, in a request that outlives it."""
    answers = {"browser_only": "yes"}
    ((path, request),) = _collected(tmp_path, "https://shop.example/", name="Shelf Scrolled", answers=answers)[
        "requests"
    ]
    assert path == "/events/track-shelf-scrolled"
    assert (request["method"], request["keepalive"], request["credentials"]) == ("POST", True, "same-origin")
    assert request["headers"] == {"Content-Type": "application/json", "X-CSRFToken": "t"}
    assert "properties" in json.loads(request["body"])


def test_the_page_shares_the_id_of_both_halves(tmp_path: Path) -> None:
    """The id that the client call made goes to the server under the property's name."""
    both = ("Facebook Pixel", "Facebook Conversions API (Actions)")
    told = _collected(tmp_path, "https://shop.example/", options={"sharedId": "s-1"}, destinations=both)["collected"]
    assert told["ids"]["event_id"] == "s-1"


def test_every_vendor_id_has_a_way() -> None:
    """Each id of the vendors is read from a cookie, the landing address, or by a line of its own."""
    known = {item.value for ids in BROWSER_IDS.values() for item in ids}
    assert known == {*COOKIES, *LANDING, *COMPUTED}


@pytest.mark.parametrize("text", HOSTILE)
def test_names_of_events_never_reach_the_code(text: str) -> None:
    """A hostile name makes the same kind of path and function as any other, and code that still runs."""
    hidden = Property(name=text, known_by="client")
    for framework in FRAMEWORKS:
        code = _code(framework, name=text, answers={"browser_only": "yes"}, properties=(hidden,))
        (path,) = re.findall(r'"/?(events/[^"]*)"', code)
        assert re.fullmatch(r"events/track(-[a-z0-9]+)*", path)
        if framework != "Express":
            _python(code)


def _files(server: str | None, *client: str) -> tuple[HandoffFile, ...]:
    answers = {"payment": "yes", "needs_cookies": "yes"}
    plan = advise(Plan(sources=Sources(client=client, server=server), events=(Event(name="E", answers=answers),)))
    return handoff_code(plan, plan.events[0])


def test_there_is_code_where_there_is_something_to_hand_over() -> None:
    """Per framework of the server; the page's alone for other languages; none for an app's page, or without a hand-off."""
    assert [file.title for file in _files("analytics-python", "analytics.js")] == [
        "In the page",
        "On the server, Flask",
        "On the server, Django",
    ]
    assert [file.title for file in _files("analytics-node", "analytics.js")] == [
        "In the page",
        "On the server, Express",
    ]
    assert [file.title for file in _files("analytics-go", "analytics.js")] == ["In the page"]
    assert [file.title for file in _files("analytics-node", "kotlin")] == ["On the server, Express"]
    plan = advise(
        Plan(
            sources=Sources(client=("analytics.js",), server="analytics-node"),
            events=(Event(name="E", answers={"payment": "yes"}),),
        )
    )
    assert handoff_code(plan, plan.events[0]) == ()
    with pytest.raises(TypeError):
        handoff_code(plan, Event(name="E"))
