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
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from advisor.advice import advise
from advisor.knowledge.handed_values import VALUES
from advisor.model import Destination, Event, Plan, Property, Sources
from advisor.snippets.handoff_code import CLICKS, COMPUTED, COOKIES, GOOGLE, HandoffFile, handoff_code

from .framework_requests import of_django, of_flask
from .samples import HOSTILE
from .tools import run, tool

FRAMEWORKS = {"Flask": "analytics-python", "Django": "analytics-python", "Express": "analytics-node"}
ANONYMOUS = "0b8a4a1c-2c6b-4e44-9f0e-6f1f6d1f0001"
EVERY_VENDOR = tuple(dict.fromkeys(key for value in VALUES if value.web for key in value.fields))


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


def _from(address: str, **headers: str) -> Request:
    """A request without anything sent, from this address."""
    given_headers = {key.replace("_", "-"): value for key, value in headers.items()}
    return Request(EnvironBuilder(headers=given_headers, environ_base={"REMOTE_ADDR": address}).get_environ())


def _django_request(request: Request) -> WSGIRequest:
    """The same request as Django's own, of a user who is logged in."""
    same = WSGIRequest(request.environ)
    same.user = SimpleNamespace(is_authenticated=True, pk=7)
    return same


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
    return _shown(_python(code), request, framework)


def _shown(module: ModuleType, request: Request, framework: str) -> dict[str, Any]:
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
    "properties": {"coupon seen": True, "total": 0},
}


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_values_from_the_page_become_context(framework: str, tmp_path: Path) -> None:
    """Cookie, headers, address and body become ids, context and properties; unknown values are ignored."""
    request = _request(SENT, f"ajs_anonymous_id={ANONYMOUS}; _fbp=fb.cookie; _ttp=tt", User_Agent="Browser/1")
    seen = Property(name="coupon seen", type="boolean", known_by="client")
    handed = _handed(framework, request, tmp_path, properties=(seen,))
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
def test_a_request_without_javascript_still_has_a_hand_off(framework: str, tmp_path: Path) -> None:
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


KINDS: dict[str, tuple[list[Any], list[Any]]] = {
    "string": (["text"], [1, True, None, ["text"]]),
    "datetime": (["2026-01-31"], [1, {}]),
    "integer": ([1, -3], ["1", 1.5, True, None]),
    "number": ([1, 1.5], ["1", False, []]),
    "boolean": ([True, False], [1, 0, "true", None]),
    "object": ([{"a": [1, None]}], [[1], "text", None]),
    "array": ([["a", 1]], [{"a": 1}, "a", None]),
    "integer|string": ([1, "1"], [1.5, True, {}]),
    "any": ([1, "text", True, [1], {"a": 1}], [None]),
}
"""Type -> values that are of it, and values that are not."""


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_only_planned_values_are_taken_from_the_page(framework: str, tmp_path: Path) -> None:
    """A property that the plan does not know, or of another type, never reaches the call."""
    good = [(f"{kind} {number}", kind, value) for kind, (fit, _) in KINDS.items() for number, value in enumerate(fit)]
    good += [(text, "string", text) for text in HOSTILE]
    bad = [
        (f"not {kind} {number}", kind, value) for kind, (_, odd) in KINDS.items() for number, value in enumerate(odd)
    ]
    items = tuple(Property(name=name, type=kind, known_by="client") for name, kind, _ in (*good, *bad))
    long = Property(name="long", known_by="client")
    sent = {name: value for name, _, value in (*good, *bad)} | {"total": 1, "constructor": 1, "long": "x" * 3000}
    request = _request({"properties": sent, "ids": {"gclid": "x" * 3000, "fbp": True}})
    handed = _handed(framework, request, tmp_path, properties=(*items, long))
    assert handed["properties"] == {name: value for name, _, value in good} | {"long": "x" * 2000}
    assert handed["ids"] == {}


@pytest.mark.parametrize("framework", ["Flask", "Django"])
@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "[NaN]"])
def test_numbers_that_json_does_not_have_are_ignored(framework: str, number: str) -> None:
    """Python reads NaN and the library would write it, and then Segment could not read the whole batch."""
    item = Property(name="odd", type="number|array", known_by="client")
    body = f'{{"properties": {{"odd": {number}}}}}'
    builder = EnvironBuilder(method="POST", data=body, content_type="application/json")
    module = _python(_code(framework, properties=(item,)))
    assert _shown(module, Request(builder.get_environ()), framework)["properties"] == {}


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_ip_addresses_are_written_as_segment_accepts_them(framework: str, tmp_path: Path) -> None:
    """A socket that takes both kinds of addresses writes an IPv4 one as ::ffff:192.0.2.7."""
    assert _handed(framework, _from("::ffff:192.0.2.7"), tmp_path)["context"]["ip"] == "192.0.2.7"


@pytest.mark.parametrize(("proxies", "address"), [(0, "10.0.0.1"), (1, "192.0.2.2"), (2, "192.0.2.1"), (9, "10.0.0.1")])
def test_django_trusts_exactly_the_configured_proxies(proxies: int, address: str) -> None:
    """Other entries of X-Forwarded-For may be forged."""
    module = _python(_code("Django"))
    module.PROXIES = proxies
    request = _from("10.0.0.1", X_Forwarded_For="203.0.113.9, 192.0.2.1, 192.0.2.2")
    assert _shown(module, request, "Django")["context"]["ip"] == address


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_numeric_user_id_becomes_text(framework: str, tmp_path: Path) -> None:
    """Keys of databases are numbers, and the library of Node.js throws at one."""
    if framework == "Express":
        (tmp_path / "handoff.mjs").write_text(_code(framework), encoding="utf-8")
        check = (
            'const { readHandoff } = await import("./handoff.mjs"); const request = { headers: {} };'
            "console.log(JSON.stringify([7, null, undefined].map((id) => readHandoff(request, id).userId ?? null)));"
        )
        told = json.loads(run(tool("node"), "--input-type=module", "-e", check, cwd=tmp_path))
    else:
        module = _python(_code(framework))
        given_request = _from("192.0.2.7") if framework == "Flask" else _django_request(_from("192.0.2.7"))
        told = [module.handoff_of(given_request, user_id).user_id for user_id in (7, None)] + [None]
    assert told == ["7", None, None]


def test_a_django_form_is_read_only_once() -> None:
    """After a form was read, Django raises when its body is read; so the page sends JSON or nothing."""
    builder = EnvironBuilder(method="POST", data={"a": "b"}, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    form = WSGIRequest(builder.get_environ())
    assert form.POST["a"] == "b"
    assert _python(_code("Django")).handoff_of(form).context["ip"] == "192.0.2.7"


@pytest.mark.parametrize("framework", ["Flask", "Django"])
def test_a_refused_body_counts_as_empty(framework: str) -> None:
    """The body is too large or was read already: the order is processed with the values of cookies and headers."""
    body = json.dumps({"anonymousId": "x" * 100})
    headers = [["Content-Type", "application/json"], ["Cookie", "_fbp=fb.1"]]
    asked = {"peer": "192.0.2.7", "headers": headers, "body": body}
    if framework == "Flask":
        request: Any = of_flask(asked)
        request.max_content_length = 10
    else:
        request = of_django(asked)
        request.read()
    handoff = _python(_code(framework)).handoff_of(request)
    assert handoff.is_new
    assert handoff.ids == {"fbp": "fb.1"}


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
def test_no_request_body_causes_an_error(sent: Any, referer: str) -> None:
    """Any body leads to a hand-off that has text only where text belongs."""
    handed = [
        PYTHON["Flask"].handoff_of(_request(sent, Referer=referer)),
        PYTHON["Django"].handoff_of(_django_request(_request(sent, Referer=referer))),
    ]
    for handoff in handed:
        assert handoff.anonymous_id
        texts = [each for part in ("page", "campaign") for each in handoff.context.get(part, {}).values()]
        assert all(isinstance(each, str) for each in texts)
        assert set(handoff.ids) <= {item.value for item in VALUES}
        json.dumps(handoff.context)


def test_flask_keeps_a_new_anonymous_id_for_a_year() -> None:
    """It is the cookie of Analytics.js, so that the browser continues with the same id."""
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


def test_the_flask_relay_accepts_only_valid_requests_of_the_page() -> None:
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
    assert client.post("/events/track-shelf-scrolled", json={"page": {"url": "x" * 40_000}}).status_code == 413
    assert client.post("/events/track-shelf-scrolled", content_type="application/json").status_code == 413
    assert len(made) == 1


def test_the_django_relay_accepts_only_valid_requests_of_the_page() -> None:
    """With the user of the session, and the same refusals."""
    made: list[Any] = []
    code = _code("Django", name="Shelf Scrolled", answers={"browser_only": "yes"})
    relay = _python(code, track_shelf_scrolled=made.append).track_shelf_scrolled_relay
    told = [
        relay(_django_request(Request(EnvironBuilder(**request).get_environ()))).status_code
        for request in (
            {"method": "POST", "json": {"anonymousId": "a-1", "userId": "someone else"}},
            {"method": "GET"},
            {"method": "POST", "data": {"anonymousId": "a-1"}},
            {"method": "POST", "json": {"page": {"url": "x" * 40_000}}},
        )
    ]
    assert told == [204, 405, 415, 413]
    assert [(handoff.anonymous_id, handoff.user_id) for handoff in made] == [("a-1", "7")]


def test_the_express_relay_accepts_only_valid_requests_of_the_page(tmp_path: Path) -> None:
    """Same path, same answer, same refusal."""
    code = _code("Express", name="Shelf Scrolled", answers={"browser_only": "yes"})
    (tmp_path / "handoff.mjs").write_text(
        f"const trackShelfScrolled = (handoff) => globalThis.made.push(handoff);\n{code}"
    )
    driver = """
      globalThis.made = [];
      const { addRelay } = await import("./handoff.mjs");
      let route; addRelay({ post: (path, answer) => (route = { path, answer }) }, () => "session-user");
      const told = (json, size) => { let status; route.answer(
        { headers: { "content-length": size, "content-type": "application/json" }, ip: "::1",
          body: { anonymousId: "a-1", userId: "x" }, is: () => json },
        { sendStatus: (code) => (status = code), cookie: () => {} }); return status; };
      const statuses = [told(true, "99"), told(false, "99"), told(true, "40000"), told(true)];
      console.log(JSON.stringify([route.path, statuses, made.map((each) => [each.anonymousId, each.userId])]));
    """
    told = json.loads(run(tool("node"), "--input-type=module", "-e", driver, cwd=tmp_path))
    assert told == ["/events/track-shelf-scrolled", [204, 415, 413, 413], [["a-1", "session-user"]]]


PAGE = """
  const store = (kept = {}) => ({
    getItem: (key) => kept[key] ?? null, setItem: (key, value) => (kept[key] = value), removeItem: (key) => delete kept[key] });
  const page = JSON.parse(process.argv[1]);
  globalThis.sessionStorage = store(); globalThis.localStorage = store();
  localStorage.setItem("analytics_session_id", "1700000000000");
  const denied = () => { throw new Error("denied"); };
  if (!page.hasStorage) globalThis.sessionStorage = globalThis.localStorage = { getItem: denied, setItem: denied };
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
    folder: Path,
    landing: str,
    cookie: str = "",
    options: dict[str, Any] | None = None,
    *,
    later: str = "https://shop.example/cart",
    has_storage: bool = True,
    **event: Any,
) -> dict[str, Any]:
    (folder / "page.mjs").write_text(_code("In the page", **event), encoding="utf-8")
    page = {"landing": landing, "later": later, "cookie": cookie, "options": options or {}, "hasStorage": has_storage}
    return json.loads(run(tool("node"), "--input-type=module", "-e", PAGE, json.dumps(page), cwd=folder))


def test_the_page_collects_the_values_that_the_server_needs(tmp_path: Path) -> None:
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
        "fbp": "fb.1", "fbc": "fb.2", "ga_client_id": "111.222", "ga_session_id": "1700000001", "ga_session_number": "3",
        "ttclid": "t", "ttp": "tt",
        "gclid": "g", "msclkid": "m", "rdt_cid": "r", "ScCid": "s", "epik": "ep", "li_fat_id": "li",
        "amplitude_session_id": 1700000000000,
    }  # fmt: skip


def test_without_storage_the_page_sends_all_other_values(tmp_path: Path) -> None:
    """Reading sessionStorage or localStorage throws; the page continues with the values of its address."""
    landing = "https://shop.example/?utm_campaign=x&gclid=g"
    told = _collected(tmp_path, landing, later=landing, has_storage=False)["collected"]
    assert (told["campaign"], told["ids"]) == ({"name": "x"}, {"gclid": "g"})


def test_without_values_the_page_sends_nothing_false(tmp_path: Path) -> None:
    """Without cookie, campaign and consent these values are absent; consent is never empty."""
    told = _collected(tmp_path, "https://shop.example/", options={"consent": {}})["collected"]
    assert not {"anonymousId", "consent", "campaign"} & set(told)
    assert told["ids"] == {"amplitude_session_id": 1700000000000}


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


def test_the_page_gives_both_calls_the_same_id(tmp_path: Path) -> None:
    """The id that the client call made goes to the server under the property's name."""
    both = ("Facebook Pixel", "Facebook Conversions API (Actions)")
    told = _collected(tmp_path, "https://shop.example/", options={"sharedId": "s-1"}, destinations=both)["collected"]
    assert told["ids"]["event_id"] == "s-1"


def test_every_vendor_id_reaches_the_server() -> None:
    """Each id is read from a cookie, from the landing address, or by its own line of code."""
    known = {item.value for item in VALUES if item.web}
    assert known <= {*COOKIES, *CLICKS, *GOOGLE, *COMPUTED}


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


def test_code_exists_exactly_where_a_hand_off_is_needed() -> None:
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


@pytest.mark.parametrize("framework", ["Flask", "Django"])
def test_a_response_only_ever_sets_the_new_anonymous_id(framework: str) -> None:
    """No value from the request reaches a header of the answer."""
    module = PYTHON[framework]
    asked = {"peer": "192.0.2.7", "headers": [["Cookie", "ajs_anonymous_id=null; x=a%0D%0Ab"], ["Referer", "a\\r"]]}
    request = of_flask(asked) if framework == "Flask" else of_django(asked)
    handoff = module.handoff_of(request)
    response = Response() if framework == "Flask" else HttpResponse()
    module.remember(response, handoff)
    cookie = response.headers["Set-Cookie"] if framework == "Flask" else response.cookies.output(header="").strip()
    assert re.fullmatch(rf"ajs_anonymous_id={handoff.anonymous_id}; [\w =;,:/.-]*", cookie)


@pytest.mark.parametrize("length", ["", "0", "-1", "x", "1e3", "9" * 5000, "40000"])
def test_the_django_relay_handles_any_content_length(length: str) -> None:
    """What is no length within the limit is refused, without an error."""
    code = _code("Django", name="Shelf Scrolled", answers={"browser_only": "yes"})
    relay = _python(code, track_shelf_scrolled=lambda _: None).track_shelf_scrolled_relay
    request = _django_request(Request(EnvironBuilder(method="POST", json={}).get_environ()))
    request.META["CONTENT_LENGTH"] = length
    assert relay(request).status_code == 413
